import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { tierSize } from "@brainatlas/sdk/image";
import sharp from "sharp";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { renderWindow, type SamplePlate, samplePlate } from "../sample/index.ts";
import { type FolderStore, openStore } from "../store/folder-store.ts";
import { sampleStore } from "../store/sample-store.ts";
import { importSample } from "./import-sample.ts";

/** A plate with two coloured ones, a small one, and a section of an experiment. */
const PLATE = 100883869;
const SMALL_PLATE = 900000001;
const SECTION = 69750516;

async function newStore(): Promise<FolderStore> {
  const store = await openStore(join(await temporaryFolder(), "store"), { create: true });
  onTestFinished(() => store.close());
  return store;
}

function plateOf(id: number): SamplePlate {
  const plate = samplePlate(id);
  if (plate === undefined) throw new Error(`The sample has no image ${id}`);
  return plate;
}

test("importSample() puts the pixels of the sample, its records and its drawings", async () => {
  const store = await newStore();
  const told: unknown[] = [];
  const onImage = (...facts: unknown[]): void => void told.push(facts);
  const { entries, models } = await importSample(store, [PLATE], { downsample: 5, onImage });
  expect(told).toEqual([[PLATE, 0, 1]]);
  expect(models).toEqual({ AtlasImage: 1, AlternateImage: 2 });
  expect(entries.map(({ kind }) => kind)).toEqual(["picture", "drawing", "picture", "picture"]);
  expect(store.synthetic).toBe(true);
  const sample = sampleStore();
  expect(await store.record(PLATE)).toMatchObject({ model: "AtlasImage" });
  expect((await store.record(PLATE))?.row).toMatchObject(Object((await sample.record(PLATE))?.row));
  expect(await (await store.drawing(PLATE))?.svg()).toBe(await (await sample.drawing(PLATE))?.svg());

  const plate = plateOf(PLATE);
  const { path, image_width, image_height } = plate.record;
  const picture = await store.picture(path);
  expect(picture).toMatchObject({ width: image_width, height: image_height, finestDownsample: 5 });
  const source = await picture?.source();
  const size = { width: tierSize(image_width, 5), height: tierSize(image_height, 5) };
  const { data, info } = await sharp(source?.kind === "pyramid" ? source.file : "")
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject(size);
  const expected = renderWindow(plate, "primary", { left: 0, top: 0, ...size, downsample: 5 });
  const error = data.reduce((sum, value, at) => sum + Math.abs(value - (expected[at] ?? 0)), 0) / data.length;
  expect(error).toBeLessThan(2);

  for (const { path, groups } of plate.alternates) {
    const source = await (await store.picture(path))?.source();
    const svg = source?.kind === "drawing" ? source.svg : "";
    const labels = [...svg.matchAll(/graphic_group_label_id="(\d+)"/g)].map(([, id]) => Number(id));
    expect([...new Set(labels)].sort()).toEqual([...groups].sort());
  }
});

test("importSample() refuses what the sample has not, before it puts anything", async () => {
  const store = await newStore();
  await expect(importSample(store, [SECTION, 5])).rejects.toThrow(/Cannot use image 5: the sample atlas has none such/);
  await expect(importSample(store, [SECTION], { downsample: 17 })).rejects.toThrow(/from 0 to 16/);
  expect(await store.info()).toMatchObject({ entries: { picture: 0, drawing: 0 }, records: {} });
  expect(store.synthetic).toBe(false);
});

test("importSample() ends with its signal and leaves nothing half", async () => {
  const store = await newStore();
  const controller = new AbortController();
  const reason = new Error("enough");
  const onImage = (_: number, done: number): void => {
    if (done === 1) controller.abort(reason);
  };
  const options = { downsample: 6, signal: controller.signal, onImage };
  await expect(importSample(store, [SECTION, SMALL_PLATE], options)).rejects.toBe(reason);
  expect((await store.info()).records).toEqual({ SectionImage: 1 });
  const names = await readdir(join(store.directory, "objects"));
  expect(names.filter((name) => name.endsWith(".part"))).toEqual([]);
});

test("importSample() puts the masks of sections", async () => {
  const store = await newStore();
  const section = samplePlate(SECTION);
  expect(section?.record.expression_path).toEqual(expect.any(String));
  const { entries } = await importSample(store, [SECTION], { downsample: 6 });
  expect(entries.map(({ name }) => name)).toContain(section?.record.expression_path);
});
