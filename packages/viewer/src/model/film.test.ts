import { parseImageServiceRequest, requestedRegion } from "@brainatlas/sdk/image";
import { expect, test } from "vitest";
import { filmCell, thumbnailPath } from "./film.ts";
import type { PictureSeries } from "./picture-layers.ts";
import type { SeriesImage } from "./series.ts";

const PLATES: PictureSeries = {
  ref: { kind: "atlas", id: 2 },
  imageType: "Atlas - Adult Mouse",
  isDrawn: true,
  hasProjection: false,
  serviceRange: undefined,
};
// A box of a larger file.
const RECORD = {
  id: 7,
  path: "/a.aff",
  x: 3008,
  y: 30_592,
  width: 15_504,
  height: 7824,
  image_width: 21_504,
  image_height: 44_032,
};

test("thumbnailPath() asks for the image's own box at a small tier", () => {
  const path = thumbnailPath(PLATES, { record: RECORD }) ?? "";
  const request = parseImageServiceRequest(new URLSearchParams(path.split("?")[1]));
  expect(request.path).toBe("/a.aff");
  expect(requestedRegion(request, RECORD)).toEqual({ left: 3008, top: 30_592, width: 242, height: 122, downsample: 6 });
});

test("thumbnailPath() shows sections of 16 bits through the windows of the service", () => {
  const series = { ...PLATES, ref: { kind: "dataset", id: 9 }, serviceRange: [0, 932, 0, 1279, 0, 4095] } as const;
  expect(thumbnailPath(series, { record: { ...RECORD, bits_per_component: 16 } })).toContain(
    "&filter=range&filterVals=0,932,0,1279,0,4095",
  );
});

test("thumbnailPath() of an image without a picture is none", () => {
  expect(thumbnailPath(PLATES, { record: { ...RECORD, path: null } })).toBeUndefined();
});

test.each([
  [[[100, 100]], 74],
  [
    [
      [100, 100],
      [150, 100],
    ],
    106,
  ],
  [[[9000, 100]], 148],
  [[[10, 900]], 56],
  [[], 56],
])("filmCell() of images of %j is %i pixels wide", (sizes, cellPx) => {
  const images = sizes.map(([width, height]) => ({ record: { ...RECORD, width, height } }) as SeriesImage);
  expect(filmCell({ images })).toBe(cellPx);
});
