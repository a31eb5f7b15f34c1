import { show } from "../check.ts";
import { DecodeError } from "../errors.ts";
import { parseColor } from "./color.ts";
import { parseStructurePath } from "./structure-path.ts";

/** A named selection of structures, as `include=structure_sets` gives it. */
export interface StructureSetRecord {
  readonly id: number;
  readonly name?: string | null;
  readonly description?: string | null;
}

/**
 * A brain structure; names and spelling are the API's (reference §4.1, §4.4).
 *
 * The first ten columns are those of a downloaded graph; where a document leaves one of them out, it is `null`. The others are
 * there when the document has them. Columns not listed here are kept, too.
 */
export interface StructureRecord {
  readonly id: number;
  readonly atlas_id: number | null;
  readonly ontology_id: number | null;
  /** Short name, such as `VISp`. Not unique in every graph, and some end in a blank. */
  readonly acronym: string;
  readonly name: string;
  /** Colour as six hexadecimal digits, red first. */
  readonly color_hex_triplet: string | null;
  /** Position in the listed graph, 0-based, a parent before its children. */
  readonly graph_order: number | null;
  /** Level in the ontology's own count, which is not the depth in the tree. */
  readonly st_level: number | null;
  /** 1 left, 2 right, 3 both. */
  readonly hemisphere_id: number | null;
  readonly parent_structure_id: number | null;
  /** Ids from the root to the structure, such as `/997/8/`. */
  readonly structure_id_path?: string | null;
  readonly structure_sets?: readonly StructureSetRecord[] | null;
  readonly structure_set_ids?: readonly number[] | null;
  readonly depth?: number | null;
  readonly graph_id?: number | null;
  readonly weight?: number | null;
  readonly safe_name?: string | null;
  readonly failed?: boolean | null;
  readonly sphinx_id?: number | null;
  /** Order among siblings, of the XML form of a graph alone. */
  readonly sibling_order?: number | null;
}

/** Where a value lies in its document; a function, as most paths are never printed. */
export type Place = () => string;

/** The error of a value that is not as promised. A path may begin with the dot of its first step. */
export function fault(at: string, expected: string, found: unknown): DecodeError {
  return new DecodeError("the structures", {
    at: at.replace(/^\./, "") || "the document",
    expected,
    found: describe(found),
  });
}

/** The columns of a row, or the error that it is none. */
export function columnsOf(row: unknown, at: Place): Readonly<Record<string, unknown>> {
  if (typeof row !== "object" || row === null || Array.isArray(row)) throw fault(at(), "an object", row);
  return row as Record<string, unknown>; // Any object may be read so; what is found is checked.
}

/**
 * Checks a row of model Structure, or a node of a graph, and freezes a copy of it. `children` is left out: the tree tells them.
 *
 * @param at Path to the row in its document, for the error.
 * @throws {DecodeError} If a column that the tree relies on is missing or not of its type.
 * @example parseStructureRecord({ id: 8, acronym: "grey", name: "Grey" }, () => "row").parent_structure_id // → null
 */
export function parseStructureRecord(row: unknown, at: Place): StructureRecord {
  const { children: _, ...columns } = columnsOf(row, at);
  const record = {
    ...columns,
    id: checkId(columns.id, () => `${at()}.id`),
    atlas_id: wholeOrNull(columns, "atlas_id", at),
    ontology_id: wholeOrNull(columns, "ontology_id", at),
    acronym: checkText(columns, "acronym", at),
    name: checkText(columns, "name", at),
    color_hex_triplet: checkColor(columns.color_hex_triplet, at),
    graph_order: wholeOrNull(columns, "graph_order", at),
    st_level: wholeOrNull(columns, "st_level", at),
    hemisphere_id: wholeOrNull(columns, "hemisphere_id", at),
    parent_structure_id: parentIn(columns, at),
  };
  checkSets(columns, at);
  return Object.freeze(record);
}

/**
 * Ids of the sets that a structure is said to be in, under either column, without repeats.
 *
 * @example setIdsOf({ structure_set_ids: [12], structure_sets: [{ id: 10 }, { id: 12 }] }) // → [12, 10]
 */
export function setIdsOf(record: Pick<StructureRecord, "structure_sets" | "structure_set_ids">): number[] {
  const named = record.structure_sets?.map(({ id }) => id) ?? [];
  return [...new Set([...(record.structure_set_ids ?? []), ...named])];
}

function checkId(value: unknown, at: Place): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw fault(at(), "a whole number of 0 or more", value);
}

function wholeOrNull(columns: Readonly<Record<string, unknown>>, name: string, at: Place): number | null {
  const value = columns[name] ?? null;
  if (value === null || (typeof value === "number" && Number.isSafeInteger(value))) return value;
  throw fault(`${at()}.${name}`, "a whole number or null", value);
}

/** The parent's id; where the column is left out, the path tells it, and where both are there, they agree. */
function parentIn(columns: Readonly<Record<string, unknown>>, at: Place): number | null {
  const given = wholeOrNull(columns, "parent_structure_id", at);
  const path = columns.structure_id_path ?? null;
  if (path === null) return given;
  const ids = typeof path === "string" ? parseStructurePath(path) : undefined;
  const parent = ids?.at(-2) ?? null;
  if (ids?.at(-1) === columns.id && (columns.parent_structure_id === undefined || given === parent)) return parent;
  const end = `${given === null ? "" : `/${given}`}/${columns.id}/`;
  throw fault(`${at()}.structure_id_path`, `null or ids from the root that end in "${end}"`, path);
}

function checkText(columns: Readonly<Record<string, unknown>>, name: string, at: Place): string {
  const value = columns[name];
  if (typeof value === "string") return value;
  throw fault(`${at()}.${name}`, "text", value);
}

function checkColor(value: unknown, at: Place): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" && !value.startsWith("#") && parseColor(value) !== undefined) return value;
  throw fault(`${at()}.color_hex_triplet`, "six hexadecimal digits or null", value);
}

function checkSets(columns: Readonly<Record<string, unknown>>, at: Place): void {
  checkList(columns, "structure_set_ids", at, checkId);
  checkList(columns, "structure_sets", at, (set, place) => checkId(columnsOf(set, place).id, () => `${place()}.id`));
}

function checkList(
  columns: Readonly<Record<string, unknown>>,
  name: string,
  at: Place,
  check: (item: unknown, at: Place) => void,
): void {
  const list = columns[name] ?? [];
  if (!Array.isArray(list)) throw fault(`${at()}.${name}`, "a list or null", list);
  for (const [index, item] of list.entries()) check(item, () => `${at()}.${name}[${index}]`);
}

function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : show(value);
}
