import { type RawBuilder, sql } from "kysely";
import { KEY } from "../records/catalogue.ts";
import type { ReadLimits } from "../records/reader.ts";
import type { RecordDatabase } from "../records/record-database.ts";
import { sqlBuilder, toStatement } from "../records/statement.ts";
import type { SqlRow } from "../records/values.ts";
import { UnsupportedStageError } from "../rma/result.ts";

/** The records as a service reads them: in one state from the first statement to the last. */
export interface ServiceRecords {
  /** All rows of a statement, which is a `select`: what it computes, it computes on the database's own thread. */
  all(select: RawBuilder<unknown>): Promise<readonly SqlRow[]>;
  /**
   * Makes sure that there are records of a model at all: "none fits" is an answer, "none was ever put here" is not.
   *
   * @throws {UnsupportedStageError} If there is none.
   */
  require(model: string): Promise<void>;
}

/** Calls `use` with the records, on a connection of its own. */
export async function readRecords<T>(
  database: RecordDatabase,
  limits: ReadLimits,
  use: (records: ServiceRecords) => Promise<T>,
): Promise<T> {
  const catalogue = await database.catalogue();
  return await database.read(async (reader) => {
    const all = (select: RawBuilder<unknown>): Promise<readonly SqlRow[]> => {
      // All is done before the first row comes, as the reader wants it; the rows keep their order.
      const statement = sql`with found as materialized (${select}) select * from found`;
      return reader.all(toStatement(statement.compile(sqlBuilder)), limits);
    };
    reader.steady();
    try {
      return await use({
        all,
        async require(model) {
          const table = catalogue.model(model)?.table.name ?? "";
          const found = await all(sql`select ${sql.ref(KEY)} from ${sql.table(table)} limit 1`);
          if (found.length > 0) return;
          throw new UnsupportedStageError(
            `This mirror holds no records of the model ${model}, which the service needs`,
          );
        },
      });
    } finally {
      reader.loosen();
    }
  }, limits.signal);
}

/** A list of ids as one value of a statement, however many they are: `in ${idsSql(ids)}`. */
export function idsSql(ids: Iterable<number>): RawBuilder<unknown> {
  return sql`(select value from json_each(${JSON.stringify([...ids])}))`;
}
