import { createMirror, SAMPLE_BASE_URL, sampleStore } from "@brainatlas/mirror";
import { expect, test } from "vitest";
import { json, rejectionOf, startFaultServer, text } from "../../../../tests/support/fault-server.ts";
import { BrainAtlas } from "./brain-atlas.ts";

/** A client whose every request gets this content. */
function clientOf(msg: unknown, success = true) {
  const sent: string[] = [];
  const client = new BrainAtlas({
    baseUrl: "http://service.test",
    fetch: async (url) => {
      sent.push(url.slice("http://service.test/api/v2/".length));
      return Response.json({ success, id: 0, start_row: 0, num_rows: 0, total_rows: 0, msg });
    },
  });
  return { client, sent };
}

const ITEM = { section_data_set_id: "479", section_image_id: 5, section_number: 44, x: -1.5, y: -2.5 };

test("the six services are asked by the paths that are documented", async () => {
  const { client, sent } = clientOf([{ image_sync: ITEM }]);
  const { sync } = client;
  const point = { x: 6208, y: 2368 };
  await sync.imageToImage(68173101, point, [67810540, 69782969]);
  await sync.imageToImage2d(68173101, point, [68173103, 68173105, 68173107]);
  await sync.imageToAtlas(68173101, point, 1);
  await sync.referenceToImage(10, { x: 6085, y: 3670, z: 4883 }, [68545324, 67810540]);
  await sync.structureToImage(68545324, [315, 698]);
  await sync.imageToImage(1, { x: 0.1, y: -1e-7 }, 2);
  expect(sent).toEqual([
    "image_to_image/68173101.json?x=6208&y=2368&section_data_set_ids=67810540,69782969",
    "image_to_image_2d/68173101.json?x=6208&y=2368&section_image_ids=68173103,68173105,68173107",
    "image_to_atlas/68173101.json?x=6208&y=2368&atlas_id=1",
    "reference_to_image/10.json?x=6085&y=3670&z=4883&section_data_set_ids=68545324,67810540",
    "structure_to_image/68545324.json?structure_ids=315,698",
    "image_to_image/1.json?x=0.1&y=-0.00000010000000000000&section_data_set_ids=2",
  ]);
});

test("imageToReference() gives the point", async () => {
  const { client, sent } = clientOf({ image_to_reference: { x: 1.5, y: 2.5, z: -3.5 } });
  expect(await client.sync.imageToReference(68173101, { x: 6208, y: 2368 })).toEqual({ x: 1.5, y: 2.5, z: -3.5 });
  expect(sent).toEqual(["image_to_reference/68173101.json?x=6208&y=2368"]);
});

test("referenceToImage() reads ids that come as text, and targets without an image", async () => {
  const failed = { image_sync: { section_data_set_id: "7" } };
  const withStructure = { image_sync: { ...ITEM, section_image_id: "5", structure_id: 8 } };
  const { client } = clientOf([{ image_sync: ITEM }, failed, withStructure]);
  const place = { imageId: 5, sectionNumber: 44, x: -1.5, y: -2.5 };
  expect(await client.sync.referenceToImage(9, { x: 1, y: 2, z: 3 }, [479, 7, 1])).toEqual([
    { dataSetId: 479, structureId: undefined, place, notHeld: false },
    { dataSetId: 7, structureId: undefined, place: undefined, notHeld: false },
    { dataSetId: 479, structureId: 8, place, notHeld: false },
  ]);
});

test("imageToAtlas() reads the one object, and that there is none", async () => {
  const { section_data_set_id: _, section_number: __, ...item } = ITEM;
  const found = clientOf({ image_sync: item });
  expect(await found.client.sync.imageToAtlas(1, { x: 1, y: 2 }, 1)).toEqual({
    imageId: 5,
    sectionNumber: undefined,
    x: -1.5,
    y: -2.5,
  });
  expect(await clientOf({ image_sync: {} }).client.sync.imageToAtlas(1, { x: 1, y: 2 }, 1)).toBeUndefined();
  expect(await clientOf({}).client.sync.imageToAtlas(1, { x: 1, y: 2 }, 1)).toBeUndefined();
});

