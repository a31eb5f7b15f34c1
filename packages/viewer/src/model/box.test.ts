import { expect, test } from "vitest";
import { boxAround, corners, grown, meets, overlap, seenBox, union, wholeBox } from "./box.ts";
import { screenMap } from "./screen-map.ts";

const BOX = { left: 1, top: 2, right: 5, bottom: 8 };

test("corners() go clockwise from the upper left, and boxAround() leads back", () => {
  expect(corners(BOX).map(({ x, y }) => [x, y])).toEqual([
    [1, 2],
    [5, 2],
    [5, 8],
    [1, 8],
  ]);
  expect(boxAround(corners(BOX))).toEqual(BOX);
});

test("union() holds all boxes, and is none of none", () => {
  expect(union([BOX, undefined, { left: -1, top: 4, right: 0, bottom: 9 }])).toEqual({ ...BOX, left: -1, bottom: 9 });
  expect(union([undefined])).toBeUndefined();
});

test("grown() is wider on each side", () => {
  expect(grown(BOX, 1)).toEqual({ left: 0, top: 1, right: 6, bottom: 9 });
});

test("overlap() of boxes that have an edge in common is none, though they meet", () => {
  const beside = { left: 5, top: 0, right: 9, bottom: 9 };
  expect(overlap(BOX, wholeBox({ width: 3, height: 3 }))).toEqual({ left: 1, top: 2, right: 3, bottom: 3 });
  expect(overlap(BOX, beside)).toBeUndefined();
  expect(meets(BOX, beside)).toBe(true);
  expect(meets(BOX, { ...beside, left: 5.1 })).toBe(false);
  expect(meets(BOX, undefined)).toBe(false);
});

test("seenBox() of a quarter turn has the panel's height as its width", () => {
  const { left, top, right, bottom } = seenBox(screenMap({ x: 0, y: 0 }, 0, 90, { width: 800, height: 600 }), {
    width: 800,
    height: 600,
  });
  expect([left, top, right, bottom].map(Math.round)).toEqual([-300, -400, 300, 400]);
});
