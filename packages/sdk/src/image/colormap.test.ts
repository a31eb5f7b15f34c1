import { expect, test } from "vitest";
import {
  COLORMAPS,
  type Colormap,
  checkColormap,
  colormapNumber,
  isColormapName,
  parseColormap,
  printColormap,
} from "./colormap.ts";

test("colormapNumber() gives the number of a name, and passes a number through", () => {
  expect(Object.keys(COLORMAPS).map(colormapNumber)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(colormapNumber(11)).toBe(11);
});

test.each([-1, 12, 0.5, Number.NaN, "Jet", "", "toString", "__proto__", null, true, [2]])(
  "colormapNumber() refuses %j",
  (map) => {
    expect(() => colormapNumber(map)).toThrow(RangeError);
  },
);

test("isColormapName() knows names only", () => {
  expect(["jet", "JET", "constructor"].map(isColormapName)).toEqual([true, false, false]);
});

test.each<[Colormap, string]>([
  ["jet", "jet"],
  [3, "0.5,0,0,256,3"],
  [{ map: "jet", lowerThreshold: 30 }, "0.5,30,0,256,2"],
  [{ map: 0 }, "0.5,0,0,256,0"],
])("printColormap() prints %j as %s, which reads and prints as the same", (colormap, text) => {
  expect(printColormap(colormap)).toBe(text);
  expect(printColormap(parseColormap(text))).toBe(text);
});

test.each([
  "",
  "sunset",
  "0.5,30,0,256",
  "0.5,30,0,256,2,9",
  "0.5,,0,256,2",
  "0.5,30,0,256,",
  "0.5,256,0,256,2",
  "0.5,1e1,0,256,2",
  "0.5,30,0,256,12",
  "0.5,30,0,256,jet",
])("parseColormap() refuses %j", (text) => {
  expect(() => parseColormap(text)).toThrow(RangeError);
});

test("checkColormap() refuses what is no colour map, with the rule", () => {
  expect(() => checkColormap({ map: 2, lowerThreshold: 256 })).toThrow(
    "Cannot use colormap lowerThreshold 256; give a whole number from 0 to 255",
  );
  for (const value of [{}, { map: "sunset" }, null, undefined, []])
    expect(() => checkColormap(value)).toThrow(RangeError);
});
