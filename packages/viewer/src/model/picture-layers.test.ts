import type { SubImageRecord } from "@brainatlas/sdk/image";
import { expect, test } from "vitest";
import { hasPicture, type PictureSeries, pictureKinds, pictureLayers, shownKind } from "./picture-layers.ts";
import { DEFAULT_PICTURE, type PictureView } from "./view.ts";

const ATLAS: PictureSeries = {
  ref: { kind: "atlas", id: 2 },
  imageType: "Atlas - Adult Mouse",
  isDrawn: true,
  hasProjection: false,
  serviceRange: undefined,
};
const PROJECTION: PictureSeries = {
  ...ATLAS,
  ref: { kind: "dataset", id: 7 },
  imageType: undefined,
  isDrawn: false,
  hasProjection: true,
  serviceRange: [0, 932, 0, 1279, 0, 4095],
};
const EXPRESSION = { ...PROJECTION, hasProjection: false, serviceRange: undefined };

function imageOf(record: Partial<SubImageRecord>) {
  const box = { x: 0, y: 0, width: 9, height: 9, image_width: 9, image_height: 9 };
  return { record: { id: 1, path: "/own.aff", ...box, ...record } };
}

const PLATE = imageOf({
  annotated: true,
  alternate_images: [
    { id: 1, image_type: "Atlas - Developing Mouse", path: "/developing.aff" },
    { id: 2, image_type: "Atlas - Adult Mouse", path: "/adult.aff" },
  ],
});
const DEEP = imageOf({ expression_path: "/mask.aff", bits_per_component: 16 });
const SECTION = imageOf({ expression_path: "/mask.aff", bits_per_component: 8 });

function view(given: Partial<PictureView>): PictureView {
  return { ...DEFAULT_PICTURE, ...given };
}

test.each([
  [ATLAS, PLATE, ["primary", "annotated", "none"]],
  [PROJECTION, DEEP, ["primary", "projection"]],
  [EXPRESSION, SECTION, ["primary", "expression"]],
  [EXPRESSION, imageOf({ expression_path: "" }), ["primary"]],
  [EXPRESSION, imageOf({ path: null }), []],
])("pictureKinds() of %o", (series, image, kinds) => {
  expect(pictureKinds(series, image)).toEqual(kinds);
});

test("pictureKinds() offers a plate that is coloured itself once", () => {
  expect(pictureKinds(ATLAS, imageOf({ annotated: true }))).toEqual(["primary", "none"]);
});

test("hasPicture() is true of the coloured picture of a plate that is coloured itself, and false of what is not stored", () => {
  expect(hasPicture(ATLAS, imageOf({ annotated: true }), "annotated")).toBe(true);
  expect(hasPicture(EXPRESSION, SECTION, "annotated")).toBe(false);
  expect(hasPicture(EXPRESSION, SECTION, "projection")).toBe(false);
});

test("pictureLayers() takes the coloured plate of the shown atlas", () => {
  const path = (imageType: string | undefined) =>
    pictureLayers({ ...ATLAS, imageType }, PLATE, view({ shown: "annotated" }))[0]?.path;
  expect(path("Atlas - Adult Mouse")).toBe("/adult.aff");
  expect(path("Atlas - Developing Mouse")).toBe("/developing.aff");
  expect(path(undefined)).toBe("/developing.aff");
});

test("pictureLayers() shows what there is in place of what an image has not", () => {
  expect(shownKind(EXPRESSION, SECTION, "annotated")).toBe("primary");
  expect(pictureLayers(EXPRESSION, SECTION, view({ shown: "annotated" })).map(({ path }) => path)).toEqual([
    "/own.aff",
  ]);
  expect(pictureLayers(ATLAS, PLATE, view({ shown: "none" }))).toEqual([]);
  expect(pictureLayers(EXPRESSION, imageOf({ path: null }), DEFAULT_PICTURE)).toEqual([]);
});

test("pictureLayers() blends, or parts at the line", () => {
  const both = { over: "annotated", share: 0.25 } as const;
  expect(pictureLayers(ATLAS, PLATE, view({ ...both, mix: "blend" }))).toMatchObject([
    { path: "/own.aff", opacity: 1, swipe: undefined },
    { path: "/adult.aff", opacity: 0.25, swipe: undefined },
  ]);
  expect(pictureLayers(ATLAS, PLATE, view({ ...both, mix: "swipe" }))).toMatchObject([
    { path: "/own.aff", opacity: 1, swipe: { from: 0, to: 0.25 } },
    { path: "/adult.aff", opacity: 1, swipe: { from: 0.25, to: 1 } },
  ]);
});

test.each(["primary", "none", "projection"] as const)("pictureLayers() leaves %s out as a second picture", (over) => {
  expect(pictureLayers(ATLAS, PLATE, view({ over }))).toHaveLength(1);
});

test("pictureLayers() shows 16 bits through the windows of the service, or those that are set", () => {
  const extras = (given: Partial<PictureView>, image = DEEP) =>
    pictureLayers(PROJECTION, image, view(given)).map((layer) =>
      new URLSearchParams([...layer.extras].map(([n, v]) => [n, v])).toString(),
    );
  expect(extras({})).toEqual(["filter=range&filterVals=0%2C932%2C0%2C1279%2C0%2C4095"]);
  expect(extras({ range: [0, 9, 0, 9, 0, 9] })).toEqual(["filter=range&filterVals=0%2C9%2C0%2C9%2C0%2C9"]);
  expect(extras({ range: [0, 9, 0, 9, 0, 9] }, SECTION)).toEqual([""]);
  expect(extras({ contrast: [0.5, 0.75] }, SECTION)).toEqual(["contrast=0.5%2C0.75"]);
  expect(extras({ shown: "projection", range: [0, 9, 0, 9, 0, 9], contrast: [1, 1] })).toEqual([""]);
  expect(extras({ shown: "projection", colormap: { map: "jet", lowerThreshold: 30 } })).toEqual([
    "filter=colormap&filterVals=0.5%2C30%2C0%2C256%2C2",
  ]);
});

test("pictureLayers() changes nothing of plates", () => {
  const [layer] = pictureLayers(ATLAS, PLATE, view({ range: [0, 9, 0, 9, 0, 9], contrast: [1, 1] }));
  expect(layer).toMatchObject({ key: "/own.aff", extras: [] });
});

test("pictureLayers() shows a section through the black of a mask that is blended over it", () => {
  const seen = (given: Partial<PictureView>) =>
    pictureLayers(PROJECTION, DEEP, view(given)).map((layer) => layer.isSeenThrough);
  expect(seen({ over: "projection" })).toEqual([false, true]);
  expect(seen({ over: "projection", mix: "swipe" })).toEqual([false, false]);
  expect(seen({ shown: "projection" })).toEqual([false]);
  expect(pictureLayers(ATLAS, PLATE, view({ over: "annotated" })).map((layer) => layer.isSeenThrough)).toEqual([
    false,
    false,
  ]);
});

test("pictureLayers() has another key for other tiles alone", () => {
  const key = (given: Partial<PictureView>) => pictureLayers(PROJECTION, DEEP, view(given)).map((layer) => layer.key);
  expect(key({ range: [0, 9, 0, 9, 0, 9] })).not.toEqual(key({}));
  expect(key({ over: "projection" })[1]).not.toBe(key({ shown: "projection" })[0]);
  expect(key({ over: "projection", share: 0.2 })).toEqual(key({ over: "projection", share: 0.9 }));
});
