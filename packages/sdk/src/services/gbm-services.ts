import type { CorrelationRow, DifferentialRow, ExpressionAnswer, UnknownRow } from "./rows.ts";
import { type ServiceFunction, serviceFunction } from "./service-query.ts";

/**
 * Expression of a probe in the samples of the glioblastoma atlas. It takes one donor and one structure at most.
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(gbmExpression({ probes: 1023146 })) // → "service::gbm_expression[probes$eq1023146]"
 */
export const gbmExpression: ServiceFunction<"gbm_expression", ExpressionAnswer> =
  /* @__PURE__ */ serviceFunction("gbm_expression");

/**
 * Genes of the glioblastoma atlas by how much more they are expressed in `structures2` than in `structures1`, by RNA
 * sequencing.
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(gbmDifferential({ structures1: 265297118, structures2: 265297119 })) // → "service::gbm_differential[structures1$eq265297118][structures2$eq265297119]"
 */
export const gbmDifferential: ServiceFunction<"gbm_differential", DifferentialRow> =
  /* @__PURE__ */ serviceFunction("gbm_differential");

/**
 * Genes of the glioblastoma atlas by the correlation of their expression with a probe's, over the samples of structures.
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(gbmCorrelation({ structures: [265297118, 265297119], probes: 1023146 })) // → "service::gbm_correlation[structures$eq265297118,265297119][probes$eq1023146]"
 */
export const gbmCorrelation: ServiceFunction<"gbm_correlation", CorrelationRow> =
  /* @__PURE__ */ serviceFunction("gbm_correlation");

/**
 * Genes of the glioblastoma atlas expressed in structures, by experiments in situ; the threshold is the least and the most
 * expression, in per cent.
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(gbmIshExpression({ structures: 265297118, threshold: [10, 100] })) // → "service::gbm_ish_expression[structures$eq265297118][threshold$eq10,100]"
 */
export const gbmIshExpression: ServiceFunction<"gbm_ish_expression", UnknownRow> =
  /* @__PURE__ */ serviceFunction("gbm_ish_expression");

/**
 * Genes of the glioblastoma atlas by how much more they are expressed in `structures2` than in `structures1`, by experiments
 * in situ; thresholds as those of `mouseDifferential()`.
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(gbmIshDifferential({ structures1: 265297118, structures2: 265297119, threshold1: [0, 50] })) // → "service::gbm_ish_differential[structures1$eq265297118][structures2$eq265297119][threshold1$eq0,50]"
 */
export const gbmIshDifferential: ServiceFunction<"gbm_ish_differential", DifferentialRow> =
  /* @__PURE__ */ serviceFunction("gbm_ish_differential");
