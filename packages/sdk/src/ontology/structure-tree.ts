import { checkCount, show } from "../check.ts";
import { type ColorTable, colorTable, parseColor, type Rgb } from "./color.ts";
import { findStructures } from "./find-structures.ts";
import { type LabelDescriptionOptions, printLabelDescription } from "./label-description.ts";
import { flatRows, type NestedStructure, nestedNodes, type StructureRow } from "./print-structures.ts";
import { StructureIndex, type TextOptions } from "./structure-index.ts";
import type { StructureRecord } from "./structure-record.ts";
import { entry, layOut, NONE, nearestMembers, type StructureLinks, type TreeLayout } from "./tree-layout.ts";
import type { PathTextOptions, SelfOptions, StructureOverlap } from "./tree-options.ts";

/**
 * Brain structures and how they lie in each other; immutable.
 *
 * Everything is in graph order: a structure before those in it, siblings by `graph_order`, then by `id`. Reading the tree goes
 * through it in that order. Records are those of the document, unchanged; what the tree says (`parent`, `path`, `toRows`) holds
 * for this tree, which may be a part of the graph that a record's `parent_structure_id` speaks of.
 *
 * A look-up of what may be absent gives `undefined` or an empty list. What asks for a place in the tree throws a `RangeError`
 * for an id that is not there.
 *
 * @example new StructureTree([]).size // → 0
 */
export class StructureTree implements Iterable<StructureRecord> {
  readonly #layout: TreeLayout;
  readonly #index: StructureIndex;

  /**
   * Arranges records that are checked already; `parseStructureGraph` and `parseStructureRows` read what a server sent.
   *
   * @throws {DecodeError} If an id is there twice, a parent is missing, or a structure is its own ancestor.
   */
  constructor(structures: Iterable<StructureRecord>, links: StructureLinks = {}) {
    this.#layout = layOut([...structures], links);
    this.#index = new StructureIndex(this.#layout.records);
  }

  /** Number of structures. */
  get size(): number {
    return this.#layout.records.length;
  }

  /** Structures that lie in no other. */
  get roots(): StructureRecord[] {
    return this.#layout.records.filter((_, position) => entry(this.#layout.parents, position) === NONE);
  }

  /** The root, `undefined` when there is none or more than one. */
  get root(): StructureRecord | undefined {
    const [root, ...others] = this.roots;
    return others.length === 0 ? root : undefined;
  }

  [Symbol.iterator](): IterableIterator<StructureRecord> {
    return this.#layout.records.values();
  }

  /** Whether a structure of this id is there. */
  has(id: number): boolean {
    return this.#layout.positionOf.has(id);
  }

  /** The structure of this id. */
  get(id: number): StructureRecord | undefined {
    return this.#layout.records[this.#layout.positionOf.get(id) ?? NONE];
  }

  /** The first structure of this acronym. Blanks around it do not count; several may have it, see `allByAcronym`. */
  byAcronym(acronym: string, options?: TextOptions): StructureRecord | undefined {
    return this.#index.byAcronym(acronym, options)[0];
  }

