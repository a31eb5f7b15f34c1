import type { StructureTree } from "@brainatlas/sdk/ontology";
import type { View } from "./view.ts";

/**
 * The view with a structure selected.
 *
 * @param isAdditive Adds it to the others, or takes it away where it is selected; else it is the only one.
 */
export function withStructure(view: View, id: number, isAdditive: boolean): View {
  if (!isAdditive)
    return view.structures.length === 1 && view.structures[0] === id ? view : { ...view, structures: [id] };
  const isSelected = view.structures.includes(id);
  return { ...view, structures: isSelected ? view.structures.filter((each) => each !== id) : [...view.structures, id] };
}

/** The view with nothing selected. */
export function withoutStructures(view: View): View {
  return view.structures.length === 0 ? view : { ...view, structures: [] };
}

/** Structures with all that lies under them; of ids that the tree does not know, themselves. */
export function withDescendants(ids: readonly number[], tree: StructureTree | undefined): ReadonlySet<number> {
  const all = new Set(ids);
  for (const id of ids) {
    if (tree?.has(id) === true) for (const each of tree.descendants(id)) all.add(each.id);
  }
  return all;
}