test("imageToImage2d() tells what a mirror does not hold by the order of what was asked", async () => {
  const { section_data_set_id: _, ...item } = ITEM;
  const client = new BrainAtlas({
    fetch: async () =>
      Response.json(
        { success: true, msg: [{ image_sync: item }, { image_sync: {} }, { image_sync: {} }] },
        { headers: { "x-brainatlas-not-held": "7, 9" } },
      ),
  });
  const results = await client.sync.imageToImage2d(1, { x: 1, y: 2 }, [5, 6, 7]);
  expect(results.map(({ place, notHeld }) => [place?.imageId, notHeld])).toEqual([
    [5, false],
    [undefined, false],
    [undefined, true],
  ]);
});

test("alignedSets() and alignedSections() leave out what is missing or not aligned", async () => {
  const allen = new BrainAtlas({ baseUrl: SAMPLE_BASE_URL, fetch: createMirror({ store: sampleStore() }).fetch });
  const sets = await allen.sync.alignedSets([7, 126862385]);
  expect(sets.map((set) => set?.id)).toEqual([undefined, 126862385]);
  const sections = await allen.sync.alignedSections([126862575, 7]);
  expect(sections.map((section) => section?.imageId)).toEqual([126862575, undefined]);
  const { client } = clientOf([{ id: 7, data_set_id: 7, section_thickness: 25, alignment3d: null, alignment2d: null }]);
  expect(await client.sync.alignedSets(7)).toEqual([undefined]);
  expect(await client.sync.alignedSections(7)).toEqual([undefined]);
  const broken = clientOf([{ id: 7, data_set_id: 7, section_thickness: 25, alignment3d: {}, alignment2d: {} }]);
  expect(await rejectionOf(broken.client.sync.alignedSets(7))).toMatchObject({ code: "ATLAS_DECODE" });
});

test("a long list is asked in parts, and comes as one", async () => {
  const ids = Array.from({ length: 250 }, (_, index) => index + 1);
  const sent: string[] = [];
  const client = new BrainAtlas({
    fetch: async (url) => {
      const part = new URL(url).searchParams.get("section_data_set_ids")?.split(",") ?? [];
      sent.push(String(part.length));
      return Response.json({ success: true, msg: part.map((id) => ({ image_sync: { section_data_set_id: id } })) });
    },
  });
  const results = await client.sync.referenceToImage(9, { x: 1, y: 2, z: 3 }, ids);
  expect(sent).toEqual(["100", "100", "50"]);
  expect(results.map(({ dataSetId }) => dataSetId)).toEqual(ids);
});

test.each<[string, (client: BrainAtlas) => Promise<unknown>, string]>([
  ["an id of 0", ({ sync }) => sync.imageToReference(0, { x: 1, y: 2 }), "id 0"],
  ["half an id", ({ sync }) => sync.imageToReference(1.5, { x: 1, y: 2 }), "id 1.5"],
  ["NaN", ({ sync }) => sync.imageToReference(1, { x: Number.NaN, y: 2 }), "x NaN"],
  ["a coordinate too many", ({ sync }) => sync.imageToReference(1, { x: 1, y: 2e9 }), "y 2000000000"],
  ["no z", ({ sync }) => sync.referenceToImage(9, { x: 1, y: 2, z: undefined as never }, 1), "z undefined"],
  ["no data set", ({ sync }) => sync.imageToImage(1, { x: 1, y: 2 }, []), "dataSetIds []"],
  ["a negative image", ({ sync }) => sync.imageToImage2d(1, { x: 1, y: 2 }, [1, -1]), "imageIds -1"],
  ["a negative atlas", ({ sync }) => sync.imageToAtlas(1, { x: 1, y: 2 }, -1), "atlasId -1"],
  ["a structure of 0", ({ sync }) => sync.structureToImage(1, 0), "structureIds 0"],
  ["a set of 0", ({ sync }) => sync.alignedSet(0), "dataSetId 0"],
  ["sets of 0", ({ sync }) => sync.alignedSets([1, 0]), "dataSetIds 0"],
  ["no images", ({ sync }) => sync.alignedSections([]), "imageIds []"],
  ["an image of 0", ({ sync }) => sync.alignedSection(0), "imageId 0"],
  ["an atlas of 0", ({ sync }) => sync.alignedAtlas(0), "atlasId 0"],
])("%s is refused before anything is sent", async (_, call, words) => {
  const { client, sent } = clientOf([]);
  const error = await rejectionOf(call(client));
  expect(error).toBeInstanceOf(RangeError);
  expect((error as Error).message).toContain(words);
  expect(sent).toEqual([]);
});

