import { createHash } from "node:crypto";

/** Ids that a name has; of more it has a mark. */
const MAX_IDS = 3;

/**
 * The name of a plan of what has these ids: whatever has other records has another name.
 *
 * @example nameByIds("dataset", [69289763]) // → "dataset-69289763"
 */
export function nameByIds(what: string, ids: readonly number[]): string {
  const sorted = [...new Set(ids)].sort((a, b) => a - b);
  return sorted.length <= MAX_IDS ? [what, ...sorted].join("-") : nameByMark(what, sorted);
}

/** The name of a plan by a mark of what tells it from others of its kind. */
export function nameByMark(what: string, facts: unknown): string {
  return `${what}-${createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 12)}`;
}
