import { expect, test } from "vitest";
import { paintSlice } from "./paint-slice.ts";

/** Writes down what is called and set. */
function recordingContext(width: number, height: number) {
  const calls: unknown[][] = [];
  const context = new Proxy({ canvas: { width, height } } as Record<string, unknown>, {
    get: (target, name: string) =>
      name in target ? target[name] : (...given: unknown[]) => calls.push([name, ...given]),
    set: (_, name: string, value) => calls.push([name, value]) > 0,
  });
  return { calls, context: context as unknown as CanvasRenderingContext2D };
}

test("paintSlice() lays the slice over the whole canvas unsmoothed, and two lines with a gap at the place", () => {
  const { calls, context } = recordingContext(200, 100);
  const picture = { width: 20, height: 10 } as HTMLCanvasElement;
  paintSlice(context, { picture, cross: { x: 0.5, y: 0.25 }, lineColour: "red", edgeColour: "white", density: 2 });
  expect(calls).toEqual([
    ["clearRect", 0, 0, 200, 100],
    ["imageSmoothingEnabled", false],
    ["drawImage", picture, 0, 0, 200, 100],
    ["beginPath"],
    ["moveTo", 0, 25],
    ["lineTo", 88, 25],
    ["moveTo", 112, 25],
    ["lineTo", 200, 25],
    ["moveTo", 100, 0],
    ["lineTo", 100, 13],
    ["moveTo", 100, 37],
    ["lineTo", 100, 100],
    ["strokeStyle", "white"],
    ["lineWidth", 6],
    ["stroke"],
    ["strokeStyle", "red"],
    ["lineWidth", 2],
    ["stroke"],
  ]);
});
