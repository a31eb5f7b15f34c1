import { BrainAtlas } from "@brainatlas/sdk";
import { xmlEvents } from "@brainatlas/sdk/xml";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { rejectionOf } from "../../../../tests/support/fault-server.ts";
import { createMirror } from "../mirror.ts";
import { RecordDatabase } from "../records/record-database.ts";
import { writeRows } from "../records/write-rows.ts";
import { SAMPLE_PLATES, toReference } from "../sample/index.ts";
import type { AtlasStore } from "../store/atlas-store.ts";
import { SAMPLE_BASE_URL, sampleStore } from "../store/sample-store.ts";

const mirror = createMirror({ store: sampleStore() });
const allen = new BrainAtlas({ baseUrl: SAMPLE_BASE_URL, fetch: mirror.fetch });
const get = (path: string, from = mirror): Promise<Response> => from.fetch(`${SAMPLE_BASE_URL}/api/v2/${path}`);

const CORONAL_ATLAS_SET = 100048576;
const SAGITTAL_ATLAS_SET = 100042147;

describe("image_to_reference", () => {
  test.each(SAMPLE_PLATES.map((plate) => [plate.record.id, plate] as const))(
    "of sample plate %d is what it was drawn by",
    async (id, plate) => {
      const { matrix } = toReference(plate);
      const [x, y] = [plate.record.width / 3, plate.record.height / 5];
      const row = (at: number): number => (matrix[at] ?? 0) * x + (matrix[at + 1] ?? 0) * y + (matrix[at + 2] ?? 0);
      const point = await allen.sync.imageToReference(id, { x, y });
      for (const [found, expected] of [
        [point.x, row(0)],
        [point.y, row(3)],
        [point.z, row(6)],
      ] as const) {
        expect(Math.abs(found - expected)).toBeLessThan(1e-6 * Math.max(1, Math.abs(expected)));
      }
    },
  );

  test("has the form that clients read, in JSON and in XML", async () => {
    const json = await get("image_to_reference/100883869.json?x=1000&y=2000.500000");
    expect(json.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(json.headers.get("x-brainatlas-source")).toBe("computed");
    const text = await json.text();
    expect(text).toMatch(
      /^\{"success": true, "id": 0, "start_row": 0, "num_rows": 0, "total_rows": 0, "msg": \{"image_to_reference":\{"x":-?[\d.]+,"y":[\d.]+,"z":[\d.]+\}\}\}$/,
    );
    const { x, y, z } = JSON.parse(text).msg.image_to_reference;
    const xml = await (await get("image_to_reference/100883869.xml?x=1000&y=2000.500000")).text();
    expect(xml).toBe(
      `<Response success='true' start_row='0' num_rows='0' total_rows='0'><image-to-reference>\n  <x>${x}</x>\n  <y>${y}</y>\n  <z>${z}</z>\n</image-to-reference>\n</Response>`,
    );
    expect((await get("image_to_reference/100883869?x=1000&y=2000.5")).status).toBe(200);
  });
});

describe("reference_to_image", () => {
  test("undoes image_to_reference", async () => {
    for (const { record } of SAMPLE_PLATES) {
      const point = await allen.sync.imageToReference(record.id, { x: 700, y: 900 });
      const [result] = await allen.sync.referenceToImage(9, point, record.data_set_id);
      expect(result).toMatchObject({ dataSetId: record.data_set_id, structureId: undefined });
      expect(result?.place).toMatchObject({ imageId: record.id, sectionNumber: record.section_number });
      expect(Math.hypot((result?.place?.x ?? 0) - 700, (result?.place?.y ?? 0) - 900)).toBeLessThan(1e-6);
    }
  });

  test("takes the nearest section, past the ends too", async () => {
    const placeOf = async (x: number) =>
      (await allen.sync.referenceToImage(9, { x, y: 4000, z: 5700 }, CORONAL_ATLAS_SET))[0]?.place?.sectionNumber;
    expect(await placeOf(-99_999)).toBe(13);
    expect(await placeOf(99_999)).toBe(509);
  });

  test("says the data set as text, and leaves the image out where there is none", async () => {
    const answer = await get(
      `reference_to_image/9.json?x=6085&y=3670&z=4883&section_data_set_ids=${CORONAL_ATLAS_SET},7`,
    );
    const { msg } = (await answer.json()) as { msg: { image_sync: Record<string, unknown> }[] };
    expect(msg[0]?.image_sync).toEqual({
      section_data_set_id: String(CORONAL_ATLAS_SET),
      section_image_id: expect.any(Number),
      section_number: expect.any(Number),
      x: expect.any(Number),
      y: expect.any(Number),
    });
    expect(msg[1]).toEqual({ image_sync: { section_data_set_id: "7" } });
    const results = await allen.sync.referenceToImage(9, { x: 6085, y: 3670, z: 4883 }, [CORONAL_ATLAS_SET, 7]);
    expect(results.map(({ dataSetId, place }) => [dataSetId, place?.imageId])).toEqual([
      [CORONAL_ATLAS_SET, msg[0]?.image_sync.section_image_id],
      [7, undefined],
    ]);
  });

  test("mirrors a point of the other space, and knows no third", async () => {
    const inNine = await allen.sync.referenceToImage(9, { x: 6085, y: 3670, z: 4883 }, CORONAL_ATLAS_SET);
    const inTen = await allen.sync.referenceToImage(10, { x: 6085, y: 3670, z: 11_400 - 4883 }, CORONAL_ATLAS_SET);
    expect(inTen).toEqual(inNine);
    const inOther = await allen.sync.referenceToImage(1, { x: 6085, y: 3670, z: 4883 }, CORONAL_ATLAS_SET);
    expect(inOther).toEqual([
      { dataSetId: CORONAL_ATLAS_SET, structureId: undefined, place: undefined, notHeld: false },
    ]);
  });

  test("is a list in XML, with the names that clients read", async () => {
    const path = `reference_to_image/9.xml?x=6085&y=3670&z=4883&section_data_set_ids=${CORONAL_ATLAS_SET},7`;
    const text = await (await get(path)).text();
    const [result] = await allen.sync.referenceToImage(9, { x: 6085, y: 3670, z: 4883 }, CORONAL_ATLAS_SET);
    expect(
      text,
    ).toBe(`<Response success='true' start_row='0' num_rows='0' total_rows='0'><image-sync-helper-image-syncs>
  <images-sync-helper-images-syncs>
    <section-data-set-id>${CORONAL_ATLAS_SET}</section-data-set-id>
    <section-image-id>${result?.place?.imageId}</section-image-id>
    <section-number>${result?.place?.sectionNumber}</section-number>
    <x>${result?.place?.x}</x>
    <y>${result?.place?.y}</y>
  </images-sync-helper-images-syncs>
  <images-sync-helper-images-syncs>
    <section-data-set-id>7</section-data-set-id>
  </images-sync-helper-images-syncs>
</image-sync-helper-image-syncs>
</Response>`);
    expect([...xmlEvents(text)].length).toBeGreaterThan(10);
  });
});

describe("image_to_image", () => {
  test("goes by way of reference space", async () => {
    const point = await allen.sync.imageToReference(69750516, { x: 6208, y: 2368 });
    const sets = [CORONAL_ATLAS_SET, SAGITTAL_ATLAS_SET, 126862385];
    expect(await allen.sync.imageToImage(69750516, { x: 6208, y: 2368 }, sets)).toEqual(
      await allen.sync.referenceToImage(9, point, sets),
    );
  });

  test("_2d goes by the 2-D alignments alone, in the order asked for", async () => {
    const [self, other, none] = await allen.sync.imageToImage2d(
      126862575,
      { x: 1000, y: 2000 },
      [126862575, 126862583, 7],
    );
    expect(Math.hypot((self?.place?.x ?? 0) - 1000, (self?.place?.y ?? 0) - 2000)).toBeLessThan(1e-6);
    expect(other?.place).toMatchObject({ imageId: 126862583, sectionNumber: 78 });
    expect(none).toEqual({ dataSetId: undefined, structureId: undefined, place: undefined, notHeld: true });
  });
});

describe("image_to_atlas", () => {
  test("gives one plate, as one object", async () => {
    const place = await allen.sync.imageToAtlas(69750516, { x: 6208, y: 2368 }, 1);
    const [same] = await allen.sync.imageToImage(69750516, { x: 6208, y: 2368 }, CORONAL_ATLAS_SET);
    expect(place).toEqual(same?.place);
    const json = (await (await get("image_to_atlas/69750516.json?x=6208&y=2368&atlas_id=1")).json()) as {
      msg: unknown;
    };
    expect(json.msg).toEqual({
      image_sync: { section_image_id: place?.imageId, section_number: place?.sectionNumber, x: place?.x, y: place?.y },
    });
    const xml = await (await get("image_to_atlas/69750516.xml?x=6208&y=2368&atlas_id=1")).text();
    expect(xml).toMatch(/total_rows='0'><image-sync>\n {2}<section-image-id>\d+<\/section-image-id>\n/);
  });

  test("passes over plates that are not annotated", async () => {
    const made = createMirror({ store: storeOf(madeRecords()) });
    const client = new BrainAtlas({ baseUrl: SAMPLE_BASE_URL, fetch: made.fetch });
    expect((await client.sync.imageToAtlas(10, { x: 1, y: 2 }, 3))?.imageId).toBe(12);
    expect((await client.sync.imageToImage(10, { x: 1, y: 2 }, 1))[0]?.place?.imageId).toBe(10);
  });

  test("is not held where the atlas has no plates here", async () => {
    expect(await rejectionOf(allen.sync.imageToAtlas(69750516, { x: 1, y: 2 }, 138322605))).toMatchObject({
      code: "ATLAS_NOT_MIRRORED",
    });
  });
});

describe("structure_to_image", () => {
  test("projects the middle of each structure", async () => {
    const rows = allen.rows((await import("@brainatlas/sdk/queries")).structures.centers([549, 1089]));
    const all = await rows.all();
    const results = await allen.sync.structureToImage(CORONAL_ATLAS_SET, [549, 1089, 77]);
    for (const [index, structureId] of [549, 1089].entries()) {
      const centre = all.find((row) => row.structure_id === structureId && row.reference_space_id === 9);
      const point = { x: Number(centre?.x), y: Number(centre?.y), z: Number(centre?.z) };
      const [expected] = await allen.sync.referenceToImage(9, point, CORONAL_ATLAS_SET);
      expect(results[index]).toEqual({
        dataSetId: CORONAL_ATLAS_SET,
        structureId,
        place: expected?.place,
        notHeld: false,
      });
    }
    expect(results[2]).toEqual({ dataSetId: CORONAL_ATLAS_SET, structureId: 77, place: undefined, notHeld: true });
  });
});

describe("alignedSet()", () => {
  test("computes what the services answer", async () => {
    for (const id of [CORONAL_ATLAS_SET, 69782969, 126862385]) {
      const set = await allen.sync.alignedSet(id);
      const [result] = await allen.sync.referenceToImage(9, { x: 7000, y: 3000, z: 6000 }, id);
      expect(result?.place).toEqual(set.referenceToImage(7000, 3000, 6000));
    }
    const { imageToReference } = await import("@brainatlas/sdk/sync");
    const section = await allen.sync.alignedSection(100883869);
    expect(imageToReference(section, 5, 6)).toEqual(await allen.sync.imageToReference(100883869, { x: 5, y: 6 }));
    const plates = await allen.sync.alignedAtlas(1);
    expect(plates.sections).toHaveLength(31);
  });

  test("says what is not there", async () => {
    expect(await rejectionOf(allen.sync.alignedSet(7))).toMatchObject({ code: "ATLAS_DECODE" });
    expect(await rejectionOf(allen.sync.alignedSection(7))).toMatchObject({ code: "ATLAS_DECODE" });
    expect(await rejectionOf(allen.sync.alignedAtlas(7))).toMatchObject({ code: "ATLAS_DECODE" });
  });
});

describe("targets that are not held", () => {
  const AT = "x=6085&y=3670";

  test.each([
    [`reference_to_image/9.json?${AT}&z=4883&section_data_set_ids=${CORONAL_ATLAS_SET},7,8`, "7,8"],
    [`reference_to_image/9.xml?${AT}&z=4883&section_data_set_ids=7,${CORONAL_ATLAS_SET}`, "7"],
    [`reference_to_image/1.json?${AT}&z=4883&section_data_set_ids=${CORONAL_ATLAS_SET}`, null],
    [`image_to_image/69750516.json?${AT}&section_data_set_ids=7,${SAGITTAL_ATLAS_SET}`, "7"],
    [`image_to_image_2d/126862575.json?${AT}&section_image_ids=7,126862583`, "7"],
    [`structure_to_image/${CORONAL_ATLAS_SET}.json?structure_ids=549,77`, "77"],
    [`structure_to_image/${CORONAL_ATLAS_SET}.json?structure_ids=549`, null],
  ])("are named beside what was found by %s", async (path, expected) => {
    const answer = await get(path);
    expect([answer.status, answer.headers.get("x-brainatlas-not-held")]).toEqual([200, expected]);
  });

  test.each([
    [`reference_to_image/9.json?${AT}&z=4883&section_data_set_ids=7,8`, "no data sets with alignments of the ids 7, 8"],
    [`image_to_image/69750516.json?${AT}&section_data_set_ids=7`, "no data sets with alignments of the ids 7"],
    [
      `image_to_image_2d/126862575.json?${AT}&section_image_ids=1,2,3,4,5,6`,
      "no images with alignments of the ids 1, 2, 3, 4, 5, …",
    ],
    [`structure_to_image/${CORONAL_ATLAS_SET}.json?structure_ids=77`, "no structures with a middle of the ids 77"],
  ])("are all that %s asks about: it is not mirrored", async (path, words) => {
    const answer = await get(path);
    expect([answer.status, answer.headers.get("x-brainatlas-reason")]).toEqual([404, "not-mirrored"]);
    expect(await answer.json()).toMatchObject({ msg: `This mirror holds ${words}` });
  });
});

describe("a wrong request", () => {
  test.each([
    ["image_to_reference/100883869.json?y=1", "x is no number"],
    ["image_to_reference/100883869.json?x=1&y=NaN", "y is no number"],
    ["image_to_reference/100883869.json?x=1&y=1e10", "y is no number"],
    ["image_to_reference/100883869.json?x=1&y=0x10", "y is no number"],
    ["reference_to_image/9.json?x=1&y=2&section_data_set_ids=7", "z is no number"],
    ["reference_to_image/9.json?x=1&y=2&z=3", "section_data_set_ids is no list"],
    ["reference_to_image/9.json?x=1&y=2&z=3&section_data_set_ids=1,x", "section_data_set_ids is no list"],
    [`reference_to_image/9.json?x=1&y=2&z=3&section_data_set_ids=${Array(201).fill(7)}`, "a list of 1 to 200"],
    ["image_to_atlas/100883869.json?x=1&y=2&atlas_id=1,2", "atlas_id is no id"],
    ["structure_to_image/100048576.json", "structure_ids is no list"],
  ])("%s is answered as queries are", async (path, words) => {
    const answer = await get(path);
    expect(answer.status).toBe(200);
    const { success, msg } = (await answer.json()) as { success: boolean; msg: string };
    expect(success).toBe(false);
    expect(msg).toMatch(/^Error in query: /);
    expect(msg).toContain(words.replace("a list of", "list of"));
  });

  test("is answered in XML where that is asked for", async () => {
    const text = await (await get("image_to_reference/100883869.xml")).text();
    expect(text).toMatch(/^<Response success='false' .*<msg>Error in query: x is no number/);
  });

  test.each([
    ["image_to_reference/7.json?x=1&y=2", 404, "not-mirrored"],
    ["structure_to_image/7.json?structure_ids=8", 404, "not-mirrored"],
    ["image_to_reference/99999999999999999999.json?x=1&y=2", 404, "not-mirrored"],
    ["image_to_reference/x.json?x=1&y=2", 404, null],
    ["image_to_reference/100883869.csv?x=1&y=2", 400, null],
  ])("%s is refused", async (path, status, reason) => {
    const answer = await get(path);
    expect([answer.status, answer.headers.get("x-brainatlas-reason")]).toEqual([status, reason]);
    expect(answer.headers.get("x-brainatlas-source")).toBe("refused");
  });
});

test("a transform between spaces that is held goes before the mirrored one", async () => {
  const records = madeRecords();
  const transform = Object.fromEntries(
    [1, 0, 0, 0, 1, 0, 0, 0, 1, 1000, 0, 0].map((value, index) => [`t_${String(index).padStart(2, "0")}`, value]),
  );
  writeRows(records, [
    {
      model: "ReferenceToReferenceTransform",
      row: { id: 1, from_reference_space_id: 10, to_reference_space_id: 9, ...transform },
    },
  ]);
  const client = new BrainAtlas({ baseUrl: SAMPLE_BASE_URL, fetch: createMirror({ store: storeOf(records) }).fetch });
  const [held] = await client.sync.referenceToImage(10, { x: 1, y: 2, z: 3 }, 1);
  expect(held?.place).toMatchObject({ x: 1001, y: 2 });
  const [back] = await client.sync.referenceToImage(9, { x: 1, y: 2, z: 3 }, 1);
  expect(back?.place).toMatchObject({ x: 1, y: 2 });
});

test("rows that lack what it takes count as not aligned", async () => {
  const records = madeRecords();
  writeRows(records, [
    { model: "SectionDataSet", row: { id: 2, section_thickness: null, reference_space_id: 9 } },
    { model: "Alignment3d", row: { id: 2, aligned_id: 2, aligned_type: "DataSet" } },
    { model: "SectionImage", row: { id: 20, data_set_id: 2, section_number: 4 } },
    { model: "Alignment2d", row: { id: 20, section_image_id: 20 } },
  ]);
  const made = createMirror({ store: storeOf(records) });
  expect((await get("image_to_reference/20.json?x=1&y=2", made)).headers.get("x-brainatlas-reason")).toBe(
    "not-mirrored",
  );
  const client = new BrainAtlas({ baseUrl: SAMPLE_BASE_URL, fetch: made.fetch });
  const [whole, lacking] = await client.sync.referenceToImage(9, { x: 1, y: 2, z: 3 }, [1, 2]);
  expect([whole?.place?.imageId, lacking?.place]).toEqual([10, undefined]);
});

test("one answer has one limit of time, however many targets it seeks in", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let statements = 0;
  const reader = {
    all: (_: unknown, { signal }: { signal: AbortSignal }) => {
      statements += 1;
      return new Promise((resolve, reject) => {
        setTimeout(() => resolve([]), 400);
        signal.addEventListener("abort", () => reject(signal.reason));
      });
    },
  };
  const records = { read: async (use: (given: unknown) => unknown) => await use(reader) };
  // Only what synchronisation asks of the records.
  const store = storeOf(records as unknown as RecordDatabase);
  const slow = createMirror({ store, queryLimits: { timeLimitMs: 1000 } });
  const path = `reference_to_image/9.json?x=1&y=2&z=3&section_data_set_ids=${Array.from({ length: 50 }, (_, i) => i + 1)}`;
  const answer = get(path, slow);
  await vi.advanceTimersByTimeAsync(1000);
  expect(await (await answer).json()).toMatchObject({ msg: expect.stringContaining("took longer than 1000 ms") });
  expect(statements).toBe(3);
});

