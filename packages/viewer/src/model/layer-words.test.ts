import { expect, test } from "vitest";
import { groupWords, maskOf, pictureWords, shownWords } from "./layer-words.ts";
import type { PictureSeries } from "./picture-layers.ts";
import { DEFAULT_DRAWING, DEFAULT_PICTURE } from "./view.ts";

const BOX = { x: 0, y: 0, width: 9, height: 9, image_width: 9, image_height: 9 };
const IMAGE = { record: { id: 1, path: "/own.aff", expression_path: "/mask.aff", ...BOX } };
const SECTIONS: PictureSeries = {
  ref: { kind: "dataset", id: 7 },
  imageType: undefined,
  isDrawn: false,
  hasProjection: false,
  serviceRange: undefined,
};
const ATLAS: PictureSeries = { ...SECTIONS, ref: { kind: "atlas", id: 1 }, isDrawn: true };

test("pictureWords() names the picture as it was taken after the kind of the series", () => {
  expect([pictureWords(ATLAS, "primary"), pictureWords(SECTIONS, "primary")]).toEqual(["Nissl", "Section"]);
});

test.each([
  ["Atlas - Adult Mouse", "Atlas - Adult Mouse", "Structures"],
  ["Atlas - Adult Mouse Fiber Tracts", "Atlas - Adult Mouse", "Fiber tracts"],
  ["Atlas - Human Sulci", "Atlas - Developing Human", "Human Sulci"],
  ["Group 113753815", undefined, "Group 113753815"],
])("groupWords() of %j", (name, imageType, words) => {
  expect(groupWords({ id: 1, name }, imageType)).toBe(words);
});

test("shownWords() says which pictures are shown, how, and whether the drawing is", () => {
  const words = (series: PictureSeries, view = {}, drawing = {}) =>
    shownWords(series, IMAGE, { ...DEFAULT_PICTURE, ...view }, { ...DEFAULT_DRAWING, ...drawing });
  expect(words(ATLAS)).toBe("Nissl, drawing");
  expect(words(ATLAS, {}, { outlinesOnly: true })).toBe("Nissl, outlines");
  expect(words(ATLAS, { shown: "none" })).toBe("Drawing");
  expect(words(ATLAS, { shown: "none" }, { shown: false })).toBe("Nothing shown");
  expect(words(SECTIONS, { over: "expression" })).toBe("Section + Expression");
  expect(words(SECTIONS, { over: "expression", mix: "swipe" })).toBe("Section | Expression");
});

test("maskOf() finds the mask among the pictures of an image", () => {
  expect([maskOf(["primary", "projection"]), maskOf(["primary", "annotated", "none"])]).toEqual([
    "projection",
    undefined,
  ]);
});
