import { describe, expect, test } from "vitest";
import { traceLoops } from "./contours.ts";
import { drawPlate } from "./drawing.ts";
import type { SamplePlate } from "./plate.ts";
import { SAMPLE_PLATES, samplePlate } from "./plates.ts";
import { isWithin, sampleStructure } from "./structures.ts";
import { toReference } from "./to-reference.ts";

function plateWith(id: number): SamplePlate {
  const plate = samplePlate(id);
  if (plate === undefined) throw new Error(`no plate ${id}`);
  return plate;
}

const NUMBER = "-?\\d+(?:\\.\\d{1,3})?";
const PIECE = `    c${NUMBER}(?:(?:,|(?=-))${NUMBER}){5}`;
const PATH = new RegExp(
  `^<path id="(\\d+)" parent_id="(\\d+)" order="(\\d+)" structure_id="(\\d+)" d="(?:M${NUMBER},${NUMBER}(?:${PIECE})+z)+" style="stroke:black;fill:#([0-9a-f]{6})"/>$`,
);
const GROUP =
  /^<g id="(\d+)" order="(\d+)" parent_id="" graphic_group_label_id="(\d+)" graphic_group_label="([^"]+)" sub_image_id="(\d+)" transform=" scale\(1\.0, 1\.0\)">/;

interface Parsed {
  readonly group: number;
  readonly structureIds: number[];
}

/** Parses a drawing, line by line, and checks its form. */
function parseDrawing(svg: string, plateId: number): Parsed[] {
  const lines = svg.trimEnd().split("\n");
  expect(lines[0]).toMatch(/^<svg width="\d+" height="\d+" xmlns="http:\/\/www\.w3\.org\/2000\/svg">$/);
  expect(lines[1]).toMatch(/^<!-- synthetic: /);
  expect(lines[2]).toMatch(/^<g transform="scale\([\d.]+\)">$/);
  expect(lines.slice(-2)).toEqual(["</g>", "</svg>"]);
  const groups: Parsed[] = [];
  let groupId = "";
  for (const line of lines.slice(3, -2)) {
    const open = GROUP.exec(line);
    if (open) {
      expect(open[2]).toBe(String(groups.length + 1));
      expect(open[5]).toBe(String(plateId));
      groupId = open[1] ?? "";
      groups.push({ group: Number(open[3]), structureIds: [] });
    }
    const rest = line.replace(GROUP, "");
    if (rest === "</g>" || rest === "") continue;
    const path = PATH.exec(rest);
    expect(path, rest.slice(0, 200)).not.toBeNull();
    const last = groups.at(-1);
    expect(path?.[2]).toBe(groupId);
    expect(path?.[3]).toBe(String(last?.structureIds.length));
    const structure = sampleStructure(Number(path?.[4]));
    expect(path?.[5]).toBe(structure?.color_hex_triplet.toLowerCase());
    last?.structureIds.push(Number(path?.[4]));
  }
  return groups;
}

describe("drawPlate()", () => {
  test.each([
    [100883869, [32, 28, 159226751]],
    [100960224, [28, 159226751]],
    [900000006, [28, 159226751]],
    [900000027, [28, 159226751]],
  ])("prints plate %d in the service's form", (id, groups) => {
    const svg = drawPlate(plateWith(id), { downsample: 4 });
    const parsed = parseDrawing(svg, id);
    expect(parsed.map((group) => group.group)).toEqual(groups);
    for (const { group, structureIds } of parsed) {
      if (group !== 159226751) expect(structureIds[0]).toBe(8);
      else expect(structureIds.every((structure) => isWithin(structure, 1009))).toBe(true);
    }
    expect(svg.length).toBeLessThan(400_000);
  });

  test("scales the document as the picture", () => {
    const plate = plateWith(100883869);
    expect(drawPlate(plate, { groups: [32], downsample: 4 })).toMatch(
      /^<svg width="969" height="489" .*\n.*\n<g transform="scale\(0\.0625\)">/,
    );
    expect(drawPlate(plate, { groups: [32] })).toMatch(
      /^<svg width="15504" height="7824" .*\n.*\n<g transform="scale\(1\.0\)">/,
    );
  });

  test("uses each graphic id once", () => {
    const ids = [100883869, 100960224, 900000001].flatMap((id) =>
      [...drawPlate(plateWith(id)).matchAll(/ id="(\d+)"| (?:g|path) id="(\d+)"/g)].map((match) => match[1]),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("is empty for plates without a drawing, and deterministic for those with one", () => {
    expect(parseDrawing(drawPlate(plateWith(69750516)), 69750516)).toEqual([]);
    const plate = plateWith(900000012);
    expect(drawPlate(plate)).toBe(drawPlate(plate));
  });

  test("draws coronal atlas plates on the right half only", () => {
    const plate = plateWith(100960224);
    const { matrix } = toReference(plate);
    for (const [, x, y] of drawPlate(plate).matchAll(/d="M([\d.-]+),([\d.-]+)/g)) {
      const z = (matrix[6] ?? 0) * Number(x) + (matrix[7] ?? 0) * Number(y) + (matrix[8] ?? 0);
      expect(z).toBeGreaterThan(5700 - 60);
    }
  });

  test("has a drawing for every plate of both atlases", () => {
    for (const plate of SAMPLE_PLATES.filter((one) => one.model === "AtlasImage").filter((_, i) => i % 6 === 0)) {
      expect(drawPlate(plate).match(/<path /g)?.length ?? 0, `plate ${plate.record.id}`).toBeGreaterThan(1);
    }
  });
});

describe("traceLoops()", () => {
  test("encloses exactly the pixels of each region", () => {
    const labels = Int32Array.from([0, 0, 0, 0, 0, 0, 5, 5, 5, 0, 0, 5, 6, 5, 0, 0, 5, 5, 5, 0, 0, 0, 0, 0, 0]);
    const loops = traceLoops(labels, 5);
    expect(loops.map((loop) => [loop.label, loop.area])).toEqual([
      [5, 9],
      [6, 1],
    ]);
  });
});