const numbers = (name: string, values: readonly number[]): Record<string, number> =>
  Object.fromEntries(values.map((value, index) => [`${name}_${String(index).padStart(2, "0")}`, value]));

/** An atlas of which the nearest plate to the point asked for is not annotated. */
function madeRecords(): RecordDatabase {
  const records = RecordDatabase.create();
  const flat2 = [1, 0, 0, 1, 0, 0];
  const flat3 = [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0];
  const image = (id: number, section_number: number, annotated: boolean) => [
    { model: "AtlasImage", row: { id, data_set_id: 1, section_number, annotated } },
    { model: "Alignment2d", row: { id, section_image_id: id, ...numbers("tsv", flat2), ...numbers("tvs", flat2) } },
  ];
  writeRows(records, [
    { model: "Atlas", row: { id: 3, atlas_data_sets: [{ id: 1 }] } },
    { model: "AtlasDataSet", row: { id: 1, section_thickness: 25, reference_space_id: 9 } },
    {
      model: "Alignment3d",
      row: { id: 1, aligned_id: 1, aligned_type: "DataSet", ...numbers("tvr", flat3), ...numbers("trv", flat3) },
    },
    ...image(10, 4, false),
    ...image(11, 8, false),
    ...image(12, 12, true),
  ]);
  return records;
}

function storeOf(records: RecordDatabase): AtlasStore {
  return {
    record: async () => undefined,
    records: async () => records,
    picture: async () => undefined,
    answer: async () => undefined,
    close() {},
  } as Partial<AtlasStore> as AtlasStore; // What no route of these tests asks is left out.
}
