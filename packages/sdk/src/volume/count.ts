import type { NumberArray } from "./voxels.ts";

/** What counting needs of a tree of structures; a `StructureTree` fits. */
export interface TreeLike {
  has(id: number): boolean;
  ancestors(id: number, options: { readonly self: true }): Iterable<{ readonly id: number }>;
}

/** Number of voxels by label, in ascending order of the labels. */
export function countVoxels(data: NumberArray): Map<number, number> {
  const counts = new Map<number, number>();
  // Neighbours mostly have one label, so that few are looked up.
  for (let start = 0; start < data.length; ) {
    const label = data[start] as number;
    let end = start + 1;
    while (end < data.length && data[end] === label) end += 1;
    counts.set(label, (counts.get(label) ?? 0) + end - start);
    start = end;
  }
  return new Map([...counts].sort(([a], [b]) => a - b));
}

/** Adds the voxels of each label to all structures that it lies in. */
export function countByStructure(counts: ReadonlyMap<number, number>, tree: TreeLike): Map<number, number> {
  const sums = new Map<number, number>();
  for (const [label, count] of counts) {
    if (label === 0) continue;
    const structures = tree.has(label) ? tree.ancestors(label, { self: true }) : [{ id: label }];
    for (const { id } of structures) sums.set(id, (sums.get(id) ?? 0) + count);
  }
  return sums;
}
