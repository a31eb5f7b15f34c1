import type { StructureRecord, StructureTree } from "@brainatlas/sdk/ontology";

/** A line of the outline of a tree of structures. */
export interface TreeRow {
  readonly id: number;
  readonly record: StructureRecord;
  /** 1 at a root. */
  readonly level: number;
  /** Its place among its siblings that are shown, 1 for the first. */
  readonly place: number;
  /** Number of its siblings that are shown, itself included. */
  readonly siblings: number;
  /** Whether what lies in it is shown; `undefined` where nothing lies in it. */
  readonly isOpen: boolean | undefined;
  /** Number of structures that lie in it, at any depth and shown or not. */
  readonly below: number;
}

/** Which lines of an outline there are. */
export interface OutlineOptions {
  /** Whether what lies in a structure is shown. */
  readonly isOpen: (id: number) => boolean;
  /** The structures that are there at all; `undefined` for all. Those whose parent is left out are left out with it. */
  readonly kept?: ReadonlySet<number> | undefined;
}

/** What a text in the filter field leaves of a tree. */
export interface StructureMatches {
  /** Ids that the text may mean. */
  readonly matches: ReadonlySet<number>;
  /** Those, and all that they lie in. */
  readonly kept: ReadonlySet<number>;
}

/** The lines of an outline from top to bottom, in graph order. */
export function treeRows(tree: StructureTree, { isOpen, kept }: OutlineOptions): TreeRow[] {
  const shown = (records: StructureRecord[]): StructureRecord[] =>
    kept === undefined ? records : records.filter(({ id }) => kept.has(id));
  const rows: TreeRow[] = [];
  // A stack and no recursion: a graph that a server sends may be deep.
  const open = [{ siblings: shown(tree.roots), next: 0 }];
  for (let list = open.at(-1); list !== undefined; list = open.at(-1)) {
    const record = list.siblings[list.next];
    list.next += 1;
    if (record === undefined) {
      open.pop();
      continue;
    }
    const { id } = record;
    const children = shown(tree.children(id));
    const isRowOpen = children.length === 0 ? undefined : isOpen(id);
    const place = { level: open.length, place: list.next, siblings: list.siblings.length };
    rows.push({ id, record, ...place, isOpen: isRowOpen, below: tree.descendants(id).length });
    if (isRowOpen === true) open.push({ siblings: children, next: 0 });
  }
  return rows;
}

/** Structures with all that they lie in; ids that the tree does not know are left out. */
export function withAncestors(ids: Iterable<number>, tree: StructureTree): Set<number> {
  const all = new Set<number>();
  for (const id of ids) {
    let structure = tree.get(id);
    while (structure !== undefined && !all.has(structure.id)) {
      all.add(structure.id);
      structure = tree.parent(structure.id);
    }
  }
  return all;
}

/** What a text leaves of a tree: what `StructureTree.find()` finds, by acronym, name and id. `undefined` for a text of blanks, which leaves all. */
export function matchStructures(tree: StructureTree, text: string): StructureMatches | undefined {
  if (text.trim() === "") return undefined;
  const matches = new Set(tree.find(text).map(({ id }) => id));
  return { matches, kept: withAncestors(matches, tree) };
}

/** What is in both; `undefined` stands for all there is. */
export function keptByBoth(
  one: ReadonlySet<number> | undefined,
  other: ReadonlySet<number> | undefined,
): ReadonlySet<number> | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return new Set([...one].filter((id) => other.has(id)));
}

/** The levels of a tree that are open at first: as many as fit into a number of lines, and one at least. */
export function firstOpen(tree: StructureTree, maxRows: number): Set<number> {
  const open = new Set<number>();
  let level = tree.roots;
  let rows = level.length;
  while (level.length > 0) {
    const next = level.flatMap(({ id }) => tree.children(id));
    rows += next.length;
    if (rows > maxRows && open.size > 0) break;
    for (const { id } of level) open.add(id);
    level = next;
  }
  return open;
}

/** Parts of a text before, in and after what is looked for, in any case of letters; the whole text before where it is not found. */
export function splitMatch(text: string, wanted: string): readonly [before: string, match: string, after: string] {
  const [folded, part] = [text.toLowerCase(), wanted.trim().toLowerCase()];
  // Few letters change their length with their case; their texts are left unmarked.
  const start = part === "" || folded.length !== text.length ? -1 : folded.indexOf(part);
  if (start < 0) return [text, "", ""];
  return [text.slice(0, start), text.slice(start, start + part.length), text.slice(start + part.length)];
}
