import { show } from "../check.ts";
import { HEMISPHERES, type HemisphereName } from "../queries/names.ts";
import { checkBoolean, checkName, idList, nameList, type OneOrMore } from "../queries/values.ts";
import type { Models } from "../rma/schema.generated.ts";

/** What a projection is measured by. */
export const PROJECTION_PARAMETERS = [
  "normalized_projection_volume",
  "projection_density",
  "projection_energy",
  "projection_intensity",
  "projection_volume",
  "volume",
  "max_voxel_density",
  "sum_pixels",
  "sum_projection_pixels",
  "sum_pixel_intensity",
  "sum_projection_pixel_intensity",
] as const;
export type ProjectionParameter = (typeof PROJECTION_PARAMETERS)[number];

/** A row of ProjectionStructureUnionize, as far as the matrix reads it. */
export type ProjectionRow = Pick<
  Models["ProjectionStructureUnionize"]["attributes"],
  "section_data_set_id" | "structure_id" | "hemisphere_id" | "is_injection"
> & { readonly [Name in ProjectionParameter]?: number | null };

/** What the matrix holds, and in which order. */
export interface ProjectionMatrixOptions {
  /** Its rows, by the experiments' ids. @default those that there are values of, as they come */
  readonly dataSetIds?: OneOrMore<number> | undefined;
  /** Its columns' structures, by their ids. @default those that there are values of, as they come */
  readonly structureIds?: OneOrMore<number> | undefined;
  /** Hemispheres of each structure. @default ["left", "right", "both"] */
  readonly hemispheres?: OneOrMore<HemisphereName> | undefined;
  /** @default "projection_volume", in mm³ */
  readonly parameter?: ProjectionParameter | undefined;
  /** Whether values count the injection site (`true`) or the rest (`false`). @default false */
  readonly isInjection?: boolean | undefined;
}

/** A column of a projection matrix. */
export interface ProjectionColumn {
  readonly structureId: number;
  readonly hemisphere: HemisphereName;
}

/** Projections by experiment and target. */
export interface ProjectionMatrix {
  /** Experiments by their ids. */
  readonly rows: readonly number[];
  /** Targets: for each structure its hemispheres. */
  readonly columns: readonly ProjectionColumn[];
  /** Row by row: that of a row and a column is at `row * columns.length + column`; NaN where there is none. */
  readonly values: Float64Array;
}

const HEMISPHERE_NAMES = Object.keys(HEMISPHERES) as HemisphereName[]; // Its keys are those of the table.

/**
 * Sets projection values out as a matrix of experiments and targets, such as the rows of `unionizes.projection()`.
 *
 * @throws {RangeError} If an option is out of its range, or two rows are of one place in the matrix.
 * @throws {TypeError} If `isInjection` is no boolean.
 * @example projectionMatrix([{ section_data_set_id: 126862385, structure_id: 8, hemisphere_id: 2, is_injection: false, projection_volume: 0.5 }], { hemispheres: ["left", "right"] }).values // → Float64Array.of(NaN, 0.5)
 */
export function projectionMatrix(
  projections: Iterable<ProjectionRow>,
  options: ProjectionMatrixOptions = {},
): ProjectionMatrix {
  const parameter = checkName("parameter", options.parameter ?? "projection_volume", PROJECTION_PARAMETERS);
  const isInjection = checkBoolean("isInjection", options.isInjection ?? false);
  const hemispheres = nameList("hemispheres", options.hemispheres ?? HEMISPHERE_NAMES, HEMISPHERE_NAMES);
  const found = [...projections].filter((row) => row.is_injection === isInjection);
  const rows = options.dataSetIds === undefined ? present(found, "section_data_set_id") : ids(options, "dataSetIds");
  const structures = options.structureIds === undefined ? present(found, "structure_id") : ids(options, "structureIds");
  const columns = structures.flatMap((structureId) => hemispheres.map((hemisphere) => ({ structureId, hemisphere })));
  const rowAt = places(rows);
  const columnAt = places(columns.map((each) => keyOf(each.structureId, HEMISPHERES[each.hemisphere])));
  const values = new Float64Array(rows.length * columns.length).fill(Number.NaN);
  const filled = new Set<number>();
  for (const projection of found) {
    const row = rowAt.get(projection.section_data_set_id);
    const column = columnAt.get(keyOf(projection.structure_id, projection.hemisphere_id));
    if (row === undefined || column === undefined) continue;
    const at = row * columns.length + column;
    if (filled.has(at)) throw twice(projection);
    filled.add(at);
    values[at] = projection[parameter] ?? Number.NaN;
  }
  return { rows, columns, values };
}

function ids(options: ProjectionMatrixOptions, name: "dataSetIds" | "structureIds"): readonly number[] {
  return [...new Set(idList(name, options[name] ?? []))];
}

function present(found: readonly ProjectionRow[], name: "section_data_set_id" | "structure_id"): readonly number[] {
  return [...new Set(found.map((row) => row[name]))].filter((id) => id !== null);
}

function places<Key>(keys: readonly Key[]): ReadonlyMap<Key | null, number> {
  return new Map(keys.map((key, index) => [key, index]));
}

function keyOf(structureId: number | null, hemisphereId: number | null): string {
  return `${structureId}/${hemisphereId}`;
}

function twice({ section_data_set_id, structure_id, hemisphere_id }: ProjectionRow): RangeError {
  const place = { section_data_set_id, structure_id, hemisphere_id };
  return new RangeError(`Cannot set out two values of ${show(place)}; give each row once`);
}
