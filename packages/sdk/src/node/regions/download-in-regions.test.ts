import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMirror, SAMPLE_BASE_URL, sampleStore } from "@brainatlas/mirror";
import jpeg from "jpeg-js";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BrainAtlas } from "../../client/brain-atlas.ts";
import { DecodeError, HttpError } from "../../errors.ts";
import type { FetchLike } from "../../http/options.ts";
import type { Decoder, Pixels } from "../../pixels.ts";
import { downloadInRegions } from "./download-in-regions.ts";
import type { RegionsProgress } from "./types.ts";

const mirror = createMirror({ store: sampleStore() });
const fromMirror: FetchLike = (url, init) => mirror.fetch(url, init);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "brainatlas-test-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Decodes without what blends colours over the edges of blocks: so a part decodes to the same pixels as it does within the whole. */
const decoder: Decoder = async (bytes) => {
  const { data, width, height } = jpeg.decode(bytes, { useTArray: true, maxMemoryUsageInMB: 512 });
  return { data: new Uint8ClampedArray(data), width, height };
};

const clientOf = (fetch: FetchLike = fromMirror): BrainAtlas =>
  new BrainAtlas({ baseUrl: SAMPLE_BASE_URL, fetch, decoder, retries: 0 });

/** A plate that lies on no block of JPEG. */
const plateOf = (fetch?: FetchLike) => clientOf(fetch).atlasImage(100883869, { downsample: 4 });
/** A part of it that begins on one. */
const partOf = (fetch?: FetchLike) => plateOf(fetch).with({ left: 3072, top: 30_720, width: 700, height: 333 });

/** Largest and mean difference of two channels of a file and of pixels. */
async function differenceOf(path: string, whole: Pixels): Promise<{ most: number; mean: number }> {
  const { data, info } = await sharp(path).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width: whole.width, height: whole.height, channels: 4 });
  let [most, sum] = [0, 0];
  for (const [index, value] of data.entries()) {
    const difference = Math.abs(value - (whole.data[index] ?? 0));
    most = Math.max(most, difference);
    sum += difference;
  }
  expect(new Set(whole.data).size).toBeGreaterThan(50); // A picture, and not one colour.
  return { most, mean: sum / data.length };
}

