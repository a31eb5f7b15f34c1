import { readFile } from "node:fs/promises";
import { isAtlasError } from "@brainatlas/sdk";
import type { ImageBox, TierWindow } from "@brainatlas/sdk/image";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeDrawing } from "../../../../tests/support/pictures.ts";
import { checkAsyncProperty } from "../../../../tests/support/property.ts";
import { describeRecorded, recording } from "../../../../tests/support/recordings.ts";
import type { DrawingSource } from "../engine/picture-source.ts";
import { checkDrawing, drawingBands } from "./rasterise-drawing.ts";

let drawings = 0;

/** A drawing that nothing is known of yet. */
function sourceOf(svg: string, width: number, height: number, others: Partial<DrawingSource> = {}): DrawingSource {
  drawings += 1;
  const box: ImageBox = { x: 0, y: 0, width, height, image_width: width, image_height: height };
  return { kind: "drawing", svg, tag: `drawing ${drawings}`, box, ...others };
}

async function bandsOf(source: DrawingSource, window: TierWindow): Promise<Uint8Array[]> {
  const bands: Uint8Array[] = [];
  for await (const band of drawingBands(source, window)) bands.push(band);
  return bands;
}

async function draw(source: DrawingSource, window: TierWindow): Promise<Buffer> {
  return Buffer.concat(await bandsOf(source, window));
}

/** The same drawing in a form of which it is not known where its paths lie, so that it is drawn with all of them. */
function whole(source: DrawingSource): DrawingSource {
  return sourceOf(source.svg.replace("</svg>", "<desc><path/></desc></svg>"), source.box.width, source.box.height, {
    box: source.box,
    overlay: source.overlay,
  });
}

/** A window of pixels that are at hand. */
function crop(pixels: Buffer, rowPx: number, { left, top, width, height }: Omit<TierWindow, "downsample">): Buffer {
  const rows = Array.from({ length: height }, (_, row) => ((top + row) * rowPx + left) * 3);
  return Buffer.concat(rows.map((start) => pixels.subarray(start, start + width * 3)));
}

/**
 * Makes sure that two pictures show the same: at softened edges a value may differ by two of the fifteen lines through a pixel. A shift of
 * a sixth of a pixel is more.
 */
function expectSame(found: Buffer, expected: Buffer): void {
  expect(found.length).toBe(expected.length);
  let apart = 0;
  for (const [index, value] of found.entries()) apart = Math.max(apart, Math.abs(value - (expected[index] ?? 0)));
  expect(apart).toBeLessThanOrEqual(34);
}

const svgOf = (content: string, size = 'width="400" height="300"'): string =>
  `<svg ${size} xmlns="http://www.w3.org/2000/svg">${content}</svg>`;
const pathOf = (d: string, style = "stroke:black;fill:#bfdae3", id = 1): string =>
  `<path id="${id}" order="0" structure_id="8" d="${d}" style="${style}"/>`;

describe("drawingBands()", () => {
  const window = { left: 0, top: 0, width: 400, height: 300, downsample: 0 };
  const at = (pixels: Buffer, x: number, y: number): number[] => [...pixels.subarray((y * 400 + x) * 3).subarray(0, 3)];

  test("draws on white, at the tier and in the box", async () => {
    const box = { x: 100, y: 60, width: 800, height: 400, image_width: 1000, image_height: 600 };
    const source = sourceOf(makeDrawing(7, 800, 400, 2), 800, 400, { box });
    const pixels = await draw(source, { left: 0, top: 0, width: 250, height: 150, downsample: 2 });
    const colourAt = (x: number, y: number): number[] => [...pixels.subarray((y * 250 + x) * 3).subarray(0, 3)];
    expect([colourAt(124, 60), colourAt(125, 60), colourAt(224, 16)]).toEqual([
      [255, 255, 255],
      [0xbf, 0xda, 0xe3],
      [0xbf, 0xda, 0xe3],
    ]);
    expect([colourAt(225, 60), colourAt(150, 14), colourAt(160, 65)]).toEqual([
      [255, 255, 255],
      [255, 255, 255],
      [0x08, 0x85, 0x8c],
    ]);
  });

  test("draws the form of old, and what is not understood, with the overlay on top", async () => {
    const old = sourceOf(svgOf(pathOf("M10,10h100v100h-100z")), 400, 300);
    expect(at(await draw(old, window), 50, 50)).toEqual([0xbf, 0xda, 0xe3]);
    const overlay = '<rect x="40" y="40" width="20" height="20" fill="#102030"/>';
    const odd = sourceOf(svgOf('<rect width="200" height="200" fill="#908070"/>'), 400, 300, { overlay });
    const pixels = await draw(odd, window);
    expect([at(pixels, 20, 20), at(pixels, 50, 50)]).toEqual([
      [0x90, 0x80, 0x70],
      [0x10, 0x20, 0x30],
    ]);
  });

  test("keeps what the root says of style and prefixes", async () => {
    const size = 'width="400" height="300" fill="#00ff00" xmlns:a="urn:a"';
    const source = sourceOf(svgOf('<path a:b="1" id="1" order="0" d="M10,10h100v100h-100z"/>', size), 400, 300);
    expect(at(await draw(source, window), 50, 50)).toEqual([0, 255, 0]);
  });

  test("gives bands of whole rows, of a million pixels at most or of one row", async () => {
    const source = sourceOf(makeDrawing(7, 70_000, 400), 70_000, 400);
    const large = await bandsOf(source, { left: 0, top: 0, width: 2000, height: 400, downsample: 0 });
    expect(large.map(({ length }) => length)).toEqual([2000 * 400 * 3]);
    const wide = await bandsOf(source, { left: 0, top: 0, width: 65_535, height: 40, downsample: 0 });
    expect(wide.map(({ length }) => length / 65_535 / 3)).toEqual([16, 16, 8]);
    // Columns meet where they should: the coloured half begins at 35000.
    const row = Buffer.from(wide[0]?.subarray(0, 65_535 * 3) ?? []);
    const isRight = Array.from({ length: 65_535 }, (_, x) => row.readUInt8(x * 3) === (x < 35_000 ? 255 : 0xbf));
    expect(isRight.indexOf(false)).toBe(-1);
  });

  test("ends between two bands when its signal aborts", async () => {
    const stop = new AbortController();
    const source = sourceOf(makeDrawing(7, 4000, 4000), 4000, 4000);
    const bands = drawingBands(source, { left: 0, top: 0, width: 4000, height: 4000, downsample: 0 }, stop.signal);
    await bands.next();
    stop.abort(new Error("gone"));
    await expect(bands.next()).rejects.toThrow("gone");
  });
});

