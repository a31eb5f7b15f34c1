import { expect, test } from "vitest";
import { traceLoops } from "./contours.ts";
import { nestedLoops } from "./nested-loops.ts";

/** Squares in squares, one pixel from each other. */
function squares(labels: readonly number[]): Int32Array {
  const width = labels.length * 2 + 1;
  return Int32Array.from({ length: width * width }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return (
      labels[Math.min(x, y, width - 1 - x, width - 1 - y) - 1] ??
      (Math.min(x, y, width - 1 - x, width - 1 - y) > 0 ? (labels.at(-1) ?? 0) : 0)
    );
  });
}

test.each([
  ["none of what lies outside", [5, 1], {}],
  ["what lies inside", [1, 5], { 1: [5] }],
  ["the same in all around it", [1, 2, 5], { 1: [5], 2: [5] }],
  ["nothing beyond what is a hole already", [1, 5, 2, 6], { 1: [5], 2: [6] }],
  ["nothing in a hole of its own kind", [1, 5, 6], { 1: [5] }],
])("nestedLoops() gives %s", (_, labels, expected) => {
  const raster = squares(labels);
  const loops = traceLoops(raster, labels.length * 2 + 1);
  const nested = nestedLoops(loops, labels.length * 2 + 1, ({ label }) => label < 5);
  expect(
    Object.fromEntries([...nested].map(([outer, inner]) => [outer.label, inner.map(({ label }) => label)])),
  ).toEqual(expected);
});
