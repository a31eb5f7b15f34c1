import {
  type ImageBox,
  parseImageServiceRequest,
  regionOf,
  requestedRegion,
  tierCount,
  tierSize,
  windowOf,
} from "@brainatlas/sdk/image";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkProperty } from "../../../../../tests/support/property.ts";
import { MAX_FILE_PX, printRegionPath, type TierRegion, tierRegions } from "./tier-regions.ts";

/** The developing mouse's plate of the recorded exchange (reference §1.3). */
const PLATE: ImageBox = { x: 3008, y: 30592, width: 15504, height: 7824, image_width: 25_000, image_height: 60_000 };

const boxes: fc.Arbitrary<ImageBox> = fc
  .tuple(fc.integer({ min: 1, max: 9000 }), fc.integer({ min: 1, max: 9000 }))
  .chain(([image_width, image_height]) =>
    fc.record({
      x: fc.integer({ min: -300, max: image_width - 1 }),
      y: fc.integer({ min: -300, max: image_height - 1 }),
      width: fc.integer({ min: 301, max: 10_000 }),
      height: fc.integer({ min: 301, max: 10_000 }),
      image_width: fc.constant(image_width),
      image_height: fc.constant(image_height),
    }),
  );

const holds = (outer: TierRegion, left: number, top: number): boolean =>
  left >= outer.left && left < outer.left + outer.width && top >= outer.top && top < outer.top + outer.height;

describe("tierRegions()", () => {
  test("widens the box of a plate to whole tiles, one region a tier", () => {
    const regions = tierRegions(PLATE);
    expect(regions.map(({ downsample }) => downsample)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(regions[4]).toEqual({
      downsample: 4,
      left: 0,
      top: 1792,
      width: 1280,
      height: 768,
      leftFullPx: 0,
      topFullPx: 28_672,
    });
    expect(regions[0]).toMatchObject({ left: 2816, top: 30_464, width: 15_872, height: 8192 });
  });

  test("begins at the finest tier that is wanted, and has the smallest at least", () => {
    expect(tierRegions(PLATE, { finest: 7 }).map(({ downsample }) => downsample)).toEqual([7, 8]);
    expect(tierRegions(PLATE, { finest: 30 }).map(({ downsample }) => downsample)).toEqual([8]);
  });

  test("cuts what is longer than a part, on the grid", () => {
    const parts = tierRegions(PLATE, { partPx: 8300 }).filter(({ downsample }) => downsample === 0);
    expect(parts.map(({ left, width, height }) => [left, width, height])).toEqual([
      [2816, 8192, 8192],
      [11_008, 7680, 8192],
    ]);
  });

  test("ends with the file, whose last tile is no whole one", () => {
    const box = { x: 0, y: 0, width: 1001, height: 777, image_width: 1001, image_height: 777 };
    expect(tierRegions(box).map(({ width, height }) => [width, height])).toEqual([
      [1001, 777],
      [500, 388],
      [250, 194],
    ]);
  });

  test("gives nothing for an image beside its file", () => {
    expect(tierRegions({ ...PLATE, x: 25_000 })).toEqual([]);
    expect(tierRegions({ ...PLATE, x: -20_000 })).toEqual([]);
  });

  test("covers all that is asked for of an image, once, on the grid and in the file", () => {
    const options = fc.record({ finest: fc.integer({ min: 0, max: 4 }), partPx: fc.integer({ min: 256, max: 3000 }) });
    checkProperty(
      fc.property(boxes, options, (box, { finest, partPx }) => {
        const regions = tierRegions(box, { finest, partPx });
        const last = tierCount(box.image_width, box.image_height) - 1;
        const tiers = new Set(regions.map(({ downsample }) => downsample));
        for (const { downsample, left, top, width, height, leftFullPx, topFullPx } of regions) {
          const tier = { width: tierSize(box.image_width, downsample), height: tierSize(box.image_height, downsample) };
          expect([left % 256, top % 256]).toEqual([0, 0]);
          expect(width % 256 === 0 || left + width === tier.width).toBe(true);
          expect(height % 256 === 0 || top + height === tier.height).toBe(true);
          expect(width > 0 && height > 0 && left + width <= tier.width && top + height <= tier.height).toBe(true);
          expect(Math.max(width, height)).toBeLessThanOrEqual(partPx);
          expect([leftFullPx, topFullPx]).toEqual([left * 2 ** downsample, top * 2 ** downsample]);
        }
        for (let downsample = Math.min(finest, last); downsample <= last; downsample += 1) {
          const window = windowOf(regionOf(box, { downsample }), box);
          if (window === undefined) continue;
          expect(tiers.has(downsample)).toBe(true);
          const here = regions.filter((region) => region.downsample === downsample);
          const right = window.left + window.width - 1;
          const lower = window.top + window.height - 1;
          const corners = [
            [window.left, window.top],
            [right, window.top],
            [window.left, lower],
            [right, lower],
          ] as const;
          for (const [x, y] of corners) expect(here.filter((region) => holds(region, x, y))).toHaveLength(1);
          // Parts that lie in one rectangle and have its area cover it once.
          const area = here.reduce((sum, { width, height }) => sum + width * height, 0);
          const left = Math.min(...here.map((region) => region.left));
          const top = Math.min(...here.map((region) => region.top));
          const width = Math.max(...here.map((region) => region.left + region.width)) - left;
          const height = Math.max(...here.map((region) => region.top + region.height)) - top;
          expect(area).toBe(width * height);
        }
      }),
    );
  });

  test("holds the parts of pixels at the edges that a region within the image may ask for", () => {
    checkProperty(
      fc.property(boxes, fc.integer({ min: 0, max: 5 }), fc.nat(), (box, wanted, offset) => {
        const downsample = Math.min(wanted, tierCount(box.image_width, box.image_height) - 1);
        const left = box.x + (offset % box.width);
        const region = regionOf(box, { downsample, left, width: box.x + box.width - left, downsampleDimensions: true });
        const window = windowOf(region, box);
        const held = tierRegions(box).filter((each) => each.downsample === downsample);
        if (window === undefined) return;
        expect(held.some((each) => holds(each, window.left + window.width - 1, window.top))).toBe(true);
      }),
    );
  });

  test("refuses what can be no part, no tier and no file", () => {
    expect(() => tierRegions(PLATE, { partPx: 255 })).toThrow(RangeError);
    expect(() => tierRegions(PLATE, { finest: -1 })).toThrow(RangeError);
    expect(() => tierRegions({ ...PLATE, image_width: MAX_FILE_PX + 1 })).toThrow("none has more than");
    expect(() => tierRegions({ ...PLATE, image_width: Number.NaN })).toThrow(RangeError);
  });
});

test("printRegionPath() asks the image service for the region", () => {
  checkProperty(
    fc.property(boxes, (box) => {
      for (const region of tierRegions(box)) {
        const request = parseImageServiceRequest(
          new URL(printRegionPath("/external/ä b.aff", region), "http://x").searchParams,
        );
        expect(request).toMatchObject({ path: "/external/ä b.aff", mime: 1 });
        const { downsample, left, top, width, height } = region;
        expect(windowOf(requestedRegion(request, box), box)).toEqual({ downsample, left, top, width, height });
      }
    }),
  );
});
