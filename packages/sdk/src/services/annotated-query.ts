import { show } from "../check.ts";
import { CALLS, type Call, PATTERNS, type Pattern } from "../queries/names.ts";
import { idList, nameList, type OneOrMore, textList } from "../queries/values.ts";
import { type Cursor, createCursor } from "../rma/cursor.ts";
import { matchBare, matchQuoted } from "../rma/parse-filters.ts";

/** What annotators noted on the expression in structures; conditions add up, and several values of one are alternatives. */
export interface AnnotationCondition {
  /** Id of the structure. */
  readonly structures: OneOrMore<number>;
  /** Intensity of expression. @default any */
  readonly intensityValues?: OneOrMore<Call> | undefined;
  /** Density of expression. @default any */
  readonly densityValues?: OneOrMore<Call> | undefined;
  /** Pattern of expression. @default any */
  readonly patternValues?: OneOrMore<Pattern> | undefined;
  /** Age of the donor by its name, such as `E11.5`. @default any */
  readonly ageNames?: OneOrMore<string> | undefined;
}

/**
 * Several conditions, of which all hold or one does. The text joins them without parentheses, and which of the two words binds
 * stronger is unknown (reference §8.6): so they do not mix.
 */
export type AnnotatedQuery =
  | AnnotationCondition
  | { readonly and: readonly AnnotationCondition[] }
  | { readonly or: readonly AnnotationCondition[] };

/** A condition with lists in place of single values, as it is read. */
export interface ParsedCondition {
  readonly structures: readonly number[];
  readonly intensityValues?: readonly Call[];
  readonly densityValues?: readonly Call[];
  readonly patternValues?: readonly Pattern[];
  readonly ageNames?: readonly string[];
}

/** A query as it is read. One condition alone is an `and` of one. */
export interface ParsedAnnotatedQuery {
  readonly operator: "and" | "or";
  readonly conditions: readonly ParsedCondition[];
}

/** The conditions by the API's spelling, in the order in which they print. */
const NAMES = {
  structures: "structures",
  intensityValues: "intensity_values",
  densityValues: "density_values",
  patternValues: "pattern_values",
  ageNames: "age_names",
} as const satisfies Record<keyof AnnotationCondition, string>;

const KEYS = Object.keys(NAMES) as (keyof AnnotationCondition)[]; // Its keys are those of the table.

/**
 * The parameters of `annotated_section_data_sets` by the API's spelling; texts in quotes, as it has them.
 *
 * @throws {RangeError} If there is no structure, an id is no whole number above 0, or a value is unknown.
 * @throws {TypeError} If a condition is unknown.
 * @example annotatedParameters({ structures: 112763676, ageNames: ["E11.5", "13.5"] }) // → { structures: "112763676", age_names: "'E11.5','13.5'" }
 */
export function annotatedParameters(condition: AnnotationCondition): Record<string, string> {
  return Object.fromEntries(printValues(checkCondition(condition)));
}

/**
 * Reads the parameters of `annotated_section_data_sets`, with or without quotes around texts; others are passed over.
 *
 * @param parameters Names and values, such as a URL's.
 * @throws {RmaSyntaxError} If a value is no list.
 * @throws {RangeError} If there is no structure, a condition is given twice, or a value is unknown.
 * @example parseAnnotatedParameters([["structures", "112763676"]]) // → { structures: [112763676] }
 */
export function parseAnnotatedParameters(parameters: Iterable<readonly [string, string]>): ParsedCondition {
  const given: Record<string, readonly string[]> = {};
  for (const [name, text] of parameters) {
    const key = KEYS.find((each) => NAMES[each] === name);
    if (key === undefined || text.trim() === "") continue;
    if (key in given) throw new RangeError(`Cannot take ${name} twice; give it once, with commas between its values`);
    const cursor = createCursor(text);
    given[key] = readList(cursor);
    if (!cursor.atEnd()) cursor.fail('"," or the end');
  }
  return fromTexts(given);
}

/**
 * Prints the query of `compound_annotated_section_data_sets`.
 *
 * @throws {RangeError} If there is no condition, or one is as {@link annotatedParameters} refuses it.
 * @throws {TypeError} If a condition is unknown.
 * @example printAnnotatedQuery({ or: [{ structures: 112763676, intensityValues: ["High", "Low"] }, { structures: 112763686 }] }) // → "[structures $in 112763676 : intensity_values $in 'High','Low'] or [structures $in 112763686]"
 */
export function printAnnotatedQuery(query: AnnotatedQuery): string {
  const { operator, conditions } = branchesOf(query);
  if (conditions.length === 0) throw new RangeError(`Cannot join an empty list by "${operator}"; give a condition`);
  const brackets = conditions.map(
    (condition) =>
      `[${printValues(checkCondition(condition))
        .map(([name, values]) => `${name} $in ${values}`)
        .join(" : ")}]`,
  );
  return brackets.join(` ${operator} `);
}

