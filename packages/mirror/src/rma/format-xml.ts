import { SCHEMA } from "@brainatlas/sdk/rma/schema";
import { containerOf, familyOf } from "../records/join.ts";
import { snakeCase } from "../records/names.ts";
import { printRows } from "./format-text.ts";
import { compileXmlRow } from "./format-xml-row.ts";
import { elementOf, escapeAttribute, escapeXml } from "./format-xml-text.ts";
import type { QueryAnswer, ResultRow } from "./result.ts";

/** Rows whose classes are looked at before the container of all rows is named: of rows that include others, one batch. */
const CLASS_ROWS = 5000;

/**
 * Writes an answer in the service's XML (reference §3.7), with line ends and indents as they were recorded.
 *
 * The container of rows is named after their class, which in a family of models is that of each row; rows of several classes are
 * `<objects>`, as was seen. Past 5000 rows of one class, or some hundreds that include others, more count as of that class.
 */
export async function* formatXml(answer: QueryAnswer): AsyncGenerator<string, void, undefined> {
  const open = `${printStart(answer)}>`;
  if (answer.isTabular) {
    const write = compileXmlRow(answer.shape, { element: "hash", depth: 0, kind: "flat" });
    yield* printRows(answer.batches, write, { before: open, between: "", after: "</Response>" });
    return;
  }
  const { names, batches } = await nameRows(answer);
  const write = compileXmlRow(answer.shape, { element: names.row, depth: 1, kind: "root" });
  const isEmpty = answer.numRows === 0;
  yield* printRows(batches, write, {
    before: `${open}<${names.container}${isEmpty ? "/" : ""}>\n`,
    between: "",
    after: isEmpty ? "</Response>" : `</${names.container}>\n</Response>`,
  });
}

/** The XML of a failure; none was recorded, and this has what the JSON has. */
export function formatXmlError(message: string): string {
  const start = printStart({ startRow: 0, numRows: 0, totalRows: 0, debug: undefined }, false);
  return `${start}><msg>${escapeXml(message)}</msg></Response>`;
}

type Facts = Pick<QueryAnswer, "startRow" | "numRows" | "totalRows" | "debug">;

function printStart({ startRow, numRows, totalRows, debug }: Facts, success = true): string {
  const shown = debug === undefined ? "" : ` debug='${escapeAttribute(debug)}'`;
  return `<Response success='${success}' start_row='${startRow}' num_rows='${numRows}' total_rows='${totalRows}'${shown}`;
}

interface Names {
  readonly container: string;
  readonly row: string;
}

interface Named {
  readonly names: Names;
  /** All rows, those that were looked at among them. */
  readonly batches: AsyncIterable<readonly ResultRow[]>;
}

async function nameRows({ shape: { model, includes }, batches }: QueryAnswer): Promise<Named> {
  const table = SCHEMA[model]?.table;
  if (table === undefined || familyOf(table).length === 1) return { names: namesOf(model), batches };
  const rest = batches[Symbol.asyncIterator]();
  const seen: (readonly ResultRow[])[] = [];
  const classes = new Set<string>();
  const wanted = includes.length === 0 ? CLASS_ROWS : 1;
  for (let rows = 0; rows < wanted && classes.size < 2; ) {
    const next = await rest.next();
    if (next.done === true) break;
    seen.push(next.value);
    rows += next.value.length;
    for (const { className } of next.value) classes.add(className ?? model);
  }
  const [only = model, other] = classes;
  const names = other === undefined ? namesOf(only) : { container: "objects", row: "object" };
  return { names, batches: joinBatches(seen, rest) };
}

async function* joinBatches(
  seen: readonly (readonly ResultRow[])[],
  rest: AsyncIterator<readonly ResultRow[]>,
): AsyncGenerator<readonly ResultRow[]> {
  try {
    yield* seen;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

function namesOf(model: string): Names {
  return { container: elementOf(containerOf(model)), row: elementOf(snakeCase(model)) };
}