// What stands out of a path's border: wide strokes, sharp corners, square ends, scaled and mirrored groups.
const coordinate = fc.integer({ min: -60, max: 460 });
const pair = fc.tuple(coordinate, coordinate).map(([x, y]) => `${x},${y}`);
const command = fc.oneof(
  pair.map((end) => `L${end}`),
  fc.tuple(pair, pair, pair).map((points) => `C${points.join(" ")}`),
  fc.constant("z"),
);
const path = fc
  .tuple(
    pair,
    fc.array(command, { minLength: 1, maxLength: 4 }),
    fc.constantFrom("1", "9", "40px", "3%"),
    fc.constantFrom("miter", "round", "bevel"),
    fc.constantFrom("butt", "square", "round"),
    fc.constantFrom("1", "4", "20"),
  )
  .map(([start, commands, width, join, cap, limit]) =>
    pathOf(
      `M${start}${commands.join("")}`,
      `stroke:#a04020;fill:none;stroke-width:${width};stroke-linejoin:${join};stroke-linecap:${cap};stroke-miterlimit:${limit}`,
    ),
  );
const group = fc
  .tuple(
    fc.constantFrom(
      "",
      'transform=" scale(1.0, 1.0)"',
      'transform="scale(0.3, 1.2)"',
      'transform="matrix(-1,0.5,0,1,300,9)"',
    ),
    fc.array(path, { minLength: 1, maxLength: 3 }),
  )
  .map(([transform, paths]) => `<g id="1" order="1" ${transform}>${paths.join("")}</g>`);
const scene = fc
  .tuple(fc.constantFrom("1.0", "0.5"), fc.array(group, { minLength: 1, maxLength: 3 }))
  .map(([scale, groups]) =>
    svgOf(
      `<g transform="scale(${scale})">${groups.join("")}</g>`,
      scale === "1.0" ? 'width="400" height="300"' : 'width="200" height="150"',
    ),
  );
const tile = fc.record({
  left: fc.integer({ min: 0, max: 340 }),
  top: fc.integer({ min: 0, max: 240 }),
  width: fc.integer({ min: 1, max: 60 }),
  height: fc.integer({ min: 1, max: 60 }),
});

test("drawingBands() leaves out no path of which anything shows", async () => {
  await checkAsyncProperty(
    fc.asyncProperty(scene, tile, fc.integer({ min: 0, max: 2 }), async (svg, place, downsample) => {
      const source = sourceOf(svg, 400, 300);
      const window = { ...place, left: place.left >> downsample, top: place.top >> downsample, downsample };
      expect((await draw(source, window)).equals(await draw(whole(source), window))).toBe(true);
    }),
    150,
  );
});

test("drawingBands() gives tiles that make up the whole", async () => {
  await checkAsyncProperty(
    fc.asyncProperty(scene, tile, async (svg, place) => {
      const source = sourceOf(svg, 400, 300);
      const all = await draw(source, { left: 0, top: 0, width: 400, height: 300, downsample: 0 });
      expectSame(await draw(source, { ...place, downsample: 0 }), crop(all, 400, place));
    }),
    40,
  );
});

