import { parseDrawing } from "@brainatlas/sdk/drawing";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { regionPath, tracePath } from "./region-path.ts";
import { FakePath } from "./support/fake-context.ts";

beforeEach(() => {
  vi.stubGlobal("Path2D", FakePath);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function traced(d: string, transform = ""): string {
  const group = `<g id="1" order="1"${transform === "" ? "" : ` transform="${transform}"`}>`;
  const drawing = parseDrawing(
    `<svg width="9" height="9">${group}<path id="2" order="0" structure_id="8" d="${d}" style="fill:#bfdae3"/></g></svg>`,
  );
  const sink = new FakePath();
  for (const { path } of drawing.regions) tracePath(sink, path);
  return sink.d;
}

test("tracePath() draws lines as lines and curves as curves, and closes what is closed", () => {
  expect(traced("M1,2 l3,4 c1,0 2,1 2,2 z M9,9 h1")).toBe("M1,2L4,6C5,6,6,7,6,8ZM9,9L10,9");
});

test("tracePath() has the group's own scale applied, as of the drawings of P14", () => {
  expect(traced("M1,2 l3,4 z", " scale(8.33333)")).toBe(`M8.33333,16.66666L${4 * 8.33333},${6 * 8.33333}Z`);
});

test("tracePath() begins anew where the pen is lifted", () => {
  expect(traced("M1,1 h4 z l2,0")).toBe("M1,1L5,1ZM1,1L3,1");
});

test("regionPath() is made once for a region", () => {
  const drawing = parseDrawing(
    '<svg width="9" height="9"><path id="1" order="0" d="M0,0h9v9z" style="fill:#bfdae3"/></svg>',
  );
  const [region] = drawing.regions;
  if (region === undefined) throw new Error("There is a region");
  expect(regionPath(region)).toBe(regionPath(region));
});
