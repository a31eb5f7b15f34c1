import type { CorrelationRow, DifferentialRow } from "./rows.ts";
import { type ServiceFunction, serviceFunction } from "./service-query.ts";

/**
 * Genes of the adult mouse by how much more they are expressed in `structures2` than in `structures1`, by experiments in
 * situ. A threshold is the least and the most expression of a structure, in per cent.
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(mouseDifferential({ set: "mouse", structures1: [8], structures2: [315] })) // → "service::mouse_differential[set$eq'mouse'][structures1$eq8][structures2$eq315]"
 */
export const mouseDifferential: ServiceFunction<"mouse_differential", DifferentialRow> =
  /* @__PURE__ */ serviceFunction("mouse_differential");

/**
 * Genes of the adult mouse by the correlation of their expression with that of an experiment, over the voxels of structures.
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(mouseCorrelation({ set: "mouse", row: 68918934 })) // → "service::mouse_correlation[set$eq'mouse'][row$eq68918934]"
 */
export const mouseCorrelation: ServiceFunction<"mouse_correlation", CorrelationRow> =
  /* @__PURE__ */ serviceFunction("mouse_correlation");

/**
 * Genes of the mouse expressed around a point, in µm of reference space, where expression correlates with that at the point
 * above the thresholds (Anatomic Gene Expression Atlas).
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(mouseAgea({ set: "mouse_coronal", seedAge: "P56", mapAge: "P56", seedPoint: [6800, 4200, 5600], correlationThreshold1: 0.84 })) // → "service::mouse_agea[set$eq'mouse_coronal'][seed_age$eq'P56'][map_age$eq'P56'][seed_point$eq6800,4200,5600][correlation_threshold1$eq0.84]"
 */
export const mouseAgea: ServiceFunction<"mouse_agea", CorrelationRow> = /* @__PURE__ */ serviceFunction("mouse_agea");

/**
 * Genes of the developing mouse expressed around a point of one age, in µm of its reference space, and mapped to another
 * age.
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(devMouseAgea({ seedAge: "E15.5", mapAge: "P4", seedPoint: [2700, 1100, 1900], seedThreshold: [0.8, 1], mapThreshold: [0.7, 1] })) // → "service::dev_mouse_agea[seed_age$eq'E15.5'][map_age$eq'P4'][seed_point$eq2700,1100,1900][seed_threshold$eq0.8,1][map_threshold$eq0.7,1]"
 */
export const devMouseAgea: ServiceFunction<"dev_mouse_agea", CorrelationRow> =
  /* @__PURE__ */ serviceFunction("dev_mouse_agea");

/**
 * Genes of the developing mouse by the correlation of their expression with that of an experiment, over structures and ages.
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(devMouseCorrelation({ row: 100055044, ages: ["E11.5", "E13.5"] })) // → "service::dev_mouse_correlation[row$eq100055044][ages$eq'E11.5','E13.5']"
 */
export const devMouseCorrelation: ServiceFunction<"dev_mouse_correlation", CorrelationRow> =
  /* @__PURE__ */ serviceFunction("dev_mouse_correlation");
