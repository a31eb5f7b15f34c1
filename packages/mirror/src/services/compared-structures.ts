import { UnsupportedStageError } from "../rma/result.ts";
import type { MouseStructures } from "./mouse-structures.ts";
import type { Parameters } from "./parameters.ts";

/**
 * Structures of the domain, the whole brain if none is given, that the seed has values in and that hold none of the others.
 *
 * @throws {UnsupportedStageError} If nothing of the seed is held.
 */
export function comparedStructures(
  held: readonly number[],
  seedId: number,
  parameters: Parameters,
  structures: MouseStructures,
): readonly number[] {
  if (held.length === 0) {
    throw new UnsupportedStageError(`This mirror holds no values by structure of the data set ${seedId}`);
  }
  const keys = parameters.all("structures");
  const domain = keys.length === 0 ? undefined : structures.within(structures.idsOf(keys));
  return structures.leavesOf(held.filter((id) => domain?.has(id) ?? structures.get(id) !== undefined));
}
