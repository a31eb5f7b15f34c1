import { KEY } from "../records/catalogue.ts";
import type { RecordDatabase } from "../records/record-database.ts";
import { sqlBuilder, toStatement } from "../records/statement.ts";

/** Longest time for the question whether a table has any row, in ms. */
const GLANCE_MS = 5000;

/** Whether there is any row beside a model's: "none fits" is an answer, "none was ever put here" is not. */
export async function holdsAny(database: RecordDatabase, model: string, signal: AbortSignal): Promise<boolean> {
  const table = (await database.catalogue()).model(model)?.table;
  if (table === undefined) return false;
  const statement = toStatement(sqlBuilder.selectFrom(table.name).select(KEY).limit(1).compile());
  const limits = { timeLimitMs: GLANCE_MS, signal };
  return (await database.read((reader) => reader.all(statement, limits), signal)).length > 0;
}
