import type { StructureTree } from "@brainatlas/sdk/ontology";
import { structureColour, structureWords } from "../model/structure-words.ts";
import type { StructureFacts } from "./structure-table.ts";

/** A line of a legend. */
export type LegendEntry = Pick<StructureFacts, "id" | "acronym" | "name" | "colour">;

/** What stands beside a picture. */
export interface Legend {
  readonly entries: readonly LegendEntry[];
  /** How many more there would be. */
  readonly more: number;
}

/** Most lines of a legend. */
export const MAX_LEGEND = 24;

/**
 * The structures that a legend names: the selected ones, as they were selected, else those that are seen. Of too many it names the largest.
 *
 * @param seen What the picture shows, in the order of the legend.
 */
export function chooseLegend(
  selected: readonly number[],
  seen: readonly StructureFacts[],
  tree: StructureTree | undefined,
): Legend {
  const all =
    selected.length > 0 ? selectedEntries(selected, seen, tree) : seen.filter(({ acronym }) => acronym !== "");
  if (all.length <= MAX_LEGEND) return { entries: all, more: 0 };
  const areas = new Map(seen.map(({ id, areaPx2 }) => [id, areaPx2]));
  const largest = all.toSorted((a, b) => (areas.get(b.id) ?? 0) - (areas.get(a.id) ?? 0)).slice(0, MAX_LEGEND);
  return { entries: all.filter((entry) => largest.includes(entry)), more: all.length - MAX_LEGEND };
}

function selectedEntries(
  selected: readonly number[],
  seen: readonly StructureFacts[],
  tree: StructureTree | undefined,
): LegendEntry[] {
  return selected.flatMap((id): LegendEntry[] => {
    const drawn = seen.find((facts) => facts.id === id);
    if (tree?.has(id) !== true) return drawn === undefined ? [] : [drawn];
    const { acronym, name } = structureWords(tree, id);
    return [{ id, acronym, name, colour: structureColour(tree, id) ?? drawn?.colour }];
  });
}
