import type { RecordModel } from "../records/catalogue.ts";
import { LINKING_MODELS } from "../records/linking-models.ts";

/**
 * The association whose rows a filter means by a key that only the rows between the two models have: AllenSDK asks for the
 * structures of sets by `model::Structure,rma::criteria,[structure_set_id$in7,8]` (reference §4.5).
 *
 * @returns The association's name; `undefined` where the model has the column itself, or nothing links it so.
 */
export function linkedBy(column: string, { associations, columns }: RecordModel): string | undefined {
  if (columns.includes(column)) return undefined;
  for (const { name, join } of associations.values()) {
    if (join.kind !== "link") continue;
    const linking = Object.values(LINKING_MODELS).find(({ table }) => table === join.table);
    if (linking?.sides.some(({ link, key }) => link === join.otherColumn && key === column)) return name;
  }
  return undefined;
}
