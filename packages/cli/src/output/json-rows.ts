import { pickFields } from "./fields.ts";
import type { RowPrinter, RowPrinterOptions } from "./row-printer.ts";

/** One JSON array, as `JSON.stringify` would indent the whole of it. */
export function jsonPrinter({ fields }: RowPrinterOptions): RowPrinter {
  let isFirst = true;
  return {
    print: (rows) =>
      rows
        .map((row) => {
          const text = JSON.stringify([fields === undefined ? row : pickFields(row, fields)], undefined, 2);
          const before = isFirst ? "[\n" : ",\n";
          isFirst = false;
          return before + text.slice(2, -2);
        })
        .join(""),
    end: () => (isFirst ? "[]\n" : "\n]\n"),
  };
}

/** One JSON value a line. */
export function linePrinter({ fields }: RowPrinterOptions): RowPrinter {
  return {
    print: (rows) =>
      rows.map((row) => `${JSON.stringify(fields === undefined ? row : pickFields(row, fields))}\n`).join(""),
    end: () => "",
  };
}
