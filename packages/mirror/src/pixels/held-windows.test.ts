import type { TierWindow } from "@brainatlas/sdk/image";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { describeHeld, isHeld, joinWindows, parseHeld } from "./held-windows.ts";

const EDGE = 8;

const window: fc.Arbitrary<TierWindow> = fc
  .record({ left: fc.nat(EDGE - 1), top: fc.nat(EDGE - 1), downsample: fc.nat(1) })
  .chain((place) =>
    fc.record({
      ...{ left: fc.constant(place.left), top: fc.constant(place.top), downsample: fc.constant(place.downsample) },
      width: fc.integer({ min: 1, max: EDGE - place.left }),
      height: fc.integer({ min: 1, max: EDGE - place.top }),
    }),
  );

/** The pixels of windows, one by one. */
function pixelsOf(windows: readonly TierWindow[]): Set<string> {
  const found = new Set<string>();
  for (const { left, top, width, height, downsample } of windows) {
    for (let y = top; y < top + height; y += 1) {
      for (let x = left; x < left + width; x += 1) found.add(`${downsample} ${x} ${y}`);
    }
  }
  return found;
}

test("isHeld() is whether each pixel is held", () => {
  checkProperty(
    fc.property(fc.array(window, { maxLength: 6 }), window, (held, asked) => {
      const pixels = pixelsOf(held);
      expect(isHeld(held, asked)).toBe([...pixelsOf([asked])].every((pixel) => pixels.has(pixel)));
    }),
  );
});

test("joinWindows() has the same pixels in no more windows, and joined again is the same", () => {
  checkProperty(
    fc.property(fc.array(window, { maxLength: 6 }), (windows) => {
      const joined = joinWindows(windows);
      expect(pixelsOf(joined)).toEqual(pixelsOf(windows));
      expect(joined.length).toBeLessThanOrEqual(windows.length);
      expect(joinWindows(joined)).toEqual(joined);
    }),
  );
});

test("joinWindows() makes one of a quarter each, in any order", () => {
  const quarter = (left: number, top: number): TierWindow => ({ left, top, width: 256, height: 256, downsample: 3 });
  const all = [quarter(256, 256), quarter(0, 0), quarter(0, 256), quarter(256, 0)];
  expect(joinWindows(all)).toEqual([{ left: 0, top: 0, width: 512, height: 512, downsample: 3 }]);
});

test("describeHeld() names the windows of a tier, a few of them", () => {
  const at = (left: number): TierWindow => ({ left, top: 0, width: 1, height: 2, downsample: 2 });
  const words = "This mirror holds of this picture, at downsample 2, the 1 × 2 pixels at 0, 0";
  expect(describeHeld([at(0)], 2)).toBe(words);
  expect(describeHeld([0, 3, 6, 9, 12, 15].map(at), 2)).toBe(
    `${words}, the 1 × 2 pixels at 3, 0, the 1 × 2 pixels at 6, 0, the 1 × 2 pixels at 9, 0, and 2 more`,
  );
  expect(describeHeld([at(0)], 1)).toMatch(/at downsample 1, nothing$/);
});

test.each([null, [], {}, "all", [{}], [{ left: 0, top: 0, width: 0, height: 1, downsample: 0 }], [{ left: -1 }]])(
  "parseHeld() refuses %j",
  (tiers) => {
    expect(() => parseHeld(tiers)).toThrow(/does not say which part of its picture it holds/);
  },
);

test("parseHeld() takes none for all", () => {
  expect(parseHeld(undefined)).toBeUndefined();
});
