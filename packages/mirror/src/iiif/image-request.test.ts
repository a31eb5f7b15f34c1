import { describe, expect, test } from "vitest";
import { type ImageApiVersion, parseImageRequest } from "./image-request.ts";

const parse = (version: ImageApiVersion, { region = "full", size = "max", rotation = "0", name = "default.jpg" }) =>
  parseImageRequest(version, [region, size, rotation, name]);

const BOTH = [2, 3] as const;

describe.each(BOTH)("parseImageRequest(%i) reads", (version) => {
  test.each([
    ["full", { kind: "full" }],
    ["square", { kind: "square" }],
    ["125,15,120,140", { kind: "pixels", rectangle: { x: 125, y: 15, width: 120, height: 140 } }],
    ["pct:41.6,7.5,40,70", { kind: "percent", rectangle: { x: 41.6, y: 7.5, width: 40, height: 70 } }],
    ["0,0,99999999999,10", { kind: "pixels", rectangle: { x: 0, y: 0, width: 99_999_999_999, height: 10 } }],
    ["pct:.5,0,1.,100", { kind: "percent", rectangle: { x: 0.5, y: 0, width: 1, height: 100 } }],
  ])("the region %s", (region, expected) => {
    expect(parse(version, { region }).region).toEqual(expected);
  });

  test.each([
    ["0", false, 0],
    ["90", false, 90],
    ["22.5", false, 22.5],
    ["!0", true, 0],
    ["!180", true, 180],
    ["360", false, 0],
  ])("the rotation %s", (rotation, isMirrored, turnDeg) => {
    expect(parse(version, { rotation })).toMatchObject({ isMirrored, turnDeg });
  });

  test.each([
    ["default.jpg", "color", "jpg"],
    ["color.png", "color", "png"],
    ["gray.webp", "gray", "webp"],
    ["bitonal.tif", "bitonal", "tif"],
  ])("the quality and format %s", (name, tone, format) => {
    expect(parse(version, { name })).toMatchObject({ tone, format });
  });
});

test.each([
  ["max", { kind: "max", whenLarger: "keep" }],
  ["^max", { kind: "max", whenLarger: "give" }],
  ["150,", { kind: "exact", width: 150, height: undefined, whenLarger: "refuse" }],
  ["^360,", { kind: "exact", width: 360, height: undefined, whenLarger: "give" }],
  [",150", { kind: "exact", width: undefined, height: 150, whenLarger: "refuse" }],
  ["225,100", { kind: "exact", width: 225, height: 100, whenLarger: "refuse" }],
  ["^225,100", { kind: "exact", width: 225, height: 100, whenLarger: "give" }],
  ["!225,100", { kind: "within", width: 225, height: 100, whenLarger: "refuse" }],
  ["^!225,100", { kind: "within", width: 225, height: 100, whenLarger: "give" }],
  ["pct:50", { kind: "percent", percent: 50, whenLarger: "refuse" }],
  ["^pct:120.5", { kind: "percent", percent: 120.5, whenLarger: "give" }],
])("parseImageRequest(3) reads the size %s", (size, expected) => {
  expect(parse(3, { size }).size).toEqual(expected);
});

test.each([
  ["full", { kind: "full", whenLarger: "give" }],
  ["max", { kind: "max", whenLarger: "keep" }],
  ["150,", { kind: "exact", width: 150, height: undefined, whenLarger: "give" }],
  [",150", { kind: "exact", width: undefined, height: 150, whenLarger: "give" }],
  ["225,100", { kind: "exact", width: 225, height: 100, whenLarger: "give" }],
  ["!225,100", { kind: "within", width: 225, height: 100, whenLarger: "keep" }],
  ["pct:50", { kind: "percent", percent: 50, whenLarger: "give" }],
])("parseImageRequest(2) reads the size %s", (size, expected) => {
  expect(parse(2, { size }).size).toEqual(expected);
});

test.each([
  ...["", "Full", "1,2,3", "1,2,3,4,5", "1,2,3,", "-1,0,5,5", "1.5,0,5,5", "+1,0,5,5", "1e3,0,5,5", "0x1,0,5,5"].map(
    (region) => ({ region }),
  ),
  ...[
    "pct:",
    "pct:1,2,3",
    "pct:-1,0,5,5",
    "pct:1e1,0,5,5",
    "pct:.,0,5,5",
    `${"9".repeat(51)},0,1,1`,
    `pct:${"9".repeat(51)},0,1,1`,
    "pct:0,0,1,1.12345678901",
  ].map((region) => ({ region })),
  ...[
    "",
    ",",
    "^",
    "!",
    "^!",
    "!5,",
    "!,5",
    "5",
    "5,5,5",
    "-5,",
    "5.5,",
    "pct:",
    "pct:-1",
    "pct:x",
    "!pct:5",
    "^^max",
    "!max",
    ",^5",
    "maximum",
  ].map((size) => ({ size })),
  ...["", "!", "-1", "361", "360.1", "90deg", "!!90", "1e2", "٣", "NaN", "Infinity", "+90"].map((rotation) => ({
    rotation,
  })),
  ...[
    "",
    "default",
    "default.",
    ".jpg",
    "grey.jpg",
    "native.jpg",
    "default.jpeg",
    "default.gif",
    "default.jpg.png",
    "constructor.jpg",
    "default.toString",
    "DEFAULT.jpg",
  ].map((name) => ({ name })),
])("parseImageRequest() refuses %j", (part) => {
  for (const version of BOTH) expect(() => parse(version, part)).toThrow(RangeError);
});

test.each([
  [3, "full"],
  [2, "^max"],
  [2, "^5,"],
] as const)("parseImageRequest(%i) refuses the size %s of the other version", (version, size) => {
  expect(() => parse(version, { size })).toThrow(/^Cannot use the size/);
});

test("parseImageRequest() repeats no more than a part of what is long", () => {
  expect(() => parse(3, { region: "x".repeat(10_000) })).toThrow(/^.{80,250}$/);
});
