import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { parsePath } from "./parse-path.ts";
import { PathFault } from "./path-reader.ts";

/** The points of all strokes, each with a `z` after it if it is closed. */
function pointsOf(d: string): unknown[] {
  return parsePath(d).subpaths.flatMap(({ points, isClosed }) => [...points, ...(isClosed ? ["z"] : [])]);
}

describe("parsePath()", () => {
  test.each([
    [
      "lines, and more numbers after M as lines",
      "M1,2 3,4L5 6l1-1",
      [1, 2, 1, 2, 3, 4, 3, 4, 3, 4, 5, 6, 5, 6, 5, 6, 6, 5, 6, 5],
    ],
    [
      "level and upright lines",
      "M1,2h3v4H0V0",
      [1, 2, 1, 2, 4, 2, 4, 2, 4, 2, 4, 6, 4, 6, 4, 6, 0, 6, 0, 6, 0, 6, 0, 0, 0, 0],
    ],
    [
      "a relative start, which is of the page at first",
      "m1,2 1,1z m1,1 0,5",
      [1, 2, 1, 2, 2, 3, 2, 3, "z", 2, 3, 2, 3, 2, 8, 2, 8],
    ],
    ["what goes on after z from its start", "M1,1h2z v3", [1, 1, 1, 1, 3, 1, 3, 1, "z", 1, 1, 1, 1, 1, 4, 1, 4]],
    ["curves", "M0,0C1,2 3,4 5,6c1,2,3,4,5,6", [0, 0, 1, 2, 3, 4, 5, 6, 6, 8, 8, 10, 10, 12]],
    ["smooth curves, mirrored after a curve", "M0,0c0,1,2,2,4,2s4-1,4-2", [0, 0, 0, 1, 2, 2, 4, 2, 6, 2, 8, 1, 8, 0]],
    ["smooth curves after a line as from the point", "M0,0h4S5,1 6,0", [0, 0, 0, 0, 4, 0, 4, 0, 4, 0, 5, 1, 6, 0]],
    [
      "smooth curves after one of another kind as from the point",
      "M0,0q3,6,6,0s1,1,2,0t3,3",
      [0, 0, 2, 4, 4, 4, 6, 0, 6, 0, 7, 1, 8, 0, 8, 0, 9, 1, 11, 3],
    ],
    ["quadratic curves as cubic ones", "M0,0q3,6,6,0", [0, 0, 2, 4, 4, 4, 6, 0]],
    ["smooth quadratic curves, mirrored", "M0,0q3,6,6,0t6,0", [0, 0, 2, 4, 4, 4, 6, 0, 8, -4, 10, -4, 12, 0]],
    [
      "numbers that nothing parts",
      "M-1.2.3l1e-5.5E1+2-.5",
      [-1.2, 0.3, -1.2, 0.3, -1.2 + 1e-5, 5.3, -1.2 + 1e-5, 5.3, -1.2 + 1e-5, 5.3, 0.8 + 1e-5, 4.8, 0.8 + 1e-5, 4.8],
    ],
    ["tabs and line ends as the service has them", "\n\t\t\tM1,1\r\n\t\tl1,0\n", [1, 1, 1, 1, 2, 1, 2, 1]],
    ["nothing", "  ", []],
    ["a start alone, which draws nothing", "M1,1 M2,2z", []],
  ])("reads %s", (_, d, points) => {
    const found = pointsOf(d);
    expect(found).toHaveLength(points.length);
    for (const [i, value] of points.entries()) {
      if (typeof value === "number") expect(found[i]).toBeCloseTo(value, 12);
      else expect(found[i]).toBe(value);
    }
  });

  test.each([
    ["no start", "l1,1", 0, "M"],
    ["an arc", "M0,0 a1,1 0 0 1 2,2", 5, "a command of M, L"],
    ["an unknown command", "M0,0 x1", 5, "a command of M, L"],
    ["too few numbers", "M0,0c1,2,3", 10, "a number"],
    ["a number too many", "M0,0 1", 6, "a number"],
    ["an end in the middle of a number", "M0,0l1,-", 7, "a number"],
    ["a comma at the end", "M0,0,", 5, "a number"],
    ["two commas", "M0,,0", 3, "a number"],
    ["words for numbers", "M0,NaN", 3, "a number"],
    ["a number beyond all", "M0,0l1e400,0", 5, "coordinates of at most"],
    ["a handle beyond all", "M0,0c1e300,0,0,0,1,1", 5, "coordinates of at most"],
    ["steps that lead beyond all", `M0,0${"h9e8".repeat(2)}`, 9, "coordinates of at most"],
    ["z before a start", "z", 0, "M"],
  ])("refuses %s, and says where", (_, d, offset, expected) => {
    const read = (): unknown => parsePath(d);
    expect(read).toThrow(PathFault);
    expect(read).toThrow(expect.objectContaining({ offset, expected: expect.stringContaining(expected) }));
  });

  test("applies a matrix to what is absolute and relative", () => {
    const { subpaths } = parsePath("M1,1l1,0", [2, 0, 0, 3, 10, 20]);
    expect([...(subpaths[0]?.points ?? [])]).toEqual([12, 23, 12, 23, 14, 23, 14, 23]);
  });

  test("bounds segments", () => {
    expect(() => parsePath(`M0,0${"h1".repeat(11)}`, undefined, 10)).toThrow("at most 1000000 segments");
  });

  test("reads numbers however they are parted", () => {
    const thousandths = fc.integer({ min: -9_999_999, max: 9_999_999 }).map((value) => value / 1000);
    checkProperty(
      fc.property(fc.array(thousandths, { minLength: 6, maxLength: 60 }), (values) => {
        const whole = values.slice(0, values.length - (values.length % 6));
        // A minus parts as well as a blank, and so does a point after a number that has one.
        const glued = whole.reduce((text, value) => {
          const short = String(value).replace(/^(-?)0\./, "$1.");
          const mayFollow = text === "" || short.startsWith("-") || (short.startsWith(".") && /\.\d*$/.test(text));
          return text + (mayFollow ? "" : " ") + short;
        }, "");
        expect(pointsOf(`M0,0c${glued}`)).toEqual(pointsOf(`M 0 , 0 c ${whole.join(" , ")}`));
      }),
    );
  });

  test("throws nothing but its own error", () => {
    const piece = fc.constantFrom(..."MmLlHhVvCcSsQqTtAaZz0123456789.-+e, \n".split(""), "M0,0", "1e9", "-.5");
    checkProperty(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        try {
          for (const { points } of parsePath(pieces.join("")).subpaths)
            expect(points.every(Number.isFinite)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(PathFault);
        }
      }),
    );
  });
});
