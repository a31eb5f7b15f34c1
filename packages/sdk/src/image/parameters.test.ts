import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import {
  type AnyImageParameters,
  checkImageParameters,
  IMAGE_PARAMETER_NAMES,
  type ImageParameterName,
  parseImageParameters,
  printImageParameters,
} from "./parameters.ts";
import { printQuery } from "./query.ts";
import { IMAGE_SERVICES } from "./services.ts";

const MAX_PX = 2 ** 31 - 1;

/** Each parameter: values that it takes with their text, values that it refuses, and the rule. */
const CASES: Readonly<
  Record<ImageParameterName, { good: [unknown, string][]; bad: unknown[]; badText: string[]; rule: string }>
> = {
  downsample: {
    good: [
      [0, "0"],
      [30, "30"],
    ],
    bad: [-1, 31, 1.5, "4", Number.NaN, null],
    badText: ["-1", "31", "1.5", "0x4", "1e1", " 4", "four"],
    rule: "give a whole number from 0 to 30",
  },
  quality: {
    good: [
      [0, "0"],
      [100, "100"],
    ],
    bad: [-1, 101, 50.5, true],
    badText: ["101", "50%"],
    rule: "give a whole number from 0 to 100",
  },
  left: {
    good: [
      [-MAX_PX, String(-MAX_PX)],
      [0, "0"],
      [MAX_PX, String(MAX_PX)],
    ],
    bad: [MAX_PX + 1, 0.5, "0"],
    badText: ["0.5", "--1", "99999999999"],
    rule: `give a whole number from ${-MAX_PX} to ${MAX_PX}`,
  },
  top: {
    good: [
      [-5, "-5"],
      [30_592, "30592"],
    ],
    bad: [-MAX_PX - 1, Number.NEGATIVE_INFINITY],
    badText: ["1,000"],
    rule: `give a whole number from ${-MAX_PX} to ${MAX_PX}`,
  },
  width: {
    good: [
      [1, "1"],
      [969, "969"],
    ],
    bad: [0, -1, 1.5],
    badText: ["0", "-1"],
    rule: `give a whole number from 1 to ${MAX_PX}`,
  },
  height: {
    good: [
      [1, "1"],
      [489, "489"],
    ],
    bad: [0, -1, {}],
    badText: ["0"],
    rule: `give a whole number from 1 to ${MAX_PX}`,
  },
  downsampleDimensions: {
    good: [
      [true, "true"],
      [false, "false"],
    ],
    bad: ["true", 1, null],
    badText: ["1", "TRUE", "yes"],
    rule: "give true or false",
  },
  annotation: {
    good: [
      [true, "true"],
      [false, "false"],
    ],
    bad: [0, "false"],
    badText: ["0"],
    rule: "give true or false",
  },
  atlas: {
    good: [
      [1, "1"],
      [138322605, "138322605"],
    ],
    bad: [0, -1, 1.5],
    badText: ["0", "mouse"],
    rule: "give a whole number of 1 or more",
  },
  view: {
    good: [
      ["expression", "expression"],
      ["projection", "projection"],
      ["tumor_feature_annotation", "tumor_feature_annotation"],
      ["tumor_feature_boundary", "tumor_feature_boundary"],
    ],
    bad: ["Expression", 1, null],
    badText: ["toString"],
    rule: "give one of expression, projection, tumor_feature_annotation, tumor_feature_boundary",
  },
  expression: { good: [[true, "true"]], bad: [1], badText: ["on"], rule: "give true or false" },
  projection: { good: [[true, "true"]], bad: [1], badText: ["on"], rule: "give true or false" },
  tumorFeatureAnnotation: { good: [[true, "true"]], bad: [1], badText: ["on"], rule: "give true or false" },
  tumorFeatureBoundary: { good: [[true, "true"]], bad: [1], badText: ["on"], rule: "give true or false" },
  range: {
    good: [[[0, 4095, 10, 10, 3, 900], "0,4095,10,10,3,900"]],
    bad: [
      [0, 4096, 0, 1, 0, 1],
      [5, 4, 0, 1, 0, 1],
      [-1, 1, 0, 1, 0, 1],
      [0, 1.5, 0, 1, 0, 1],
    ],
    badText: ["0,4096,0,1,0,1", "5,4,0,1,0,1"],
    rule: "give whole numbers from 0 to 4095, low and high of red, green and blue, no low above its high",
  },
  colormap: {
    good: [
      ["jet", "jet"],
      [{ map: 2, lowerThreshold: 30 }, "0.5,30,0,256,2"],
    ],
    bad: ["sunset"],
    badText: ["sunset"],
    rule: "give a number from 0 to 11, one of gray, hotmetal, jet, redtemp, expression, red, blue, green, aba, aibsmap_alt, colormap, projection",
  },
  rgb: {
    good: [[[0, 0.5, 1], "0,0.5,1"]],
    bad: [
      [0, 0.5, 1.1],
      [-0.1, 0, 0],
    ],
    badText: ["0,0,2"],
    rule: "give numbers from 0 to 1",
  },
  contrast: { good: [[[1, 0.25], "1,0.25"]], bad: [[2, 0]], badText: ["0,-1"], rule: "give numbers from 0 to 1" },
  filter: {
    good: [
      ["range", "range"],
      ["my_filter2", "my_filter2"],
    ],
    bad: ["", "a b", "a&b", 5],
    badText: ["../x"],
    rule: "give a name of letters, digits and underscores",
  },
  filterVals: {
    good: [
      [[1], "1"],
      [[-1.5, 0, 1e21], "-1.5,0,1e+21"],
    ],
    bad: [[], ["1"], [Number.NaN], 5, "1,2"],
    badText: [",", "1,,2", "one"],
    rule: "give some numbers",
  },
};

