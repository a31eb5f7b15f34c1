import type { StructureTree } from "@brainatlas/sdk/ontology";
import { structureWords } from "./structure-words.ts";

/** What has become of the selection, in words for those who do not see it; empty where nothing has. */
export function selectionWords(
  tree: StructureTree | undefined,
  before: readonly number[],
  after: readonly number[],
): string {
  const added = after.filter((id) => !before.includes(id));
  const removed = before.filter((id) => !after.includes(id));
  if (added.length === 0 && removed.length === 0) return "";
  if (after.length === 0) return "Nothing selected";
  const count = after.length > 1 ? `, ${after.length} in all` : "";
  if (added.length > 0) return `${namesOf(tree, added)} selected${count}`;
  return `${namesOf(tree, removed)} no longer selected${count}`;
}

/** Names of structures; of many, how many they are. */
function namesOf(tree: StructureTree | undefined, ids: readonly number[]): string {
  const [id] = ids;
  if (id === undefined || ids.length > 1) return `${ids.length} structures`;
  const { acronym, name } = structureWords(tree, id);
  return `${acronym}, ${name}`;
}
