// The curves' own arithmetic against polygons so fine that they cannot be told from them.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { areaOf, type FillRule, isFilled } from "./area.ts";
import { flattenPath } from "./flatten-path.ts";
import { parsePath } from "./parse-path.ts";
import type { Path } from "./path.ts";
import { boxOf, piecesOf, windingAt } from "./pieces.ts";

/** Points on each curve of a path, so many a segment. */
function densePolygons({ subpaths }: Path, parts: number): [number, number][][] {
  return subpaths.map(({ points }) => {
    const dense: [number, number][] = [[points[0] ?? 0, points[1] ?? 0]];
    for (let at = 0; at + 7 < points.length; at += 6) {
      for (let k = 1; k <= parts; k += 1)
        dense.push([deCasteljau(points, at, k / parts), deCasteljau(points, at + 1, k / parts)]);
    }
    return dense;
  });
}

function deCasteljau(points: Float64Array, at: number, t: number): number {
  let values = [0, 2, 4, 6].map((offset) => points[at + offset] ?? 0);
  while (values.length > 1) values = values.slice(1).map((value, i) => (values[i] ?? 0) * (1 - t) + value * t);
  return values[0] ?? 0;
}

/** Sum of the angles that the polygons turn through as seen from a point, in turns. */
function turnsAround(polygons: readonly (readonly [number, number])[][], x: number, y: number): number {
  let angle = 0;
  for (const polygon of polygons) {
    for (const [i, [x2, y2]] of polygon.entries()) {
      const [x1, y1] = polygon.at(i - 1) ?? [x2, y2];
      const [ax, ay, bx, by] = [x1 - x, y1 - y, x2 - x, y2 - y];
      angle += Math.atan2(ax * by - ay * bx, ax * bx + ay * by);
    }
  }
  return Math.round(angle / (2 * Math.PI)) + 0; // Takes the sign off −0.
}

function distanceTo(polygons: readonly (readonly [number, number])[][], x: number, y: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const polygon of polygons) {
    for (const [i, [x2, y2]] of polygon.entries()) {
      const [x1, y1] = polygon.at(i - 1) ?? [x2, y2];
      const squared = (x2 - x1) ** 2 + (y2 - y1) ** 2;
      const along = squared === 0 ? 0 : ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / squared;
      const t = Math.min(1, Math.max(0, along));
      least = Math.min(least, Math.hypot(x1 + t * (x2 - x1) - x, y1 + t * (y2 - y1) - y));
    }
  }
  return least;
}

// Small whole numbers make what is special: level and upright tangents, cusps, points on one another.
const coordinate = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.double({ min: -9, max: 9, noNaN: true }));
const pair = fc.tuple(coordinate, coordinate).map((values) => values.join(" "));
const segment = fc.oneof(
  fc.tuple(pair, pair, pair).map((pairs) => `C${pairs}`),
  fc.tuple(pair, pair).map((pairs) => `Q${pairs}`),
  pair.map((end) => `L${end}`),
);
const stroke = fc
  .tuple(pair, fc.array(segment, { minLength: 1, maxLength: 5 }), fc.constantFrom("", "z"))
  .map(([start, segments, end]) => `M${start}${segments.join("")}${end}`);
const pathData = fc.array(stroke, { minLength: 1, maxLength: 3 }).map((strokes) => strokes.join(""));

