import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseSubImageRecord, tierSize } from "@brainatlas/sdk/image";
import sharp from "sharp";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { createMirror, type Mirror } from "../mirror.ts";
import { countRows } from "../records/count-rows.ts";
import { RecordDatabase } from "../records/record-database.ts";
import { writeRows } from "../records/write-rows.ts";
import { marginText, renderWindow, SAMPLE_PLATES, type SamplePlate, samplePlate } from "../sample/index.ts";
import { type FolderStore, openStore } from "../store/folder-store.ts";
import { putImageRecords, readImageRecord } from "../store/image-records.ts";
import { sampleStore } from "../store/sample-store.ts";
import { importFile } from "./import-file.ts";
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
  expect(entries.map(({ kind }) => kind)).toEqual(["picture", "drawing", "picture", "picture"]);
  expect(store.synthetic).toBe(true);
  const sample = sampleStore();
  expect(models).toEqual(await countRows(await sample.records()));
  expect(await store.record(PLATE)).toMatchObject({ model: "AtlasImage" });
  expect((await store.record(PLATE))?.row).toMatchObject(Object((await sample.record(PLATE))?.row));
  expect(await (await store.drawing(PLATE))?.svg()).toBe(await (await sample.drawing(PLATE))?.svg());

  const plate = plateOf(PLATE);
  const { path, image_width, image_height } = plate.record;
  const picture = await store.picture(path);
  expect(picture).toMatchObject({ width: image_width, height: image_height, finestDownsample: 5 });
  const source = await picture?.source();
  const size = { width: tierSize(image_width, 5), height: tierSize(image_height, 5) };
  const { data } = await sharp(source?.kind === "pyramid" ? source.file : "")
    .extract({ left: 0, top: 0, ...size })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const expected = renderWindow(plate, "primary", { left: 0, top: 0, ...size, downsample: 5 });
  const error = data.reduce((sum, value, at) => sum + Math.abs(value - (expected[at] ?? 0)), 0) / data.length;
  expect(error).toBeLessThan(2);

  for (const { path, groups } of plate.alternates) {
    const source = await (await store.picture(path))?.source();
    const { svg, overlay } = source?.kind === "drawing" ? source : { svg: "", overlay: "" };
    // As every picture of the sample does.
    expect(overlay).toBe(marginText(plate));
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
  const options = { downsample: 5, signal: controller.signal, onImage };
  await expect(importSample(store, [SECTION, SMALL_PLATE], options)).rejects.toBe(reason);
  expect((await store.info()).entries.drawing).toBe(1);
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

/** The answer of a mirror, as text, and why it is refused. */
async function ask(mirror: Mirror, path: string): Promise<{ status: number; reason: string | null; text: string }> {
  const answer = await mirror.fetch(`http://mirror.test${path}`);
  return { status: answer.status, reason: answer.headers.get("x-brainatlas-reason"), text: await answer.text() };
}

test("importSample() makes a store that answers as the sample does, but for pictures that were not put", async () => {
  const store = await newStore();
  await importSample(store, [SMALL_PLATE], { downsample: 5 });
  const [mirror, sample] = [createMirror({ store }), createMirror({ store: sampleStore() })];
  onTestFinished(async () => void (await Promise.all([mirror.close(), sample.close()])));
  const { data_set_id: dataSetId } = plateOf(SECTION).record;
  for (const path of [
    "/api/v2/data/query.json?criteria=model::Atlas,rma::include,graphic_group_labels,ontology,structure_graph",
    "/api/v2/data/query.json?criteria=model::SectionDataSet,rma::include,plane_of_section,alignment3d,equalization",
    "/api/v2/data/query.json?criteria=model::AtlasImage,rma::include,alternate_images,alignment2d",
    `/api/v2/image_to_image/${SMALL_PLATE}.json?x=1000&y=900&section_data_set_ids=${dataSetId}`,
    `/api/v2/image_to_atlas/${SECTION}.json?x=6208&y=2368&atlas_id=1`,
    "/api/v2/structure_graph_download/1.json",
    `/api/v2/svg/${SMALL_PLATE}?groups=1`,
  ]) {
    const expected = await ask(sample, path);
    expect(expected.status).toBe(200);
    expect(await ask(mirror, path)).toEqual(expected);
  }

  const { text } = await ask(mirror, "/iiif/presentation/1/manifest");
  const { items, label } = JSON.parse(text);
  const whole = JSON.parse((await ask(sample, "/iiif/presentation/1/manifest")).text);
  expect(label).toEqual(whole.label);
  const ofPlate = ({ id }: { id: string }): boolean => id.endsWith(`/${SMALL_PLATE}`);
  expect(items.map(({ label }: { label: unknown }) => label)).toEqual([whole.items.find(ofPlate).label]);

  for (const path of [
    `/api/v2/image_download/${PLATE}?downsample=5`,
    `/api/v2/svg/${PLATE}`,
    `/iiif/3/${PLATE}/info.json`,
  ]) {
    expect(await ask(mirror, path)).toMatchObject({ status: 404, reason: "not-mirrored" });
  }
  expect((await ask(mirror, `/iiif/3/${SMALL_PLATE}/info.json`)).status).toBe(200);
});

test("the sample's records have its images as they would be put alone", async () => {
  const database = RecordDatabase.create();
  onTestFinished(() => database.close());
  const images = SAMPLE_PLATES.map((plate) => ({
    model: plate.model,
    row: parseSubImageRecord(plate.record, `plate ${plate.record.id}`),
  }));
  putImageRecords(database, images);
  const records = await sampleStore().records();
  for (const { row } of images) {
    const [alone, among] = [await readImageRecord(database, row.id), await readImageRecord(records, row.id)];
    expect(among).toMatchObject(Object(alone));
  }
});

test("importSample() refuses a store of real entries or rows, and leaves it as it is", async () => {
  for (const fill of [
    async (store: FolderStore) => void writeRows(await store.records(), [{ model: "Gene", row: { id: 15 } }]),
    async (store: FolderStore) => {
      await store.entries.put({ kind: "drawing", name: String(PLATE), mediaType: "image/svg+xml" }, "<svg/>");
    },
  ]) {
    const store = await newStore();
    await fill(store);
    const before = await store.info();
    await expect(importSample(store, [SMALL_PLATE], { downsample: 5 })).rejects.toThrow(
      `Cannot put synthetic images into the store "${store.directory}": it holds other data; give another store (--store)`,
    );
    const after = await store.info();
    expect([after.synthetic, after.entries, after.records]).toEqual([false, before.entries, before.records]);
  }
});

test("importSample() goes on in a store of its own, and importFile() puts nothing into it", async () => {
  const store = await newStore();
  await importSample(store, [SMALL_PLATE], { downsample: 5 });
  await importSample(store, [SECTION], { downsample: 6 });
  expect((await store.info()).entries.drawing).toBe(2);
  const file = join(await temporaryFolder(), "rows.json");
  await writeFile(file, '[{"id":15,"acronym":"Abat"}]');
  const before = await store.info();
  await expect(importFile(store, file, { model: "Gene" })).rejects.toThrow(
    `Cannot import "${file}": the store "${store.directory}" is synthetic, and all in it is said to be; give another`,
  );
  expect((await store.info()).records).toEqual(before.records);
});
