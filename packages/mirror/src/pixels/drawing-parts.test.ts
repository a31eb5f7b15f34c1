import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { checkAsyncProperty } from "../../../../tests/support/property.ts";
import { type DrawingParts, readDrawingParts } from "./drawing-parts.ts";

const EDGE_PX = 400;
const svgOf = (content: string): string => `<svg width="${EDGE_PX}" height="${EDGE_PX}">${content}</svg>`;
const pathOf = (d: string, style: string): string => `<path id="1" order="0" d="${d}" style="${style}"/>`;

/** The outermost pixels that are painted. */
async function paintedBox(parts: DrawingParts): Promise<{ left: number; top: number; right: number; bottom: number }> {
  const markup = parts.parts.map((part) => part.markup).join("");
  const framed = `<svg xmlns="http://www.w3.org/2000/svg" width="${EDGE_PX}" height="${EDGE_PX}">${markup}</svg>`;
  const pixels = await sharp(Buffer.from(framed)).extractChannel(3).raw().toBuffer();
  const box = { left: EDGE_PX, top: EDGE_PX, right: 0, bottom: 0 };
  for (const [index, alpha] of pixels.entries()) {
    const [x, y] = [index % EDGE_PX, Math.floor(index / EDGE_PX)];
    if (alpha === 0) continue;
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x + 1);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y + 1);
  }
  return box;
}

// Small paths in the middle, of which wide strokes, sharp corners and square ends stand out far.
const point = fc.tuple(fc.integer({ min: 150, max: 250 }), fc.integer({ min: 150, max: 250 })).map(String);
const data = fc
  .tuple(
    point,
    fc.array(
      fc.oneof(
        point,
        fc.tuple(point, point, point).map((points) => `C${points.join(" ")}L${points[0]}`),
      ),
      { minLength: 1, maxLength: 3 },
    ),
    fc.constantFrom("", "z"),
  )
  .map(
    ([start, ends, close]) =>
      `M${start} L${ends.map((end) => (end.startsWith("C") ? `${start} ${end}` : end)).join(" L")}${close}`,
  );
const style = fc
  .record({
    width: fc.constantFrom("", "stroke-width:12;", "stroke-width:7px;"),
    limit: fc.constantFrom("", "stroke-miterlimit:1;", "stroke-miterlimit:30;"),
    join: fc.constantFrom("miter", "round", "bevel"),
    cap: fc.constantFrom("butt", "square", "round"),
  })
  .map(
    ({ width, limit, join, cap }) =>
      `stroke:black;fill:none;${width}${limit}stroke-linejoin:${join};stroke-linecap:${cap}`,
  );
const transform = fc.constantFrom("scale(1.0)", "matrix(0.6,0,0,1.6,80,-120)", "matrix(1,1,-1,1,200,-200)");

test("readDrawingParts() knows how far a path paints", async () => {
  await checkAsyncProperty(
    fc.asyncProperty(data, style, transform, async (d, declared, matrix) => {
      const parts = readDrawingParts(svgOf(`<g id="1" order="0" transform="${matrix}">${pathOf(d, declared)}</g>`));
      const reach = parts.parts[1]?.reach;
      if (reach === undefined) expect.unreachable("the path is understood");
      const painted = await paintedBox(parts);
      const beyond = [
        reach.left - painted.left,
        reach.top - painted.top,
        painted.right - reach.right,
        painted.bottom - reach.bottom,
      ];
      // A pixel that is touched is painted as a whole.
      expect(Math.max(...beyond)).toBeLessThan(1.01);
    }),
    150,
  );
});

describe("readDrawingParts()", () => {
  test.each([
    ["no stroke", "stroke:none", { left: 10, top: 10, right: 30, bottom: 20 }],
    ["the stroke of SVG", "stroke:red", { left: 8, top: 8, right: 32, bottom: 22 }],
    [
      "a sharp corner's stroke",
      "stroke:red;stroke-width:2;stroke-miterlimit:10",
      { left: 0, top: 0, right: 40, bottom: 30 },
    ],
    ["a wide stroke", "stroke:red;stroke-width:20px;stroke-miterlimit:1", undefined],
    ["a stroke of a share of the page", "stroke:red;stroke-width:1%", undefined],
  ])("adds to the box what %s needs", (_, declared, expected) => {
    const { parts, isReachKnown } = readDrawingParts(svgOf(pathOf("M10,10h20v10h-20z", declared)));
    const reach = parts.find((part) => part.reach !== undefined)?.reach;
    const wide = declared.includes("20px") ? { left: 10 - Math.SQRT2 * 10, top: 10 - Math.SQRT2 * 10 } : undefined;
    if (wide !== undefined) expect(reach).toMatchObject(wide);
    else expect(reach).toEqual(expected);
    expect(isReachKnown).toBe(reach !== undefined);
  });

  test("counts in units of the document", () => {
    const { width, parts } = readDrawingParts(
      `<svg width="100" height="50"><g transform="scale(0.25)"><g id="1" order="1" transform="scale(8.0)">${pathOf("M10,10h20v10h-20z", "stroke:none")}</g></g></svg>`,
    );
    expect(width).toBe(100);
    expect(parts[1]?.reach).toEqual({ left: 20, top: 20, right: 60, bottom: 40 });
  });

  test("keeps the markup as it is written, in its order", () => {
    const content = `\n<g id="7" order='1' a_b="x > y">${pathOf("M0,0h9v9z", "fill:red")}<!-- <path --><path id="2" order="1" d="M1,1h1v1z"></path></g>\n`;
    const { parts } = readDrawingParts(svgOf(content));
    expect(parts.map(({ markup }) => markup).join("")).toBe(
      `<svg width="400" height="400" overflow="visible">${content}</svg>`,
    );
    expect(parts.map(({ reach }) => reach !== undefined)).toEqual([false, true, false, true, false]);
  });

  test.each([
    ["other shapes", "<rect/>"],
    ["a transform of a path", '<path id="1" order="0" transform="scale(2)" d="M0,0h9v9z"/>'],
    ["a turned group", `<g id="1" order="0" transform="rotate(9)">${pathOf("M0,0h9v9z", "")}</g>`],
    ["opacity", pathOf("M0,0h9v9z", "opacity:0.5")],
    ["an arc", pathOf("M0,0a9,9 0 0 1 9,9z", "")],
    ["paths that are not painted", `<desc>${pathOf("M0,0h9v9z", "")}</desc>${pathOf("M0,0h9v9z", "")}`],
  ])("takes a document with %s as one part", (_, content) => {
    const { parts, isReachKnown } = readDrawingParts(svgOf(content));
    expect([parts.length, parts[0]?.reach, isReachKnown]).toEqual([1, undefined, false]);
  });

  test("knows about how much it keeps", () => {
    const svg = svgOf(pathOf(`M0,0${"h1v1".repeat(1000)}`, ""));
    const { sizeBytes } = readDrawingParts(svg);
    expect(sizeBytes).toBeGreaterThanOrEqual(svg.length);
    expect(sizeBytes).toBeLessThan(3 * svg.length);
  });
});
