import { type Filter, OPERATORS, type Operator, type Value } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { isNumber, isWord } from "./lexis.ts";

/** Reads all filters that stand here; none is fine. */
export function parseFilters(cursor: Cursor): Filter[] {
  const filters: Filter[] = [];
  while (cursor.sees("[")) filters.push(parseFilter(cursor));
  return filters;
}

function parseFilter(cursor: Cursor): Filter {
  cursor.take("[");
  const column = parseColumn(cursor);
  if (cursor.takes("]")) return { column, operator: undefined, values: [] };
  const operator = parseOperator(cursor);
  const values = parseValues(cursor);
  cursor.take("]", '"," or "]"');
  return { column, operator, values };
}

function parseColumn(cursor: Cursor): string {
  return cursor.match(/[\w*]+(?:\.[\w*]+)?/y) ?? cursor.fail("a column, or table.column");
}

/** Reads an operator; the value may follow it without a gap. */
export function parseOperator(cursor: Cursor): Operator {
  const at = cursor.offset();
  const name = cursor.match(/\$[a-z]{2}/y)?.slice(1);
  const operator = OPERATORS.find((each) => each === name);
  return operator ?? cursor.fail(`"]" or an operator: ${OPERATORS.map((each) => `$${each}`).join(" ")}`, at);
}

function parseValues(cursor: Cursor): Value[] {
  const values = [parseValue(cursor)];
  while (cursor.takes(",")) values.push(parseValue(cursor));
  return values;
}

function parseValue(cursor: Cursor): Value {
  const quoted = matchQuoted(cursor);
  if (quoted !== undefined) return { kind: "string", value: quoted };
  const variable = cursor.match(/\$\w+/y)?.slice(1);
  if (variable !== undefined) return { kind: "variable", name: variable };
  const bare = matchBare(cursor);
  if (isNumber(bare)) return { kind: "number", text: bare };
  // Text that needs quotes and came without them is what it would be with them.
  return isWord(bare) ? { kind: "word", text: bare } : { kind: "string", value: bare };
}

/** Text between single quotes, without them; fails where the second is missing. */
export function matchQuoted(cursor: Cursor): string | undefined {
  if (!cursor.sees("'")) return undefined;
  const at = cursor.offset();
  return cursor.match(/'[^']*'/y)?.slice(1, -1) ?? cursor.fail("a quote at the end of the text that begins here", at);
}

/** Text without quotes, up to what ends a value. */
export function matchBare(cursor: Cursor): string {
  return cursor.match(/[^[\],']+/y)?.trimEnd() ?? cursor.fail("a value");
}
