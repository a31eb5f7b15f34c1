import type { StructureTree } from "@brainatlas/sdk/ontology";
import type { JSX } from "preact";
import { structureColour } from "../model/structure-words.ts";

/** The colour of a structure; empty where none is known. */
export function Swatch({ id, tree }: { id: number; tree: StructureTree | undefined }): JSX.Element {
  const colour = structureColour(tree, id);
  return <span class="swatch" style={colour === undefined ? {} : { backgroundColor: colour }} />;
}
