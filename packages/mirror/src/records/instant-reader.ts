import Connection from "libsql";
import { keep, type Prepared, prepare } from "./prepared.ts";
import { BUSY_MS, CLOSED } from "./reader.ts";
import type { Statement } from "./statement.ts";
import type { SqlRow } from "./values.ts";

/**
 * Reads on this thread, at once: for what takes microseconds, whatever the database holds. To wake the database's own thread
 * takes longer than that.
 */
export interface InstantReader {
  /** All rows of a statement that looks up a row by its key. */
  all(statement: Statement): SqlRow[];
  /** A number that is another after every write, by any process. Asking costs some microseconds, so it is asked for every query. */
  version(): number;
  close(): void;
}

/** Statements that are kept prepared. */
const MAX_PREPARED = 200;

/** @param location File or URI of the database. It is opened when it is first needed. */
export function createInstantReader(location: string): InstantReader {
  const prepared = new Map<string, Prepared>();
  let connection: Connection.Database | undefined;
  let isClosed = false;

  function statementOf(sql: string): Prepared {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    connection ??= open();
    const statement = prepare(connection, sql).raw();
    keep(prepared, sql, statement, MAX_PREPARED);
    return statement;
  }

  function open(): Connection.Database {
    if (isClosed) throw new Error(CLOSED);
    const opened = new Connection(location, { timeout: BUSY_MS });
    opened.exec("PRAGMA query_only = 1");
    return opened;
  }

  return {
    all: ({ sql, parameters }) => statementOf(sql).all(parameters),
    // The database counts the writes of other connections, and those of this one are none.
    version: () => Number(statementOf("PRAGMA data_version").all([])[0]?.[0]),
    close() {
      isClosed = true;
      prepared.clear();
      connection?.close();
      connection = undefined;
    },
  };
}
