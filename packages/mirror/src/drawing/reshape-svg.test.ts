import { describe, expect, test } from "vitest";
import { labelsOf, reshapeSvg } from "./reshape-svg.ts";

const path = (id: number): string =>
  `<path id="${id}" order="0" structure_id="8" d="M0,0\n\t\tc1,2-3,4 5,6" style="fill:#bfdae3"/>`;
const group = (labelId: number, id: number): string =>
  `<g id="${id}" order="1" graphic_group_label_id="${labelId}" graphic_group_label="a &gt; b > c" transform=" scale(1.0, 1.0)">${path(id + 1)}</g>`;
const document = (size: string, scale: string, ...groups: string[]): string =>
  [
    `<svg ${size} xmlns="http://www.w3.org/2000/svg">`,
    `<g transform="scale(${scale})">`,
    ...groups,
    "</g>",
    "</svg>",
  ].join("\n");

const BOX = { groups: undefined, width: 1605, height: 803 };
const FULL = 'width="1605" height="803"';
const QUARTER = 'width="401" height="200"';

function reshaped(svg: string, shape: Partial<Parameters<typeof reshapeSvg>[1]>): string | undefined {
  const result = reshapeSvg(svg, { ...BOX, downsample: 0, ...shape });
  return "svg" in result ? result.svg : undefined;
}

describe("reshapeSvg()", () => {
  const whole = document(FULL, "1.0", group(28, 10), group(31, 20));

  test("gives the very text where nothing is to be changed", () => {
    expect(reshaped(whole, {})).toBe(whole);
    expect(reshaped(whole, { groups: [31, 28] })).toBe(whole);
  });

  test("changes the size and the outer scale, and nothing else", () => {
    const quarter = document(QUARTER, "0.25", group(28, 10), group(31, 20));
    expect(reshaped(whole, { downsample: 2 })).toBe(quarter);
    expect(reshaped(quarter, {})).toBe(whole);
    expect(reshaped(whole, { downsample: 30 })).toMatch(
      /^<svg width="1" height="1" .*\n<g transform="scale\(9\.31\d+e-10\)">/,
    );
  });

  test("cuts out groups with their lines", () => {
    expect(reshaped(whole, { groups: [31] })).toBe(document(FULL, "1.0", group(31, 20)));
    expect(reshaped(whole, { groups: [28], downsample: 2 })).toBe(document(QUARTER, "0.25", group(28, 10)));
    expect(reshaped(whole, { groups: [5] })).toBe(document(FULL, "1.0"));
  });

  test("passes over remarks, a prolog, other quotes and other orders", () => {
    const odd = `<?xml version='1.0'?>\n<!-- <svg width="1"><g> --><svg height='803' xmlns="http://www.w3.org/2000/svg" width='1605'><g transform = ' scale( 1 ) '>\n${group(28, 10)}</g></svg>`;
    expect(labelsOf(odd)).toEqual([28]);
    expect(reshaped(odd, { downsample: 2 })).toBe(
      odd
        .replace("'803'", '"200"')
        .replace("'1605'", '"401"')
        .replace("transform = ' scale( 1 ) '", 'transform="scale(0.25)"'),
    );
  });

  test("scales what has no outer group, and what is empty", () => {
    expect(reshaped(`<svg ${FULL}>${path(1)}</svg>`, { downsample: 2 })).toBe(
      `<svg ${QUARTER}><g transform="scale(0.25)">${path(1)}</g></svg>`,
    );
    expect(reshaped(`<svg ${FULL}/>`, { downsample: 2 })).toBe(`<svg ${QUARTER}/>`);
    expect(reshaped(`<svg ${FULL}><g>${path(1)}</g></svg>`, { downsample: 2 })).toBe(
      `<svg ${QUARTER}><g transform="scale(0.25)">${path(1)}</g></svg>`,
    );
  });

  test.each([
    ["remarks that do not end", "<!-- "],
    ["remarks in a processing instruction", "<?x <!-- "],
    ["tags that do not end", "<g "],
    ["values that do not end", '<g a="'],
    ["brackets", "<"],
    ["blank attributes", " transform "],
  ])("looks once at each of many %s", (_, piece) => {
    const many = piece.repeat(200_000);
    for (const inner of [
      many,
      `<style><![CDATA[${many}]]></style>`,
      `<!--${many}-->`,
      `<g id="${piece === '<g a="' ? "" : many}"/>`,
    ]) {
      const start = performance.now();
      reshapeSvg(document(FULL, "1.0", inner), { ...BOX, downsample: 1 });
      // A second look at each would take minutes.
      expect(performance.now() - start).toBeLessThan(2000);
    }
  });

  test("takes a remark of any length", () => {
    const inner = `<!--${"x".repeat(20_000_000)}-->`;
    expect(reshaped(document(FULL, "1.0", inner), { downsample: 2 })).toBe(document(QUARTER, "0.25", inner));
  });

  test.each([
    ["remarks", `<!-- "<g id='1'> -->`],
    ["marked text", `<style><![CDATA[<!-- <g id="1"> ' ]]></style>`],
    ["instructions", `<?editor <g id="1"> ?>`],
    ["quotes in text", `<text>it's "<![CDATA[</g>]]>"</text>`],
  ])("passes over %s", (_, inner) => {
    const whole = document(FULL, "1.0", inner, group(28, 10));
    expect(labelsOf(whole)).toContain(28);
    expect(reshaped(whole, { downsample: 2 })).toBe(document(QUARTER, "0.25", inner, group(28, 10)));
  });

  test.each([
    ["whose scale is no tier", document(FULL, "0.3"), {}],
    ["with a view box", document(`${FULL} viewBox="0 0 1 1"`, "1.0"), { downsample: 1 }],
    ["without a size", document('width="5"', "1.0"), { downsample: 1 }],
    ["without groups, some of which are wanted", `<svg ${FULL}>${path(1)}</svg>`, { groups: [28] }],
    ["that is none", "<html></html>", {}],
    ["that does not end", whole.slice(0, -6), {}],
  ])("says why it does not change a document %s", (_, svg, shape) => {
    expect(reshapeSvg(svg, { ...BOX, downsample: 0, ...shape })).toEqual({ reason: expect.any(String) });
  });
});
