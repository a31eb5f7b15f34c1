import type { StructureRecord } from "./structure-record.ts";
import { entry, type TreeLayout } from "./tree-layout.ts";

/** A structure as a flat row that says where it hangs in the tree it is taken from. */
export interface StructureRow extends StructureRecord {
  readonly structure_id_path: string;
  /** Number of ancestors. */
  readonly depth: number;
}

/** A structure with those below it, as a downloaded graph has it. */
export interface NestedStructure extends StructureRecord {
  readonly children: readonly NestedStructure[];
}

/** Flat rows in graph order; `parent_structure_id`, `structure_id_path` and `depth` are those of this tree. */
export function flatRows(layout: TreeLayout): StructureRow[] {
  const rows: StructureRow[] = [];
  for (const [position, record] of layout.records.entries()) {
    const parent = rows[entry(layout.parents, position)];
    rows.push({
      ...record,
      parent_structure_id: parent?.id ?? null,
      structure_id_path: `${parent?.structure_id_path ?? "/"}${record.id}/`,
      depth: entry(layout.depths, position),
    });
  }
  return rows;
}

/** Nodes in nodes, roots outermost. `structure_id_path` and `depth` are left out, as the nesting says both. */
export function nestedNodes(layout: TreeLayout): NestedStructure[] {
  const roots: NestedStructure[] = [];
  const childLists: NestedStructure[][] = [];
  for (const [position, record] of layout.records.entries()) {
    const parent = entry(layout.parents, position);
    const { structure_id_path: _path, depth: _depth, ...columns } = record;
    const children: NestedStructure[] = [];
    const parent_structure_id = layout.records[parent]?.id ?? null;
    (childLists[parent] ?? roots).push({ ...columns, parent_structure_id, children });
    childLists.push(children);
  }
  return roots;
}
