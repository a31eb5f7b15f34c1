import { printColor, type StructureTree } from "@brainatlas/sdk/ontology";
import { withoutTurns } from "./plain-words.ts";

/** What is said of a structure. */
export interface StructureWords {
  readonly acronym: string;
  readonly name: string;
  /** What it lies in, such as "… › Isocortex › Visual areas"; empty where it lies in nothing but the root. */
  readonly path: string;
}

/** Structures that are named of those that one lies in. */
const NAMED = 3;

/** What is said of a structure; of one that the tree has not, its id. */
export function structureWords(tree: StructureTree | undefined, id: number): StructureWords {
  const structure = tree?.get(id);
  if (tree === undefined || structure === undefined) return { acronym: String(id), name: "Structure", path: "" };
  // The root is the same for all.
  const outer = tree.ancestors(id).slice(0, -1);
  const names = outer
    .slice(0, NAMED)
    .reverse()
    .map(({ name }) => plain(name));
  const path = [...(outer.length > NAMED ? ["…"] : []), ...names].join(" › ");
  return { acronym: plain(structure.acronym), name: plain(structure.name), path };
}

function plain(text: string): string {
  return withoutTurns(text).trim();
}

/** Colour of a structure, as `#bfdae3`; `undefined` of one that has none, or that the tree has not. */
export function structureColour(tree: StructureTree | undefined, id: number): string | undefined {
  const rgb = tree?.has(id) === true ? tree.rgb(id) : undefined;
  return rgb && `#${printColor(rgb).toLowerCase()}`;
}