describe("windingAt()", () => {
  test("is the turns of a fine polygon, away from the border", () => {
    checkProperty(
      fc.property(pathData, fc.array(fc.tuple(coordinate, coordinate), { minLength: 5, maxLength: 5 }), (d, points) => {
        const path = parsePath(d);
        const polygons = densePolygons(path, 400);
        const pieces = path.subpaths.flatMap(piecesOf);
        for (const [x, y] of points) {
          if (distanceTo(polygons, x, y) > 0.01)
            expect([x, y, windingAt(pieces, x, y)]).toEqual([x, y, turnsAround(polygons, x, y)]);
        }
      }),
    );
  });

  test.each([
    ["a corner to the right", "M0,5 L5,0 L10,5 L5,10z", 2, 5, 1],
    ["a corner that it touches from below", "M0,0 L10,0 L10,10 L5,5 L0,10z", 1, 5, 1],
    ["a tip at its height", "M0,0 L4,5 L0,10z M6,5 L9,9 L9,1z", 5, 5, 0],
    ["the turn of a curve at its height", "M0,0 C0,20 10,20 10,0z", -5, 15, 0],
    ["a level side at its height", "M0,0h4v5h4v5h-8z", 2, 5, 1],
    ["the upper left corner, which is inside", "M0,0h4v4h-4z", 0, 0, 1],
    ["the lower right corner, which is outside", "M0,0h4v4h-4z", 4, 4, 0],
    ["a border that is not closed", "M0,0h4v4h-4", 1, 3, 1],
    ["a border run round twice", "M0,0h4v4h-4zM1,1h2v2h-2z", 2, 2, 2],
    ["a hole", "M0,0h4v4h-4zM1,1v2h2v-2z", 2, 2, 0],
  ])("counts %s", (_, d, x, y, winding) => {
    expect(windingAt(parsePath(d).subpaths.flatMap(piecesOf), x, y)).toBe(winding);
  });

  test("parts regions that share a border within a billionth of a pixel", () => {
    const border = Float64Array.of(0, 0, 7, 3, -3, 6, 2, 9);
    const left = parsePath("M0,0 C7,3 -3,6 2,9 L-9,9 L-9,0z").subpaths.flatMap(piecesOf);
    const right = parsePath("M2,9 C-3,6 7,3 0,0 L9,0 L9,9z").subpaths.flatMap(piecesOf);
    for (let k = 1; k < 900; k += 1) {
      const [x, y] = [deCasteljau(border, 0, k / 900), deCasteljau(border, 1, k / 900)];
      const windings = [-1e-9, 1e-9].map((nudge) => [windingAt(left, x + nudge, y), windingAt(right, x + nudge, y)]);
      expect([k, ...windings]).toEqual([k, [1, 0], [0, 1]]);
    }
  });
});

describe("boxOf()", () => {
  test("holds a fine polygon, and no more", () => {
    checkProperty(
      fc.property(pathData, (d) => {
        const path = parsePath(d);
        const box = boxOf(path);
        const points = densePolygons(path, 200).flat();
        const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
        const polygon = {
          left: Math.min(...xs),
          top: Math.min(...ys),
          right: Math.max(...xs),
          bottom: Math.max(...ys),
        };
        for (const [side, sign] of [
          ["left", 1],
          ["top", 1],
          ["right", -1],
          ["bottom", -1],
        ] as const) {
          const beyond = (polygon[side] - (box?.[side] ?? Number.NaN)) * sign;
          expect(beyond).toBeGreaterThan(-1e-12);
          // The bound of a chord's distance from a curve this size.
          expect(beyond).toBeLessThan(0.002);
        }
      }),
    );
  });

  test("is none for nothing", () => {
    expect(boxOf(parsePath(""))).toBeUndefined();
    expect(boxOf(parsePath("M1,2h0"))).toEqual({ left: 1, top: 2, right: 1, bottom: 2 });
  });
});

describe("areaOf()", () => {
  test("is that of a fine polygon, for one stroke", () => {
    checkProperty(
      fc.property(stroke, (d) => {
        const path = parsePath(d);
        const [polygon = []] = densePolygons(path, 1000);
        const doubled = polygon.reduce((sum, [x2, y2], i) => {
          const [x1, y1] = polygon.at(i - 1) ?? [x2, y2];
          return sum + x1 * y2 - x2 * y1;
        }, 0);
        expect(areaOf(path, "nonzero")).toBeCloseTo(Math.abs(doubled / 2), 3);
      }),
    );
  });

  test("adds and takes away strokes as they lie in each other, whichever way they run", () => {
    const ring = fc.record({
      radius: fc.integer({ min: 1, max: 50 }),
      isTurned: fc.boolean(),
      x: fc.integer({ min: 0, max: 2 }),
    });
    const rule = fc.constantFrom<FillRule>("nonzero", "evenodd");
    checkProperty(
      fc.property(
        fc.uniqueArray(ring, { maxLength: 12, selector: ({ radius, x }) => `${x} ${radius}` }),
        rule,
        (rings, fillRule) => {
          const square = ({ radius: r, isTurned, x }: (typeof rings)[number]): string =>
            `M${x * 200 - r},${-r}${isTurned ? `v${2 * r}h${2 * r}v${-2 * r}` : `h${2 * r}v${2 * r}h${-2 * r}`}z`;
          let expected = 0;
          for (const place of [0, 1, 2]) {
            // From the middle outwards each frame is run round by the rings that are left.
            const nested = rings.filter(({ x }) => x === place).sort((a, b) => b.radius - a.radius);
            let winding = 0;
            for (const [i, { radius, isTurned }] of nested.entries()) {
              winding += isTurned ? -1 : 1;
              const inner = nested[i + 1]?.radius ?? 0;
              if (isFilled(winding, fillRule)) expected += 4 * (radius ** 2 - inner ** 2);
            }
          }
          expect(areaOf(parsePath(rings.map(square).join("")), fillRule)).toBeCloseTo(expected, 6);
        },
      ),
    );
  });
});

