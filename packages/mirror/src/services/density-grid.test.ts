import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { type DensityGrid, densityAt, pathTo } from "./density-grid.ts";
import { distanceUm, type PointUm } from "./experiments.ts";

/** A grid of 10 × 8 × 6 voxels of 100 µm. */
function gridOf(valueAt: (i: number, j: number, k: number) => number): DensityGrid {
  const data = new Float32Array(10 * 8 * 6);
  for (let k = 0; k < 6; k += 1) {
    for (let j = 0; j < 8; j += 1) for (let i = 0; i < 10; i += 1) data[(k * 8 + j) * 10 + i] = valueAt(i, j, k);
  }
  return { data, size: [10, 8, 6], spacingUm: [100, 100, 100] };
}

describe("densityAt()", () => {
  const grid = gridOf((i, j, k) => (i === 2 && j === 3 && k === 1 ? 0.5 : i === 9 ? -1 : 0));

  test("is that of the voxel around the point, x fastest", () => {
    expect(densityAt(grid, [200, 399.9, 150])).toBe(0.5);
    expect(densityAt(grid, [199.9, 350, 150])).toBe(0);
  });

  test.each([
    [-1, 50, 50],
    [1000, 50, 50],
    [50, 800, 50],
    [50, 50, 1e300],
    [Number.NaN, 0, 0],
  ] as const)("is 0 outside, at %d, %d, %d", (...point) => {
    expect(
      densityAt(
        gridOf(() => 1),
        point,
      ),
    ).toBe(0);
  });

  test("is 0 where there is no data", () => {
    expect(densityAt(grid, [950, 50, 50])).toBe(0);
  });
});

describe("pathTo()", () => {
  test("follows what is dense rather than the straight line", () => {
    // An arch: along j = 3 instead of j = 0.
    const arch = gridOf((i, j) => (j === Math.min(3, i, 9 - i) ? 0.9 : 0.1));
    const path = pathTo(arch, [50, 50, 50], [950, 50, 50]);
    expect(path.map(([, y]) => y)).toEqual([50, 150, 250, 350, 350, 350, 350, 250, 150, 50]);
  });

  test("takes the nearest way where all is the same", () => {
    expect(
      pathTo(
        gridOf(() => 0.2),
        [50, 50, 50],
        [350, 350, 50],
      ),
    ).toEqual([50, 150, 250, 350].map((at) => [at, at, 50]));
  });

  test("goes from the one to the other, ever nearer, whatever the grid holds", () => {
    const point = fc.tuple(
      fc.integer({ min: 0, max: 999 }),
      fc.integer({ min: 0, max: 799 }),
      fc.integer({ min: 0, max: 599 }),
    );
    const densities = fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 480, maxLength: 480 });
    checkProperty(
      fc.property(point, point, densities, (from, to, data) => {
        const grid: DensityGrid = { data, size: [10, 8, 6], spacingUm: [100, 100, 100] };
        const path = pathTo(grid, from, to);
        const middle = ([x, y, z]: PointUm): PointUm => [x, y, z].map((at) => Math.floor(at / 100) * 100 + 50) as never;
        expect([path.at(0), path.at(-1)]).toEqual([middle(from), middle(to)]);
        const distances = path.map((each) => distanceUm(each, middle(to)));
        expect(distances.every((each, index) => index === 0 || each < (distances[index - 1] ?? 0))).toBe(true);
        const steps = path
          .slice(1)
          .map((each, index) => each.map((at, axis) => Math.abs(at - (path[index]?.[axis] ?? 0))));
        expect(steps.flat().every((step) => step <= 100)).toBe(true);
      }),
    );
  });

  test.each([
    [1e9, 0, 0],
    [-1e300, 50, 50],
    [Number.NaN, 0, 0],
  ] as const)("ends where the injection is recorded at %d, %d, %d", (...injection) => {
    expect(
      pathTo(
        gridOf(() => 1),
        [50, 50, 50],
        injection,
      ).length,
    ).toBeLessThanOrEqual(10);
  });
});