const every = IMAGE_PARAMETER_NAMES;
const cases = every.map((name) => [name, CASES[name]] as const);

function parse(query: string): AnyImageParameters {
  return parseImageParameters(new URLSearchParams(query), every);
}

function print(parameters: AnyImageParameters): string {
  return printQuery(printImageParameters(parameters));
}

test.each(cases)("checkImageParameters() takes the good values of %s, which print and parse", (name, { good }) => {
  for (const [value, text] of good) {
    const checked = checkImageParameters({ [name]: value }, every);
    expect(checked).toEqual({ [name]: value });
    expect(printImageParameters(checked).map(([, printed]) => printed)).toEqual([text]);
    expect(parse(print(checked))).toEqual(checked);
  }
});

test.each(cases)(
  "checkImageParameters() refuses the bad values of %s with the rule",
  (name, { bad, badText, rule }) => {
    const wire = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace("filter_vals", "filterVals");
    for (const value of bad) {
      const call = (): unknown => checkImageParameters({ [name]: value }, every);
      expect(call).toThrow(RangeError);
      expect(call).toThrow(`Cannot use ${wire} `);
      expect(call).toThrow(rule);
    }
    for (const text of badText) {
      const call = (): unknown => parse(`${wire}=${encodeURIComponent(text)}`);
      expect(call).toThrow(RangeError);
      expect(call).toThrow(rule);
    }
  },
);

test("checkImageParameters() says how many numbers there are to be", () => {
  expect(() => checkImageParameters({ range: [0, 1] as never }, every)).toThrow(
    "Cannot use range [0,1]; give 6 numbers",
  );
  expect(() => checkImageParameters({ rgb: "red" as never }, every)).toThrow('Cannot use rgb "red"; give 3 numbers');
  expect(() => parse("contrast=1,2,3")).toThrow("Cannot use contrast [1,2,3]; give 2 numbers");
});

