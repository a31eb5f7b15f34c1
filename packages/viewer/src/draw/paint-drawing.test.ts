import { parseDrawing } from "@brainatlas/sdk/drawing";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type DrawingScene, regionLook } from "../model/drawing-look.ts";
import { screenMap } from "../model/screen-map.ts";
import { DEFAULT_DRAWING } from "../model/view.ts";
import { paintDrawing } from "./paint-drawing.ts";
import { FakePath, fakeContext } from "./support/fake-context.ts";

/** Three squares: a background of 100 px, in it one of 40, and in that one of 10; one far away beside them. */
const DRAWING =
  parseDrawing(`<svg width="100" height="100"><g id="1" order="1" graphic_group_label_id="28" graphic_group_label="A">
  <path id="2" order="0" structure_id="8" d="M0,0h100v100h-100z" style="stroke:black;fill:#bfdae3"/>
  <path id="3" order="1" structure_id="549" d="M10,10h40v40h-40z" style="stroke:black;fill:#ff7080"/>
  <path id="4" order="2" structure_id="385" d="M20,20h10v10h-10z" style="stroke:black;fill:#08858c"/>
  <path id="5" order="3" structure_id="1009" d="M900,900h10v10h-10z" style="stroke:black;fill:#cccccc"/></g></svg>`);
const SIZE = { width: 100, height: 100 };
const PLACE = { map: screenMap({ x: 50, y: 50 }, 0, 0, SIZE), size: SIZE, pixelRatio: 2 };

beforeEach(() => {
  vi.stubGlobal("Path2D", FakePath);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function paint(selected: readonly number[] = [], outlinesOnly = false, place = PLACE) {
  const context = fakeContext();
  const drawing = { ...DEFAULT_DRAWING, opacity: 0.5, outlinesOnly };
  const scene: DrawingScene = { drawing, selected: new Set(selected), isAlone: false };
  paintDrawing(context, DRAWING.regions, place, (region) => regionLook(scene, region));
  return context.calls;
}

/** Colours that are filled, with the opacity and the way they are put over the others. */
function fills(calls: ReturnType<typeof paint>) {
  return calls.filter(({ name }) => name === "fill").map(({ state }) => `${state.mode} ${state.fill} ${state.alpha}`);
}

test("paintDrawing() fills each region that is seen once, opaque, and thins all of them out together", () => {
  const calls = paint();
  expect(fills(calls)).toEqual(["source-over #bfdae3 1", "source-over #ff7080 1", "source-over #08858c 1"]);
  const thinned = calls.filter(({ name }) => name === "fillRect");
  expect(thinned).toMatchObject([{ state: { mode: "destination-out", alpha: 0.5 } }]);
  expect(calls.filter(({ name }) => name === "stroke")).toHaveLength(3);
});

test("paintDrawing() paints what is selected, and what lies on it, once again in its place", () => {
  expect(fills(paint([549])).slice(3)).toEqual([
    "destination-out #ff7080 1",
    "source-over #ff7080 0.75",
    "destination-out #08858c 1",
    "source-over #08858c 0.125",
  ]);
});

test("paintDrawing() draws lines of the same width on the screen at any zoom, wide ones last", () => {
  const near = { ...PLACE, map: screenMap({ x: 25, y: 25 }, 3, 30, SIZE) };
  const widths = (calls: ReturnType<typeof paint>) =>
    calls.filter(({ name }) => name === "stroke").map(({ state }) => state.lineWidth);
  expect(widths(paint([549], true)).slice(3)).toEqual([1, 1, 2]);
  const scaled = widths(paint([549], true, near));
  expect(scaled.at(-1)).toBeCloseTo(2 / 8);
});

test("paintDrawing() draws outlines alone on request, each with a rim below", () => {
  const calls = paint([], true);
  expect(fills(calls)).toEqual([]);
  expect(calls.filter(({ name }) => name === "fillRect")).toEqual([]);
  const strokes = calls.filter(({ name }) => name === "stroke").map(({ state }) => state.stroke);
  expect(strokes.slice(3)).toEqual(["#bfdae3", "#ff7080", "#08858c"]);
  expect(new Set(strokes.slice(0, 3)).size).toBe(1);
});

test("paintDrawing() maps pixels of the image to those of the device", () => {
  const [, inImage] = paint().filter(({ name }) => name === "setTransform");
  expect(inImage?.values).toEqual([2, 0, -0, 2, 0, 0]);
});

const PATH = '<path id="1" order="0" structure_id="8" d="M0,0h9v9z" style="stroke:black;fill:#bfdae3"';

function document(body: string, before = ""): string {
  return `${before}<svg width="9" height="9" xmlns="http://www.w3.org/2000/svg">${body}</svg>`;
}

const LAUGHS = Array.from({ length: 9 }, (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`).join(
  "",
);

test.each([
  ["a script", document(`<script>alert(1)</script>${PATH}/>`)],
  ["an address for a colour", document(`${PATH.replace("#bfdae3", "url(http://evil.test/x)")}/>`)],
  ["a megabyte for a colour", document(`${PATH.replace("#bfdae3", `#${"f".repeat(1 << 20)}`)}/>`)],
  ["a picture from elsewhere", document(`<image href="http://evil.test/x.png"/>${PATH}/>`)],
  ["a use of another document", document(`<use href="http://evil.test/x.svg#a"/>`)],
  ["markup of a page", document(`<foreignObject><img src="x" onerror="alert(1)"/></foreignObject>`)],
  ["a style sheet", document(`<style>@import url(http://evil.test/x.css);</style>${PATH}/>`)],
  ["an event attribute", document(`${PATH} onclick="alert(1)"/>`)],
  [
    "an entity bomb",
    document(
      `<g id="1" order="1" graphic_group_label="&l9;">${PATH}/></g>`,
      `<!DOCTYPE svg [<!ENTITY l0 "x">${LAUGHS}]>`,
    ),
  ],
  [
    "a file for an entity",
    document(`<desc>&x;</desc>${PATH}/>`, '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
  ],
])("parseDrawing() refuses a drawing with %s, so that nothing of it is painted", (_, text) => {
  expect(() => parseDrawing(text)).toThrow("Cannot decode the drawing");
});

test("paintDrawing() hands on nothing but numbers and colours of six digits, of all that a drawing may have", () => {
  const styles = ["fill:black", "fill:rgb(1,2,3)", "fill:#abc", "stroke:red;fill:#bfdae3", "fill:rebeccapurple"];
  const paths = styles.map(
    (style, index) =>
      `<path id="${index}" order="0" structure_id="8" data-x="&lt;script&gt;" d="M0,0h9v9z" style="${style}"/>`,
  );
  const { regions } = parseDrawing(document(`<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>${paths.join("")}`));
  const context = fakeContext();
  const scene = { drawing: DEFAULT_DRAWING, selected: new Set<number>(), isAlone: false };
  paintDrawing(context, regions, PLACE, (region) => regionLook(scene, region));
  expect(context.calls.filter(({ name }) => name === "fill")).toHaveLength(5);
  for (const { values, state } of context.calls) {
    for (const colour of [state.fill, state.stroke]) expect(colour).toMatch(/^#[\da-f]{6}$/);
    for (const value of values) {
      if (value instanceof FakePath) expect(value.d).toMatch(/^[MLCZ\d,.-]+$/);
      else expect(["number", "nonzero"]).toContain(typeof value === "number" ? "number" : value);
    }
  }
});
