import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { type ImageApiVersion, parseImageRequest } from "./image-request.ts";
import { resolveRequest, type SizeLimits } from "./resolve-request.ts";

const NONE: SizeLimits = { maxWidth: 1e9, maxHeight: 1e9, maxArea: 1e15 };
/** The specification's example has this size. */
const EXAMPLE = { width: 300, height: 200 };

function resolve(version: ImageApiVersion, region: string, size: string, limits = NONE, image = EXAMPLE): number[] {
  const request = parseImageRequest(version, [region, size, "0", "default.jpg"]);
  const { region: found, width, height } = resolveRequest(request, image, limits);
  return [found.x, found.y, found.width, found.height, width, height];
}

describe("resolveRequest() resolves the examples of §4.1", () => {
  test.each([
    ["full", [0, 0, 300, 200, 300, 200]],
    ["square", [50, 0, 200, 200, 200, 200]],
    ["125,15,120,140", [125, 15, 120, 140, 120, 140]],
    ["pct:41.6,7.5,40,70", [125, 15, 120, 140, 120, 140]],
    ["125,15,200,200", [125, 15, 175, 185, 175, 185]],
    ["pct:41.6,7.5,66.6,100", [125, 15, 175, 185, 175, 185]],
    // What lies beyond the image is cut off, however far.
    ["0,0,99999999999,10", [0, 0, 300, 10, 300, 10]],
    [`299,1,${"9".repeat(50)},${"9".repeat(50)}`, [299, 1, 1, 199, 1, 199]],
    [`pct:50,0,${"9".repeat(50)},100`, [150, 0, 150, 200, 150, 200]],
  ])("%s", (region, expected) => {
    expect(resolve(3, region, "max")).toEqual(expected);
    expect(resolve(2, region, "full")).toEqual(expected);
  });
});

describe("resolveRequest() resolves the examples of §4.2", () => {
  test.each([
    ["150,", 150, 100],
    [",150", 225, 150],
    ["pct:50", 150, 100],
    ["225,100", 225, 100],
    ["!225,100", 150, 100],
    ["^360,", 360, 240],
    ["^,240", 360, 240],
    ["^pct:120", 360, 240],
    ["^360,360", 360, 360],
    ["^!360,360", 360, 240],
    ["max", 300, 200],
  ])("%s", (size, width, height) => {
    expect(resolve(3, "full", size).slice(4)).toEqual([width, height]);
    const old = size.replace("^", "");
    // 2.1 enlarges unasked, but for the best fit into a box.
    const kept = old.startsWith("!") && width > 300 ? [300, 200] : [width, height];
    expect(resolve(2, "full", old).slice(4)).toEqual(kept);
  });

  test("max and ^max with a maxWidth", () => {
    expect(resolve(3, "full", "^max", { ...NONE, maxWidth: 360, maxHeight: 360 }).slice(4)).toEqual([360, 240]);
    expect(resolve(3, "full", "max", { ...NONE, maxWidth: 200, maxHeight: 200 }).slice(4)).toEqual([150, 100]);
    expect(resolve(2, "full", "max", { ...NONE, maxArea: 15_000 }).slice(4)).toEqual([150, 100]);
  });
});

test.each(["301,", ",201", "300,201", "301,200", "pct:100.5", "!301,201", "!400,400"])(
  "resolveRequest() refuses to enlarge to %s without a mark",
  (size) => {
    expect(() => resolve(3, "full", size)).toThrow(/put \^ before the size/);
    expect(resolve(3, "full", `^${size}`)).toHaveLength(6);
  },
);

test.each([
  "0,0,0,5",
  "0,0,5,0",
  "300,0,5,5",
  "0,200,5,5",
  "999999999,0,1,1",
  "99999999999,0,1,1",
  `${"9".repeat(50)},0,${"9".repeat(50)},1`,
  "pct:100,0,5,5",
  "pct:0,0,0,5",
  "pct:0,0,0.1,5",
])("resolveRequest() refuses the region %s, which holds nothing", (region) => {
  expect(() => resolve(3, region, "max")).toThrow(/holds nothing of the image of 300 × 200/);
});

test.each(["0,", ",0", "0,5", "5,0", "!0,5", "!5,0", "pct:0", "pct:0.1", "^0,", "^!0,0", "^pct:0"])(
  "resolveRequest() refuses the size %s of no pixels",
  (size) => {
    expect(() => resolve(3, "full", size)).toThrow(/size of no pixels/);
  },
);

test.each([
  ["^999999999,", NONE.maxWidth],
  ["^999999999,999999999", NONE.maxWidth],
  ["^pct:999999999", NONE.maxWidth],
  ["^1001,", 1000],
  ["^1,1001", 1000],
])("resolveRequest() refuses %s, which is too large", (size, edge) => {
  const limits = { maxWidth: edge, maxHeight: edge, maxArea: 1e6 };
  expect(() => resolve(3, "full", size, limits)).toThrow(/too many here/);
});

test("resolveRequest() gives ^!w,h as large as the limits let it be", () => {
  const limits = { maxWidth: 1000, maxHeight: 1000, maxArea: 1e6 };
  expect(resolve(3, "full", "^!999999999,999999999", limits).slice(4)).toEqual([1000, 666]);
});

test("resolveRequest() keeps a pixel of an edge that is narrower than one", () => {
  expect(resolve(3, "full", "1,", NONE, { width: 5000, height: 3 }).slice(4)).toEqual([1, 1]);
  expect(resolve(3, "full", "!1,1", NONE, { width: 3, height: 5000 }).slice(4)).toEqual([1, 1]);
});

test("resolveRequest() gives by one length what the sizes list", () => {
  const image = { width: 1003, height: 803 };
  for (const [width, height] of [
    [501, 401],
    [250, 200],
    [125, 100],
  ] as const) {
    expect(resolve(2, "full", `${width},`, NONE, image).slice(4)).toEqual([width, height]);
    expect(resolve(3, "full", `,${height}`, NONE, image).slice(4)).toEqual([width, height]);
    expect(resolve(3, "full", `!${width},${height + 50}`, NONE, image).slice(4)).toEqual([width, height]);
  }
  expect(resolve(3, "full", "pct:25", NONE, image).slice(4)).toEqual([250, 200]);
});

test("resolveRequest() keeps within the image, the box and the limits, and to the proportions", () => {
  const length = fc.integer({ min: 1, max: 50_000 });
  const image = fc.record({ width: length, height: length });
  checkProperty(
    fc.property(image, image, image, (full, at, box) => {
      const region = [at.width % full.width, at.height % full.height, at.width, at.height].join(",");
      const limits = { maxWidth: 20_000, maxHeight: 20_000, maxArea: 1e7 };
      const [x = 0, y = 0, w = 0, h = 0, width = 0, height = 0] = resolve(
        3,
        region,
        `^!${box.width},${box.height}`,
        limits,
        full,
      );
      expect(x + w).toBeLessThanOrEqual(full.width);
      expect(y + h).toBeLessThanOrEqual(full.height);
      expect([width <= box.width, height <= box.height, width * height <= 1e7]).toEqual([true, true, true]);
      if (Math.min(width, height) === 1) return; // No less is given.
      expect(Math.abs(width * h - height * w)).toBeLessThanOrEqual(Math.max(w, h));
    }),
  );
});
