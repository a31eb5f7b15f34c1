import { setImmediate } from "node:timers/promises";
import {
  type Catalogue,
  CLASS,
  createCatalogue,
  type HeldColumn,
  KEY,
  type RecordTable,
} from "../records/catalogue.ts";
import { checkRecords } from "../records/check-records.ts";
import { openHeldColumns } from "../records/held-columns.ts";
import type { ModelRow } from "../records/model-row.ts";
import { Reader } from "../records/reader.ts";
import type { RecordDatabase } from "../records/record-database.ts";
import { sqlBuilder, toStatement } from "../records/statement.ts";
import { HELD_COLUMNS, linkTables } from "../records/tables.ts";
import { fromSql, type SqlValue } from "../records/values.ts";
import { writeRowsIn } from "../records/write-rows.ts";
import type { Writer } from "../records/writer.ts";

/** Longest time that reading one table may take before its first row, in ms. */
const LIMIT_MS = 600_000;
/** Rows that are written in one transaction; other processes have their turn in between. */
const ROWS_AT_ONCE = 2000;
const NO_PARAMETERS: readonly never[] = [];

/** How records are merged. */
export interface MergeOptions {
  /** Is waited for before the first is written. */
  readonly begin?: (() => Promise<void>) | undefined;
  /** Is told after each transaction how many rows of a model are written: they stay, also when a later one is refused. */
  readonly onRows?: ((model: string, count: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes the records of another database into a store's, as rows of the API are: by model and id, what a row gives replaces what is held, and
 * what it does not give stays. The database may come from anywhere: it is checked first, and of it only rows are read.
 *
 * @param path File of the other database; it is not changed.
 * @throws {Error} If it is damaged, or holds what no store's records do; the message is the reason alone.
 */
export async function mergeRecords(
  database: RecordDatabase,
  path: string,
  { begin, onRows, signal }: MergeOptions = {},
): Promise<void> {
  const [fault] = await checkRecords(path, signal);
  if (fault !== undefined) throw new Error(`its records are damaged: ${fault}`);
  const reader = await Reader.open(path);
  try {
    await checkSchema(reader, signal);
    const held = await readHeld(reader, signal);
    const source = createCatalogue(held);
    await begin?.();
    holdColumns(database, held);
    let isWritten = false;
    const tell = (model: string, count: number): void => {
      isWritten = true;
      onRows?.(model, count);
    };
    for (const table of tablesOf(source)) await mergeTable(database, reader, table, tell, signal);
    for (const [name, columns] of linkTables()) await mergeLinks(database, reader, name, columns, signal);
    if (isWritten) database.analyse();
  } finally {
    reader.close();
  }
}

function tablesOf(catalogue: Catalogue): Set<RecordTable> {
  return new Set(catalogue.models.flatMap((name) => catalogue.model(name)?.table ?? []));
}

/** Views and triggers compute, and virtual tables reach elsewhere: records have none. */
async function checkSchema(reader: Reader, signal: AbortSignal | undefined): Promise<void> {
  const sql =
    "select name from sqlite_master where type not in ('table', 'index') or sql like 'create virtual%' limit 1";
  const [strange] = await reader.all({ sql, parameters: NO_PARAMETERS }, { timeLimitMs: LIMIT_MS, signal });
  if (strange !== undefined) throw new Error(`its records hold "${String(strange[0])}", which no store has`);
}

async function readHeld(reader: Reader, signal: AbortSignal | undefined): Promise<HeldColumn[]> {
  const query = sqlBuilder
    .selectFrom(HELD_COLUMNS)
    .select(["table_name", "column_name", "column_type"])
    .orderBy("rowid");
  const rows = await reader.all(toStatement(query.compile()), { timeLimitMs: LIMIT_MS, signal });
  const known = createCatalogue([]);
  const names = new Set([...tablesOf(known)].map(({ name }) => name));
  return rows.map(([table, column, type]) => {
    if (names.has(String(table)))
      return { table: String(table), column: String(column), type: String(type) as HeldColumn["type"] };
    throw new Error(`its records name a table "${String(table)}", which no store has`);
  });
}

/** Columns that rows gave are in answers from then on, also where all of them are null. */
function holdColumns(database: RecordDatabase, held: readonly HeldColumn[]): void {
  const known = createCatalogue([]);
  database.write((writer) => {
    const columns = openHeldColumns(writer);
    for (const { table: name, column } of held) {
      const table = known.table(name);
      const listed = table.columns.get(column);
      if (column === KEY) columns.hold(table, KEY, "integer");
      else if (listed !== undefined) columns.hold(table, column, listed.type);
      else columns.extra(table, column);
    }
  });
}

/** Tells of the rows by model after each transaction. */
async function mergeTable(
  database: RecordDatabase,
  reader: Reader,
  table: RecordTable,
  onRows: (model: string, count: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  let batch: HeldRow[] = [];
  const flush = async (): Promise<void> => {
    const rows = batch;
    batch = [];
    database.write((writer) => {
      writeRowsIn(writer, rows);
      for (const { id, implied } of rows) writeImplied(writer, table, id, implied);
    });
    const counts = new Map<string, number>();
    for (const { model } of rows) counts.set(model, (counts.get(model) ?? 0) + 1);
    for (const [model, count] of counts) onRows(model, count);
    await setImmediate();
    signal?.throwIfAborted();
  };
  for await (const row of readRows(reader, table, signal)) {
    if (batch.push(row) >= ROWS_AT_ONCE) await flush();
  }
  if (batch.length > 0) await flush();
}

/** A row with the columns that it has a value in. */
interface HeldRow extends ModelRow {
  readonly id: SqlValue;
  /** Keys that it has only from where it was found: no row gave them, and no answer shows them. */
  readonly implied: Readonly<Record<string, SqlValue>>;
}

function writeImplied(writer: Writer, table: RecordTable, id: SqlValue, implied: HeldRow["implied"]): void {
  if (Object.keys(implied).length === 0) return;
  writer.run(toStatement(sqlBuilder.updateTable(table.name).set(implied).where(KEY, "=", id).compile()));
}

async function* readRows(
  reader: Reader,
  table: RecordTable,
  signal: AbortSignal | undefined,
): AsyncGenerator<HeldRow, void, undefined> {
  const columns = [...table.columns.values()].filter(({ name }) => name !== KEY);
  const query = sqlBuilder
    .selectFrom(table.name)
    .select([CLASS, KEY, ...columns.map(({ name }) => name)])
    .orderBy(KEY);
  for (const [model, id, ...values] of await reader.rows(toStatement(query.compile()), {
    timeLimitMs: LIMIT_MS,
    signal,
  })) {
    if (!table.family.includes(String(model))) {
      throw new Error(`its records hold a row of "${String(model)}" in ${table.name}, which no store has`);
    }
    const row: Record<string, unknown> = {};
    const implied: Record<string, SqlValue> = {};
    for (const [index, { name, type, isHeld }] of columns.entries()) {
      const value = values[index] ?? null;
      if (value === null) continue;
      if (isHeld) row[name] = fromSql(value, type);
      else implied[name] = value;
    }
    row[table.keyColumn] = id;
    yield { model: String(model), row, id: id ?? null, implied };
  }
}

async function mergeLinks(
  database: RecordDatabase,
  reader: Reader,
  name: string,
  [first, second]: readonly [string, string],
  signal: AbortSignal | undefined,
): Promise<void> {
  const query = sqlBuilder.selectFrom(name).select([first, second]);
  const pairs = await reader.all(toStatement(query.compile()), { timeLimitMs: LIMIT_MS, signal });
  const insert = sqlBuilder.insertInto(name).values({ [first]: 0, [second]: 0 });
  const { sql } = insert.onConflict((conflict) => conflict.doNothing()).compile();
  for (let start = 0; start < pairs.length; start += ROWS_AT_ONCE) {
    const some = pairs.slice(start, start + ROWS_AT_ONCE);
    if (!some.flat().every((value) => Number.isSafeInteger(value))) {
      throw new Error(`its records hold pairs in ${name} that are none of ids`);
    }
    database.write((writer) => {
      for (const parameters of some) writer.run({ sql, parameters });
    });
    await setImmediate();
    signal?.throwIfAborted();
  }
}
