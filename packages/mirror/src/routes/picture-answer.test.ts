import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { makeDrawing, makePicture, writeIn } from "../../../../tests/support/pictures.ts";
import { importFile } from "../import/import-file.ts";
import { createMirror, type Mirror } from "../mirror.ts";
import { openStore } from "../store/folder-store.ts";
import { sampleStore } from "../store/sample-store.ts";

let mirror: Mirror;
let plate: string;
let drawing: string;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "brainatlas-answer-"));
  const store = await openStore(join(folder, "store"), { create: true });
  await importFile(store, await writeIn(folder, "1.png", await makePicture(1000, 700)));
  await importFile(store, await writeIn(folder, "2.svg", makeDrawing(2, 800, 400)));
  plate = `path=${(await store.record(1))?.row.path}`;
  drawing = `path=${(await store.record(2))?.row.alternate_images?.[0]?.path}`;
  mirror = createMirror({ store });
  return async () => {
    await mirror.close();
    store.close();
    await rm(folder, { recursive: true, force: true });
  };
});

const get = (query: string, headers: Record<string, string> = {}): Promise<Response> =>
  mirror.fetch(`http://x/cgi-bin/imageservice?${query}`, { headers });
const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

describe("x-brainatlas-path", () => {
  test.each([
    ["tile", "left=256&top=256&width=256&height=256", [256, 256]],
    ["tile", "left=256&top=256&width=256&height=256&quality=85", [256, 256]],
    ["join", "left=768&top=0&width=256&height=256", [232, 256]],
    ["join", "left=16&top=32&width=500&height=300", [500, 300]],
    ["join", "downsample=1", [500, 350]],
    ["recode", "left=17&top=32&width=500&height=300", [500, 300]],
    ["recode", "left=16&top=32&width=500&height=300&quality=40", [500, 300]],
    ["filter", "left=16&top=32&width=50&height=30&rgb=1,0.5,0.5", [50, 30]],
    ["filter", "left=16&top=32&width=50&height=30&colormap=jet", [50, 30]],
  ])("is %s for %s", async (path, query, size) => {
    const response = await get(`${plate}&${query}`);
    const { width, height } = await sharp(await bytesOf(response), { failOn: "warning" }).metadata();
    expect([response.headers.get("x-brainatlas-path"), width, height]).toEqual([path, ...size]);
    expect(response.headers.get("x-brainatlas-source")).toBe(path === "tile" ? "stored" : "computed");
  });

  test("is draw for a drawing, and sample for the sample", async () => {
    expect((await get(`${drawing}&downsample=1`)).headers.get("x-brainatlas-path")).toBe("draw");
    const sample = createMirror({ store: sampleStore() });
    const redirect = await sample.fetch("http://x/api/v2/atlas_image_download/100883869?downsample=7");
    const response = await sample.fetch(redirect.headers.get("location") ?? "");
    expect(response.headers.get("x-brainatlas-path")).toBe("sample");
  });
});

describe("a tier that the file does not hold, since the one before fits a tile", () => {
  test("is that one, halved", async () => {
    const store = await openStore(await mkdtemp(join(tmpdir(), "brainatlas-answer-")), { create: true });
    await importFile(store, await writeIn(store.directory, "3.png", await makePicture(513, 300)));
    const path = (await store.record(3))?.row.path;
    const small = createMirror({ store });
    const ask = async (downsample: number) =>
      await sharp(
        await bytesOf(
          await small.fetch(`http://x/cgi-bin/imageservice?path=${path}&downsample=${downsample}&quality=100`),
        ),
      )
        .raw()
        .toBuffer({ resolveWithObject: true });
    const [above, below] = [await ask(1), await ask(2)];
    expect([above.info.width, above.info.height, below.info.width, below.info.height]).toEqual([256, 150, 128, 75]);
    const halved = await sharp(above.data, { raw: { width: 256, height: 150, channels: 3 } })
      .resize(128, 75, { kernel: "linear", fit: "fill" })
      .raw()
      .toBuffer();
    const differences = below.data.map((value, index) => Math.abs(value - (halved[index] ?? 0)));
    expect(differences.reduce((sum, value) => sum + value, 0) / differences.length).toBeLessThan(6);
    store.close();
    await rm(store.directory, { recursive: true, force: true });
  });
});

