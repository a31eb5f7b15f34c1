import type { AttributeType } from "@brainatlas/sdk/rma/schema";
import { type Catalogue, createCatalogue, type HeldColumn } from "./catalogue.ts";
import type { Reader } from "./reader.ts";
import { createReaderPool, type ReaderPool } from "./reader-pool.ts";
import { sqlBuilder, toStatement } from "./statement.ts";
import { createTables, HELD_COLUMNS } from "./tables.ts";
import { openWriter, type Writer, type WriterConnection } from "./writer.ts";

/** Longest time that reading the catalogue may take, in ms. */
const CATALOGUE_MS = 10_000;

let memoryDatabases = 0;

/** The records of a store, in SQL: a table a model, or a family of models. */
export class RecordDatabase {
  readonly #location: string;
  readonly #readers: ReaderPool;
  #writer: WriterConnection | undefined;
  #catalogue: Promise<Catalogue> | undefined;

  private constructor(location: string, writer: WriterConnection | undefined) {
    this.#location = location;
    this.#writer = writer;
    this.#readers = createReaderPool(location);
  }

  /** Opens the database in a file that exists. */
  static open(path: string): RecordDatabase {
    return new RecordDatabase(path, undefined);
  }

  /** Makes a database: in a file, or in memory, where it ends with this process. */
  static create(path?: string): RecordDatabase {
    memoryDatabases += 1;
    // A name of its own, and a cache that the connections share: without it each would have a database of its own.
    const location = path ?? `file:brainatlas-${memoryDatabases}?mode=memory&cache=shared`;
    const writer = openWriter(location);
    writer.transaction((transaction) => {
      for (const statement of createTables(createCatalogue([]))) transaction.run(toStatement(statement));
    });
    return new RecordDatabase(location, writer);
  }

  /** What tables and columns there are. Columns that another process adds are seen after `refresh`. */
  async catalogue(): Promise<Catalogue> {
    this.#catalogue ??= this.read(async (reader) => createCatalogue(await readHeldColumns(reader)));
    return await this.#catalogue;
  }

  /** Forgets what columns were held: the next catalogue is read anew. */
  refresh(): void {
    this.#catalogue = undefined;
  }

  /** Calls `use` with a connection of its own, to read with. */
  async read<T>(use: (reader: Reader) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return await this.#readers.lend(use, signal);
  }

  /** Writes in one transaction: all, or nothing if `use` throws. */
  write<T>(use: (writer: Writer) => T): T {
    this.#writer ??= openWriter(this.#location);
    const result = this.#writer.transaction(use);
    this.refresh();
    return result;
  }

  close(): void {
    this.#readers.close();
    this.#writer?.close();
    this.#writer = undefined;
  }
}

async function readHeldColumns(reader: Reader): Promise<HeldColumn[]> {
  const statement = toStatement(
    sqlBuilder.selectFrom(HELD_COLUMNS).select(["table_name", "column_name", "column_type"]).compile(),
  );
  const rows = await reader.all(statement, { timeLimitMs: CATALOGUE_MS });
  return rows.map(([table, column, type]) => ({
    table: String(table),
    column: String(column),
    type: String(type) as AttributeType, // Written by the writer of rows, out of this very type.
  }));
}
