import { sql } from "kysely";
import { CLASS } from "./catalogue.ts";
import type { RecordDatabase } from "./record-database.ts";
import { sqlBuilder, toStatement } from "./statement.ts";

/** Longest time that counting one table may take, in ms. */
const LIMITS = { timeLimitMs: 60_000 };

/** Rows by model, in order of the models' names; a model without rows is not named. */
export async function countRows(database: RecordDatabase): Promise<Record<string, number>> {
  const catalogue = await database.catalogue();
  const tables = new Set(catalogue.models.map((name) => catalogue.model(name)?.table.name ?? ""));
  return await database.read(async (reader) => {
    const counts: [string, number][] = [];
    for (const table of tables) {
      const query = sqlBuilder
        .selectFrom(table)
        .select([CLASS, sql<number>`count(*)`.as("rows")])
        .groupBy(CLASS);
      for (const [model, count] of await reader.all(toStatement(query.compile()), LIMITS)) {
        counts.push([String(model), Number(count)]);
      }
    }
    return Object.fromEntries(counts.sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