describe("Range", () => {
  const REGION = "left=16&top=32&width=500&height=300";

  test.each([
    ["bytes=0-9", 0, 10],
    ["bytes=100-", 100, undefined],
    ["bytes=-7", -7, undefined],
  ])("%s gives that part of the very bytes", async (range, start, end) => {
    const whole = await bytesOf(await get(`${plate}&${REGION}`));
    const response = await get(`${plate}&${REGION}`, { range });
    const part = whole.subarray(start, end);
    const first = start < 0 ? whole.length + start : start;
    expect(response.status).toBe(206);
    expect(response.headers.get("content-range")).toBe(`bytes ${first}-${first + part.length - 1}/${whole.length}`);
    expect(response.headers.get("content-length")).toBe(String(part.length));
    expect(await bytesOf(response)).toEqual(part);
  });

  test("beyond the end is refused, and says how much there is", async () => {
    const { length } = await bytesOf(await get(`${plate}&${REGION}`));
    const response = await get(`${plate}&${REGION}`, { range: "bytes=99999999-" });
    expect([response.status, response.headers.get("content-range")]).toEqual([416, `bytes */${length}`]);
  });

  test("counts with If-Range only for the same state", async () => {
    const etag = (await get(`${plate}&${REGION}`)).headers.get("etag") ?? "";
    const status = async (condition: string): Promise<number> =>
      (await get(`${plate}&${REGION}`, { range: "bytes=0-9", "if-range": condition })).status;
    expect([await status(etag), await status('"other"')]).toEqual([206, 200]);
  });
});

test("a picture may be kept for a day, and is not to be changed on the way", async () => {
  const { headers } = await get(`${plate}&downsample=1`);
  expect(headers.get("cache-control")).toBe("public, max-age=86400, no-transform");
  expect(headers.get("accept-ranges")).toBe("bytes");
});

test("tile() gives what fetch() gives, header by header, once it knows the picture", async () => {
  const target = `/cgi-bin/imageservice?${plate}&left=512&top=256&width=256&height=256&mime=1`;
  const response = await mirror.fetch(`http://x${target}`);
  const tile = mirror.tile(target);
  const { expires, ...headers } = Object.fromEntries(response.headers);
  expect(tile?.headers).toMatchObject(headers);
  expect(expires).toBeDefined();
  expect(Buffer.from(tile?.body ?? [])).toEqual(await bytesOf(response));
});

test("one file that is held as two tiers gives two pictures, under two tags", async () => {
  const folder = await mkdtemp(join(tmpdir(), "brainatlas-answer-"));
  const store = await openStore(join(folder, "store"), { create: true });
  const file = await writeIn(folder, "x.png", await makePicture(900, 700));
  await importFile(store, file, { id: 1 });
  await importFile(store, file, { id: 2, downsample: 1 });
  const both = createMirror({ store });
  const ask = async (id: number): Promise<Response> =>
    await both.fetch(
      `http://x/cgi-bin/imageservice?path=${(await store.record(id))?.row.path}&downsample=1&width=101&height=99`,
    );
  const [one, two] = [await ask(1), await ask(2)];
  expect(one.headers.get("etag")).not.toBe(two.headers.get("etag"));
  expect((await bytesOf(one)).equals(await bytesOf(two))).toBe(false);
  store.close();
  await rm(folder, { recursive: true, force: true });
});

test("a drawing whose box has moved is another picture", async () => {
  const folder = await mkdtemp(join(tmpdir(), "brainatlas-answer-"));
  const store = await openStore(join(folder, "store"), { create: true });
  await importFile(store, await writeIn(folder, "5.svg", makeDrawing(5, 800, 400)));
  const row = (await store.record(5))?.row;
  const moving = createMirror({ store });
  const tagOf = async (): Promise<string | null> =>
    (
      await moving.fetch(
        `http://x/cgi-bin/imageservice?path=${row?.alternate_images?.[0]?.path}&left=8&top=8&width=9&height=9`,
      )
    ).headers.get("etag");
  const before = await tagOf();
  const moved = { ...row, x: 100, image_width: 1000 };
  await importFile(store, await writeIn(folder, "row.json", JSON.stringify({ success: true, msg: [moved] })));
  expect(await tagOf()).not.toBe(before);
  store.close();
  await rm(folder, { recursive: true, force: true });
});
