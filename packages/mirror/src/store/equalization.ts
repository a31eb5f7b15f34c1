import { type ChannelRange, checkImageParameters, type SubImageRecord } from "@brainatlas/sdk/image";
import type { RecordDatabase } from "../records/record-database.ts";
import { sqlBuilder, toStatement } from "../records/statement.ts";

/** Columns of the model Equalization, in the order of a range. */
const COLUMNS = ["red_lower", "red_upper", "green_lower", "green_upper", "blue_lower", "blue_upper"] as const;

/**
 * The windows of the channels that an image of 12 or 16 bits is shown through unless others are asked for: those of its data set's
 * Equalization row (reference §1.2). `undefined` where no row is held, or none that says them.
 */
export async function defaultRange(
  database: RecordDatabase,
  { data_set_id }: Pick<SubImageRecord, "data_set_id">,
): Promise<ChannelRange | undefined> {
  const table = (await database.catalogue()).model("Equalization")?.table;
  if (typeof data_set_id !== "number" || table === undefined) return undefined;
  // Of a mirror that was never given such rows not all columns are there.
  if (!["section_data_set_id", ...COLUMNS].every((name) => table.columns.get(name)?.isHeld)) return undefined;
  const query = sqlBuilder
    .selectFrom(table.name)
    .select([...COLUMNS])
    .where("section_data_set_id", "=", data_set_id)
    .orderBy(table.keyColumn)
    .limit(1);
  const [range] = database.lookUp(toStatement(query.compile()));
  return isRange(range) ? range : undefined;
}

function isRange(values: unknown): values is ChannelRange {
  try {
    return checkImageParameters({ range: values as ChannelRange }, ["range"]).range !== undefined;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
