import fc from "fast-check";
import { expect, test } from "vitest";
import { alignedSet, spaceCoordinate } from "../../../../tests/support/aligned-sets.ts";
import { checkProperty } from "../../../../tests/support/property.ts";
import { AlignedSet } from "./aligned-set.ts";
import { registerSection, type SectionPixels } from "./register-section.ts";
import { planeOf, sectionPlane } from "./section-plane.ts";
import { imageToReference } from "./transform.ts";

/** Coronal sections: a pixel is 10 µm, the left edge of the box at z = 1000, its upper edge at y = 500, at x = 25 · number. */
const SECTION = new AlignedSet({
  id: 1,
  thicknessUm: 25,
  alignment3d: { tvr: [0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0], trv: [0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0] },
  images: [
    {
      imageId: 1,
      sectionNumber: 8,
      alignment2d: { tsv: [10, 0, 0, 10, 1000, 500], tvs: [0.1, 0, 0, 0.1, -100, -50] },
    },
  ],
}).nearest(8);

/** A picture whose red says the column and whose green the row. */
function ramp(width: number, height: number): SectionPixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < data.length; at += 4) {
    const pixel = at / 4;
    data.set([pixel % width, Math.floor(pixel / width), 7, 255], at);
  }
  return { data, width, height };
}

test("registerSection() puts pixels where imageToReference() says", () => {
  const region = { left: 990, top: 490, width: 60, height: 40 };
  const result = registerSection(ramp(4, 3), SECTION, { spacingUm: 10, region, interpolation: "nearest" });
  expect(result).toMatchObject({ width: 6, height: 4, plane: "coronal", axes: ["z", "y"], originUm: [990, 490] });
  const pixel = (column: number, row: number) => [
    ...result.data.slice((row * 6 + column) * 4, (row * 6 + column) * 4 + 4),
  ];
  expect(pixel(0, 0)).toEqual([0, 0, 0, 0]);
  expect(pixel(1, 1)).toEqual([0, 0, 7, 255]);
  expect(pixel(4, 3)).toEqual([3, 2, 7, 255]);
  expect(pixel(5, 3)).toEqual([0, 0, 0, 0]);
  expect(result.pointAt(1, 1)).toEqual({ x: 200, y: 505, z: 1005 });
});

test("registerSection() takes a tier for the full resolution", () => {
  const region = { left: 1000, top: 500, width: 160, height: 120 };
  const whole = registerSection(ramp(16, 12), SECTION, { spacingUm: 40, region, interpolation: "nearest" });
  const tier = registerSection(ramp(4, 3), SECTION, { spacingUm: 40, region, interpolation: "nearest", downsample: 2 });
  expect([...tier.data].filter((_, index) => index % 4 === 0)).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3]);
  expect([...whole.data].filter((_, index) => index % 4 === 0)).toEqual([2, 6, 10, 14, 2, 6, 10, 14, 2, 6, 10, 14]);
});

test("registerSection() weighs what lies around a place", () => {
  const data = Uint8Array.from([0, 0, 0, 255, 100, 0, 0, 255, 0, 200, 0, 255, 100, 200, 40, 255]);
  const region = { left: 1005, top: 505, width: 10, height: 10 };
  const one = registerSection({ data, width: 2, height: 2 }, SECTION, { spacingUm: 10, region });
  expect([...one.data]).toEqual([50, 100, 10, 255]);
  // At the edge the outermost pixels are repeated.
  const corner = registerSection({ data, width: 2, height: 2 }, SECTION, {
    spacingUm: 2,
    region: { left: 1000, top: 500, width: 2, height: 2 },
  });
  expect([...corner.data]).toEqual([0, 0, 0, 255]);
});

test("registerSection() covers the reference space of the adult mouse unless told", () => {
  expect(registerSection(ramp(1, 1), SECTION)).toMatchObject({
    width: 456,
    height: 320,
    spacingUm: 25,
    originUm: [0, 0],
  });
  expect(planeOf({ alignment3d: { ...SECTION.alignment3d, tvr: [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0] } })).toBe(
    "sagittal",
  );
  expect(planeOf({ alignment3d: { ...SECTION.alignment3d, tvr: [1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0] } })).toBe(
    "horizontal",
  );
});

test("sectionPlane() gives the point of the section with two coordinates", () => {
  checkProperty(
    fc.property(alignedSet, fc.nat(), spaceCoordinate, spaceCoordinate, (set, pick, across, down) => {
      const section = set.sections[pick % set.sections.length] ?? set.nearest(0);
      const { axes, toImage, pointAt } = sectionPlane(section, planeOf(section));
      const point = pointAt(across, down);
      expect([point[axes[0]], point[axes[1]]]).toEqual([across, down]);
      const x = toImage[0] * across + toImage[1] * down + toImage[4];
      const y = toImage[2] * across + toImage[3] * down + toImage[5];
      const there = imageToReference(section, x, y);
      expect(Math.hypot(there.x - point.x, there.y - point.y, there.z - point.z)).toBeLessThan(1e-6);
    }),
  );
});

test.each([
  [{ spacingUm: 0 }, "spacingUm 0"],
  [{ spacingUm: 1e-9 }, "give a spacing or a region"],
  [{ spacingUm: Number.NaN }, "spacingUm NaN"],
  [{ spacingUm: Number.POSITIVE_INFINITY }, "spacingUm Infinity"],
  [{ plane: "axial" as "coronal" }, "coronal, sagittal, horizontal"],
  [{ plane: "sagittal" as const }, "it stands upright on it"],
  [{ interpolation: "cubic" as "linear" }, "nearest, linear"],
  [{ downsample: -1 }, "downsample -1"],
  [{ region: { left: Number.NaN, top: 0, width: 1, height: 1 } }, "region.left NaN"],
  [{ region: { left: 0, top: 0, width: 0, height: 1 } }, "region.width 0"],
  [{ region: { left: 0, top: 0, width: Number.POSITIVE_INFINITY, height: 1 } }, "give a spacing or a region"],
])("registerSection() refuses %j", (options, words) => {
  expect(() => registerSection(ramp(1, 1), SECTION, options)).toThrow(RangeError);
  expect(() => registerSection(ramp(1, 1), SECTION, options)).toThrow(words);
});

test("registerSection() refuses pixels that are none", () => {
  expect(() => registerSection({ data: new Uint8Array(5), width: 1, height: 1 }, SECTION)).toThrow(TypeError);
  expect(() => registerSection({ data: new Uint8Array(0), width: 0, height: 0 }, SECTION)).toThrow(RangeError);
});
