import type { AttributeType } from "@brainatlas/sdk/rma/schema";
import { isStoredAsJson } from "../records/values.ts";
import { bareText, isTrue, printRows, type WriteRow } from "./format-text.ts";
import type { QueryAnswer, ShapeColumn } from "./result.ts";

/**
 * Writes an answer as CSV (reference §3.8): a line of names, then the rows. What is included does not fit into lines and is left
 * out, as the service does. Nothing stands for no value, and a pair of quotes for an empty text.
 */
export function formatCsv({ batches, shape, isTabular }: QueryAnswer): AsyncGenerator<string, void, undefined> {
  const order = isTabular ? [...shape.columns.keys()] : shape.schemaOrder;
  const columns = order.flatMap((index): PlacedColumn[] => {
    const column = shape.columns[index];
    return column === undefined ? [] : [{ ...column, index }];
  });
  const header = columns.map(({ name }) => quote(name)).join(",");
  return printRows(batches, compileRow(columns), { before: `${header}\n`, between: "", after: "" });
}

/** A column with its place in the rows. */
interface PlacedColumn extends ShapeColumn {
  readonly index: number;
}

function compileRow(columns: readonly PlacedColumn[]): WriteRow {
  const writers = columns.map(({ type }) => valueWriter(type));
  return ({ values }) => {
    let text = "";
    for (let place = 0; place < columns.length; place += 1) {
      const value = values[columns[place]?.index ?? 0];
      if (place > 0) text += ",";
      if (value !== null && value !== undefined) text += writers[place]?.(value);
    }
    return `${text}\n`;
  };
}

function valueWriter(type: AttributeType): (value: string | number) => string {
  if (type === "boolean") return (value) => (isTrue(value) ? "t" : "f");
  if (isStoredAsJson(type)) return (value) => quote(bareText(value));
  return (value) => (typeof value === "number" ? String(value) : quote(value));
}

/** Quotes what would not be read as it is (RFC 4180). */
function quote(text: string): string {
  if (text === "") return '""';
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
