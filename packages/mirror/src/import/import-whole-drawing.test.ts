import { truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FIRST_IMAGE_ID as ID, type ImageSide, newImageSide } from "../../../../tests/support/image-sides.ts";
import { importRecords } from "./import-records.ts";
import { type DrawingIntake, importWholeDrawing } from "./import-whole-drawing.ts";

const BOX = { x: 0, y: 0, width: 80, height: 60, image_width: 80, image_height: 60 };
const path = (fill: string): string => `<path id="1" d="M0,0h80v60h-80z" style="fill:${fill}"/>`;
const group = (id: number, label: string, fill: string): string =>
  `<g id="${id}" graphic_group_label_id="${id}" graphic_group_label="${label}">${path(fill)}</g>`;
const GROUPS = [
  group(159226751, "Atlas - Adult Mouse Fiber Tracts", "#0000ff"),
  group(28, "Atlas - Adult Mouse", "#00ff00"),
  group(32, "Atlas - Developing Mouse", "#ff0000"),
];
const SVG = `<svg width="80" height="60" xmlns="http://www.w3.org/2000/svg"><g transform="scale(1.0)">${GROUPS.join("")}</g></svg>`;

const alternate = (id: number, type: string) => ({ id, image_type: type, path: `/external/${id}.aff` });
const ALTERNATES = [
  alternate(1, "Atlas - Adult Mouse"),
  alternate(2, "Atlas - Developing Mouse"),
  alternate(3, "Atlas - Human"),
  alternate(4, "Mask"),
];

async function setUp(): Promise<ImageSide & { readonly intake: DrawingIntake; readonly row: object }> {
  const side = await newImageSide();
  const row = { id: ID, path: "/external/77.aff", ...BOX, annotated: true, alternate_images: ALTERNATES };
  await importRecords(side.store, { model: "AtlasImage", rows: [row], source: "http://x" });
  const file = join(side.folder, "7.svg");
  await writeFile(file, SVG);
  return {
    ...side,
    row,
    intake: { imageId: ID, path: file, source: "http://x/svg", lastModified: "2011-05-06T07:08:09.000Z" },
  };
}

test("importWholeDrawing() puts a drawing of which every group is known, and the plates that it has the groups of", async () => {
  const { store, intake } = await setUp();
  const before = await store.record(ID);
  const { entries } = await importWholeDrawing(store, intake);
  expect(entries).toEqual([
    expect.objectContaining({
      kind: "drawing",
      name: String(ID),
      details: { hasAllGroups: true },
      source: "http://x/svg",
    }),
    expect.objectContaining({ name: "/external/1.aff", details: { drawingOf: ID, groups: [28, 159226751] } }),
    expect.objectContaining({ name: "/external/2.aff", details: { drawingOf: ID, groups: [32] } }),
  ]);
  expect(await store.record(ID)).toEqual(before);
});

test("importWholeDrawing() refuses a file that is too long before it reads any of it", async () => {
  const { store, intake } = await setUp();
  await truncate(intake.path, 3 * 2 ** 30);
  await expect(importWholeDrawing(store, intake)).rejects.toThrow(/it has 3221225472 bytes, and is no drawing/);
});

test("importWholeDrawing() makes each plate of its own groups, and answers any of them", async () => {
  const { store, mirror, intake } = await setUp();
  await importWholeDrawing(store, intake);
  const { default: sharp } = await import("sharp");
  const colourOf = async (atlas: number): Promise<number[]> => {
    const url = `http://x/api/v2/atlas_image_download/${ID}?annotation=true&atlas=${atlas}`;
    const { headers } = await mirror.fetch(url);
    const answer = await mirror.fetch(headers.get("location") ?? "");
    const { data } = await sharp(Buffer.from(await answer.arrayBuffer()))
      .raw()
      .toBuffer({ resolveWithObject: true });
    return [...data.subarray(0, 3)].map((value) => Math.round(value / 255));
  };
  expect([await colourOf(1), await colourOf(181276165)]).toEqual([
    [0, 1, 0],
    [1, 0, 0],
  ]);
  const some = await mirror.fetch(`http://x/api/v2/svg/${ID}?groups=32`);
  expect(await some.text()).not.toContain("Adult Mouse");
});

test("importWholeDrawing() leaves a picture of a plate that is held as it is", async () => {
  const { store, intake } = await setUp();
  const picture = {
    kind: "picture",
    name: "/external/1.aff",
    mediaType: "image/tiff",
    details: { width: 80 },
  } as const;
  const held = await store.entries.put(picture, "x");
  const { entries } = await importWholeDrawing(store, intake);
  expect(entries.map(({ name }) => name)).toEqual([String(ID), "/external/2.aff"]);
  expect((await store.entries.get("picture", "/external/1.aff"))?.entry).toEqual(held);
});

test.each([
  ["what is no drawing", "<html></html>", {}, /it cannot be drawn/],
  ["a drawing that is cut off", SVG.slice(0, 300), {}, /it cannot be drawn/],
  [
    "a drawing of an image that is not known",
    SVG,
    { imageId: 5 },
    /the record of image 5 is not held; import it first/,
  ],
  [
    "what is made up beside what is not",
    SVG,
    { synthetic: true },
    /it is synthetic, and the store .* holds other data/,
  ],
])("importWholeDrawing() refuses %s, and puts nothing", async (_, svg, changes, message) => {
  const { store, intake } = await setUp();
  await writeFile(intake.path, svg);
  await expect(importWholeDrawing(store, { ...intake, ...changes })).rejects.toThrow(message);
  expect((await store.info()).entries).toMatchObject({ drawing: 0, picture: 0 });
});
