import { printValue } from "./cells.ts";
import { readField } from "./fields.ts";
import type { RowPrinter, RowPrinterOptions } from "./row-printer.ts";
import { settleFields } from "./settle-fields.ts";

const DELIMITED = {
  csv: { delimiter: ",", escapeCell: escapeCsv },
  tsv: { delimiter: "\t", escapeCell: escapeTsv },
} as const;

/** A line of field names, then one a row. */
export function delimitedPrinter(format: "csv" | "tsv", { fields, note }: RowPrinterOptions): RowPrinter {
  const { delimiter, escapeCell } = DELIMITED[format];
  const printLine = (cells: readonly string[]): string => {
    const line = cells.map(escapeCell).join(delimiter);
    // Many readers of csv pass over an empty line.
    return line === "" && format === "csv" ? '""\n' : `${line}\n`;
  };
  const settle = settleFields(fields, note);
  let heading: string | undefined;
  return {
    print(rows) {
      if (rows.length === 0) return "";
      const names = settle(rows);
      const before = heading === undefined ? printLine(names) : "";
      heading ??= before;
      return before + rows.map((row) => printLine(names.map((name) => printValue(readField(row, name))))).join("");
    },
    // A reader of the file finds the names even if there are no rows, where they are known.
    end: () => (heading === undefined && fields !== undefined ? printLine(fields) : ""),
  };
}

/** Quoted where it is needed (RFC 4180), and where blanks around it might get lost. */
function escapeCsv(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const TSV_ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/** Without what would end the cell or the line; as PostgreSQL and others write it. */
function escapeTsv(text: string): string {
  return text.replaceAll(/[\\\t\n\r]/g, (character) => TSV_ESCAPES[character] ?? character);
}
