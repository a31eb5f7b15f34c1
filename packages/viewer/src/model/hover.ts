import type { Drawing } from "@brainatlas/sdk/drawing";
import type { StructureTree } from "@brainatlas/sdk/ontology";
import type { ImagePoint } from "@brainatlas/sdk/sync";
import { visibleGroups } from "./drawing-groups.ts";

/** What is under the pointer in a panel. */
export interface Hover {
  /** Index of the panel, 0-based. */
  readonly panel: number;
  readonly imageId: number;
  /** In full-resolution pixels relative to the image's box. */
  readonly point: ImagePoint;
  /** The structure that the image's drawing shows there. */
  readonly structureId: number | undefined;
}

/** What is said of a structure under the pointer. */
export interface StructureWords {
  readonly acronym: string;
  readonly name: string;
  /** What it lies in, such as "… › Isocortex › Visual areas"; empty where it lies in nothing but the root. */
  readonly path: string;
}

/** Structures that are named of those that one lies in. */
const NAMED = 3;

/** The structure that a drawing shows at a point, of the groups that are not hidden. */
export function structureUnder(
  drawing: Drawing,
  hiddenGroups: readonly number[],
  { x, y }: ImagePoint,
): number | undefined {
  return drawing.structureAt(x, y, { groups: visibleGroups(drawing, hiddenGroups) });
}

/** What is said of a structure; of one that the tree has not, its id. */
export function structureWords(tree: StructureTree | undefined, id: number): StructureWords {
  const structure = tree?.get(id);
  if (tree === undefined || structure === undefined) return { acronym: String(id), name: "Structure", path: "" };
  // The root is the same for all.
  const outer = tree.ancestors(id).slice(0, -1);
  const names = outer
    .slice(0, NAMED)
    .reverse()
    .map(({ name }) => name.trim());
  const path = [...(outer.length > NAMED ? ["…"] : []), ...names].join(" › ");
  return { acronym: structure.acronym.trim(), name: structure.name.trim(), path };
}
