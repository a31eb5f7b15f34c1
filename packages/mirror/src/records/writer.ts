import Connection from "libsql";
import { BUSY_MS } from "./reader.ts";
import type { Statement } from "./statement.ts";
import type { SqlValue } from "./values.ts";

/** What a transaction may do. */
export interface Writer {
  /** Runs a statement that gives no rows. */
  run(statement: Statement): void;
  /** All rows of a statement, as arrays in the order of its columns. */
  all(statement: Statement): SqlValue[][];
}

/** The connection that writes. It computes on this thread: a write is to be cut into batches. */
export interface WriterConnection {
  /** Runs `use` in a transaction: all of it is written, or nothing if it throws. */
  transaction<T>(use: (writer: Writer) => T): T;
  close(): void;
}

interface Prepared {
  run(parameters: readonly SqlValue[]): unknown;
  raw(): { all(parameters: readonly SqlValue[]): SqlValue[][] };
  readonly reader: boolean;
}

/** @param location File or URI of the database, as the driver takes it. */
export function openWriter(location: string): WriterConnection {
  const connection = new Connection(location, { timeout: BUSY_MS });
  // A reader of another process goes on with what it saw, while this one writes.
  connection.exec("PRAGMA journal_mode = WAL");
  // With WAL this loses no write that was seen; what a power cut takes is whole transactions.
  connection.exec("PRAGMA synchronous = NORMAL");
  const prepared = new Map<string, Prepared>();

  function prepare(sql: string): Prepared {
    // The driver's types know no arrays of parameters, which is what it takes.
    const statement = prepared.get(sql) ?? (connection.prepare(sql) as unknown as Prepared);
    prepared.set(sql, statement);
    return statement;
  }

  const writer: Writer = {
    run: ({ sql, parameters }) => void prepare(sql).run(parameters),
    all: ({ sql, parameters }) => prepare(sql).raw().all(parameters),
  };

  return {
    transaction(use) {
      connection.exec("BEGIN IMMEDIATE");
      try {
        const result = use(writer);
        connection.exec("COMMIT");
        return result;
      } catch (error) {
        connection.exec("ROLLBACK");
        throw error;
      }
    },
    close() {
      prepared.clear();
      connection.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      connection.close();
    },
  };
}
