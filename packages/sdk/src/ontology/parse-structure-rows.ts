import { printColor } from "./color.ts";
import { readRows } from "./read-rows.ts";
import { parseStructurePath, printStructurePath } from "./structure-path.ts";
import { columnsOf, fault, type Place, parseStructureRecord, type StructureRecord } from "./structure-record.ts";
import { StructureTree } from "./structure-tree.ts";

/** How rows become a tree. */
export interface StructureRowsOptions {
  /**
   * Whether the rows are a part of a graph, such as a structure set. A structure whose parent is not among them then hangs on
   * the nearest ancestor of its `structure_id_path` that is, or is a root when none is.
   *
   * @default false
   */
  readonly partial?: boolean | undefined;
}

/**
 * The tree of flat rows: the JSON answer to a query for model Structure, or its rows (reference §4.4), with or without
 * `structure_id_path` and `structure_sets`.
 *
 * Rows as AllenSDK keeps them in its cache are read, too: a path that is a list becomes the API's text, and `rgb_triplet`
 * becomes `color_hex_triplet`.
 *
 * @throws {DecodeError} If a row is not as promised, an id is there twice, a structure is its own ancestor, or, unless
 *   `partial`, a parent is not among the rows.
 * @example parseStructureRows([{ id: 8, acronym: "grey", name: "Grey", parent_structure_id: null }]).roots[0].id // → 8
 */
export function parseStructureRows(rows: unknown, options: StructureRowsOptions = {}): StructureTree {
  const [list, at] = readRows(rows);
  const records = Array.from(list, (row, index) => readRow(row, () => at(index)));
  if (options.partial !== true) return new StructureTree(records, { at });
  const ids = new Set(records.map(({ id }) => id));
  return new StructureTree(records, { at, parentOf: (record) => nearestParent(record, ids) });
}

function readRow(row: unknown, at: Place): StructureRecord {
  const columns = normalise(columnsOf(row, at), at);
  if (columns.parent_structure_id === undefined && (columns.structure_id_path ?? null) === null) {
    throw fault(`${at()}.parent_structure_id`, "the parent's id, null at a root, or a structure_id_path", undefined);
  }
  return parseStructureRecord(columns, at);
}

/** Columns that AllenSDK has rewritten, as the API spells them. */
function normalise(columns: Readonly<Record<string, unknown>>, at: Place): Readonly<Record<string, unknown>> {
  const { structure_id_path: path, rgb_triplet: rgb } = columns;
  const changed: Record<string, unknown> = {};
  if (Array.isArray(path)) {
    if (!path.every(isWhole)) throw fault(`${at()}.structure_id_path`, "ids from the root", path);
    changed.structure_id_path = printStructurePath(path);
  }
  if (Array.isArray(rgb) && columns.color_hex_triplet === undefined) {
    const [red, green, blue, ...rest] = rgb;
    const isColor = isByte(red) && isByte(green) && isByte(blue) && rest.length === 0;
    if (!isColor) throw fault(`${at()}.rgb_triplet`, "three whole numbers from 0 to 255", rgb);
    changed.color_hex_triplet = printColor([red, green, blue]);
  }
  return { ...columns, ...changed };
}

function nearestParent(record: StructureRecord, ids: ReadonlySet<number>): number | null {
  const parent = record.parent_structure_id;
  if (parent === null || ids.has(parent)) return parent;
  const ancestors = parseStructurePath(record.structure_id_path ?? "")?.slice(0, -1) ?? [];
  return ancestors.findLast((id) => ids.has(id)) ?? null;
}

function isWhole(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isByte(value: unknown): value is number {
  return isWhole(value) && value <= 255;
}