/**
 * Reads the query of `compound_annotated_section_data_sets`.
 *
 * @throws {RmaSyntaxError} If the text is none, or joins conditions by `and` and `or` both.
 * @throws {RangeError} If a condition has no structure, or a value is unknown.
 * @example parseAnnotatedQuery("[structures $in 15565 : pattern_values $in 'Full']") // → { operator: "and", conditions: [{ structures: [15565], patternValues: ["Full"] }] }
 */
export function parseAnnotatedQuery(text: string): ParsedAnnotatedQuery {
  const cursor = createCursor(text);
  const conditions = [readCondition(cursor)];
  let operator: "and" | "or" | undefined;
  while (!cursor.atEnd()) {
    const at = cursor.offset();
    const word = cursor.match(/(?:and|or)\b/iy)?.toLowerCase();
    if (word !== "and" && word !== "or") return cursor.fail('"and", "or" or the end');
    operator ??= word;
    if (word !== operator) cursor.fail(`"${operator}" as before, since which of the two binds stronger is unknown`, at);
    conditions.push(readCondition(cursor));
  }
  return { operator: operator ?? "and", conditions };
}

function branchesOf(query: AnnotatedQuery): { operator: "and" | "or"; conditions: readonly AnnotationCondition[] } {
  if ("and" in query) return { operator: "and", conditions: query.and };
  return "or" in query ? { operator: "or", conditions: query.or } : { operator: "and", conditions: [query] };
}

/** @param names What a message calls the conditions. */
function checkCondition(condition: AnnotationCondition, names: Readonly<Record<string, string>> = {}): ParsedCondition {
  const unknown = Object.keys(condition).find((key) => !KEYS.some((each) => each === key));
  if (unknown !== undefined) throw new TypeError(`Cannot use condition ${show(unknown)}; give ${KEYS.join(", ")}`);
  const { structures, intensityValues, densityValues, patternValues, ageNames } = condition;
  const nameOf = (key: keyof AnnotationCondition): string => names[key] ?? key;
  return {
    structures: idList(nameOf("structures"), structures),
    ...(intensityValues !== undefined && {
      intensityValues: nameList(nameOf("intensityValues"), intensityValues, CALLS),
    }),
    ...(densityValues !== undefined && {
      densityValues: nameList(nameOf("densityValues"), densityValues, CALLS),
    }),
    ...(patternValues !== undefined && {
      patternValues: nameList(nameOf("patternValues"), patternValues, PATTERNS),
    }),
    ...(ageNames !== undefined && { ageNames: textList(nameOf("ageNames"), ageNames) }),
  };
}

function printValues(condition: ParsedCondition): [name: string, values: string][] {
  return KEYS.flatMap((key): [string, string][] => {
    const values = condition[key];
    return values === undefined ? [] : [[NAMES[key], values.map(printValue).join(",")]];
  });
}

function printValue(value: number | string): string {
  if (typeof value === "number") return String(value);
  if (!value.includes("'")) return `'${value}'`;
  throw new RangeError(`Cannot use ${show(value)}: the search has no way to write a single quote; leave it out`);
}

function readCondition(cursor: Cursor): ParsedCondition {
  const given: Record<string, readonly string[]> = {};
  cursor.take("[");
  do {
    const at = cursor.offset();
    const name = cursor.match(/\w+/y);
    const key = KEYS.find((each) => NAMES[each] === name);
    if (key === undefined) return cursor.fail(`one of ${Object.values(NAMES).join(", ")}`, at);
    if (key in given) cursor.fail("each condition once", at);
    cursor.take("$in");
    given[key] = readList(cursor);
  } while (cursor.takes(":"));
  cursor.take("]", '",", ":" or "]"');
  return fromTexts(given);
}

function readList(cursor: Cursor): string[] {
  const values: string[] = [];
  do values.push(matchQuoted(cursor) ?? matchBareValue(cursor));
  while (cursor.takes(","));
  return values;
}

/** A text without quotes ends where the next condition begins, too. */
function matchBareValue(cursor: Cursor): string {
  return cursor.looksAhead(/[^[\],':]+:/y) ? (cursor.match(/[^[\],':]+/y) ?? "").trim() : matchBare(cursor);
}

function fromTexts({ structures = [], ...others }: Record<string, readonly string[]>): ParsedCondition {
  const ids = structures.map((text) => (/^\d+$/.test(text) ? Number(text) : text));
  // Whether these are ids and known words is what is checked.
  return checkCondition({ structures: ids, ...others } as unknown as AnnotationCondition, NAMES);
}
