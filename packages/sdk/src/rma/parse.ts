import type { AssociationTerm, ModelStage, Query, Stage, Term } from "./ast.ts";
import { type Cursor, createCursor } from "./cursor.ts";
import { hasEscape } from "./lexis.ts";
import { parseFilters } from "./parse-filters.ts";
import { parseOptions } from "./parse-options.ts";

/** How deep associations may nest: far more than the data model has, far less than what would exhaust the stack. */
const MAX_DEPTH = 32;
/** Longest query that is read, in characters. */
export const MAX_QUERY_CHARACTERS = 1_000_000;

/**
 * Reads a query, in every spelling that was seen to work (reference §3.1 to §3.3): filters straight after the model, commas left
 * out after a clause's name or a bracket, values with and without quotes, blanks between words, the text still encoded for a URL.
 *
 * @throws {RmaSyntaxError} If the text is no query, with the offset and what was expected there.
 * @example printRma(parseRma("model::Gene[id$eq15],rma::include,organism")) // → "model::Gene,rma::criteria,[id$eq15],rma::include,organism"
 */
export function parseRma(text: string): Query {
  const cursor = createCursor(decodeIfEncoded(text));
  checkLength(text, cursor);
  const stages = [parseStage(cursor)];
  while (!cursor.atEnd()) {
    cursor.takes(",");
    stages.push(parseStage(cursor));
  }
  return { stages };
}

/** The clauses of a model stage. */
export type Clauses = Pick<ModelStage, "criteria" | "include" | "options">;

/**
 * Reads the clauses of a model that something else names: what stands after `criteria=` or `include=` in a URL. Terms come
 * first; further clauses may follow with their names.
 *
 * @param first The clause that the terms at the start belong to.
 * @throws {RmaSyntaxError} If the text is no list of terms or clauses.
 */
export function parseClauses(text: string, first: "criteria" | "include"): Clauses {
  const cursor = createCursor(decodeIfEncoded(text));
  checkLength(text, cursor);
  const terms: Term[] = [];
  if (!cursor.atEnd() && !seesClause(cursor)) readTermList(cursor, 0, terms);
  const clauses = readClauses(cursor, { criteria: [], include: [], options: {}, [first]: terms });
  if (!cursor.atEnd()) cursor.fail("the end of the query");
  return clauses;
}

function checkLength(text: string, cursor: Cursor): void {
  if (text.length > MAX_QUERY_CHARACTERS)
    cursor.fail(`at most ${MAX_QUERY_CHARACTERS} characters`, MAX_QUERY_CHARACTERS);
}

/**
 * A text with percent escapes and without quotes was copied from a URL, where a plus is a blank. Within quotes an escape is text
 * like any other, and a word without quotes has none: so what the printer writes is never decoded.
 */
function decodeIfEncoded(text: string): string {
  if (text.includes("'") || !hasEscape(text)) return text;
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text; // Percent signs of its own.
  }
}

function parseStage(cursor: Cursor): Stage {
  if (cursor.takes("model::")) return parseModel(cursor);
  if (cursor.takes("service::")) return { kind: "service", service: parseName(cursor), filters: parseFilters(cursor) };
  if (cursor.takes("pipe::")) return { kind: "pipe", pipe: parseName(cursor), filters: parseFilters(cursor) };
  return cursor.fail('"model::", "service::" or "pipe::"');
}

function parseModel(cursor: Cursor): ModelStage {
  const model = parseName(cursor);
  const own = parseFilters(cursor);
  const criteria: Term[] = own.length === 0 ? [] : [{ kind: "filters", filters: own }];
  return { kind: "model", model, ...readClauses(cursor, { criteria, include: [], options: {} }) };
}

function readClauses(cursor: Cursor, before: Clauses): Clauses {
  const criteria = [...before.criteria];
  const include = [...before.include];
  let { options } = before;
  while (seesClause(cursor)) {
    cursor.takes(",");
    cursor.take("rma::");
    const name = cursor.match(/\w+/y);
    if (name === "criteria") readClause(cursor, criteria);
    else if (name === "include") readClause(cursor, include);
    else if (name === "options") options = { ...options, ...parseOptions(cursor) };
    else cursor.fail('"criteria", "include" or "options"');
  }
  return { criteria, include, options };
}

/** Whether a clause of this stage follows, with or without its comma. */
function seesClause(cursor: Cursor): boolean {
  return cursor.sees("rma::") || cursor.looksAhead(/,\s*rma::/y);
}

function readClause(cursor: Cursor, into: Term[]): void {
  cursor.takes(",");
  readTermList(cursor, 0, into);
}

/** Adds terms to a list, one by one: a long query has more than arguments of one call may be, and than may be copied often. */
function readTermList(cursor: Cursor, depth: number, into: Term[]): void {
  into.push(parseTerm(cursor, depth));
  while (seesTerm(cursor)) {
    cursor.takes(",");
    into.push(parseTerm(cursor, depth));
  }
}

/** Whether another term follows: after a comma, or after a bracket without one. */
function seesTerm(cursor: Cursor): boolean {
  if (cursor.looksAhead(/,?\s*(?:rma|model|service|pipe)::/y)) return false;
  return cursor.sees(",") || cursor.looksAhead(/[\w[*]/y);
}

function parseTerm(cursor: Cursor, depth: number): Term {
  if (cursor.sees("[")) return { kind: "filters", filters: parseFilters(cursor) };
  return parseAssociation(cursor, depth);
}

function parseAssociation(cursor: Cursor, depth: number): AssociationTerm {
  if (depth >= MAX_DEPTH) cursor.fail(`at most ${MAX_DEPTH} associations within each other`);
  cursor.takes("attribute::");
  const name = parseName(cursor, "an association, or filters in brackets");
  const filters = parseFilters(cursor);
  const terms: Term[] = [];
  while (cursor.takes("(")) {
    readTermList(cursor, depth + 1, terms);
    cursor.take(")", '"," or ")"');
  }
  return { kind: "association", name, filters, terms };
}

function parseName(cursor: Cursor, expected = "a name"): string {
  return cursor.match(/\w+/y) ?? cursor.fail(expected);
}
