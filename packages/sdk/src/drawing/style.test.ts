// What a document says of how its regions are painted: understood, or refused.
import { expect, test } from "vitest";
import { DecodeError } from "../errors.ts";
import { parseDrawing } from "./parse-drawing.ts";

const FIRST = "stroke:black;fill:#bfdae3";
const PATH = `<path id="11" order="0" structure_id="8" d="M0,0h80v60h-80z" style="${FIRST}"/>`;

function document(attributes: string, paths: string): string {
  return `<svg width="20" height="15"><g transform="scale(0.25)"><g id="10" order="1"${attributes}>${paths}</g></g></svg>`;
}

const SVG = document("", PATH);

test.each([
  ["display:none", "path 1, display"],
  ["visibility:hidden", "path 1, visibility"],
  ["fill-opacity:0", "path 1, fill-opacity"],
  ["opacity:.5", "path 1, opacity"],
  ["fill:none !important", "path 1, fill"],
  ["fill:inherit", "path 1, fill"],
  ["stroke:currentColor", "path 1, stroke"],
  ["fill:url(#a)", "path 1, fill"],
  ["fill:#bfdae300", "path 1, fill"],
  ["fill:rgb(1,2,3,0)", "path 1, fill"],
  ["clip-path:url(#a)", "path 1, clip-path"],
  ["transform:scale(2)", "path 1, transform"],
  ["mask:none", "path 1, mask"],
])("parseDrawing() refuses the style %s, and its attribute", (style, at) => {
  const [, name = "", value = ""] = /^([^:]*):(.*)$/.exec(style) ?? [];
  for (const svg of [SVG.replace(FIRST, style), SVG.replace(`style="${FIRST}"`, `${name}="${value}"`)]) {
    expect(() => parseDrawing(svg)).toThrow(expect.objectContaining({ code: "ATLAS_DECODE", at }));
  }
  expect(() => parseDrawing(SVG.replace("<svg", `<svg style="${style}"`))).toThrow(DecodeError);
});

test.each([
  ['viewBox="0 0 40 30"', "the root, viewBox"],
  ['viewBox="1 0 20 15"', "the root, viewBox"],
  ['transform="scale(2)"', "the root, transform"],
  ['onload="x()"', "the root, onload"],
])("parseDrawing() refuses %s of the root", (attribute, at) => {
  expect(() => parseDrawing(SVG.replace("<svg", `<svg ${attribute}`))).toThrow(expect.objectContaining({ at }));
});

test("parseDrawing() understands a copy that an editor saved", () => {
  const root = '<svg viewBox="0 0 20 15" version="1.1" id="a" xmlns:inkscape="x" inkscape:zoom="2" class="b"';
  const style = "display:inline;opacity:1;fill:NONE;fill-opacity:1.0;stroke-width:2.5px;stroke-dasharray:1, 2";
  const svg = SVG.replace("<svg", root).replace(FIRST, style).replace("<path", '<path made_by="me" data-x="1"');
  const [region] = parseDrawing(svg).regions;
  expect([region?.fill, region?.stroke, region?.style]).toEqual([undefined, undefined, style]);
  const rule = parseDrawing(SVG.replace(FIRST, "fill-rule:EvenOdd;fill:rgb(1, 2%, 3)")).regions[0];
  expect([rule?.fillRule, rule?.fill]).toEqual(["evenodd", "rgb(1, 2%, 3)"]);
});

test("parseDrawing() does not multiply a style by its heirs", () => {
  const many = Array.from({ length: 8000 }, (_, i) => `a${i}:b`).join(";");
  const long = `stroke-dasharray:${"1 ".repeat(50_000)}`;
  for (const style of [many, long]) {
    expect(() => parseDrawing(SVG.replace("<svg", `<svg style="${style}"`))).toThrow(/the root, /);
  }
  const heirs = '<path id="1" order="0" d="" fill="red"/>'.repeat(2000);
  const own = "stroke:black;stroke:white;".repeat(5000);
  const svg = document(` style="${own}"`, heirs);
  const styles = parseDrawing(svg).regions.map(({ style }) => style);
  expect(new Set(styles)).toEqual(new Set(["stroke:white;fill:red"]));
});
