import { expect, test } from "vitest";
import { parseAlignedSet } from "./parse-aligned-set.ts";

const MAP2 = { tsv: "1,0,0,1,5,7", tvs: "1,0,0,1,-5,-7" };
const MAP3 = { tvr: "1,0,0,0,1,0,0,0,1,0,0,0", trv: "1,0,0,0,1,0,0,0,1,0,0,0" };
const ROW = { id: 479, section_thickness: 25, reference_space_id: 9, alignment3d: MAP3 };
const IMAGES = [
  { id: 2, section_number: 12, annotated: true, alignment2d: MAP2 },
  { id: 1, section_number: 4, annotated: false, alignment2d: MAP2 },
  { id: 3, section_number: null, alignment2d: null },
];

test("parseAlignedSet() makes a set of rows, without the images that have no alignment", () => {
  const set = parseAlignedSet(ROW, IMAGES);
  expect(set).toMatchObject({ id: 479, thicknessUm: 25, referenceSpaceId: 9 });
  expect(set.sections.map(({ imageId, annotated }) => [imageId, annotated])).toEqual([
    [1, false],
    [2, true],
  ]);
  expect(parseAlignedSet({ ...ROW, section_images: IMAGES }).sections).toEqual(set.sections);
  expect(parseAlignedSet({ ...ROW, reference_space_id: null }, IMAGES).referenceSpaceId).toBeUndefined();
});

test.each<[unknown, readonly unknown[] | undefined, string]>([
  [null, IMAGES, "the data set"],
  [{ ...ROW, section_thickness: null }, IMAGES, "section_thickness"],
  [{ ...ROW, section_thickness: 0 }, IMAGES, "section_thickness"],
  [{ ...ROW, alignment3d: null }, IMAGES, "alignment3d"],
  [ROW, undefined, "section_images"],
  [ROW, [], "section_images"],
  [ROW, [IMAGES[2]], "section_images"],
  [ROW, [7], "section_images[0]"],
  [ROW, [{ ...IMAGES[0], section_number: 1.5 }], "section_images[0].section_number"],
  [ROW, [{ ...IMAGES[0], id: "x" }], "section_images[0].id"],
  [ROW, [{ ...IMAGES[0], alignment2d: { tsv: MAP2.tsv } }], "section_images[0].alignment2d.tvs_00"],
])("parseAlignedSet() says where %j is wrong", (row, images, at) => {
  expect(() => parseAlignedSet(row, images)).toThrow(expect.objectContaining({ code: "ATLAS_DECODE", at }));
});
