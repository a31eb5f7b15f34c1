import { copyFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createMirror, importFile, listen, openStore } from "@brainatlas/mirror";
import { BrainAtlas, HttpError, type Pixels } from "@brainatlas/sdk";
import { expect, onTestFinished, test } from "vitest";
import { decodeRgb } from "../support/pictures.ts";
import { describeRecorded, recording } from "../support/recordings.ts";
import { temporaryFolder } from "../support/temporary.ts";

const EXCHANGE = recording("recorded", "imageservice_100883869_http_exchange.json");
const BODY = recording("recorded", "atlas_image_download_100883869_ds4_annotation.jpg");

/** A client of a mirror on a real port whose store holds these files. */
async function clientOf(...files: string[]): Promise<BrainAtlas> {
  const store = await openStore(join(await temporaryFolder(), "store"), { create: true });
  for (const file of files) await importFile(store, file);
  const { url, close } = await listen(createMirror({ store }));
  onTestFinished(close);
  return new BrainAtlas({ baseUrl: url, retries: 0 });
}

describeRecorded("the recorded exchange of plate 100883869", () => {
  test("is answered again: redirect, final URL and every byte", async () => {
    const allen = await clientOf(EXCHANGE);
    const recorded = JSON.parse(await readFile(EXCHANGE, "utf8")) as {
      final_url: string;
      headers: Record<string, string>;
    };
    const plate = allen.atlasImage(100883869, { downsample: 4, annotation: true });
    const response = await plate.download();
    expect(response.history.map(({ status }) => status)).toEqual([302]);
    expect(response.url.replace(allen.baseUrl, "http://api.brain-map.org")).toBe(recorded.final_url);
    expect(Buffer.compare(response.bytes(), await readFile(BODY))).toBe(0);
    expect(response.bytes().byteLength).toBe(95_569);
    for (const name of [
      "content-type",
      "content-disposition",
      "last-modified",
      "access-control-allow-origin",
      "vary",
    ]) {
      expect([name, response.headers.get(name)]).toEqual([name, recorded.headers[name]]);
    }
    expect(await response.pixels()).toMatchObject({ width: 969, height: 489 });
    const path = join(await temporaryFolder(), "plate.jpg");
    await response.save(path);
    expect(Buffer.compare(await readFile(path), await readFile(BODY))).toBe(0);
  });

  test("does not make up an image -1: HttpError 404", async () => {
    const allen = await clientOf(EXCHANGE);
    const error = await allen
      .atlasImage(-1)
      .download()
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({ status: 404, statusText: "Not Found", code: "ATLAS_HTTP" });
  });

  test("is refused when its body is not the recorded one", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "copy"));
    await copyFile(EXCHANGE, join(folder, "copy", "exchange.json"));
    const store = await openStore(join(folder, "store"), { create: true });
    await expect(importFile(store, join(folder, "copy", "exchange.json"))).rejects.toThrow(/body_file/);
  });
});

describeRecorded("the real drawing of plate 100960224", () => {
  // Points well inside of ten structures of the drawing, in full-resolution pixels, found by looking at it, with the colour
  // that the drawing gives them there.
  const CENTRES: readonly [structure: string, x: number, y: number, fill: string][] = [
    ["PO", 6400, 3500, "#ff909f"],
    ["PF", 5800, 3900, "#ff909f"],
    ["PH", 5400, 5400, "#ff4c3e"],
    ["CP", 8500, 4200, "#98d6f9"],
    ["fiber tracts", 7500, 4700, "#cccccc"],
    ["LA", 8500, 4900, "#90eb8d"],
    ["LHA", 6000, 5700, "#f2483b"],
    ["BMAp", 7800, 5800, "#84ea81"],
    ["BLAa", 8100, 5400, "#9de79c"],
    ["COApm3", 7400, 6000, "#61e7b7"],
    ["SSp-bfd5", 8400, 1700, "#188064"],
    ["PIR3", 8800, 5600, "#6acbba"],
  ];

  test("gives 660 × 472 pixels at downsample 4, its structures in their colours", async () => {
    const allen = await clientOf(recording("real", "svg", "mouse-p56-coronal", "100960224.svg"));
    const plate = allen.atlasImage(100960224, { downsample: 4, annotation: true });
    expect(await plate.size()).toEqual({ width: 660, height: 472 });
    const pixels = await plate.with({ quality: 100 }).pixels();
    expect([pixels.width, pixels.height]).toEqual([660, 472]);
    for (const [structure, x, y, fill] of CENTRES) {
      expect([structure, nearest(pixels, x / 16, y / 16, fill)]).toEqual([structure, true]);
    }
    expect(nearest(pixels, 100, 236, "#ffffff")).toBe(true);
  });

  test("is the same picture from the drawing at downsample 4", async () => {
    const whole = await clientOf(recording("real", "svg", "mouse-p56-coronal", "100960224.svg"));
    const small = await clientOf(recording("recorded", "svg_download_100960224_ds4.svg"));
    const parameters = { downsample: 4, annotation: true, quality: 95 };
    const [a, b] = await Promise.all(
      [whole, small].map(async (allen) =>
        decodeRgb((await allen.atlasImage(100960224, parameters).download()).bytes()),
      ),
    );
    const different = a?.data.filter((value, index) => Math.abs(value - (b?.data[index] ?? 0)) > 40).length ?? 0;
    // The small document holds the fiber tracts too, so a part differs, and only that.
    expect(different / (a?.data.length ?? 1)).toBeLessThan(0.06);
  });
});

function nearest(pixels: Pixels, x: number, y: number, fill: string): boolean {
  const at = (Math.floor(y) * pixels.width + Math.floor(x)) * 4;
  return [0, 1, 2].every(
    (channel) =>
      Math.abs((pixels.data[at + channel] ?? 0) - Number.parseInt(fill.slice(1 + channel * 2, 3 + channel * 2), 16)) <=
      10,
  );
}