  /** All structures of this acronym: in the human graph, left and right ones share theirs. */
  allByAcronym(acronym: string, options?: TextOptions): StructureRecord[] {
    return [...this.#index.byAcronym(acronym, options)];
  }

  /** The first structure of this name. Blanks around it do not count; several may have it, see `allByName`. */
  byName(name: string, options?: TextOptions): StructureRecord | undefined {
    return this.#index.byName(name, options)[0];
  }

  /** All structures of this name. */
  allByName(name: string, options?: TextOptions): StructureRecord[] {
    return [...this.#index.byName(name, options)];
  }

  /** Structures of a structure set; empty unless the document was asked for with `structure_sets` included. */
  bySet(setId: number): StructureRecord[] {
    return [...this.#index.bySet(setId)];
  }

  /** Ids of all structure sets that a structure is in, ascending. */
  setIds(): number[] {
    return this.#index.setIds();
  }

  /**
   * Structures of a colour, which may be several.
   *
   * @param color Six hexadecimal digits, with or without `#`.
   * @throws {RangeError} If the text is no colour.
   */
  byColor(color: string): StructureRecord[] {
    if (parseColor(color) !== undefined) return [...this.#index.byColor(color.slice(-6).toUpperCase())];
    throw new RangeError(`Cannot look up colour ${show(color)}; give six hexadecimal digits, such as "70FF71"`);
  }

  /**
   * Structures that a text may mean, best first, and in graph order where they are equally good: the id; the acronym; the
   * acronym ignoring case; the name ignoring case; an acronym or name that begins so; one that contains it.
   *
   * @param options `limit`: most structures to give, all by default.
   * @throws {RangeError} If the limit is not a whole number of 0 or more.
   */
  find(text: string, options: { readonly limit?: number | undefined } = {}): StructureRecord[] {
    const { limit = this.size } = options;
    return findStructures(this, text, checkCount("limit", limit, 0));
  }

  /** The structure that this one lies in, `undefined` at a root. @throws {RangeError} If the id is not there. */
  parent(id: number): StructureRecord | undefined {
    return this.#layout.records[entry(this.#layout.parents, this.#positionOf(id))];
  }

  /** Structures that lie directly in this one. @throws {RangeError} If the id is not there. */
  children(id: number): StructureRecord[] {
    const { records, ends } = this.#layout;
    const position = this.#positionOf(id);
    const children: StructureRecord[] = [];
    for (let child = position + 1; child < entry(ends, position); child = entry(ends, child)) {
      const record = records[child];
      if (record !== undefined) children.push(record);
    }
    return children;
  }

  /** Structures that this one lies in, nearest first. @throws {RangeError} If the id is not there. */
  ancestors(id: number, { self = false }: SelfOptions = {}): StructureRecord[] {
    const positions = this.#upward(this.#positionOf(id));
    return positions.slice(self ? 0 : 1).flatMap((position) => this.#layout.records[position] ?? []);
  }

  /** Structures that lie in this one, at any depth, in graph order. @throws {RangeError} If the id is not there. */
  descendants(id: number, { self = false }: SelfOptions = {}): StructureRecord[] {
    const position = this.#positionOf(id);
    return this.#layout.records.slice(self ? position : position + 1, entry(this.#layout.ends, position));
  }

  /** Whether a structure lies in another. No search: two comparisons. @throws {RangeError} If an id is not there. */
  isDescendant(id: number, of: number, { self = false }: SelfOptions = {}): boolean {
    const [inner, outer] = [this.#positionOf(id), this.#positionOf(of)];
    return inner === outer ? self : inner > outer && inner < entry(this.#layout.ends, outer);
  }

  /** Ids from the root to this structure. @throws {RangeError} If the id is not there. */
  path(id: number): number[] {
    return this.ancestors(id, { self: true })
      .reverse()
      .map((structure) => structure.id);
  }

  /** Acronyms or names from the root to this structure. @throws {RangeError} If the id is not there. */
  pathText(id: number, { separator = " > ", label = "acronym" }: PathTextOptions = {}): string {
    return this.ancestors(id, { self: true })
      .reverse()
      .map((structure) => structure[label].trim())
      .join(separator);
  }

  /** Number of ancestors: 0 at a root. Not the data's `st_level`. @throws {RangeError} If the id is not there. */
  level(id: number): number {
    return entry(this.#layout.depths, this.#positionOf(id));
  }

  /** Structures in which no other lies. */
  leaves(): StructureRecord[] {
    return this.#layout.records.filter((_, position) => entry(this.#layout.ends, position) === position + 1);
  }

  /**
   * The smallest structure that holds all of these, which may be one of them; `undefined` when they have different roots.
   *
   * @throws {RangeError} If no id is given, or one is not there.
   */
  commonAncestor(...ids: readonly number[]): StructureRecord | undefined {
    if (ids.length === 0) throw new RangeError("Cannot find a common ancestor of no structures; give at least one id");
    const positions = ids.map((id) => this.#positionOf(id));
    const last = positions.reduce((a, b) => Math.max(a, b));
    let common = positions.reduce((a, b) => Math.min(a, b));
    while (common !== NONE && entry(this.#layout.ends, common) <= last) common = entry(this.#layout.parents, common);
    return this.#layout.records[common];
  }

  /**
   * Pairs of these structures of which one lies in the other, in graph order of the inner one; none when they are disjoint, as
   * the regions of a partition are.
   *
   * @throws {RangeError} If an id is not there.
   */
  overlaps(ids: Iterable<number>): StructureOverlap[] {
    const members = this.#members(ids);
    return [...members].flatMap((inner) =>
      this.#upward(this.#positionOf(inner))
        .slice(1)
        .flatMap((position) => this.#layout.records[position]?.id ?? [])
        .filter((outer) => members.has(outer))
        .map((outer) => ({ outer, inner })),
    );
  }

  /**
   * A tree of the structures for which `keep` holds; each hangs on its nearest ancestor that is kept, or is a root.
   */
  filter(keep: (structure: StructureRecord) => boolean): StructureTree {
    const { records, parents, positionOf } = this.#layout;
    const nearest = nearestMembers(this.#layout, (structure) => keep(structure));
    const kept = records.filter((_, position) => entry(nearest, position) === position);
    const parentOf = ({ id }: StructureRecord): number | null => {
      const parent = entry(parents, positionOf.get(id) ?? NONE);
      return records[entry(nearest, parent)]?.id ?? null;
    };
    return new StructureTree(kept, { parentOf });
  }

  /**
   * For each structure, the one of `ids` that it belongs to: itself, else its nearest ancestor among them. Structures that lie in
   * none of them have no entry. Sums up fine regions by coarse ones.
   *
   * @returns Id of a structure to one of `ids`, in graph order.
   * @throws {RangeError} If an id is not there.
   */
  collapse(ids: Iterable<number>): Map<number, number> {
    const members = this.#members(ids);
    const nearest = nearestMembers(this.#layout, ({ id }) => members.has(id));
    const owners = new Map<number, number>();
    for (const [position, { id }] of this.#layout.records.entries()) {
      const owner = this.#layout.records[entry(nearest, position)];
      if (owner !== undefined) owners.set(id, owner.id);
    }
    return owners;
  }

  /** Flat rows in graph order, with `parent_structure_id`, `structure_id_path` and `depth` as in this tree. */
  toRows(): StructureRow[] {
    return flatRows(this.#layout);
  }

  /** Plain nodes in nodes, as a downloaded graph has them; one for each root. */
  toNested(): NestedStructure[] {
    return nestedNodes(this.#layout);
  }

  /** Colour of a structure, 0 to 255 each; `undefined` when it has none. @throws {RangeError} If the id is not there. */
  rgb(id: number): Rgb | undefined {
    this.#positionOf(id);
    return parseColor(this.get(id)?.color_hex_triplet ?? "");
  }

  /** Colours of all structures that have one, for painting a label volume. */
  colorTable(): ColorTable {
    return colorTable(this);
  }

  /**
   * Text of a label description file of ITK-SNAP.
   *
   * @throws {RangeError} If a label's number is not a whole one from 1, is given twice, or the opacity is not from 0 to 1.
   */
  labelDescription(options?: LabelDescriptionOptions): string {
    return printLabelDescription(this, options);
  }

  #positionOf(id: number): number {
    const position = this.#layout.positionOf.get(id);
    if (position !== undefined) return position;
    throw new RangeError(
      `Cannot use structure ${show(id)}: it is not among the ${this.size} of this tree; give an id for which has() is true, or search with find()`,
    );
  }

  /** Ids that are all there, without repeats, in graph order. */
  #members(ids: Iterable<number>): ReadonlySet<number> {
    const positions = new Map(Array.from(ids, (id) => [id, this.#positionOf(id)]));
    return new Set([...positions].sort(([, a], [, b]) => a - b).map(([id]) => id));
  }

  /** Positions from a structure's own to that of its root. */
  #upward(position: number): number[] {
    const positions: number[] = [];
    for (let current = position; current !== NONE; current = entry(this.#layout.parents, current)) {
      positions.push(current);
    }
    return positions;
  }
}
