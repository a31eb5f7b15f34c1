import { show } from "../check.ts";
import {
  type AssociationTerm,
  type Filter,
  type ModelStage,
  OPERATORS,
  type Options,
  type Query,
  type Stage,
  type TabularColumn,
  type Term,
  type Value,
} from "./ast.ts";
import { isColumn, isNumber, isWord } from "./lexis.ts";

/**
 * Prints a query in its one canonical form: no blanks outside of quotes, text always in quotes, each option once and in a fixed
 * order.
 *
 * @returns Plain text, not yet encoded for a URL.
 * @throws {RangeError} If the grammar cannot carry a name or a value, such as text with a single quote in it.
 * @example printRma({ stages: [{ kind: "service", service: "mouse_agea", filters: [] }] }) // → "service::mouse_agea"
 */
export function printRma(query: Query): string {
  if (query.stages.length === 0) throw new RangeError("Cannot print a query without stages; give at least one");
  return query.stages.map(printStage).join(",");
}

function printStage(stage: Stage): string {
  if (stage.kind === "service") return `service::${checkName(stage.service)}${printFilters(stage.filters)}`;
  if (stage.kind === "pipe") return `pipe::${checkName(stage.pipe)}${printFilters(stage.filters)}`;
  return printModel(stage);
}

function printModel({ model, criteria, include, options }: ModelStage): string {
  const printed = printOptions(options);
  return [
    `model::${checkName(model)}`,
    ...(criteria.length === 0 ? [] : ["rma::criteria", ...criteria.map(printTerm)]),
    ...(include.length === 0 ? [] : ["rma::include", ...include.map(printTerm)]),
    ...(printed === "" ? [] : [`rma::options${printed}`]),
  ].join(",");
}

function printTerm(term: Term): string {
  return term.kind === "filters" ? printFilters(nonEmpty(term.filters)) : printAssociation(term);
}

function printAssociation({ name, filters, terms }: AssociationTerm): string {
  const below = terms.length === 0 ? "" : `(${terms.map(printTerm).join(",")})`;
  return checkName(name) + printFilters(filters) + below;
}

function nonEmpty(filters: readonly Filter[]): readonly Filter[] {
  if (filters.length > 0) return filters;
  throw new RangeError("Cannot print a term without filters; give at least one");
}

function printFilters(filters: readonly Filter[]): string {
  return filters.map(printFilter).join("");
}

function printFilter({ column, operator, values }: Filter): string {
  if (!isColumn(column)) throw new RangeError(`Cannot use column ${show(column)}; give column, or table.column`);
  if (operator === undefined && values.length === 0) return `[${column}]`;
  if (operator === undefined || !OPERATORS.includes(operator) || values.length === 0) {
    throw new RangeError(`Cannot print the filter of ${column}; give an operator with at least one value, or neither`);
  }
  return `[${column}$${operator}${values.map(printValue).join(",")}]`;
}

function printValue(value: Value): string {
  if (value.kind === "string") return quote(value.value);
  if (value.kind === "variable") return `$${checkName(value.name)}`;
  const valid = value.kind === "number" ? isNumber(value.text) : isWord(value.text);
  if (valid) return value.text;
  throw new RangeError(`Cannot use ${show(value.text)} as a ${value.kind}; give it as a string`);
}

/** Text in quotes. The grammar has no escape: a quote in the text would end it (reference §3.2). */
function quote(text: string): string {
  if (!text.includes("'")) return `'${text}'`;
  throw new RangeError(
    `Cannot use ${show(text)}: a query has no way to write a single quote; use $li with * in its place`,
  );
}

function printOptions(options: Options): string {
  const { only, except, tabular, order, numRows, startRow, count, debug } = options;
  const given: [name: string, value: string | undefined][] = [
    ["only", printList(only)],
    ["except", printList(except)],
    ["tabular", tabular && quote(tabular.map(printTabular).join(","))],
    ["order", order && quote(order.map((key) => checkColumn(key.column) + (key.descending ? "$desc" : "")).join(","))],
    ["num_rows", numRows === "all" ? "'all'" : printCount("num_rows", numRows)],
    ["start_row", printCount("start_row", startRow)],
    ["count", count?.toString()],
    ["debug", debug === "preview" ? "'preview'" : debug?.toString()],
  ];
  return given.map(([name, value]) => (value === undefined ? "" : `[${name}$eq${value}]`)).join("");
}

function printList(columns: readonly string[] | undefined): string | undefined {
  return columns && quote(columns.map(checkColumn).join(","));
}

function printTabular({ column, alias, distinct }: TabularColumn): string {
  return `${distinct ? "distinct " : ""}${checkColumn(column)}${alias === undefined ? "" : ` as ${checkName(alias)}`}`;
}

function printCount(name: string, value: number | undefined): string | undefined {
  if (value === undefined || (Number.isSafeInteger(value) && value >= 0)) return value?.toString();
  throw new RangeError(`Cannot use ${name} ${show(value)}; give a whole number of 0 or more`);
}

function checkName(name: string): string {
  if (/^\w+$/.test(name)) return name;
  throw new RangeError(`Cannot use name ${show(name)}; give letters, digits and underscores`);
}

function checkColumn(column: string): string {
  if (isColumn(column)) return column;
  throw new RangeError(`Cannot use column ${show(column)}; give column, or table.column`);
}
