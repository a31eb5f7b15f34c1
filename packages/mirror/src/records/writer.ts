import Connection from "libsql";
import { keep, type Prepared, prepare } from "./prepared.ts";
import { BUSY_MS } from "./reader.ts";
import { type Statement, sqlBuilder, toStatement } from "./statement.ts";
import type { SqlRow } from "./values.ts";

/** What a transaction may do. */
export interface Writer {
  /** Runs a statement that gives no rows. */
  run(statement: Statement): void;
  /** All rows of a statement, as arrays in the order of its columns. */
  all(statement: Statement): SqlRow[];
}

/** The connection that writes. It computes on this thread: a write is to be cut into batches. */
export interface WriterConnection {
  /** Runs `use` in a transaction: all of it is written, or nothing if it throws. */
  transaction<T>(use: (writer: Writer) => T): T;
  /** Gathers what the database plans its reading by: how many rows a value of an index has. While another process writes it does nothing. */
  analyse(): void;
  /** @param isToAnalyse Whether to gather that once more. */
  close(isToAnalyse: boolean): void;
}

/** Memory for pages that a transaction changes, in kB: with less, indices of large tables are read and written over and over. */
const CACHE_KB = 65_536;
/** Rows of an index that are looked at to tell what it is like: enough, and soon done. */
const ANALYSED_ROWS = 1000;
/** Statements that are kept prepared. */
const MAX_PREPARED = 500;

/** @param location File or URI of the database, as the driver takes it. */
export function openWriter(location: string): WriterConnection {
  const connection = new Connection(location, { timeout: BUSY_MS });
  // A reader of another process goes on with what it saw, while this one writes.
  connection.exec("PRAGMA journal_mode = WAL");
  // With WAL this loses no write that was seen; what a power cut takes is whole transactions.
  connection.exec("PRAGMA synchronous = NORMAL");
  connection.exec(`PRAGMA cache_size = -${CACHE_KB}`);
  const prepared = new Map<string, Prepared>();

  function statementOf(sql: string): Prepared {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const statement = prepare(connection, sql);
    keep(prepared, sql, statement, MAX_PREPARED);
    return statement;
  }

  const writer: Writer = {
    run: ({ sql, parameters }) => void statementOf(sql).run(parameters),
    all: ({ sql, parameters }) => statementOf(sql).raw().all(parameters),
  };

  /** Another process that is writing is not waited for: it does this itself when done. */
  function analyse(): void {
    connection.exec("PRAGMA busy_timeout = 0");
    try {
      connection.exec(`PRAGMA analysis_limit = ${ANALYSED_ROWS}`);
      connection.exec("ANALYZE");
    } catch (error) {
      if (!isBusy(error)) throw error;
    } finally {
      connection.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    }
  }

  return {
    transaction(use) {
      begin(connection);
      try {
        const result = use(writer);
        connection.exec("COMMIT");
        return result;
      } catch (error) {
        // Of some errors, such as a full disk, the database has rolled back itself.
        if (connection.inTransaction) connection.exec("ROLLBACK");
        throw isFull(error) ? new DiskFullError(error) : error;
      }
    },
    analyse,
    close(isToAnalyse) {
      prepared.clear();
      if (isToAnalyse) analyse();
      connection.exec("PRAGMA busy_timeout = 0");
      connection.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      connection.close();
    },
  };
}

/** The disk has no room for what was to be written; nothing of it is. */
export class DiskFullError extends Error {
  constructor(cause: unknown) {
    super("Cannot write to the records: the disk is full; make room, and try again", { cause });
    this.name = "DiskFullError";
  }
}

/** Whether the database in a file has a table. */
export function hasTable(path: string, name: string): boolean {
  const connection = new Connection(path, { timeout: BUSY_MS });
  try {
    const { sql, parameters } = tableNamed(name);
    return prepare(connection, sql).raw().all(parameters).length > 0;
  } finally {
    connection.close();
  }
}

/** Finds a table by its name. */
export function tableNamed(name: string): Statement {
  return toStatement(sqlBuilder.selectFrom("sqlite_master").select("name").where("name", "=", name).compile());
}

function begin(connection: Connection.Database): void {
  try {
    connection.exec("BEGIN IMMEDIATE");
  } catch (cause) {
    if (!isBusy(cause)) throw cause;
    throw new Error("Cannot write to the records: another process is writing to them; try again when it is done", {
      cause,
    });
  }
}

/** Whether there is no room: for the database, or for the files beside it. */
export function isFull(error: unknown): boolean {
  if (error instanceof DiskFullError) return true;
  const { code } = error as { code?: unknown };
  return code === "SQLITE_FULL" || code === "SQLITE_IOERR_SHMSIZE";
}

/** Whether another connection holds what is needed. */
function isBusy(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === "SQLITE_BUSY" || code === "SQLITE_LOCKED";
}
