import { fault, type StructureRecord } from "./structure-record.ts";

/** How records hang together. */
export interface StructureLinks {
  /** Id of a structure's parent in the tree, `null` at a root. @default its `parent_structure_id` */
  readonly parentOf?: (structure: StructureRecord, index: number) => number | null;
  /** Path of the record of this index in its document, for errors. @default `structures[index]` */
  readonly at?: (index: number) => string;
}

/**
 * A forest as arrays, one entry a structure, a parent before its children.
 *
 * The descendants of the structure at `p` are those at `p + 1` to `ends[p] - 1`, so that a test for descent is two comparisons
 * and a list of descendants is a slice.
 */
export interface TreeLayout {
  readonly records: readonly StructureRecord[];
  /** Position of the parent, −1 at a root. */
  readonly parents: Int32Array;
  /** Position after the last descendant. */
  readonly ends: Int32Array;
  /** Number of ancestors. */
  readonly depths: Int32Array;
  readonly positionOf: ReadonlyMap<number, number>;
}

/** Stands for no position. */
export const NONE = -1;

/** Entry of an array whose index is known to be inside; the type does not know. */
export function entry(array: Int32Array, index: number): number {
  return array[index] ?? NONE;
}

/**
 * Arranges records as a forest: siblings by `graph_order`, those without one last, then by `id`.
 *
 * @throws {DecodeError} If an id is there twice, a parent is missing, or a structure is its own ancestor.
 */
export function layOut(structures: readonly StructureRecord[], links: StructureLinks = {}): TreeLayout {
  const { parentOf = (structure) => structure.parent_structure_id, at = (index) => `structures[${index}]` } = links;
  const indexOf = indexById(structures, at);
  const parents = Int32Array.from(structures, (structure, index) => {
    const id = parentOf(structure, index);
    const parent = id === null ? NONE : indexOf.get(id);
    if (parent !== undefined) return parent;
    throw fault(`${at(index)}.parent_structure_id`, "null or the id of a structure beside it", id);
  });
  const order = walk(siblingLists(structures, parents), parents);
  if (order.length < structures.length) throw cycleFault(structures, parents, order, at);
  return numbered(structures, parents, order);
}

/**
 * For every position, the position of the nearest structure for which `isMember` holds: itself, else an ancestor, else −1.
 */
export function nearestMembers(
  { records, parents }: TreeLayout,
  isMember: (structure: StructureRecord, position: number) => boolean,
): Int32Array {
  const nearest = new Int32Array(records.length);
  for (const [position, structure] of records.entries()) {
    nearest[position] = isMember(structure, position) ? position : entry(nearest, entry(parents, position));
  }
  return nearest;
}

function indexById(structures: readonly StructureRecord[], at: (index: number) => string): Map<number, number> {
  const indexOf = new Map<number, number>();
  for (const [index, { id }] of structures.entries()) {
    const first = indexOf.get(id);
    if (first !== undefined) throw fault(`${at(index)}.id`, `an id that ${at(first)} does not have`, id);
    indexOf.set(id, index);
  }
  return indexOf;
}

/** Children as linked lists; the list of the roots begins at the entry after the last. */
interface SiblingLists {
  readonly first: Int32Array;
  readonly next: Int32Array;
}

function siblingLists(structures: readonly StructureRecord[], parents: Int32Array): SiblingLists {
  const first = new Int32Array(structures.length + 1).fill(NONE);
  const next = new Int32Array(structures.length).fill(NONE);
  const sorted = [...structures.entries()].sort(([, a], [, b]) => compareSiblings(b, a));
  for (const [index] of sorted) {
    const parent = entry(parents, index);
    const list = parent === NONE ? structures.length : parent;
    next[index] = entry(first, list);
    first[list] = index;
  }
  return { first, next };
}

function compareSiblings(a: StructureRecord, b: StructureRecord): number {
  const [left, right] = [a.graph_order ?? Number.POSITIVE_INFINITY, b.graph_order ?? Number.POSITIVE_INFINITY];
  return left === right ? a.id - b.id : left < right ? -1 : 1;
}

/** Indices in the order of a walk from the roots; what hangs on no root is not in it. No recursion, as trees may be deep. */
function walk({ first, next }: SiblingLists, parents: Int32Array): number[] {
  const order: number[] = [];
  let index = entry(first, next.length);
  while (index !== NONE) {
    order.push(index);
    const child = entry(first, index);
    if (child !== NONE) {
      index = child;
      continue;
    }
    while (index !== NONE && entry(next, index) === NONE) index = entry(parents, index);
    if (index !== NONE) index = entry(next, index);
  }
  return order;
}

function numbered(
  structures: readonly StructureRecord[],
  parentIndices: Int32Array,
  order: readonly number[],
): TreeLayout {
  const size = order.length;
  const positions = new Int32Array(size);
  for (const [position, index] of order.entries()) positions[index] = position;
  const [parents, depths] = [new Int32Array(size), new Int32Array(size)];
  const ends = Int32Array.from(order, (_, position) => position + 1);
  for (const [position, index] of order.entries()) {
    const parentIndex = entry(parentIndices, index);
    const parent = parentIndex === NONE ? NONE : entry(positions, parentIndex);
    parents[position] = parent;
    depths[position] = parent === NONE ? 0 : entry(depths, parent) + 1;
  }
  for (let position = size - 1; position > 0; position -= 1) {
    const parent = entry(parents, position);
    if (parent !== NONE) ends[parent] = Math.max(entry(ends, parent), entry(ends, position));
  }
  // Every index of the order is one of the structures, which flatMap says without a cast.
  const records = order.flatMap((index) => structures[index] ?? []);
  return { records, parents, ends, depths, positionOf: new Map(records.map(({ id }, position) => [id, position])) };
}

function cycleFault(
  structures: readonly StructureRecord[],
  parents: Int32Array,
  order: readonly number[],
  at: (index: number) => string,
): Error {
  const reached = new Set(order);
  // A structure that no root reaches is on a cycle or below one: the way up ends where it comes back.
  let index = structures.findIndex((_, candidate) => !reached.has(candidate));
  while (!reached.has(index)) {
    reached.add(index);
    index = entry(parents, index);
  }
  const parent = structures[entry(parents, index)]?.id;
  return fault(`${at(index)}.parent_structure_id`, "a parent that is not its own descendant", parent);
}
