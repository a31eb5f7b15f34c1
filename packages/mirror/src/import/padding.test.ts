import { tierCount, tierSize } from "@brainatlas/sdk/image";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { paddingOf } from "./padding.ts";

test.each([
  [1, 1, { width: 16, height: 16 }],
  [16, 16, undefined],
  [300, 200, { width: 320, height: 224 }],
  [16_384, 12_288, undefined],
  [15_504, 7824, { width: 16_384, height: 8192 }],
  [65_535, 40, undefined],
  [30_000, 25_000, { width: 30_720, height: 25_088 }],
])("paddingOf() a picture of %i × %i", (width, height, padding) => {
  if (padding === undefined) expect(paddingOf({ width, height })).toBeUndefined();
  else expect(paddingOf({ width, height })).toMatchObject(padding);
});

test("paddingOf() lets tiers end on whole squares, and never takes more than one tile", () => {
  const edge = fc.integer({ min: 1, max: 40_000 });
  checkProperty(
    fc.property(edge, edge, (width, height) => {
      const padding = paddingOf({ width, height });
      if (padding === undefined) return;
      const tiers = tierCount(width, height);
      for (const [own, padded, step] of [
        [width, padding.width, padding.tileWidth],
        [height, padding.height, padding.tileHeight],
      ] as const) {
        expect([padded % step, padded - own < step, step % 16]).toEqual([0, true, 0]);
        for (let tier = 0; tier < tiers && 16 * 2 ** tier <= step; tier += 1) {
          expect(tierSize(padded, tier) % 16).toBe(0);
        }
      }
    }),
  );
});
