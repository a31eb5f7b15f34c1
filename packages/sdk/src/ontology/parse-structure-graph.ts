import { readRows } from "./read-rows.ts";
import { columnsOf, fault, parseStructureRecord, type StructureRecord } from "./structure-record.ts";
import { StructureTree } from "./structure-tree.ts";

/** Steps of a path that are printed at its start and at its end; a deeper path is cut in the middle. */
const PRINTED_STEPS = 12;

/**
 * The tree of a downloaded graph: the JSON document of `structure_graph_download`, its `msg`, or one node with its `children`
 * (reference §4.1).
 *
 * A node may leave `parent_structure_id` out; when it is there, it is the id of the node around it. The outermost nodes keep
 * theirs and are roots all the same, so that a part of a graph is read, too.
 *
 * @throws {DecodeError} If a node is not as promised, an id is there twice, or a parent is not the node around.
 * @example parseStructureGraph({ id: 8, acronym: "grey", name: "Grey", children: [] }).size // → 1
 */
export function parseStructureGraph(document: unknown): StructureTree {
  const isNode = typeof document === "object" && document !== null && "id" in document && !("msg" in document);
  return isNode ? growTree([document], () => "") : growTree(...readRows(document));
}

/** The tree of nodes; `rootAt` is the path of each in its document. */
export function growTree(roots: readonly unknown[], rootAt: (index: number) => string): StructureTree {
  const nodes = [...roots];
  const parents = roots.map((): number | undefined => undefined);
  const steps = [...roots.keys()];
  const records: StructureRecord[] = [];
  const ids = new Set<number>();
  const at = (index: number): string => pathOf(index, parents, steps, rootAt);
  // The list grows while it is read, as nodes may lie too deep for recursion.
  for (let index = 0; index < nodes.length; index += 1) {
    const parent = records[parents[index] ?? nodes.length];
    const record = readNode(nodes[index], parent, () => at(index));
    // Said here, not left to the tree: a node that lies inside itself would never end.
    if (ids.has(record.id)) throw fault(`${at(index)}.id`, "an id that no other structure has", record.id);
    ids.add(record.id);
    records.push(record);
    for (const [step, child] of childrenOf(nodes[index], () => at(index)).entries()) {
      nodes.push(child);
      parents.push(index);
      steps.push(step);
    }
  }
  const parentOf = (_: StructureRecord, index: number): number | null => records[parents[index] ?? -1]?.id ?? null;
  return new StructureTree(records, { parentOf, at });
}

function readNode(node: unknown, parent: StructureRecord | undefined, at: () => string): StructureRecord {
  const record = parseStructureRecord(node, at);
  const given = record.parent_structure_id;
  if (parent === undefined || given === parent.id) return record;
  if (given === null) return Object.freeze({ ...record, parent_structure_id: parent.id });
  throw fault(`${at()}.parent_structure_id`, `${parent.id}, the id of the node around it`, given);
}

function childrenOf(node: unknown, at: () => string): readonly unknown[] {
  const children = columnsOf(node, at).children ?? [];
  if (Array.isArray(children)) return children;
  throw fault(`${at()}.children`, "a list", children);
}

function pathOf(
  index: number,
  parents: readonly (number | undefined)[],
  steps: readonly number[],
  rootAt: (index: number) => string,
): string {
  const path: string[] = [];
  let current = index;
  for (let parent = parents[current]; parent !== undefined; parent = parents[current]) {
    path.push(`.children[${steps[current]}]`);
    current = parent;
  }
  path.push(rootAt(current));
  path.reverse();
  if (path.length > 2 * PRINTED_STEPS) path.splice(PRINTED_STEPS, path.length - 2 * PRINTED_STEPS, ".…");
  return path.join("");
}