test.each<[string, string, FillRule, number]>([
  ["the same twice", "M0,0h10v10h-10z", "nonzero", 100],
  ["the same twice", "M0,0h10v10h-10z", "evenodd", 0],
  ["the same from another corner", "M10,10h-10v-10h10z", "nonzero", 100],
  ["the same, the other way round", "M0,0v10h10v-10z", "nonzero", 0],
  ["a hole that touches the right side", "M10,6v-2h-2v2z", "nonzero", 96],
  ["a stroke of its direction that touches the right side", "M10,4v2h-2v-2z", "nonzero", 100],
  ["a stroke of its direction that touches the right side", "M10,4v2h-2v-2z", "evenodd", 96],
  ["a hole in a corner", "M0,0v4h4v-4z", "nonzero", 84],
  ["a neighbour", "M10,10v-10h10v10z", "nonzero", 200],
  ["a larger one around it that touches three sides", "M20,0v10h-20v-10z", "nonzero", 200],
  ["a larger one around it that runs the other way", "M0,0v10h20v-10z", "nonzero", 100],
  ["strokes without an inside", "M2,2h5zM3,3h0z", "evenodd", 100],
])("areaOf() counts a square and %s (%s, %s)", (_, d, rule, area) => {
  expect(areaOf(parsePath(`M0,0h10v10h-10z${d}`), rule)).toBe(area);
  expect(areaOf(parsePath(`${d}M0,0h10v10h-10z`), rule)).toBe(area);
});

test("areaOf() is never below 0, though strokes cross", () => {
  checkProperty(
    fc.property(pathData, fc.constantFrom<FillRule>("nonzero", "evenodd"), (d, rule) => {
      expect(areaOf(parsePath(d), rule)).toBeGreaterThanOrEqual(0);
    }),
  );
});

test("areaOf() of squares in cells is the cells that are filled, whatever they share", () => {
  const cells = 4;
  // Halves of halves: none crosses another.
  const square = fc
    .tuple(fc.constantFrom(1, 2, 4), fc.nat(3), fc.nat(3), fc.boolean())
    .map(([size, x, y, isTurned]) => {
      const [left, top] = [x - (x % size), y - (y % size)];
      return { left, top, size, isTurned };
    });
  checkProperty(
    fc.property(
      fc.array(square, { maxLength: 9 }),
      fc.constantFrom<FillRule>("nonzero", "evenodd"),
      (squares, rule) => {
        const d = squares.map(({ left, top, size, isTurned }) =>
          isTurned ? `M${left},${top}v${size}h${size}v${-size}z` : `M${left},${top}h${size}v${size}h${-size}z`,
        );
        let expected = 0;
        for (let cell = 0; cell < cells * cells; cell += 1) {
          const [x, y] = [cell % cells, Math.floor(cell / cells)];
          const around = squares.filter(
            ({ left, top, size }) => x >= left && x < left + size && y >= top && y < top + size,
          );
          const winding = around.reduce((sum, { isTurned }) => sum + (isTurned ? -1 : 1), 0);
          if (isFilled(winding, rule)) expected += 1;
        }
        expect(areaOf(parsePath(d.join("")), rule)).toBe(expected);
      },
    ),
  );
});

describe("flattenPath()", () => {
  test("stays within its tolerance, with few points", () => {
    checkProperty(
      fc.property(stroke, fc.constantFrom(1, 0.1, 0.01), (d, tolerancePx) => {
        const path = parsePath(d);
        const [flat = new Float64Array()] = flattenPath(path, tolerancePx);
        const polygon = Array.from({ length: flat.length / 2 }, (_, i): [number, number] => [
          flat[2 * i] ?? 0,
          flat[2 * i + 1] ?? 0,
        ]);
        for (const [x, y] of densePolygons(path, 20).flat())
          expect(distanceTo([polygon], x, y)).toBeLessThan(tolerancePx + 1e-9);
        expect(polygon.length).toBeLessThan(2 + 5 * Math.ceil(Math.sqrt(60 / tolerancePx)));
      }),
    );
  });

  test("refuses a tolerance that cannot be met", () => {
    const path = parsePath("M0,0c0,1e8,1e8,0,1e8,1e8");
    for (const tolerancePx of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => flattenPath(path, tolerancePx)).toThrow(RangeError);
    expect(() => flattenPath(path, 1e-12)).toThrow(/more than 4000000 points; give more/);
  });
});
