import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { DecodeError } from "../errors.ts";
import { parseDrawing } from "./parse-drawing.ts";

const GREY =
  '<path id="11" parent_id="10" order="0" structure_id="8" d="M0,0h80v60h-80z" style="stroke:black;fill:#bfdae3"/>';
const AREA =
  '<path id="12" parent_id="10" order="1" structure_id="385" d="M20,20h20v20h-20z" style="stroke:black;fill:#08858c"/>';
const TRACT =
  '<path id="21" parent_id="20" order="0" structure_id="1009" d="M30,30h20v20h-20z" style="stroke:black;fill:#cccccc"/>';

function document(...groups: string[]): string {
  return `<svg width="20" height="15" xmlns="http://www.w3.org/2000/svg">\n<g transform="scale(0.25)">\n${groups.join("\n")}\n</g>\n</svg>`;
}

function group(id: number, labelId: number | "", paths: string, transform = " scale(1.0, 1.0)"): string {
  return `<g id="${id}" order="1" parent_id="" graphic_group_label_id="${labelId}" graphic_group_label="A &amp; B" sub_image_id="5" transform="${transform}">${paths}</g>`;
}

const TWO = document(group(10, 28, GREY + AREA), group(20, 159226751, TRACT));

describe("parseDrawing()", () => {
  test("reads what a document says", () => {
    const drawing = parseDrawing(TWO);
    expect(drawing).toMatchObject({ width: 20, height: 15, downsample: 2, imageId: 5 });
    expect(drawing.groups).toMatchObject([
      { id: 10, order: 1, label: "A & B", labelId: 28, matrix: [1, 0, 0, 1, 0, 0] },
      { id: 20, labelId: 159226751 },
    ]);
    expect(drawing.regions).toMatchObject([
      { id: 11, structureId: 8, groupId: 10, order: 0, fill: "#bfdae3", stroke: "black", fillRule: "nonzero" },
      { id: 12, structureId: 385, groupId: 10, order: 1, style: "stroke:black;fill:#08858c" },
      { id: 21, structureId: 1009, groupId: 20 },
    ]);
    expect(drawing.groups.flatMap(({ regions }) => regions)).toEqual(drawing.regions);
    expect(drawing.regions[1]?.box).toEqual({ left: 20, top: 20, right: 40, bottom: 40 });
    expect(drawing.regions[1]?.area).toBe(400);
  });

  test("reads attributes in any order, and a prolog", () => {
    const sorted = TWO.replaceAll(/<(\w+) ([^>]*?)(\/?)>/g, (_, name: string, list: string, end: string) => {
      const attributes = list.match(/[\w-]+="[^"]*"/g) ?? [];
      return `<${name} ${attributes.sort().join(" ")}${end}>`;
    });
    expect(sorted).not.toBe(TWO);
    expect(parseDrawing(`<?xml version="1.0" encoding="UTF-8"?>\n<!-- by hand -->${sorted}`)).toEqual(
      parseDrawing(TWO),
    );
  });

  test("reads the form of old, without groups and scale", () => {
    const drawing = parseDrawing(`<svg width="14976" height="7616">${GREY}${AREA}</svg>`);
    expect(drawing).toMatchObject({ width: 14976, downsample: undefined, imageId: undefined, groups: [] });
    expect(drawing.regions.map(({ groupId }) => groupId)).toEqual([10, 10]);
    expect(drawing.structuresAt(30, 30)).toEqual([385, 8]);
  });

  test.each([
    [" scale(8.33333)", [166.6666, 166.6666, 333.3332, 333.3332]],
    [" scale(2.0, 3.0)", [40, 60, 80, 120]],
    ["translate(10,-5)", [30, 15, 50, 35]],
    ["matrix(0 1 -1 0 100 0)", [60, 20, 80, 40]],
  ])("applies %s of a group", (transform, [left, top, right, bottom]) => {
    const [region] = parseDrawing(document(group(10, 28, AREA, transform))).regions;
    for (const [side, value] of Object.entries({ left, top, right, bottom })) {
      expect(region?.box?.[side as "left"]).toBeCloseTo(value ?? Number.NaN, 9);
    }
  });

  test.each([
    ["with the outer group", document()],
    ["with empty groups", document(group(10, 28, ""))],
    ["with nothing", '<svg width="20" height="15"/>'],
  ])("reads an empty drawing %s", (_, svg) => {
    const drawing = parseDrawing(svg);
    expect(drawing).toMatchObject({ width: 20, height: 15, regions: [] });
    expect(drawing.structureAt(1, 1)).toBeUndefined();
  });

  test("takes style from attributes and from the elements around", () => {
    const path = '<path id="1" order="0" structure_id="8" fill="red" d="M0,0h9v9z"';
    const svg = (rest: string): string =>
      document(`<g id="10" order="1" fill="blue" style="stroke: none">${path}${rest}/></g>`);
    expect(parseDrawing(svg("")).regions[0]).toMatchObject({ fill: "red", stroke: undefined });
    expect(parseDrawing(svg(' style="fill:none;stroke:#123456"')).regions[0]).toMatchObject({
      fill: undefined,
      stroke: "#123456",
    });
    expect(parseDrawing(svg(' style="fill-rule:evenodd"')).regions[0]).toMatchObject({
      fill: "red",
      fillRule: "evenodd",
    });
  });

  test.each([
    ["a page", "<!DOCTYPE html><html></html>", "character 0"],
    ["another root", "<html></html>", "the root"],
    ["an envelope", '{"success":false}', "character 0"],
    ["nothing", "", "character 0"],
    ["no size", "<svg/>", "the root, width"],
    ["a size of nothing", '<svg width="0" height="1"/>', "the root, width"],
    ["a size in other units", '<svg width="10" height="5em"/>', "the root, height"],
    ["no end", TWO.slice(0, -6), "character"],
    ["no end of a path", TWO.slice(0, TWO.indexOf("v60")), "character"],
    ["an entity", `<!DOCTYPE svg [<!ENTITY a "b">]>${TWO}`, "character 0"],
    ["another shape", document(group(10, 28, '<circle r="5"/>')), "group 1"],
    ["a style sheet", TWO.replace("<g ", "<style>path{fill:red}</style><g "), "the root"],
    ["text", document("words"), "the root"],
    ["groups in groups", document(group(10, 28, group(11, 28, AREA))), "group 1"],
    ["paths before groups", document(AREA, group(10, 28, GREY)), "group 1"],
    ["paths beside groups", document(group(10, 28, GREY), AREA), "path 2"],
    ["two outer groups", TWO.replace("</svg>", '<g transform="scale(1)"/></svg>'), "the outer group"],
    ["an outer scale of no tier", TWO.replace("0.25", "0.3"), "the outer group, transform"],
    ["an outer shift", TWO.replace("scale(0.25)", "translate(1,2)"), "the outer group, transform"],
    ["an unknown transform", TWO.replace(" scale(1.0, 1.0)", "rotate(5)"), "group 1, transform"],
    ["a transform of a path", TWO.replace("<path", '<path transform="scale(2)"'), "path 1, transform"],
    ["no id", TWO.replace('id="11"', ""), "path 1, id"],
    ["an id that is none", TWO.replace('id="11"', 'id="1e3"'), "path 1, id"],
    ["a structure that is none", TWO.replace('"385"', '"VISp"'), "path 2, structure_id"],
    ["no path data", TWO.replace('d="M20,20h20v20h-20z"', ""), "path 2, d"],
    ["an arc", TWO.replace("h20v20", "a5,5 0 0 1 9,9"), "path 2, d, character 6"],
    ["a number that is none", TWO.replace("M20,20h20", "M20,20hNaN"), "path 2, d, character 7"],
    ["a number beyond all", TWO.replace("M20,20h20", "M20,20h1e999"), "path 2, d, character 7"],
    ["a border cut short", TWO.replace("h-20z", "c1,2,3"), "path 2, d, character 18"],
    ["an unknown fill rule", TWO.replace("fill:#bfdae3", "fill-rule:odd"), "path 1, fill-rule"],
    [
      "elements too deep",
      `<svg width="1" height="1"><metadata>${"<a>".repeat(99)}${"</a>".repeat(99)}</metadata></svg>`,
      "character",
    ],
  ])("refuses %s, and says where", (_, svg, at) => {
    const read = (): unknown => parseDrawing(svg, "http://x.test/1.svg");
    expect(read).toThrow(DecodeError);
    expect(read).toThrow(expect.objectContaining({ at: expect.stringContaining(at), url: "http://x.test/1.svg" }));
  });

  test("bounds what the areas of a drawing take", () => {
    const rings = (count: number): string =>
      Array.from({ length: count }, (_, i) => `M${i},${i}h${9999 - 2 * i}v${9999 - 2 * i}h${2 * i - 9999}z`).join("");
    const drawn = (...paths: string[]): string =>
      document(group(10, 28, paths.map((d) => `<path id="1" order="0" d="${d}"/>`).join("")));
    expect(parseDrawing(drawn(rings(2000))).regions[0]?.area).toBe(9999 ** 2);
    expect(() => parseDrawing(drawn(rings(3000)))).toThrow(/path 1, d, .*fewer strokes/);
    expect(() => parseDrawing(drawn(rings(2000), rings(2000)))).toThrow(/path 2, d, /);
  });

  test("passes over titles, descriptions and what lies in them", () => {
    const svg = TWO.replace("<g transform", "<title>a</title><desc><b>c</b></desc><g transform");
    expect(parseDrawing(svg)).toEqual(parseDrawing(TWO));
  });

  test("reads 10 MB of one path, and refuses more than any drawing has", () => {
    const path = (count: number): string =>
      document(group(10, 28, GREY.replace("v60", `v60${"l1.25,1.5-1.25-1.5".repeat(count)}`)));
    expect(parseDrawing(path(499_990)).regions[0]?.area).toBeCloseTo(4800);
    expect(() => parseDrawing(path(2 ** 20))).toThrow(/at most 1000000 segments/);
    expect(() => parseDrawing(TWO + " ".repeat(2 ** 25))).toThrow(/at most 33554432 characters/);
    const many = document(group(10, 28, `${GREY.replace("v60", "v1".repeat(300_000))}`.repeat(4)));
    expect(() => parseDrawing(many)).toThrow(/path 4, d/);
  });

  test("throws nothing but a DecodeError, whatever is changed", () => {
    const change = fc.tuple(
      fc.nat(TWO.length),
      fc.nat(20),
      fc.constantFrom("", "<", '"', "M", "c1e9", "</g>", "<g>", "é", "0", "&"),
    );
    checkProperty(
      fc.property(fc.array(change, { maxLength: 4 }), (changes) => {
        const svg = changes.reduce(
          (text, [at, length, piece]) => text.slice(0, at) + piece + text.slice(at + length),
          TWO,
        );
        try {
          parseDrawing(svg).structuresAt(30, 30);
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
        }
      }),
    );
  });
});

