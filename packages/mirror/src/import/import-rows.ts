import type { Catalogue } from "../records/catalogue.ts";
import type { ModelRow } from "../records/model-row.ts";
import type { RecordDatabase } from "../records/record-database.ts";
import { writeRows } from "../records/write-rows.ts";
import type { FolderStore } from "../store/folder-store.ts";
import type { GivenRow } from "./given-row.ts";
import { areImages, importImages } from "./import-images.ts";
import { inferModel } from "./infer-model.ts";
import { readQuestion } from "./read-question.ts";
import { type ImportOptions, type ImportSummary, importError, isImageModel, type NamedSource } from "./source.ts";
import { rebuildRows } from "./tabular-rows.ts";

/** Puts rows of any model, in one transaction: all of a file, or nothing. */
export async function importRows(
  store: FolderStore,
  source: NamedSource,
  given: Iterable<GivenRow>,
  options: ImportOptions,
): Promise<ImportSummary> {
  const database = await store.records();
  const catalogue = await database.catalogue();
  const { model, stage } = readQuestion(options, catalogue);
  const put = (rows: Iterable<ModelRow>): ImportSummary => putRows(database, source, rows);
  if (stage?.options.tabular !== undefined) return put(rebuildRows(catalogue, stage, stage.options.tabular, given));
  const { first, rows } = readFirst(given);
  checkNames(source, first);
  const named = model ?? commonModel(first);
  if (areImages(first) && (named === undefined || isImageModel(named))) {
    return await importImages(store, source, [...rows], named);
  }
  return put(rowsOf(catalogue, named ?? modelOf(source, catalogue, first), rows));
}

/** The rows that tell what all are: of a list all of them; else the first, and the rest is read as it is written. */
function readFirst(given: Iterable<GivenRow>): { first: readonly GivenRow[]; rows: Iterable<GivenRow> } {
  if (Array.isArray(given)) return { first: given, rows: given };
  const rest = given[Symbol.iterator]();
  const next = rest.next();
  const first = next.done === true ? [] : [next.value];
  return { first, rows: chain(first, { [Symbol.iterator]: () => rest }) };
}

function* chain<T>(...parts: readonly Iterable<T>[]): Generator<T> {
  for (const part of parts) yield* part;
}

/** Columns with dots are what is left of rows in others when those are written flat: whose they are is lost. */
function checkNames(source: NamedSource, rows: readonly GivenRow[]): void {
  for (const { row } of rows) {
    const dotted = Object.keys(row).find((name) => name.includes("."));
    if (dotted === undefined) continue;
    throw importError(
      source,
      `its column "${dotted}" is of included rows, which cannot be imported from flat ones; give the whole rows as JSON, or flat rows of a tabular query with that query (--query)`,
    );
  }
}

function putRows(database: RecordDatabase, source: NamedSource, rows: Iterable<ModelRow>): ImportSummary {
  try {
    return { entries: [], ...writeRows(database, someOf(source, rows)) };
  } catch (cause) {
    // What the rows are to be blamed for; of all else, an error of the disk, the words stay.
    if (!(cause instanceof TypeError)) throw cause;
    throw importError(source, cause.message.charAt(0).toLowerCase() + cause.message.slice(1), cause);
  }
}

function* someOf<T>(source: NamedSource, rows: Iterable<T>): Generator<T> {
  let isEmpty = true;
  for (const row of rows) {
    isEmpty = false;
    yield row;
  }
  if (isEmpty) throw importError(source, "it holds no rows; give an answer with some");
}

/** Rows with their models: a member of the family that the file names knows better than who asked for the family. */
function* rowsOf(catalogue: Catalogue, model: string, rows: Iterable<GivenRow>): Generator<ModelRow> {
  const family = catalogue.model(model)?.table.family ?? [];
  for (const { model: own = model, row } of rows) {
    if (!family.includes(own))
      throw new TypeError(`Cannot keep rows of ${own} as ${model}; give the model that they are of`);
    yield { model: own, row };
  }
}

/** The model that a file names for all of its rows. */
function commonModel(rows: readonly GivenRow[]): string | undefined {
  const [first] = rows;
  return rows.every(({ model }) => model === first?.model) ? first?.model : undefined;
}

function modelOf(source: NamedSource, catalogue: Catalogue, rows: readonly GivenRow[]): string {
  const names = new Set<string>();
  for (const { row } of rows) for (const name of Object.keys(row)) names.add(name);
  if (names.size === 0) throw importError(source, "it holds no rows; give an answer with some");
  try {
    return rows[0]?.model ?? inferModel(catalogue, names);
  } catch (cause) {
    throw importError(source, cause instanceof Error ? cause.message : String(cause), cause);
  }
}