test("checkImageParameters() gives frozen copies, lists included", () => {
  const rgb: [number, number, number] = [0, 0.5, 1];
  const colormap = { map: 2, lowerThreshold: 30 };
  const checked = checkImageParameters({ rgb, colormap }, every);
  rgb[0] = 9;
  colormap.map = 9;
  expect(checked).toEqual({ rgb: [0, 0.5, 1], colormap: { map: 2, lowerThreshold: 30 } });
  expect([checked, checked.rgb, checked.colormap].every(Object.isFrozen)).toBe(true);
});

test("checkImageParameters() refuses what the service does not take, whatever its value", () => {
  const atlas = IMAGE_SERVICES.atlas.parameters;
  expect(() => checkImageParameters({ view: "expression" }, atlas)).toThrow(
    new TypeError(
      'Cannot use parameter "view": the service does not take it; give downsample, quality, left, top, width, height, annotation, atlas',
    ),
  );
  expect(() => checkImageParameters({ downsmaple: 4 } as never, atlas)).toThrow(TypeError);
  expect(() => checkImageParameters(JSON.parse('{"__proto__":1}'), atlas)).toThrow(TypeError);
  expect(checkImageParameters({ view: undefined, downsample: undefined }, atlas)).toEqual({});
});

test("parseImageParameters() ignores unknown ones, empty ones, and those of other services", () => {
  expect(parse("downsample=4&spam=1&left=&constructor=1&id=5")).toEqual({ downsample: 4 });
  expect(parseImageParameters(new URLSearchParams("downsample=4&view=odd"), IMAGE_SERVICES.atlas.parameters)).toEqual({
    downsample: 4,
  });
});

const px = fc.integer({ min: -MAX_PX, max: MAX_PX });
const extent = fc.integer({ min: 1, max: MAX_PX });
/** No −0, which prints as 0. */
const unit = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0);
const window = fc.tuple(fc.nat(4095), fc.nat(4095)).map(([a, b]): [number, number] => (a < b ? [a, b] : [b, a]));
const anyParameters: fc.Arbitrary<AnyImageParameters> = fc.record(
  {
    downsample: fc.nat(30),
    quality: fc.nat(100),
    left: px,
    top: px,
    width: extent,
    height: extent,
    downsampleDimensions: fc.boolean(),
    annotation: fc.boolean(),
    atlas: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    view: fc.constantFrom("expression", "projection", "tumor_feature_annotation", "tumor_feature_boundary"),
    expression: fc.boolean(),
    projection: fc.boolean(),
    tumorFeatureAnnotation: fc.boolean(),
    tumorFeatureBoundary: fc.boolean(),
    range: fc.tuple(window, window, window).map(([r, g, b]) => [...r, ...g, ...b] as const),
    colormap: fc.oneof(
      fc.constantFrom("gray" as const, "jet" as const, "projection" as const),
      fc.record({ map: fc.nat(11), lowerThreshold: fc.nat(255) }),
    ),
    rgb: fc.tuple(unit, unit, unit),
    contrast: fc.tuple(unit, unit),
    filter: fc.stringMatching(/^\w{1,12}$/),
    filterVals: fc.array(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
      { minLength: 1, maxLength: 8 },
    ),
  },
  { requiredKeys: [] },
);

test("parseImageParameters() reads what printImageParameters() writes", () => {
  checkProperty(
    fc.property(anyParameters, (parameters) => {
      const checked = checkImageParameters(parameters, every);
      expect(checked).toEqual(parameters);
      expect(parse(print(checked))).toEqual(checked);
    }),
  );
});

test("parseImageParameters() throws nothing but RangeError, whatever the text", () => {
  const name = fc.constantFrom(...every, "downsample_dimensions", "tumor_feature_boundary");
  checkProperty(
    fc.property(name, fc.string({ unit: "binary" }), (key, value) => {
      try {
        const found = parseImageParameters(new URLSearchParams([[key, value]]), every);
        expect(parse(print(found))).toEqual(found);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
  );
});
