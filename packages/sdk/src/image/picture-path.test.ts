import { expect, test } from "vitest";
import { colouredPlates, picturePath } from "./picture-path.ts";

const PLATES = [
  { id: 1, image_type: "Mask", path: "/mask.aff" },
  { id: 2, image_type: "Atlas - Developing Mouse", path: "/developing.aff" },
  { id: 3, image_type: "Atlas - Adult Mouse", path: "/adult.aff" },
];
const RECORD = { path: "/own.aff", expression_path: "/expression.aff", annotated: true, alternate_images: PLATES };

test.each([
  ["primary", undefined, "/own.aff"],
  ["expression", undefined, "/expression.aff"],
  ["projection", undefined, "/expression.aff"],
  ["annotated", undefined, "/developing.aff"],
  ["annotated", "Atlas - Adult Mouse", "/adult.aff"],
  ["annotated", "Atlas - Developing Human", undefined],
] as const)("picturePath() of the %s picture for %j", (picture, imageType, path) => {
  expect(picturePath(RECORD, picture, { imageType })).toBe(path);
});

test("colouredPlates() are those of atlases, in the order of the row", () => {
  expect(colouredPlates(RECORD).map(({ id }) => id)).toEqual([2, 3]);
  expect(colouredPlates({})).toEqual([]);
});

test("picturePath() takes an annotated image without coloured plates for one itself", () => {
  for (const alternate_images of [undefined, [], PLATES.slice(0, 1)]) {
    const record = { path: "/own.aff", annotated: true, ...(alternate_images && { alternate_images }) };
    expect(picturePath(record, "annotated", { imageType: "Atlas - Adult Mouse" })).toBe("/own.aff");
    expect(picturePath({ ...record, annotated: false }, "annotated")).toBeUndefined();
  }
});

test("picturePath() gives nothing for what a row leaves empty", () => {
  for (const empty of [null, ""]) {
    const record = { path: empty, expression_path: empty, annotated: true };
    for (const picture of ["primary", "annotated", "expression", "projection"] as const) {
      expect(picturePath(record, picture)).toBeUndefined();
    }
  }
});