describe("downloadInRegions()", () => {
  test.each(["png", "tif", "TIFF"])("joins regions to a .%s without loss", async (ending) => {
    const path = join(folder, `plate.${ending}`);
    const said: RegionsProgress[] = [];
    const joined = await downloadInRegions(partOf(), path, { regionPx: 256, onProgress: (each) => said.push(each) });
    const { receivedBytes, headers } = joined;
    expect(joined).toEqual({ path, width: 700, height: 333, downsample: 4, regions: 8, receivedBytes, headers });
    expect(headers.get("x-brainatlas-atlas")).toBe("synthetic");
    expect(said.map(({ regions }) => regions)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(said.at(-1)).toEqual({ regions: 8, totalRegions: 8, receivedBytes });
    expect(await differenceOf(path, await partOf().pixels())).toEqual({ most: 0, mean: 0 });
    expect(readdirSync(folder)).toEqual([`plate.${ending}`]);
  });

  test("joins to a .jpg within the error of JPEG", async () => {
    const path = join(folder, "plate.jpg");
    await downloadInRegions(partOf(), path, { regionPx: 256, quality: 95 });
    const { mean } = await differenceOf(path, await partOf().pixels());
    expect(mean).toBeGreaterThan(0);
    expect(mean).toBeLessThan(3);
  });

  test("gives what the whole picture gives, where the server encodes anew", async () => {
    const path = join(folder, "plate.png");
    const { width, height } = await downloadInRegions(plateOf(), path, { regionPx: 512 });
    expect({ width, height }).toEqual(await plateOf().size());
    const whole = await plateOf().pixels();
    const { mean } = await differenceOf(path, whole);
    const shifted = { ...whole, data: whole.data.subarray(4) };
    expect(mean).toBeLessThan(5);
    expect(mean).toBeLessThan((await differenceOf(path, shifted)).mean / 2);
  });

  test("asks for the size in pixels of the tier, whatever way the image says it", async () => {
    const urls: string[] = [];
    const image = clientOf((url, init) => {
      urls.push(url);
      return fromMirror(url, init);
    }).image("any", 100883869, {
      downsample: 4,
      left: 3072,
      top: 30_720,
      width: 6400,
      height: 1600,
      downsampleDimensions: true,
    });
    const joined = await downloadInRegions(image, join(folder, "part.png"), { regionPx: 256 });
    expect(joined).toMatchObject({ width: 400, height: 100 });
    const queries = urls.filter((url) => url.includes("image_download")).map((url) => new URL(url).search);
    expect(queries).toEqual([
      "?downsample=4&left=3072&top=30720&width=64&height=100",
      "?downsample=4&left=4096&top=30720&width=256&height=100",
      "?downsample=4&left=8192&top=30720&width=80&height=100",
    ]);
  });

  test("leaves out what lies beyond the stored file", async () => {
    const { image_width: edge } = await plateOf().record();
    const image = plateOf().with({ left: edge - 1600, top: 0, width: 500, height: 50 });
    const joined = await downloadInRegions(image, join(folder, "part.png"), { regionPx: 64 });
    expect(joined).toMatchObject({ width: 100, height: 50 });
    const outside = plateOf().with({ left: edge, top: 0, width: 500, height: 50 });
    await expect(downloadInRegions(outside, join(folder, "none.png"))).rejects.toThrow(RangeError);
  });
});

test("downloadInRegions() refuses an option that it does not know, before it asks for anything", async () => {
  const asked = plateOf(() => Promise.reject(new Error("asked")));
  const call = downloadInRegions(asked, join(folder, "plate.png"), { regionpx: 256 } as never);
  await expect(call).rejects.toThrow('Cannot use option "regionpx"; give "regionPx"');
});

describe("downloadInRegions() of a server that is not well", () => {
  /** Answers one of the regions, and what it leads to, in another way. */
  const spoil =
    (instead: (url: string) => Promise<Response>): FetchLike =>
    (url, init) =>
      /image_download.*left=8192/.test(url) ? instead(url) : fromMirror(url, init);

  const wrong = async (): Promise<Response> => {
    const body = await sharp({ create: { width: 9, height: 8, channels: 3, background: "red" } })
      .jpeg()
      .toBuffer();
    return new Response(new Uint8Array(body), { headers: { "content-type": "image/jpeg" } });
  };

  test("refuses a region of another size, by its URL, and leaves the file as it was", async () => {
    const path = join(folder, "plate.png");
    writeFileSync(path, "before");
    const call = downloadInRegions(partOf(spoil(wrong)), path, { regionPx: 256 });
    await expect(call).rejects.toThrow(DecodeError);
    await expect(call).rejects.toThrow(/left=8192&top=30720.*its size holds 9 × 8 pixels; expected 256 × 128 pixels$/);
    expect(readFileSync(path, "utf8")).toBe("before");
    expect(readdirSync(folder)).toEqual(["plate.png"]);
  });

  test("refuses a decoder's result that is shorter than its size", async () => {
    const client = new BrainAtlas({
      baseUrl: SAMPLE_BASE_URL,
      fetch: fromMirror,
      decoder: async (bytes) => ({ ...(await decoder(bytes, "")), data: new Uint8ClampedArray(4) }),
    });
    const image = client.atlasImage(100883869, { downsample: 6 });
    await expect(downloadInRegions(image, join(folder, "plate.png"))).rejects.toThrow("not all of which were decoded");
  });

  test("fails as the region that cannot be had does", async () => {
    const gone = async (): Promise<Response> => new Response("gone", { status: 404 });
    const call = downloadInRegions(partOf(spoil(gone)), join(folder, "plate.png"), { regionPx: 256 });
    await expect(call).rejects.toThrow(HttpError);
    await expect(call).rejects.toThrow("left=8192&top=30720");
    expect(readdirSync(folder)).toEqual([]);
  });

  test("ends with the reason of its signal", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const ended = spoil(() => {
      controller.abort(reason);
      return Promise.reject(new TypeError("fetch failed"));
    });
    const { signal } = controller;
    const call = downloadInRegions(partOf(ended), join(folder, "plate.png"), { regionPx: 256, signal });
    await expect(call).rejects.toBe(reason);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("downloadInRegions() refuses before it asks", () => {
  const unasked = () => plateOf(() => Promise.reject(new Error("this test sends nothing")));

  test.each([{ regionPx: 0 }, { regionPx: 100 }, { regionPx: 65_536 }, { concurrency: 0 }, { quality: 101 }])(
    "%j",
    async (options) => {
      await expect(downloadInRegions(unasked(), join(folder, "plate.png"), options)).rejects.toThrow(RangeError);
    },
  );

  test.each(["plate", "plate.gif", "plate.png.webp", "plate.constructor"])("a file named %s", async (name) => {
    const call = downloadInRegions(unasked(), join(folder, name));
    await expect(call).rejects.toThrow("give a name that ends in .png, .tif or .jpg");
  });

  test("a JPEG that is larger than a JPEG can be", async () => {
    const row = { id: 1, x: 0, y: 0, width: 70_000, height: 10, image_width: 70_000, image_height: 10 };
    const fetch: FetchLike = async () =>
      Response.json({ success: true, id: 0, start_row: 0, num_rows: 1, total_rows: 1, msg: [{ ...row }] });
    const image = clientOf(fetch).atlasImage(1, {});
    await expect(downloadInRegions(image, join(folder, "plate.jpg"))).rejects.toThrow(
      "a JPEG has at most 65535 a side",
    );
  });

  test("a folder that is not there", async () => {
    await expect(downloadInRegions(partOf(), join(folder, "none", "plate.png"))).rejects.toThrow(
      /Cannot write ".*plate.png"/,
    );
  });
});
