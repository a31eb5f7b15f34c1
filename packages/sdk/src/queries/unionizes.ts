import { rma } from "../rma/builder.ts";
import type { QueryOf } from "./model-types.ts";
import { HEMISPHERES, type HemisphereName } from "./names.ts";
import { checkBoolean, checkText, idList, nameList, type OneOrMore } from "./values.ts";
import { checkOf } from "./why-empty.ts";

/** Which expression values `expression` gives. */
export interface ExpressionOptions {
  /** Id of the structure. @default all */
  readonly structureIds?: OneOrMore<number> | undefined;
}

/** Which projection values `projection` gives; conditions add up. */
export interface ProjectionOptions {
  /** Id of the structure. @default all */
  readonly structureIds?: OneOrMore<number> | undefined;
  /** Name of the structure, in place of its id; case-sensitive. @default all */
  readonly structureName?: string | undefined;
  /** Hemisphere that values count. @default all three, each a row of its own */
  readonly hemisphere?: OneOrMore<HemisphereName> | undefined;
  /** Whether values count the injection site (`true`) or the rest (`false`). @default both, each a row of its own */
  readonly isInjection?: boolean | undefined;
  /** Values above which the projection's volume, relative to the injection's, must lie. @default any */
  readonly normalizedVolumeAbove?: number | undefined;
}

/**
 * Gene expression by structure, of in-situ hybridisation data sets.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(expression(986, { structureIds: [182305713, 182305709] })) // → "model::StructureUnionize,rma::criteria,[section_data_set_id$in986][structure_id$in182305713,182305709]"
 */
export function expression(
  dataSetIds: OneOrMore<number>,
  { structureIds }: ExpressionOptions = {},
): QueryOf<"StructureUnionize"> {
  const sets = idList("dataSetIds", dataSetIds);
  const all = rma("StructureUnionize").where("section_data_set_id", "in", sets);
  const query =
    structureIds === undefined ? all : all.where("structure_id", "in", idList("structureIds", structureIds));
  return query.whenEmpty(
    checkOf(all, (rows) =>
      explain(
        sets,
        rows,
        structureIds !== undefined,
        "expression",
        "unionizes.projection() is for connectivity experiments",
      ),
    ),
  );
}

/**
 * Projection signal by structure, of connectivity experiments; there is a row for each hemisphere and for both, and for the
 * injection site apart.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @throws {TypeError} If structures are given by ids and name, or `isInjection` is no boolean.
 * @example String(projection(126862385, { hemisphere: "both", isInjection: false })) // → "model::ProjectionStructureUnionize,rma::criteria,[section_data_set_id$in126862385][is_injection$eqfalse][hemisphere_id$in3]"
 */
export function projection(
  dataSetIds: OneOrMore<number>,
  options: ProjectionOptions = {},
): QueryOf<"ProjectionStructureUnionize"> {
  const sets = idList("dataSetIds", dataSetIds);
  const all = rma("ProjectionStructureUnionize").where("section_data_set_id", "in", sets);
  const conditions = Object.values(options).some((value) => value !== undefined);
  return withConditions(all, options).whenEmpty(
    checkOf(all, (rows) =>
      explain(sets, rows, conditions, "projection", "unionizes.expression() is for in-situ hybridisation"),
    ),
  );
}

function withConditions(
  all: QueryOf<"ProjectionStructureUnionize">,
  { structureIds, structureName, hemisphere, isInjection, normalizedVolumeAbove }: ProjectionOptions,
): QueryOf<"ProjectionStructureUnionize"> {
  if (structureIds !== undefined && structureName !== undefined) {
    throw new TypeError("Cannot use structureIds and structureName together; give one of them");
  }
  let query = all;
  if (isInjection !== undefined) query = query.where("is_injection", "eq", checkBoolean("isInjection", isInjection));
  if (normalizedVolumeAbove !== undefined) {
    query = query.where("normalized_projection_volume", "gt", normalizedVolumeAbove);
  }
  if (hemisphere !== undefined) query = query.where("hemisphere_id", "in", hemisphereIds(hemisphere));
  if (structureIds !== undefined) query = query.where("structure_id", "in", idList("structureIds", structureIds));
  if (structureName === undefined) return query;
  const name = checkText("structureName", structureName);
  return query.via("structure", (structure) => structure.where("name", "eq", name));
}

function hemisphereIds(hemispheres: OneOrMore<HemisphereName>): readonly number[] {
  const names = Object.keys(HEMISPHERES) as HemisphereName[]; // Its keys are those of the table.
  return nameList("hemisphere", hemispheres, names).map((name) => HEMISPHERES[name]);
}

function explain(
  sets: readonly number[],
  rows: readonly unknown[],
  conditions: boolean,
  what: string,
  advice: string,
): string | undefined {
  const which = `Data set ${sets.join(", ")} has`;
  if (rows.length === 0) return `${which} no ${what} values at all; ${advice}`;
  return conditions ? `${which} ${what} values, but none that meet the conditions; leave some of them out` : undefined;
}
