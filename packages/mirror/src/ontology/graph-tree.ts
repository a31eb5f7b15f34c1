import { RequestError } from "../failures.ts";
import type { GraphNode } from "./graph-rows.ts";

/**
 * How deep structures may lie: ten times the deepest graph recorded. What lies deeper is no graph that was downloaded, and a ring
 * of parents ends here.
 */
export const MAX_LEVELS = 120;

/**
 * Hangs structures below their parents and gives those that have none here, in order. Structures that lie below each other in a
 * ring belong to no root, and are left out.
 *
 * @throws {RequestError} If they lie deeper than any graph.
 */
export function hangTree(nodes: readonly GraphNode[]): readonly GraphNode[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const roots: GraphNode[] = [];
  for (const node of nodes) (byId.get(node.parent_structure_id)?.children ?? roots).push(node);
  let level = roots;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_LEVELS) throw new RequestError(`Cannot write a graph of more than ${MAX_LEVELS} levels`);
    level = level.flatMap(({ children }) => children);
  }
  return roots;
}
