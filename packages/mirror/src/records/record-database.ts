import { accessSync, constants, existsSync } from "node:fs";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import type { AttributeType } from "@brainatlas/sdk/rma/schema";
import { type Catalogue, createCatalogue, type HeldColumn } from "./catalogue.ts";
import { createInstantReader, type InstantReader } from "./instant-reader.ts";
import type { Reader } from "./reader.ts";
import { createReaderPool, type ReaderPool } from "./reader-pool.ts";
import { type Statement, sqlBuilder, toStatement } from "./statement.ts";
import { createTables, HELD_COLUMNS } from "./tables.ts";
import type { SqlRow } from "./values.ts";
import { hasTable, openWriter, tableNamed, type Writer, type WriterConnection } from "./writer.ts";

/** Longest time that reading the catalogue may take, in ms. */
const CATALOGUE_MS = 10_000;

let memoryDatabases = 0;

/** The catalogue as it was when the database was last looked at. */
interface Known {
  /** Which state of the database it is of. */
  readonly version: string;
  readonly held: Promise<Held>;
}

interface Held {
  readonly catalogue: Catalogue;
  /** The held columns as text, to compare. */
  readonly columns: string;
}

/** The records of a store, in SQL: a table a model, or a family of models. */
export class RecordDatabase {
  readonly #location: string;
  readonly #readers: ReaderPool;
  readonly #instant: InstantReader;
  /** Whether other processes may write to it. */
  readonly #isFile: boolean;
  #writer: WriterConnection | undefined;
  #writes = 0;
  #known: Known | undefined;

  private constructor(location: string, isFile: boolean, writer: WriterConnection | undefined) {
    this.#location = location;
    this.#writer = writer;
    this.#readers = createReaderPool(location);
    this.#instant = createInstantReader(location);
    this.#isFile = isFile;
  }

  /**
   * Opens the database in a file; it is made where there is none.
   *
   * @throws {Error} If the file is no database, or cannot be made.
   */
  static open(path: string): RecordDatabase {
    if (!existsSync(path)) return RecordDatabase.create(path);
    const location = readableLocation(path);
    // A file without tables is one that another process is making, or that it was ended at.
    return hasTable(location, HELD_COLUMNS)
      ? new RecordDatabase(location, true, undefined)
      : RecordDatabase.create(path);
  }

  /** Makes a database: in a file, where one that is there is kept, or in memory, where it ends with this process. */
  static create(path?: string): RecordDatabase {
    memoryDatabases += 1;
    // A name of its own, and a cache that the connections share: without it each would have a database of its own.
    const location = path ?? `file:brainatlas-${memoryDatabases}?mode=memory&cache=shared`;
    const writer = openWriter(location);
    writer.transaction((transaction) => {
      // Another process may have made it in between: the transaction lets one in at a time.
      if (transaction.all(tableNamed(HELD_COLUMNS)).length > 0) return;
      for (const statement of createTables(createCatalogue([]))) transaction.run(toStatement(statement));
    });
    return new RecordDatabase(location, path !== undefined, writer);
  }

  /**
   * What tables and columns there are, those that another process has added meanwhile among them. It is the same object as
   * long as they are the same.
   */
  async catalogue(): Promise<Catalogue> {
    const version = `${this.#writes} ${this.#isFile ? this.#instant.version() : ""}`;
    if (this.#known?.version !== version) this.#known = { version, held: this.#readHeld(this.#known?.held) };
    const known = this.#known;
    try {
      return (await known.held).catalogue;
    } catch (error) {
      if (this.#known === known) this.#known = undefined;
      throw error;
    }
  }

  /** Calls `use` with a connection of its own, to read with. */
  async read<T>(use: (reader: Reader) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return await this.#readers.lend(use, signal);
  }

  /** Rows of a statement that looks up a row by its key: on this thread, and at once. */
  lookUp(statement: Statement): SqlRow[] {
    return this.#instant.all(statement);
  }

  /** Writes in one transaction: all, or nothing if `use` throws. */
  write<T>(use: (writer: Writer) => T): T {
    this.#writer ??= openWriter(this.#location);
    const result = this.#writer.transaction(use);
    this.#writes += 1;
    return result;
  }

  /** Tells the database to look at what it holds, after many rows were written: it plans its reading by that. `close` does so too. */
  analyse(): void {
    this.#writer ??= openWriter(this.#location);
    this.#writer.analyse();
  }

  close(): void {
    this.#readers.close();
    this.#instant.close();
    this.#writer?.close(this.#writes > 0);
    this.#writer = undefined;
  }

  async #readHeld(before: Promise<Held> | undefined): Promise<Held> {
    const held = await this.read(readHeldColumns);
    const columns = JSON.stringify(held);
    const last = await before?.catch(() => undefined);
    return last?.columns === columns ? last : { catalogue: createCatalogue(held), columns };
  }
}

/** Where the driver reads the database in a file. It is read through files beside it; where none can be made, it does not change either. */
export function readableLocation(path: string): string {
  return isWritable(dirname(path)) ? path : `${pathToFileURL(path).href}?immutable=1`;
}

function isWritable(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

async function readHeldColumns(reader: Reader): Promise<HeldColumn[]> {
  const statement = toStatement(
    sqlBuilder.selectFrom(HELD_COLUMNS).select(["table_name", "column_name", "column_type"]).orderBy("rowid").compile(),
  );
  const rows = await reader.all(statement, { timeLimitMs: CATALOGUE_MS });
  return rows.map(([table, column, type]) => ({
    table: String(table),
    column: String(column),
    type: String(type) as AttributeType, // Written by the writer of rows, out of this very type.
  }));
}
