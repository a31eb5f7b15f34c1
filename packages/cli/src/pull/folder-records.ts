import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { writeFileWhole } from "@brainatlas/sdk/node";
import { createRowPrinter } from "../output/create-row-printer.ts";
import { fieldsOf } from "../output/fields.ts";
import type { PullRecords } from "./plan.ts";

/** Rows that become text at once. */
const ROWS_A_CHUNK = 1000;
const FORMATS = ["json", "csv"] as const;

/**
 * Writes the records of a pull into its folder, each list as a JSON array and as CSV, under the names that they have. Files of these names
 * are replaced, each in one step.
 *
 * @throws {Error} If one cannot be written; the message names it.
 */
export async function writeRecords(directory: string, records: readonly PullRecords[]): Promise<void> {
  for (const each of records) {
    for (const format of FORMATS) {
      const path = join(directory, `${each.name}.${format}`);
      await mkdir(dirname(path), { recursive: true });
      await writeFileWhole(path, printChunks(each, format));
    }
  }
}

async function* printChunks({ rows }: PullRecords, format: (typeof FORMATS)[number]): AsyncGenerator<Uint8Array> {
  // All rows are there, so that no column is missed that only later ones have.
  const fields = format === "csv" ? fieldsOf(rows) : undefined;
  const printer = createRowPrinter(format, { fields, room: Number.POSITIVE_INFINITY, note: () => {} });
  for (let from = 0; from < rows.length; from += ROWS_A_CHUNK) {
    yield Buffer.from(printer.print(rows.slice(from, from + ROWS_A_CHUNK)));
  }
  yield Buffer.from(printer.end());
}
