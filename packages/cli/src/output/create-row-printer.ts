import { delimitedPrinter } from "./delimited-rows.ts";
import { jsonPrinter, linePrinter } from "./json-rows.ts";
import type { RowFormat, RowPrinter, RowPrinterOptions } from "./row-printer.ts";
import { tablePrinter } from "./table-rows.ts";

/** Makes the printer of a format. */
export function createRowPrinter(format: RowFormat, options: RowPrinterOptions): RowPrinter {
  if (format === "json") return jsonPrinter(options);
  if (format === "ndjson") return linePrinter(options);
  return format === "table" ? tablePrinter(options) : delimitedPrinter(format, options);
}
