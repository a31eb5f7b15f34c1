import type { FolderStore } from "../store/folder-store.ts";
import { admitContent } from "./admit.ts";
import { importRows } from "./import-rows.ts";
import type { ImportSummary } from "./source.ts";

/** Rows as the API gave them, and what they answer. */
export interface RecordsIntake {
  /** The query that they answer, as RMA or as a URL; it may name the model, and what the columns of flat rows are. */
  readonly query?: string | undefined;
  /** Model of the rows, where the query does not name it. */
  readonly model?: string | undefined;
  /** The rows, with those that were included in them. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Where they come from, as the words of an error name it: a URL, or a query. */
  readonly source: string;
  /**
   * Whether they are made up: see `admitContent()`.
   * @default false
   */
  readonly synthetic?: boolean | undefined;
}

/**
 * Puts rows that the API gave, as `importFile()` puts its JSON answers: rows of images with their sizes become the records that pictures are
 * served by. No rows are an answer too: nothing is put then.
 *
 * @returns Rows by model, those in other rows too.
 * @throws {TypeError} If the model or the query is none.
 * @throws {Error} If a row cannot be kept, or the store does not take what is made up, or takes nothing else.
 * @example (await importRecords(store, { query: "model::Gene[id$eq15]", rows: [{ id: 15, acronym: "Abat" }], source: url })).models
 * // → { Gene: 1 }
 */
export async function importRecords(
  store: FolderStore,
  { query, model, rows, source, synthetic = false }: RecordsIntake,
): Promise<ImportSummary> {
  await admitContent(store, { path: source }, synthetic);
  if (rows.length === 0) return { entries: [], models: {} };
  const given = rows.map((row) => ({ row }));
  return await importRows(store, { path: source }, given, { query, model });
}
