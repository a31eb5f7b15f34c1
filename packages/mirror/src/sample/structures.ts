import { BRAINSTEM_ROWS } from "./brainstem-rows.ts";
import { FOREBRAIN_ROWS } from "./forebrain-rows.ts";
import type { StructureRow } from "./structure-row.ts";

/** A structure of the sample brain under the API's column names. */
export interface SampleStructure {
  readonly id: number;
  readonly atlas_id: number | null;
  readonly ontology_id: number;
  readonly acronym: string;
  readonly name: string;
  /** Six upper-case hexadecimal digits, no number sign. */
  readonly color_hex_triplet: string;
  readonly graph_order: number;
  readonly st_level: number;
  readonly hemisphere_id: number;
  readonly parent_structure_id: number | null;
}

/** Every structure the sample brain draws and all their ancestors up to root (997), in graph order. */
export const SAMPLE_STRUCTURES: readonly SampleStructure[] = [...FOREBRAIN_ROWS, ...BRAINSTEM_ROWS].map(structureOf);

const BY_ID: ReadonlyMap<number, SampleStructure> = new Map(SAMPLE_STRUCTURES.map((row) => [row.id, row]));
const BY_ACRONYM: ReadonlyMap<string, SampleStructure> = new Map(SAMPLE_STRUCTURES.map((row) => [row.acronym, row]));

function structureOf(row: StructureRow): SampleStructure {
  const [id, acronym, name, color, parent, order, level, atlasId] = row;
  return {
    id,
    atlas_id: atlasId,
    ontology_id: 1,
    acronym,
    name,
    color_hex_triplet: color,
    graph_order: order,
    st_level: level,
    hemisphere_id: 3,
    parent_structure_id: parent,
  };
}

/**
 * Structure of the sample brain with an id.
 *
 * @param id Structure id of graph 1.
 * @returns The record, or undefined when the sample brain lacks it.
 * @example sampleStructure(385)?.acronym // → "VISp"
 */
export function sampleStructure(id: number): SampleStructure | undefined {
  return BY_ID.get(id);
}

/**
 * Id of the structure with an acronym.
 *
 * @param acronym Acronym of graph 1, in its own case.
 * @returns Structure id.
 * @throws {RangeError} If the sample brain has no such structure.
 * @example idOf("VISp") // → 385
 */
export function idOf(acronym: string): number {
  const row = BY_ACRONYM.get(acronym);
  if (row === undefined) throw new RangeError(`Cannot find the structure "${acronym}": not in the sample brain`);
  return row.id;
}

/**
 * Whether a structure is another one or lies below it in the tree.
 *
 * @param id Structure asked about.
 * @param ancestorId Structure it may belong to.
 * @returns True when `ancestorId` is on the path from `id` to the root, `id` included.
 * @example isWithin(385, 315) // → true
 */
export function isWithin(id: number, ancestorId: number): boolean {
  let at: number | null | undefined = id;
  while (at !== null && at !== undefined) {
    if (at === ancestorId) return true;
    at = BY_ID.get(at)?.parent_structure_id;
  }
  return false;
}
