import { readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { bytesOf, FIRST_IMAGE_ID, newImageSide, SLIDE_PATH } from "../../../../tests/support/image-sides.ts";
import { decodeRgb } from "../../../../tests/support/pictures.ts";
import { coverBox, pullBox } from "../../../../tests/support/pulled-pictures.ts";
import { detailsOf, FILE, isSame, LEFT, pulled, RIGHT, SERVICE } from "../../../../tests/support/slides.ts";
import { makeTexture } from "../../../../tests/support/textured-picture.ts";
import { importFile } from "./import-file.ts";
import { importTiers } from "./import-tiers.ts";
import type { TierPart } from "./tier-parts.ts";

test("importTiers() notes what is held of each tier, and when and where it came from", async () => {
  const { part, request } = await pulled(RIGHT);
  const lastModified = "2011-05-06T07:08:09.000Z";
  const { entries } = await importTiers(part.store, { ...request, source: "http://x/a", lastModified });
  const tiers = [0, 1, 2].map((downsample) => coverBox(RIGHT, downsample));
  const details = { width: 900, height: 600, downsample: 0, bits: 8, tiers };
  expect(entries).toEqual([expect.objectContaining({ name: SLIDE_PATH, source: "http://x/a", lastModified, details })]);
  expect((await part.store.info()).version).toBe(4);
});

test("what lies outside is refused as not mirrored, in words, whichever way it is asked for", async () => {
  const { part, request } = await pulled(RIGHT);
  await importTiers(part.store, request);
  const outside = [
    `${SERVICE}&left=0&top=0&width=256&height=256`,
    `${SERVICE}&left=500&top=300&width=100&height=100`,
    `${SERVICE}&left=0&top=0&width=450&height=300&downsample=1&quality=30`,
    `${SERVICE}&left=0&top=0&width=900&height=600&filter=colormap&filterVals=0.5,1,0,256,4`,
  ];
  for (const target of outside) {
    const answer = await part.mirror.fetch(`http://x${target}`);
    expect([target, answer.status, answer.headers.get("x-brainatlas-reason")]).toEqual([target, 404, "not-mirrored"]);
    expect(await answer.text()).toMatch(
      /holds of this picture, at downsample \d, the \d+ × \d+ pixels at \d+, \d+, and/,
    );
  }
  const left = JSON.parse(String((await bytesOf(part, `/iiif/3/${FIRST_IMAGE_ID}/info.json`))[2]));
  // Of the other image, what the smallest tier has, which is a single tile.
  expect([left.width, left.height]).toEqual([50, 50]);
  const path = await part.mirror.fetch(`http://x/iiif/3/${encodeURIComponent(SLIDE_PATH)}/info.json`);
  expect([path.status, path.headers.get("x-brainatlas-reason")]).toEqual([404, "not-mirrored"]);
  expect((await bytesOf(part, `/iiif/3/${FIRST_IMAGE_ID + 1}/info.json`))[0]).toBe(200);
});

test("tiles that an entry says are held and that are not there are not mirrored; of a picture that is held whole, damage", async () => {
  const { part, request } = await pulled(RIGHT);
  await importTiers(part.store, request);
  const { entries } = part.store;
  const found = await entries.get("picture", SLIDE_PATH);
  if (found === undefined) throw new Error("Nothing was put");
  const { tiers: _, ...whole } = found.entry.details;
  const tiers = [0, 1, 2].map((downsample) => ({ left: 0, top: 0, width: 900, height: 600, downsample }));
  for (const [details, status] of [
    [{ ...whole, tiers }, 404],
    [whole, 500],
  ] as const) {
    await entries.link({ ...found.entry, details }, found.entry);
    for (const more of ["", "&quality=30", "&rgb=1,0.5,0.5", "&width=600"]) {
      const target = `${SERVICE}&left=0&top=0&width=256&height=256${more}`;
      expect([target, (await bytesOf(part, target))[0]]).toEqual([target, status]);
    }
  }
});

test("a tile is answered at once where it is held, and left to the routes where it is not", async () => {
  const { part, request } = await pulled(RIGHT);
  await importTiers(part.store, request);
  const held = `${SERVICE}&left=512&top=256&width=256&height=256&downsample=0`;
  expect((await bytesOf(part, held))[0]).toBe(200);
  expect(part.mirror.tile(held)?.body.length).toBeGreaterThan(100);
  expect(part.mirror.tile(`${SERVICE}&left=0&top=0&width=256&height=256&downsample=0`)).toBeUndefined();
});

test("importTiers() of another part of the same file keeps the first, also when both come at once", async () => {
  const { whole, part, request } = await pulled(LEFT);
  const other = await pullBox(whole.mirror, SLIDE_PATH, RIGHT, whole.folder);
  await Promise.all([importTiers(part.store, request), importTiers(part.store, other)]);
  expect([await isSame(whole, part, LEFT), await isSame(whole, part, RIGHT)]).toEqual([true, true]);
  const { tiers } = (await detailsOf(part)) as { tiers: { downsample: number }[] };
  expect(tiers.map(({ downsample }) => downsample)).toEqual([0, 0, 1, 1, 2]);
  const before = await detailsOf(part);
  await importTiers(part.store, request);
  expect(await detailsOf(part)).toEqual(before);
});

test("importTiers() joins parts that begin at different tiers", async () => {
  const { whole, part, request } = await pulled(LEFT, 1);
  await importTiers(part.store, request);
  await importTiers(part.store, await pullBox(whole.mirror, SLIDE_PATH, RIGHT, whole.folder));
  expect(await isSame(whole, part, RIGHT)).toBe(true);
  const info = JSON.parse(String((await bytesOf(part, `/iiif/3/${FIRST_IMAGE_ID}/info.json`))[2]));
  expect([info.width, info.height]).toEqual([100, 100]);
  const [status] = await bytesOf(part, `/iiif/3/${FIRST_IMAGE_ID}/full/max/0/default.jpg`);
  expect(status).toBe(200);
});

test("importTiers() leaves a whole picture as it is, and goes beyond one that is coarser", async () => {
  const { whole, request } = await pulled(RIGHT);
  const before = await whole.store.entries.get("picture", SLIDE_PATH);
  expect((await importTiers(whole.store, request)).entries).toEqual([before?.entry]);
  const coarse = await newImageSide(LEFT, RIGHT);
  const file = join(coarse.folder, `${FIRST_IMAGE_ID}.png`);
  await writeFile(file, await makeTexture(450, 300));
  await importFile(coarse.store, file, { id: FIRST_IMAGE_ID, downsample: 1 });
  const all = await bytesOf(coarse, `${SERVICE}&left=0&top=0&width=256&height=300&downsample=1`);
  await importTiers(coarse.store, request);
  expect(await isSame(whole, coarse, RIGHT)).toBe(true);
  expect(await bytesOf(coarse, `${SERVICE}&left=0&top=0&width=256&height=300&downsample=1`)).toEqual(all);
});

test("importTiers() replaces what is damaged, and on demand what is held whole, in whichever way that was made", async () => {
  const { whole, part, request } = await pulled({ ...FILE, x: 0, y: 0, width: 900, height: 600 });
  await importTiers(part.store, request);
  const first = await part.store.entries.get("picture", SLIDE_PATH);
  await truncate(first?.path ?? "", 100);
  await expect(part.store.entries.get("picture", SLIDE_PATH)).rejects.toThrow();
  await importTiers(part.store, request);
  expect(await isSame(whole, part, RIGHT)).toBe(true);
  for (const { file } of request.parts) {
    const grey = sharp(await readFile(file))
      .greyscale()
      .toColourspace("srgb");
    await writeFile(file, await grey.jpeg({ quality: 50 }).toBuffer());
  }
  await importTiers(part.store, request);
  expect(await isSame(whole, part, RIGHT)).toBe(true);
  await importTiers(part.store, { ...request, refresh: true });
  expect(await isSame(whole, part, RIGHT)).toBe(false);
  expect(await detailsOf(part)).toEqual({ width: 900, height: 600, downsample: 0, bits: 8 });
});

test("importTiers() of all parts of a file is a whole picture, named by its path too", async () => {
  const { part, request } = await pulled({ ...FILE, x: 0, y: 0, width: 900, height: 600 });
  await importTiers(part.store, request);
  expect(await detailsOf(part)).toEqual({ width: 900, height: 600, downsample: 0, bits: 8 });
  expect((await bytesOf(part, `/iiif/3/${encodeURIComponent(SLIDE_PATH)}/info.json`))[0]).toBe(200);
});

test("importTiers() takes a tier in several parts, which may overlap", async () => {
  const { whole, part, request } = await pulled(RIGHT);
  const more: TierPart[] = [];
  for (const [left, top] of [
    [256, 256],
    [512, 256],
    [512, 512],
    [0, 256],
  ] as const) {
    const [width, height] = [Math.min(512, 900 - left), Math.min(256, 600 - top)];
    const target = `${SERVICE}&left=${left}&top=${top}&width=${width}&height=${height}`;
    const file = join(part.folder, `${left} ${top}.jpg`);
    await writeFile(file, (await bytesOf(whole, target))[2]);
    more.push({ downsample: 0, left, top, file });
  }
  const parts = [...request.parts.filter(({ downsample }) => downsample > 0), ...more];
  await importTiers(part.store, { ...request, parts });
  const { tiers } = (await detailsOf(part)) as { tiers: unknown[] };
  expect(tiers.slice(0, 2)).toEqual(
    [
      { downsample: 0, left: 0, top: 256, width: 900, height: 256 },
      { downsample: 0, left: 512, top: 512, width: 388, height: 88 },
    ].map((window) => expect.objectContaining(window)),
  );
  expect(await isSame(whole, part, { ...RIGHT, x: 512, y: 256, width: 388, height: 344 })).toBe(true);
});

test.each([
  ["progressive", { progressive: true }],
  ["4:4:4", { chromaSubsampling: "4:4:4" }],
  ["of another quality in one of two parts", { quality: 60 }],
])("importTiers() decodes and encodes a JPEG that is %s, and says so", async (_, options) => {
  const { whole, part, request } = await pulled(LEFT);
  const [first] = request.parts;
  if (first === undefined) throw new Error("No part");
  const picture = sharp(await readFile(first.file)).extract({ left: 0, top: 0, width: 256, height: 256 });
  const file = join(part.folder, "other.jpg");
  await picture.jpeg({ quality: 85, chromaSubsampling: "4:2:0", ...options }).toFile(file);
  const next = join(part.folder, "next.jpg");
  const target = `${SERVICE}&left=256&top=0&width=256&height=256`;
  await writeFile(next, (await bytesOf(whole, target))[2]);
  const parts = [{ ...first, file }, { ...first, left: 256, file: next }, ...request.parts.slice(1)];
  await importTiers(part.store, { ...request, parts });
  expect(await detailsOf(part)).toMatchObject({ isRecoded: true });
  const [expected, given] = [await bytesOf(whole, target), await bytesOf(part, target)];
  const [one, other] = [await decodeRgb(given[2]), await decodeRgb(expected[2])];
  const total = one.data.reduce((sum, value, index) => sum + Math.abs(value - (other.data[index] ?? 0)), 0);
  expect(total / one.data.length).toBeLessThan(4);
});

test("importTiers() refuses what does not fit beside what is held, and puts nothing", async () => {
  const { whole, part, request } = await pulled(LEFT);
  await importTiers(part.store, request);
  const before = await detailsOf(part);
  const other = await pullBox(whole.mirror, SLIDE_PATH, RIGHT, whole.folder);
  for (const { file } of other.parts) {
    const bytes = await sharp(await readFile(file))
      .jpeg({ quality: 50 })
      .toBuffer();
    await writeFile(file, bytes);
  }
  await expect(importTiers(part.store, other)).rejects.toThrow(
    /downsample 0 has other quantisation tables; give another store/,
  );
  expect(await detailsOf(part)).toEqual(before);
});

test("importTiers() keeps real and made-up content apart", async () => {
  const { part, request } = await pulled(LEFT);
  await expect(importTiers(part.store, { ...request, synthetic: true })).rejects.toThrow(
    /it is synthetic, and the store/,
  );
});

test("importTiers() puts a file longer than any JPEG", async () => {
  const side = await newImageSide();
  const [width, height] = [80_000, 300];
  const parts: TierPart[] = [];
  for (let downsample = 0; downsample < 10; downsample += 1) {
    const tier = {
      width: Math.floor(width / 2 ** downsample),
      height: Math.max(1, Math.floor(height / 2 ** downsample)),
    };
    const left = Math.floor((tier.width - 1) / 256) * 256;
    const file = join(side.folder, `${downsample}.jpg`);
    const raw = { width: tier.width - left, height: Math.min(256, tier.height), channels: 3 } as const;
    const picture = sharp({ create: { ...raw, background: { r: 128, g: 128, b: 128 } } });
    await picture.jpeg({ quality: 85, chromaSubsampling: "4:2:0" }).toFile(file);
    parts.push({ downsample, left, top: 0, file });
  }
  await importTiers(side.store, { path: SLIDE_PATH, width, height, parts });
  const [status, , bytes] = await bytesOf(side, `${SERVICE}&left=79990&top=20&width=10&height=10`);
  expect([status, ...(await sharp(bytes).raw().toBuffer()).subarray(0, 3)]).toEqual([200, 128, 128, 128]);
});
