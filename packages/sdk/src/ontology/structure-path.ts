/**
 * Ids of a `structure_id_path`, root first; `undefined` when the text is none.
 *
 * @example parseStructurePath("/997/8/567/") // → [997, 8, 567]
 */
export function parseStructurePath(text: string): number[] | undefined {
  const [before, ...steps] = text.split("/");
  if (before !== "" || steps.pop() !== "" || steps.length === 0) return undefined;
  if (!steps.every((step) => /^\d+$/.test(step))) return undefined;
  const ids = steps.map(Number);
  return ids.every(Number.isSafeInteger) ? ids : undefined;
}

/**
 * A `structure_id_path` of ids, root first.
 *
 * @example printStructurePath([997, 8, 567]) // → "/997/8/567/"
 */
export function printStructurePath(ids: readonly number[]): string {
  return `/${ids.map((id) => `${id}/`).join("")}`;
}
