import { show } from "../check.ts";
import type { AssociationTerm, Filter, FilterTerm, Operator, Term, Value } from "./ast.ts";
import { parseClauses } from "./parse.ts";

/** What an association and the criteria of a model have in common: filters on its own rows, and terms on others. */
export interface Body {
  readonly filters: readonly Filter[];
  readonly terms: readonly Term[];
}

export const EMPTY: Body = { filters: [], terms: [] };

/** Adds `[column$operator…]`. */
export function addFilter<B extends Body>(body: B, column: string, operator: Operator, operand: unknown): B {
  return withFilters(body, [{ column, operator, values: readOperand(column, operator, operand) }]);
}

/** Adds `[column]`. */
export function addExists<B extends Body>(body: B, column: string): B {
  return withFilters(body, [{ column, operator: undefined, values: [] }]);
}

/** Adds what a text says in the grammar's own words. */
export function addRaw<B extends Body>(body: B, text: string): B {
  const { criteria, include, options } = parseClauses(text, "criteria");
  if (criteria.length === 0 || include.length > 0 || Object.keys(options).length > 0) {
    throw new RangeError(`Cannot use ${show(text)} as conditions; give filters in brackets, or associations, alone`);
  }
  const isFilters = (term: Term): term is FilterTerm => term.kind === "filters";
  const filters = criteria.filter(isFilters).flatMap((term) => term.filters);
  return addTerms(
    withFilters(body, filters),
    criteria.filter((term) => !isFilters(term)),
  );
}

export function addTerms<B extends Body>(body: B, terms: readonly Term[]): B {
  return { ...body, terms: [...body.terms, ...terms] };
}

function withFilters<B extends Body>(body: B, filters: readonly Filter[]): B {
  return { ...body, filters: [...body.filters, ...filters] };
}

/** A term for an association that nothing is said about yet. */
export function associationTerm(name: string): AssociationTerm {
  return { kind: "association", name, ...EMPTY };
}

function readOperand(column: string, operator: Operator, operand: unknown): Value[] {
  const isList = Array.isArray(operand);
  if (operator !== "in" && isList) throw refusal(column, operator, "operand is a list", "give a single value");
  if (operator !== "eq" && operator !== "ne" && operand === null) {
    throw refusal(column, operator, "operand is null", "use eq or ne");
  }
  const values = (isList ? operand : [operand]).map((each: unknown) => readValue(each, column));
  if (values.length === 0) throw refusal(column, operator, "the list is empty", "give at least one value");
  if ((operator === "li" || operator === "il") && values.some(({ kind }) => kind === "number" || kind === "word")) {
    throw refusal(column, operator, "operand is no text", "give text, with * for any characters");
  }
  return values;
}

function refusal(column: string, operator: Operator, state: string, advice: string): RangeError {
  return new RangeError(`Cannot compare "${column}" with $${operator}: ${state}; ${advice}`);
}

/**
 * A value as the grammar writes it. What a query says of null was seen as the bare word `null` (reference §3.3).
 *
 * @throws {RangeError} If the grammar has no such number or date, or if an id is no whole number.
 * @throws {TypeError} If the value is of another type.
 */
export function readValue(value: unknown, column: string): Value {
  if (typeof value === "string") return { kind: "string", value };
  if (typeof value === "boolean" || value === null) return { kind: "word", text: String(value) };
  if (typeof value === "number") return { kind: "number", text: readNumber(value, column) };
  if (value instanceof Date) return { kind: "string", value: readDate(value, column) };
  if (isVariable(value)) return { kind: "variable", name: value.name };
  throw new TypeError(
    `Cannot compare "${column}" with ${show(value)}; give text, a number, a boolean, a Date or a list`,
  );
}

/** Columns are known to hold whole numbers by their names alone: the schema is a type, and not there at run time. */
function readNumber(value: number, column: string): string {
  const isId = /(?:^|_)id$/.test(column);
  if (isId ? Number.isSafeInteger(value) : Number.isFinite(value)) return String(value);
  throw new RangeError(`Cannot compare "${column}" with ${value}; give ${isId ? "a whole" : "a finite"} number`);
}

/** Seconds are as fine as the service writes times; a fraction of one is kept. */
function readDate(value: Date, column: string): string {
  if (!Number.isNaN(value.getTime())) return value.toISOString().replace(".000Z", "Z");
  throw new RangeError(`Cannot compare "${column}" with an invalid Date; give a valid one`);
}

function isVariable(value: unknown): value is Value & { kind: "variable" } {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "variable";
}
