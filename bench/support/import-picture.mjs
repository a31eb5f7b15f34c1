// Makes a pyramid of a picture, by the importer or by sharp alone, in a process of its own. Says how long it took and what memory it had.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const [who, picture, folder] = process.argv.slice(2);

const IMPORTERS = {
  async ours() {
    const { importFile, openStore } = await import("@brainatlas/mirror");
    return async () => {
      const store = await openStore(folder, { create: true });
      await importFile(store, picture);
      store.close();
    };
  },
  async sharp() {
    const { default: sharp } = await import("sharp");
    const tiff = /** @type {const} */ ({
      tile: true,
      tileWidth: 256,
      tileHeight: 256,
      pyramid: true,
      compression: "jpeg",
      quality: 85,
    });
    return async () => {
      await sharp(picture, { limitInputPixels: false, sequentialRead: true })
        .tiff(tiff)
        .toFile(join(folder, "plain.tif"));
    };
  },
};

const run = await IMPORTERS[who]();
const start = performance.now();
await run();
const seconds = (performance.now() - start) / 1000;
const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
process.send?.({ seconds, peakMb: Number(kib) / 1024 }, () => process.disconnect());
