import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { createFilter8, createFilter16, type PixelFilters } from "./filters.ts";

const grey = (value: number): Uint8Array => Uint8Array.of(value, value, value);
const unit = fc.double({ min: 0, max: 1, noNaN: true });
const value12 = fc.integer({ min: 0, max: 4095 });
const window = fc.tuple(value12, value12).map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
const anyFilters: fc.Arbitrary<PixelFilters> = fc.record(
  {
    range: fc.tuple(window, window, window).map((windows) => windows.flat()),
    rgb: fc.tuple(unit, unit, unit),
    contrast: fc.tuple(unit, unit),
    colormap: fc.record({ map: fc.integer({ min: 0, max: 11 }), lowerThreshold: fc.integer({ min: 0, max: 255 }) }),
  },
  { requiredKeys: [] },
);

describe("createFilter8()", () => {
  test("works in place, and changes nothing where nothing is asked for", () => {
    const pixels = Uint8Array.from({ length: 768 }, (_, index) => index % 256);
    const before = pixels.slice();
    for (const filters of [{}, { range: [0, 4095, 0, 4095, 0, 4095] }, { rgb: [1, 1, 1] }, { contrast: [0.5, 0.5] }]) {
      expect(createFilter8(filters)(pixels)).toBe(pixels);
      expect(pixels).toEqual(before);
    }
  });

  test.each<[string, PixelFilters, number[], number[]]>([
    ["the window of its channel", { range: [0, 4095, 0, 2047.5, 2047.5, 4095] }, [100, 100, 200], [100, 200, 145]],
    ["a window of one value as a step", { range: [2000, 2000, 4095, 4095, 0, 0] }, [125, 254, 0], [255, 0, 255]],
    ["the gain after the contrast", { rgb: [0.5, 0.5, 0.5], contrast: [1, 0.5] }, [100, 200, 0], [100, 128, 0]],
    ["the bias", { contrast: [0.5, 0.9] }, [0, 100, 255], [102, 202, 255]],
    [
      "the map of the filtered values",
      { rgb: [0, 1, 0], colormap: { map: 5, lowerThreshold: 0 } },
      [9, 7, 3],
      [7, 0, 0],
    ],
    ["the largest channel", { colormap: { map: 0, lowerThreshold: 0 } }, [3, 90, 14], [90, 90, 90]],
    ["black below the threshold", { colormap: { map: 2, lowerThreshold: 91 } }, [3, 90, 14], [0, 0, 0]],
    ["the map from the threshold on", { colormap: { map: 7, lowerThreshold: 90 } }, [3, 90, 14], [0, 90, 0]],
  ])("gives %s", (_, filters, pixel, expected) => {
    expect([...createFilter8(filters)(Uint8Array.from(pixel))]).toEqual(expected);
  });

  test.each(Array.from({ length: 12 }, (_, map) => map))("has a table for map %d", (map) => {
    const paint = createFilter8({ colormap: { map, lowerThreshold: 0 } });
    const colours = new Set(Array.from({ length: 256 }, (_, value) => paint(grey(value)).join()));
    expect(colours.size).toBeGreaterThan(200);
  });
});

describe("createFilter16()", () => {
  test("shows 0 to 4095 without a range, and clips what is larger", () => {
    const values = Uint16Array.of(0, 4095, 4096, 65_535, 2048, 16);
    expect([...createFilter16({})(values)]).toEqual([0, 255, 255, 255, 128, 1]);
    expect([...values]).toEqual([0, 4095, 4096, 65_535, 2048, 16]);
  });

  test("keeps the steps within a narrow window, which 8 bits would lose", () => {
    const values = Uint16Array.from({ length: 768 }, (_, index) => 100 + Math.floor(index / 3));
    const shown = createFilter16({ range: [100, 355, 100, 355, 100, 355] })(values);
    expect([...shown]).toEqual(Array.from({ length: 768 }, (_, index) => Math.floor(index / 3)));
  });

  test("gives what the same value of 8 bits gives", () => {
    // A sixteenth of the scale is a whole number on both.
    const steps = fc.tuple(fc.nat(15), fc.nat(15), fc.nat(15));
    checkProperty(
      fc.property(anyFilters, steps, (filters, pixel) => {
        const [eight, sixteen] = [pixel.map((step) => step * 17), pixel.map((step) => step * 273)];
        expect(createFilter16(filters)(Uint16Array.from(sixteen))).toEqual(
          createFilter8(filters)(Uint8Array.from(eight)),
        );
      }),
    );
  });
});
