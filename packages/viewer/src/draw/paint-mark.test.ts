import { parseDrawing } from "@brainatlas/sdk/drawing";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { screenMap } from "../model/screen-map.ts";
import { POINTED_TONES, paintMark } from "./paint-mark.ts";
import { FakePath, fakeContext } from "./support/fake-context.ts";

beforeEach(() => {
  vi.stubGlobal("Path2D", FakePath);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

test("paintMark() draws a light line in a dark one around all regions, and takes away what lies within", () => {
  const { regions } = parseDrawing(
    '<svg width="9" height="9"><path id="1" order="0" d="M0,0h4v4z"/><path id="2" order="1" d="M4,0h4v4z"/></svg>',
  );
  const context = fakeContext();
  const size = { width: 9, height: 9 };
  paintMark(context, regions, { map: screenMap({ x: 4, y: 2 }, 0, 0, size), size, pixelRatio: 1 }, POINTED_TONES);
  const painted = context.calls.filter(({ name }) => name === "stroke" || name === "fill");
  expect(painted.map(({ name, state }) => `${name} ${state.mode}`)).toEqual([
    ...Array(4).fill("stroke source-over"),
    ...Array(2).fill("fill destination-out"),
  ]);
  const [dark, , light] = painted;
  expect(dark?.state.stroke).not.toBe(light?.state.stroke);
  expect(dark?.state.lineWidth).toBeGreaterThan(light?.state.lineWidth ?? 0);
});
