import type Connection from "libsql";
import type { SqlRow, SqlValue } from "./values.ts";

/** A prepared statement of the driver that computes on this thread, as far as it is used. */
export interface Prepared {
  run(parameters: readonly SqlValue[]): unknown;
  /** Has rows come as arrays. A statement that gives none refuses. */
  raw(): Prepared;
  all(parameters: readonly SqlValue[]): SqlRow[];
}

/** Prepares a statement. */
export function prepare(connection: Connection.Database, sql: string): Prepared {
  // The driver's types know no arrays of parameters, which is what it takes.
  return connection.prepare(sql) as unknown as Prepared;
}

/** Puts something into a map of at most so many, as what was used last; what was not used for longest makes way. */
export function keep<Value>(map: Map<string, Value>, key: string, value: Value, most: number): void {
  map.delete(key); // The one used last stands last.
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}
