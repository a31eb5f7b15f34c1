import { expect, test } from "vitest";
import { screenMap } from "../model/screen-map.ts";
import { paintHatch } from "./paint-hatch.ts";

const SIZE = { width: 40, height: 20 };

/** Writes down what is called. */
function recordingContext() {
  const calls: unknown[][] = [];
  const fields: Record<string, unknown> = { canvas: { width: 80, height: 40 }, globalAlpha: 1 };
  const context = new Proxy(fields, {
    get: (target, name: string) =>
      name in target ? target[name] : (...given: unknown[]) => calls.push([name, ...given]),
  });
  return { calls, context: context as unknown as CanvasRenderingContext2D };
}

test("paintHatch() outlines a box where the image shows it, and hatches nothing but its inside", () => {
  const { calls, context } = recordingContext();
  const map = screenMap({ x: 100, y: 100 }, -1, 0, SIZE);
  paintHatch(context, map, [{ left: 100, top: 100, right: 120, bottom: 110 }], { colour: "red", density: 2 });
  expect(calls.slice(0, 10)).toEqual([
    ["save"],
    ["setTransform", 2, 0, 0, 2, 0, 0],
    ["beginPath"],
    ["moveTo", 20, 10],
    ["lineTo", 30, 10],
    ["lineTo", 30, 15],
    ["lineTo", 20, 15],
    ["closePath"],
    ["stroke"],
    ["clip"],
  ]);
  expect(calls.at(-1)).toEqual(["restore"]);
});

test("paintHatch() turns the boxes with the image", () => {
  const { calls, context } = recordingContext();
  const map = screenMap({ x: 0, y: 0 }, 0, 90, SIZE);
  paintHatch(context, map, [{ left: 0, top: 0, right: 10, bottom: 4 }], { colour: "red", density: 1 });
  const corners = calls.slice(3, 7).map(([, x, y]) => [Math.round(Number(x)), Math.round(Number(y))]);
  expect(corners).toEqual([
    [20, 10],
    [20, 20],
    [16, 20],
    [16, 10],
  ]);
});
