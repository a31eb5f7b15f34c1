import { type Catalogue, createCatalogue } from "./catalogue.ts";
import { openHeldColumns } from "./held-columns.ts";
import type { ModelRow } from "./model-row.ts";
import type { RecordDatabase } from "./record-database.ts";
import { RowWriter } from "./row-writer.ts";
import type { Writer } from "./writer.ts";

/** What was written. */
export interface WriteSummary {
  /** Rows by model, those of associations too, each counted once however often it came. */
  readonly models: Readonly<Record<string, number>>;
}

/**
 * Writes rows and the rows of associations in them, each to the table of its model, linked as the association says.
 *
 * A column that a row gives replaces what is held, one that it does not give stays. Columns that the schema lacks are added, as
 * are associations that lead to no known model, as JSON. All is written, or nothing if a row cannot be kept. It computes on this
 * thread to its end: a transaction cannot wait for other work in between, and a reader sees all of the rows or none.
 *
 * @param rows Read once, and not kept.
 * @throws {TypeError} If a row has no key, or a value that its column does not hold.
 * @example writeRows(database, [{ model: "Gene", row: { id: 15, acronym: "Abat", organism: { id: 2 } } }]).models
 * // → { Organism: 1, Gene: 1 }
 */
export function writeRows(database: RecordDatabase, rows: Iterable<ModelRow>): WriteSummary {
  return database.write((writer) => writeRowsIn(writer, rows));
}

/** Writes rows as {@link writeRows} does, within a transaction that does more. */
export function writeRowsIn(writer: Writer, rows: Iterable<ModelRow>): WriteSummary {
  const rowWriter = new RowWriter(writer, schemaCatalogue(), openHeldColumns(writer));
  for (const { model, row } of rows) rowWriter.write(model, row);
  return { models: rowWriter.counts() };
}

let made: Catalogue | undefined;

/** The schema alone, which every store begins with; making it takes some milliseconds. */
function schemaCatalogue(): Catalogue {
  made ??= createCatalogue([]);
  return made;
}
