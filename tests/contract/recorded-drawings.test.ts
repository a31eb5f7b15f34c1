// Recorded drawings: read whole, printed again to the byte, and hit where a renderer paints.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseDrawing, printDrawing } from "@brainatlas/sdk/drawing";
import { parseStructureGraph } from "@brainatlas/sdk/ontology";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { graphDocument } from "../support/recorded-graphs.ts";
import { describeRecorded, recording } from "../support/recordings.ts";

const IS_LONG = process.env.BRAINATLAS_LONG !== undefined;
/** Of the 132 plates as many are rendered by default. */
const SHARE = 8;
const POINTS = 10_000;
/** Widest picture that the renderer paints, and how far its paint is to be even around a point, in pixels of it. */
const MAX_WIDTH_PX = 3000;
const MARGIN_PX = 1;

/** The files of a folder; none where there are no recordings, when nothing here is run. */
function pathsOf(folder: string): string[] {
  const path = recording("real", "svg", folder);
  const names = existsSync(path) ? readdirSync(path) : [];
  return names.sort().map((name) => join(path, name));
}

/** Numbers from 0 to 1 that are the same in each run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What of a drawing is painted: a rectangle in pixels of a tier, so many times as large. */
interface View {
  readonly downsample: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly zoom: number;
}

/** Paints a document with a colour for each path: the number of it, from 1. */
async function paint(svg: string, { downsample, left, top, width, height, zoom }: View): Promise<Uint32Array> {
  let count = 0;
  const size = `width="${width * zoom}" height="${height * zoom}" viewBox="${left} ${top} ${width} ${height}"`;
  const flat = svg
    .replaceAll(/ style="[^"]*"/g, () => {
      count += 1;
      return ` style="fill:#${count.toString(16).padStart(6, "0")};stroke:none" shape-rendering="crispEdges"`;
    })
    .replace(/<svg [^>]*>/, `<svg xmlns="http://www.w3.org/2000/svg" ${size}>`)
    .replace(/transform="scale\([\d.]+\)"/, `transform="scale(${2 ** -downsample})"`);
  const data = await sharp(Buffer.from(flat), { unlimited: true, limitInputPixels: false })
    .flatten({ background: "#000000" })
    .raw()
    .toBuffer();
  return Uint32Array.from({ length: width * zoom * height * zoom }, (_, i) => {
    const [red = 0, green = 0, blue = 0] = data.subarray(3 * i, 3 * i + 3);
    return red * 65_536 + green * 256 + blue;
  });
}

/** What is painted in the middle of a pixel, seen closely: the renderer closes cracks that are narrower than a pixel. */
async function paintAt(svg: string, downsample: number, left: number, top: number): Promise<number | undefined> {
  const zoom = 255;
  const [middle, pixels] = [(zoom - 1) / 2, await paint(svg, { downsample, left, top, width: 1, height: 1, zoom })];
  return isEven(pixels, zoom, middle, middle) ? pixels[middle * zoom + middle] : undefined;
}

/** Whether the paint is the same all around a pixel. */
function isEven(painted: Uint32Array, width: number, x: number, y: number): boolean {
  for (let dy = -MARGIN_PX; dy <= MARGIN_PX; dy += 1) {
    for (let dx = -MARGIN_PX; dx <= MARGIN_PX; dx += 1) {
      if (painted[(y + dy) * width + x + dx] !== painted[y * width + x]) return false;
    }
  }
  return true;
}

interface Comparison {
  readonly compared: number;
  /** Points of these at which something is painted. */
  readonly painted: number;
  /** Points that the renderer shows otherwise from afar. */
  readonly cracks: number;
  readonly wrong: readonly string[];
}

async function compareWithPaint(path: string): Promise<Comparison> {
  const svg = readFileSync(path, "utf8");
  const drawing = parseDrawing(svg);
  const own = drawing.downsample ?? 0;
  const downsample = Math.ceil(Math.log2((drawing.width * 2 ** own) / MAX_WIDTH_PX));
  const scale = 2 ** (own - downsample);
  const [width, height] = [Math.floor(drawing.width * scale), Math.floor(drawing.height * scale)];
  const pixels = await paint(svg, { downsample, left: 0, top: 0, width, height, zoom: 1 });
  const random = createRandom(Number.parseInt(basename(path), 10));
  const result = { compared: 0, painted: 0, cracks: 0, wrong: [] as string[] };
  for (let tries = 0; result.compared < POINTS && tries < POINTS * 10; tries += 1) {
    const x = MARGIN_PX + Math.floor(random() * (width - 2 * MARGIN_PX));
    const y = MARGIN_PX + Math.floor(random() * (height - 2 * MARGIN_PX));
    if (!isEven(pixels, width, x, y)) continue;
    const [top] = drawing.regionsAt(x + 0.5, y + 0.5, { downsample });
    const expected = drawing.regions[(pixels[y * width + x] ?? 0) - 1];
    result.compared += 1;
    if (expected !== undefined) result.painted += 1;
    if (top === expected) continue;
    const seen = await paintAt(svg, downsample, x, y);
    if (seen === undefined || drawing.regions[seen - 1] !== top) {
      result.wrong.push(`${x},${y}: path ${top?.id} and not ${expected?.id}`);
    } else {
      result.cracks += 1;
    }
  }
  return result;
}

