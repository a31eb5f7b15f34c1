import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { parseDrawing } from "./parse-drawing.ts";
import { printDrawing } from "./print-drawing.ts";

const PATHS = [
  '<path id="11" parent_id="10" order="0" structure_id="8" d="M0,0\n\t\t\tc1,2-3,4.5,5,6" style="stroke:black;fill:#bfdae3"/>',
  '<path id="12" parent_id="10" order="1" structure_id="385" d="M20,20h20v20h-20z" style="stroke:black;fill:#08858c"/>',
];
const GROUP =
  '<g id="10" order="1" parent_id="" graphic_group_label_id="28" graphic_group_label="Atlas - Adult Mouse" sub_image_id="5" transform=" scale(7.0, 7.0)">';
const OTHER = GROUP.replace('"28"', '"31"').replace('"10"', '"20"');
const svgOf = (size: string, scale: string, ...lines: string[]): string =>
  [
    `<svg ${size} xmlns="http://www.w3.org/2000/svg">`,
    `<g transform="scale(${scale})">`,
    ...lines,
    "</g>",
    "</svg>",
  ].join("\n");
const WHOLE = svgOf('width="101" height="51"', "0.25", `${GROUP}${PATHS.join("")}</g>`, `${OTHER}</g>`);

describe("printDrawing()", () => {
  const drawing = parseDrawing(WHOLE);

  test("prints the service's bytes", () => {
    expect(printDrawing(drawing)).toBe(WHOLE);
  });

  test("prints some structures, and some groups", () => {
    expect(printDrawing(drawing, { structureIds: [385, 1] })).toBe(WHOLE.replace(PATHS[0] ?? "", ""));
    expect(printDrawing(drawing, { groups: [31] })).toBe(svgOf('width="101" height="51"', "0.25", `${OTHER}</g>`));
    expect(printDrawing(drawing, { groups: [] })).toBe(svgOf('width="101" height="51"', "0.25"));
  });

  test("prints at another tier", () => {
    expect(printDrawing(drawing, { downsample: 4 })).toMatch(
      /^<svg width="25" height="12" .*\n<g transform="scale\(0\.0625\)">/,
    );
    expect(printDrawing(drawing, { downsample: 0 })).toMatch(
      /^<svg width="404" height="204" .*\n<g transform="scale\(1\.0\)">/,
    );
    expect(printDrawing(drawing, { downsample: 30 })).toMatch(/^<svg width="1" height="1" /);
  });

  test("prints the form of old without groups", () => {
    const old = parseDrawing(`<svg width="9" height="9">${PATHS.join("")}</svg>`);
    const size = 'width="9" height="9"';
    expect(printDrawing(old)).toBe(svgOf(size, "1.0", PATHS.join("")));
    expect(printDrawing(old, { groups: [28] })).toBe(svgOf(size, "1.0"));
  });

  test("refuses what is no tier, and no list", () => {
    for (const downsample of [-1, 0.5, 31]) expect(() => printDrawing(drawing, { downsample })).toThrow(RangeError);
    expect(() => printDrawing(drawing, { groups: 28 as never })).toThrow(/Cannot use groups 28; give a list/);
  });

  test("prints what is read as the same drawing again", () => {
    const id = fc.nat(1e9);
    const text = fc.string({ unit: fc.constantFrom(..."ab &<>\"'é".split("")), maxLength: 8 });
    const value = fc.double({ min: -1e4, max: 1e4, noNaN: true });
    const data = fc
      .tuple(
        fc.array(value, { minLength: 2, maxLength: 2 }),
        fc.array(fc.array(value, { minLength: 6, maxLength: 6 }), { maxLength: 4 }),
      )
      .map(([start, curves]) => `M${start}${curves.map((curve) => `    c${curve.join(" ")}`).join("")}z`);
    const style = fc.constantFrom(
      "stroke:black;fill:#bfdae3",
      "fill:none",
      "fill:red;fill-rule:evenodd",
      "stroke-width:2.5",
    );
    const region = fc.record({ id, order: id, structureId: fc.option(id), data, style });
    const matrix = fc.constantFrom(" scale(1.0, 1.0)", "scale(8.33333)", "translate(1.5,-2)", "matrix(1,2,3,4,5,6)");
    const group = fc.record({
      id,
      order: id,
      label: text,
      labelId: fc.option(id),
      matrix,
      regions: fc.array(region, { maxLength: 3 }),
    });
    const escapeXml = (raw: string): string =>
      raw.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&#34;");
    checkProperty(
      fc.property(fc.array(group, { maxLength: 3 }), id, fc.nat(6), (groups, imageId, downsample) => {
        const inner = groups.map(
          (each) =>
            `<g sub_image_id="${imageId}" transform="${each.matrix}" id="${each.id}" order="${each.order}" graphic_group_label="${escapeXml(each.label)}" graphic_group_label_id="${each.labelId ?? ""}">${each.regions
              .map(
                (one) =>
                  `<path d="${one.data}" style="${one.style}" id="${one.id}" order="${one.order}" structure_id="${one.structureId ?? ""}"/>`,
              )
              .join(" ")}</g>`,
        );
        const read = parseDrawing(svgOf('width="640" height="480"', String(2 ** -downsample), ...inner));
        expect(parseDrawing(printDrawing(read))).toEqual(read);
        expect(read.regions).toHaveLength(groups.flatMap(({ regions }) => regions).length);
      }),
    );
  });
});