describe("Drawing", () => {
  const drawing = parseDrawing(TWO);

  test("regionsAt() gives what is painted at a point, the topmost first", () => {
    expect(drawing.regionsAt(35, 35).map(({ id }) => id)).toEqual([21, 12, 11]);
    expect(drawing.structuresAt(25, 25)).toEqual([385, 8]);
    expect(drawing.structureAt(5, 5)).toBe(8);
    expect(drawing.structureAt(-1, 5)).toBeUndefined();
  });

  test("regionsAt() looks at some groups, and takes pixels of any tier", () => {
    expect(drawing.structuresAt(35, 35, { groups: [28] })).toEqual([385, 8]);
    expect(drawing.structuresAt(35, 35, { groups: [159226751] })).toEqual([1009]);
    expect(drawing.structuresAt(35, 35, { groups: [] })).toEqual([]);
    expect(drawing.structuresAt(35 / 4, 35 / 4, { downsample: 2 })).toEqual([1009, 385, 8]);
  });

  test("regionsAt() tells groups of one id apart", () => {
    const same = parseDrawing(document(group(10, 28, GREY), group(10, 7, AREA)));
    expect([same.structuresAt(25, 25, { groups: [28] }), same.structuresAt(25, 25, { groups: [7] })]).toEqual([
      [8],
      [385],
    ]);
  });

  test("regionsAt() passes over what is not filled", () => {
    expect(parseDrawing(TWO.replace("fill:#08858c", "fill:none")).structuresAt(25, 25)).toEqual([8]);
  });

  test("structuresAt() names a structure of several regions once", () => {
    expect(parseDrawing(TWO.replace('"385"', '"8"')).structuresAt(25, 25)).toEqual([8]);
  });

  test("regionsAt() refuses what is no point", () => {
    for (const x of [Number.NaN, Number.POSITIVE_INFINITY, "5" as never]) {
      expect(() => drawing.regionsAt(x, 0)).toThrow(/Cannot use x .*; give a finite number of pixels/);
    }
    expect(() => drawing.regionsAt(0, 0, { downsample: 31 })).toThrow(/Cannot use downsample 31/);
  });

  test("contains() counts upper and left borders as inside, lower and right ones not", () => {
    const [, region] = drawing.regions;
    const corners = [
      [20, 20],
      [40, 20],
      [20, 40],
      [40, 40],
    ] as const;
    expect(corners.map(([x, y]) => region?.contains(x, y))).toEqual([true, false, false, false]);
    expect(region?.contains(Number.NaN, 30)).toBe(false);
  });

  test("regionsOf() gives the regions of some structures as they are painted", () => {
    expect(drawing.regionsOf(385).map(({ id }) => id)).toEqual([12]);
    expect(drawing.regionsOf(new Set([1009, 8, 997])).map(({ id }) => id)).toEqual([11, 21]);
  });

  test("areaByStructure() adds the regions of a structure, and takes nothing away for what lies on them", () => {
    expect([...drawing.areaByStructure()]).toEqual([
      [8, 4800],
      [385, 400],
      [1009, 400],
    ]);
    expect([...parseDrawing(TWO.replace('"385"', '"8"')).areaByStructure()]).toEqual([
      [8, 5200],
      [1009, 400],
    ]);
  });

  test("does not change", () => {
    expect(() => Object.assign(drawing, { width: 1 })).toThrow(TypeError);
    expect(() => Object.assign(drawing.regions[0] ?? {}, { id: 1 })).toThrow(TypeError);
    expect(() => (drawing.regions as unknown[]).push(1)).toThrow(TypeError);
    expect(() => Object.assign(drawing.groups[0]?.regions ?? [], { 0: 1 })).toThrow(TypeError);
  });
});