describeRecorded("recorded drawings", () => {
  const plates = pathsOf("mouse-p56-coronal");
  const human = pathsOf("human-downsample6");
  const others = [...pathsOf("mouse-p56-coronal-all-groups"), ...pathsOf("mouse-p56-coronal-downsample4")];
  const all = [...plates, ...others, ...human];

  test("parseDrawing() reads every path of every drawing", () => {
    expect([plates.length, others.length, human.length]).toEqual([132, 4, 5]);
    for (const path of all) {
      const svg = readFileSync(path, "utf8");
      const drawing = parseDrawing(svg, path);
      const count = (pattern: RegExp): number => svg.match(pattern)?.length ?? 0;
      expect([path, drawing.regions.length]).toEqual([path, count(/<path /g)]);
      expect(drawing.groups).toHaveLength(count(/ graphic_group_label_id="/g));
      expect(drawing.imageId).toBe(Number.parseInt(basename(path), 10));
      const strokes = drawing.regions.flatMap(({ path: { subpaths } }) => subpaths);
      const data = [...svg.matchAll(/ d="([^"]*)"/g)].map(([, d = ""]) => d).join("");
      expect(strokes).toHaveLength(data.match(/M/g)?.length ?? 0);
      // What is painted first has no higher number, though several have the same in the human drawings.
      for (const { regions } of drawing.groups) {
        const orders = regions.map(({ order }) => order);
        expect(orders).toEqual(orders.toSorted((a, b) => a - b));
      }
    }
  });

  test("printDrawing() gives the recorded bytes, but for the one whose attributes were sorted", () => {
    const changed = all.filter(
      (path) => printDrawing(parseDrawing(readFileSync(path, "utf8"))) !== readFileSync(path, "utf8"),
    );
    expect(changed).toEqual(pathsOf("mouse-p56-coronal-downsample4"));
  });

  test("printDrawing() makes of a full-size drawing the recorded one at downsample 4, attributes aside", () => {
    const [small = ""] = pathsOf("mouse-p56-coronal-downsample4");
    const recorded = parseDrawing(readFileSync(small, "utf8"));
    const full = parseDrawing(readFileSync(recording("real", "svg", "mouse-p56-coronal", basename(small)), "utf8"));
    const made = parseDrawing(printDrawing(full, { downsample: 4, groups: [28] }));
    expect(made).toMatchObject({ width: recorded.width, height: recorded.height, downsample: 4 });
    const [own, theirs] = [made.regions, recorded.groups[0]?.regions ?? []];
    expect(own.map(({ path }) => path)).toEqual(theirs.map(({ path }) => path));
    expect(own.map(({ structureId }) => structureId)).toEqual(theirs.map(({ structureId }) => structureId));
  });

  test("every structure is one of the ontology, and has its colour", () => {
    for (const [paths, graph] of [
      [[...plates, ...others], 1],
      [human, 10],
    ] as const) {
      const tree = parseStructureGraph(graphDocument(graph).msg);
      for (const path of paths) {
        for (const { structureId, fill, id } of parseDrawing(readFileSync(path, "utf8")).regions) {
          const structure = tree.get(structureId ?? 0);
          expect([path, id, fill]).toEqual([path, id, `#${structure?.color_hex_triplet?.toLowerCase()}`]);
        }
      }
    }
  });

  describe("regionsAt() gives the path that a renderer paints", () => {
    const every = IS_LONG ? 1 : Math.floor(plates.length / SHARE);
    const chosen = [...plates.filter((_, index) => index % every === 0).slice(0, IS_LONG ? plates.length : SHARE)];
    test.each(
      [...chosen, ...(IS_LONG ? [...others, ...human] : [...others.slice(0, 1), ...human.slice(0, 1)])].map((path) => [
        basename(path),
        path,
      ]),
    )("%s", async (_, path) => {
      const { compared, painted, wrong } = await compareWithPaint(path);
      expect(wrong).toEqual([]);
      expect(compared).toBe(POINTS);
      expect(painted).toBeGreaterThan(POINTS / 50);
    });
  });
});
