import { parseDrawing } from "@brainatlas/sdk/drawing";
import { expect, test } from "vitest";
import { screenMap } from "./screen-map.ts";
import type { SeriesImage } from "./series.ts";
import { placeOfBox, shownShare, structureBox } from "./structure-place.ts";

const drawing = parseDrawing(
  `<svg width="1000" height="800" xmlns="http://www.w3.org/2000/svg"><g transform="scale(1)"><g id="1" order="1" parent_id=""
   graphic_group_label_id="28" graphic_group_label="a" sub_image_id="5" transform="scale(1,1)">
   <path id="2" parent_id="1" order="0" structure_id="7" d="M10,20 l30,0 l0,40 z" style="fill:#ffffff"/>
   <path id="3" parent_id="1" order="1" structure_id="8" d="M500,300 l100,0 l0,100 z" style="fill:#ffffff"/>
   <path id="4" parent_id="1" order="2" structure_id="7" d="M200,20 l30,0 l0,10 z" style="fill:#ffffff"/></g></g></svg>`,
);
const image = { record: { width: 8000, height: 6000 } } as unknown as SeriesImage; // What is not read is left out.
const size = { width: 800, height: 600 };
const options = { image, size, rotationDeg: 0 };

test("structureBox() holds all regions of the structures", () => {
  expect(structureBox(drawing, new Set([7]))).toEqual({ left: 10, top: 20, right: 230, bottom: 60 });
  expect(structureBox(drawing, new Set([7, 8]))).toEqual({ left: 10, top: 20, right: 600, bottom: 400 });
  expect(structureBox(drawing, new Set([99]))).toBeUndefined();
});

test("placeOfBox() puts the box into the middle, so that it fills 60 % of the panel", () => {
  const { centre, zoom } = placeOfBox({ left: 3000, top: 1000, right: 4920, bottom: 1100 }, options);
  expect(centre).toEqual({ x: 3960, y: 1050 });
  expect(1920 * 2 ** (zoom ?? 0)).toBeCloseTo(0.6 * 800);
});

test("placeOfBox() goes no closer to a small box than lets see what is around it", () => {
  expect(placeOfBox({ left: 3000, top: 1000, right: 3001, bottom: 1001 }, options).zoom).toBe(-1.5);
});

test("placeOfBox() shows the whole image for a box that is most of it", () => {
  const most = { left: 800, top: 600, right: 7200, bottom: 5400 };
  expect(placeOfBox(most, options)).toEqual({ centre: undefined, zoom: undefined });
});

test("shownShare() is the larger part of the panel that the box fills, and 0 where it is not seen whole", () => {
  const map = screenMap({ x: 4000, y: 3000 }, -3, 0, size);
  expect(shownShare({ left: 3000, top: 2800, right: 5000, bottom: 3200 }, map, size)).toBeCloseTo(2000 / 8 / 800);
  expect(shownShare({ left: 500, top: 2800, right: 700, bottom: 3200 }, map, size)).toBe(0);
  const turned = screenMap({ x: 4000, y: 3000 }, -3, 90, size);
  expect(shownShare({ left: 3000, top: 2800, right: 5000, bottom: 3200 }, turned, size)).toBeCloseTo(2000 / 8 / 600);
});