test.each<[unknown, string]>([
  [[7], "msg[0]"],
  [[{}], "msg[0].image_sync"],
  [[{ image_sync: { ...ITEM, x: null } }], "msg[0].image_sync.x"],
  [[{ image_sync: { ...ITEM, section_data_set_id: "four" } }], "msg[0].image_sync.section_data_set_id"],
  ["text", "msg"],
])("an answer of %j is no answer", async (msg, at) => {
  const error = await rejectionOf(clientOf(msg).client.sync.referenceToImage(9, { x: 1, y: 2, z: 3 }, 1));
  expect(error).toMatchObject({ code: "ATLAS_DECODE", at });
});

test("imageToReference() says what is missing", async () => {
  const { client } = clientOf({ image_to_reference: { x: 1, y: 2 } });
  expect(await rejectionOf(client.sync.imageToReference(1, { x: 1, y: 2 }))).toMatchObject({
    code: "ATLAS_DECODE",
    at: "msg.image_to_reference.z",
  });
});

test("a refusal of the service is an error with its words", async () => {
  const { client } = clientOf("Error in query: no such image", false);
  expect(await rejectionOf(client.sync.imageToReference(1, { x: 1, y: 2 }))).toMatchObject({
    code: "ATLAS_API",
    serverMessage: "Error in query: no such image",
    query: "/api/v2/image_to_reference/1.json?x=1&y=2",
  });
});

test("a page behind maintenance and a status are errors, too", async () => {
  const server = await startFaultServer({ "/api/v2/image_to_reference/1.json": text(200, "<html>") });
  const client = new BrainAtlas({ baseUrl: server.origin, backoffMs: 1 });
  expect(await rejectionOf(client.sync.imageToReference(1, { x: 1, y: 2 }))).toMatchObject({ code: "ATLAS_DECODE" });
  expect(await rejectionOf(client.sync.imageToReference(2, { x: 1, y: 2 }))).toMatchObject({ code: "ATLAS_HTTP" });
  const missing = await startFaultServer({ "/api/v2/data/query.json": json({ success: true, msg: [] }) });
  const empty = new BrainAtlas({ baseUrl: missing.origin });
  expect(await rejectionOf(empty.sync.alignedSet(479))).toMatchObject({
    code: "ATLAS_DECODE",
    message: `Cannot decode data set 479 from ${missing.origin}: msg[0] holds no row; expected the id of a SectionDataSet or AtlasDataSet that is aligned`,
  });
  expect(await rejectionOf(empty.sync.alignedSection(5))).toMatchObject({
    message: `Cannot decode image 5 from ${missing.origin}: msg[0] holds no row; expected the id of a SectionImage or AtlasImage that is aligned`,
  });
  expect(await rejectionOf(empty.sync.alignedAtlas(1))).toMatchObject({
    message: `Cannot decode atlas 1 from ${missing.origin}: msg[0] holds no row; expected the id of an Atlas with annotated plates that are aligned`,
  });
});