describe("drawingBands() of hostile documents", () => {
  const window = { left: 0, top: 0, width: 40, height: 30, downsample: 0 };
  const many = 200_000;

  test.each([
    ["entities", `<!DOCTYPE svg [<!ENTITY a "b">]>${svgOf("&a;")}`, "groups and paths alone"],
    ["a script", svgOf("<script>1</script>"), "groups and paths alone"],
    ["a picture elsewhere", svgOf('<image href="file:///etc/passwd"/>'), "groups and paths alone"],
    ["very many paths", svgOf("<path/>".repeat(many)), "at most 10000 tags"],
    [
      "deep groups",
      svgOf(`${"<g>".repeat(many / 10)}${"</g>".repeat(many / 10)}`),
      "at most 64 elements in each other",
    ],
    [
      "very long paths",
      svgOf(pathOf(`M0,0${"h9v9".repeat(6000)}`)),
      "path 1 holds 12000; expected at most 10000 segments",
    ],
    ["very many segments", svgOf(pathOf(`M0,0${"h9v9".repeat(5000)}`).repeat(11)), "at most 100000 segments"],
    ["very long text", svgOf(`<text>${"a".repeat(3000)}</text>`), "2000 characters of text"],
    ["very many shapes", svgOf("<rect/>".repeat(3000)), "2000 tags"],
    ["a very long shape", svgOf(`<polygon points="${"1,2 ".repeat(40_000)}"/>`), "131072 characters"],
    ["a filter", svgOf('<g style="filter : blur(9px)"/>'), "groups and paths alone"],
    ["very many characters", svgOf(" ".repeat(34_000_000)), "at most 33554432 characters"],
    ["beginnings of roots", "<svg ".repeat(many), "one svg element"],
    ["tags that do not close", svgOf("<g>"), "one svg element"],
    ["no size", "<svg></svg>", "a number of pixels above 0"],
    ["no number of a size", '<svg width="1e9999" height="NaN"></svg>', "a number of pixels above 0"],
    ["attributes twice", svgOf('<path d="" d=""/>'), "what the renderer reads"],
    ["nothing", "", "one svg element"],
  ])("says what is wrong with %s", async (_, svg, expected) => {
    const error = await draw(sourceOf(svg, 400, 300), window).catch((reason: unknown) => reason);
    expect(isAtlasError(error, "ATLAS_DECODE")).toBe(true);
    expect(String(error)).toContain(expected);
    await expect(checkDrawing(svg, sourceOf(svg, 400, 300).box)).rejects.toThrow(expected);
  });

  test.each([
    ["no numbers", "MNaN,0 L10,10z"],
    ["numbers beyond any picture", "M1e300,-1e300 L-1e300,1e300z"],
    ["numbers beyond the renderer's", "M-9e8,-9e8 L9e8,9e8 L-9e8,9e8z"],
    ["an arc", "M0,0A9e8,9e8 0 0 1 9e8,9e8z"],
    ["dashes without end", "M-9e8,0h18e8"],
  ])("draws paths with %s as the renderer does", async (_, d) => {
    const style = "stroke:black;stroke-dasharray:0.001 0.001;stroke-width:1e6";
    const pixels = await draw(sourceOf(svgOf(pathOf(d, style)), 400, 300), window);
    expect(pixels.length).toBe(40 * 30 * 3);
  });
});

describeRecorded("drawingBands() of recorded drawings", () => {
  const FILES: [string, number, number, number][] = [
    ["mouse-p56-coronal/100960053.svg", 10_992, 7488, 4],
    ["mouse-p56-coronal-downsample4/100960224.svg", 10_560, 7552, 4],
    ["human-downsample6/112363080.svg", 68_736, 99_776, 8],
  ];

  test.each(FILES)("gives tiles of %s that make up the whole", async (name, width, height, downsample) => {
    const source = sourceOf(await readFile(recording("real", "svg", name), "utf8"), width, height);
    const size = { width: width >> downsample, height: height >> downsample };
    const all = await draw(source, { left: 0, top: 0, ...size, downsample });
    expect(new Set(all).size).toBeGreaterThan(50);
    for (let top = 0; top < size.height; top += 256) {
      for (let left = 0; left < size.width; left += 256) {
        const place = { left, top, width: Math.min(256, size.width - left), height: Math.min(256, size.height - top) };
        expectSame(await draw(source, { ...place, downsample }), crop(all, size.width, place));
      }
    }
  });

  test.each(FILES)("leaves out no path of %s", async (name, width, height) => {
    const source = sourceOf(await readFile(recording("real", "svg", name), "utf8"), width, height);
    const all = whole(source);
    for (const [x, y] of [
      [0.5, 0.5],
      [0.7, 0.4],
      [0.8, 0.65],
    ] as const) {
      const window = {
        left: Math.floor(width * x),
        top: Math.floor(height * y),
        width: 256,
        height: 256,
        downsample: 0,
      };
      expect((await draw(source, window)).equals(await draw(all, window))).toBe(true);
    }
  });
});
