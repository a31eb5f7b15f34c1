import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { CALLS, PATTERNS } from "../queries/names.ts";
import {
  type AnnotatedQuery,
  annotatedParameters,
  parseAnnotatedParameters,
  parseAnnotatedQuery,
  printAnnotatedQuery,
} from "./annotated-query.ts";

const listOf = <T>(items: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(items, { minLength: 1, maxLength: 3 });
const text = fc.string({ minLength: 1, maxLength: 8 }).filter((each) => each.trim() !== "" && !each.includes("'"));
const condition = fc.record(
  {
    structures: listOf(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })),
    intensityValues: listOf(fc.constantFrom(...CALLS)),
    densityValues: listOf(fc.constantFrom(...CALLS)),
    patternValues: listOf(fc.constantFrom(...PATTERNS)),
    ageNames: listOf(text),
  },
  { requiredKeys: ["structures"] },
);

test("parseAnnotatedQuery() reads what printAnnotatedQuery() prints", () => {
  checkProperty(
    fc.property(fc.constantFrom("and", "or"), listOf(condition), (operator, conditions) => {
      const query: AnnotatedQuery = operator === "and" ? { and: conditions } : { or: conditions };
      const read = { operator: conditions.length === 1 ? "and" : operator, conditions };
      expect(parseAnnotatedQuery(printAnnotatedQuery(query))).toEqual(read);
    }),
  );
});

test("parseAnnotatedParameters() reads what annotatedParameters() prints", () => {
  checkProperty(
    fc.property(condition, (given) => {
      expect(parseAnnotatedParameters(Object.entries(annotatedParameters(given)))).toEqual(given);
    }),
  );
});

test.each([
  ["[structures $in 8:intensity_values $in High , 'Cannot Annotate']", "and", 1],
  [" [structures$in8] AND [ structures $in 15565, 15566 ] and [structures $in 1]", "and", 3],
  ["[age_names $in E11.5 : structures $in 8] or [structures $in 8]", "or", 2],
])("parseAnnotatedQuery() reads %s", (query, operator, length) => {
  const read = parseAnnotatedQuery(query);
  expect(read.operator).toBe(operator);
  expect(read.conditions).toHaveLength(length);
});

test.each([
  ["", 0, '"["'],
  ["[structures $in 8", 17, '",", ":" or "]"'],
  ["[structures $in 8] or", 21, '"["'],
  ["[structures $in 8] xor [structures $in 8]", 19, '"and", "or" or the end'],
  ["[structures $in 8][structures $in 8]", 18, '"and", "or" or the end'],
  ["[structures $eq 8]", 12, '"$in"'],
  ["[structures $in ]", 16, "a value"],
  ["[structures $in 8 : structures $in 9]", 20, "each condition once"],
  ["[acronym $in 'x']", 1, "one of structures, intensity_values, density_values, pattern_values, age_names"],
  ["[structures $in 8 : age_names $in 'E11]", 34, "a quote at the end of the text that begins here"],
  [
    "[structures $in 1] or [structures $in 2] and [structures $in 3]",
    41,
    '"or" as before, since which of the two binds stronger is unknown',
  ],
])("parseAnnotatedQuery() refuses %j at %i", (query, offset, expected) => {
  expect(() => parseAnnotatedQuery(query)).toThrow(
    expect.objectContaining({ name: "RmaSyntaxError", offset, expected }),
  );
});

test.each([
  ["[intensity_values $in 'High']", "Cannot use structures []; give at least one value"],
  ["[structures $in cortex]", 'Cannot use structures "cortex"; give a whole number of 1 or more'],
  ["[structures $in 8 : pattern_values $in 'Fulll']", 'Cannot use pattern_values "Fulll"; give "Full"'],
])("parseAnnotatedQuery() refuses the values of %s", (query, message) => {
  expect(() => parseAnnotatedQuery(query)).toThrow(new RangeError(message));
});

test("parseAnnotatedParameters() passes over what is none of its own, and takes texts without quotes", () => {
  const given = "structures=15565,15566&intensity_values=High,Low&pattern_values=&x=1";
  expect(parseAnnotatedParameters(new URLSearchParams(given))).toEqual({
    structures: [15565, 15566],
    intensityValues: ["High", "Low"],
  });
  expect(() => parseAnnotatedParameters([["structures", "8]"]])).toThrow(SyntaxError);
  expect(() => parseAnnotatedParameters(new URLSearchParams("structures=1&structures=2"))).toThrow(
    new RangeError("Cannot take structures twice; give it once, with commas between its values"),
  );
  const bad: [string, string][] = [
    ["structures", "8"],
    ["intensity_values", "'Sky'"],
  ];
  expect(() => parseAnnotatedParameters(bad)).toThrow('Cannot use intensity_values "Sky"');
  expect(() => parseAnnotatedParameters([])).toThrow(RangeError);
});

test("printAnnotatedQuery() refuses what the text cannot carry", () => {
  expect(() => printAnnotatedQuery({ or: [] })).toThrow('Cannot join an empty list by "or"; give a condition');
  expect(() => printAnnotatedQuery({ structures: [] })).toThrow(RangeError);
  expect(() => printAnnotatedQuery({ structures: 8, ageNames: "E'" })).toThrow(/single quote/);
  const unknown = { structures: 8, intensity_values: "High" };
  expect(() => printAnnotatedQuery(unknown)).toThrow(
    new TypeError(
      'Cannot use condition "intensity_values"; give structures, intensityValues, densityValues, patternValues, ageNames',
    ),
  );
});
