import { sql } from "kysely";
import { UnsupportedStageError } from "../rma/result.ts";
import type { ComparedRows, CorrelationDomain } from "./correlation.ts";
import type { MouseStructures } from "./mouse-structures.ts";
import type { Parameters } from "./parameters.ts";
import type { ServiceRecords } from "./service-records.ts";

/**
 * The seed of a correlation, with the structures of the domain, the whole brain if none is given, that the seed has values in and that
 * hold none of the others.
 *
 * @throws {UnsupportedStageError} If nothing of the seed is held.
 */
export async function readSeed(
  records: ServiceRecords,
  { table, where }: ComparedRows,
  parameters: Parameters,
  structures: MouseStructures,
): Promise<Pick<CorrelationDomain, "seedId" | "structureIds">> {
  const [seedId = 0] = parameters.numbers("row");
  const rows = await records.all(
    sql`select structure_id from ${sql.table(table)} where section_data_set_id = ${seedId} and ${where}`,
  );
  if (rows.length === 0) {
    throw new UnsupportedStageError(`This mirror holds no values by structure of the data set ${seedId}`);
  }
  const keys = parameters.all("structures");
  const domain = keys.length === 0 ? undefined : structures.within(structures.idsOf(keys));
  const held = rows.map(([id]) => Number(id)).filter((id) => domain?.has(id) ?? structures.get(id) !== undefined);
  return { seedId, structureIds: structures.leavesOf(held) };
}
