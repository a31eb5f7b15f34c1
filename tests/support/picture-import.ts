import { readdir } from "node:fs/promises";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { expect, onTestFinished } from "vitest";
import { importFile } from "../../packages/mirror/src/import/import-file.ts";
import type { ImportOptions } from "../../packages/mirror/src/import/source.ts";
import type { StoreEntry } from "../../packages/mirror/src/store/entries.ts";
import { type FolderStore, openStore } from "../../packages/mirror/src/store/folder-store.ts";
import { writeIn } from "./pictures.ts";
import { temporaryFolder } from "./temporary.ts";

/** A store and a way to put pictures into it. */
export interface PictureKit {
  readonly store: FolderStore;
  /** Imports bytes under a name and gives the path of the pyramid that is stored. */
  put(name: string, bytes: Uint8Array, options?: ImportOptions): Promise<string>;
}

/** A store that goes with the test. */
export async function setUpPictures(): Promise<PictureKit> {
  const folder = await temporaryFolder();
  const store = await openStore(join(folder, "store"), { create: true });
  onTestFinished(() => store.close());
  return {
    store,
    async put(name, bytes, options) {
      const { entries } = await importFile(store, await writeIn(folder, name, bytes), options);
      const found = await store.entries.get("picture", entries[0]?.name ?? "");
      expect(found?.entry.mediaType).toBe("image/tiff");
      return found?.path ?? "";
    },
  };
}

/** Waves of some ten pixels, so that a shift of one shows. */
export function wavesOf(width: number, height: number, channels = 3): Uint8Array {
  return Uint8Array.from({ length: width * height * channels }, (_, index) => {
    const pixel = Math.floor(index / channels);
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    return 128 + 60 * Math.sin(x / 2) + 60 * Math.cos(y / 2.5);
  });
}

/** A picture of waves. */
export function makeWaves(width: number, height: number, channels: 1 | 3 | 4 = 3): Sharp {
  return sharp(wavesOf(width, height, channels), { raw: { width, height, channels } });
}

/** A picture of 16 bits a channel, and its values. */
export function makeDeep(width: number, height: number, channels: 1 | 3 | 4): { values: Uint16Array; picture: Sharp } {
  const values = Uint16Array.from({ length: width * height * channels }, (_, index) => (index * 31_337) % 65_536);
  const picture = sharp(values, { raw: { width, height, channels } }).toColourspace(
    channels === 1 ? "grey16" : "rgb16",
  );
  return { values, picture };
}

/** Entries of pictures. */
export async function listPictures(store: FolderStore): Promise<StoreEntry[]> {
  const entries: StoreEntry[] = [];
  for await (const entry of store.list("picture")) entries.push(entry);
  return entries;
}

/** Files of a store that are none of its bodies. */
export async function listParts({ directory }: FolderStore): Promise<string[]> {
  const names = await readdir(join(directory, "objects")).catch(() => []); // Not there before the first body.
  return names.filter((name) => name.endsWith(".part"));
}
