import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import type { SqlValue } from "./values.ts";

/** A statement, with its values apart: no text of a request is ever part of the SQL. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

/** Tables are many, and known at run time alone. */
export type Tables = Record<string, Record<string, SqlValue>>;

/** Builds SQL; what it builds is run by a reader or a writer, never by itself. */
export const sqlBuilder: Kysely<Tables> = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

/**
 * A built query as a statement.
 *
 * @throws {TypeError} If a value is none that a column holds. The driver ends the process at some of those, booleans among them.
 */
export function toStatement({ sql, parameters }: Pick<CompiledQuery, "sql" | "parameters">): Statement {
  return { sql, parameters: checkParameters(parameters) };
}

/** Values as the driver takes them. */
export function checkParameters(parameters: readonly unknown[]): readonly SqlValue[] {
  return parameters.map((value) => {
    if (value === null || typeof value === "string" || typeof value === "number") return value;
    throw new TypeError(`Cannot bind a value of type ${typeof value}; convert it before`);
  });
}
