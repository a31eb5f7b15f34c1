import type { CorrelationRow, DifferentialRow, ExpressionAnswer } from "./rows.ts";
import { type ServiceFunction, serviceFunction } from "./service-query.ts";

/**
 * Expression of probes in the samples of laser microdissection, of the primate atlas (rhesus macaque).
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(nhpLmdMicroarrayExpression({ probes: 1301245 })) // → "service::nhp_lmd_microarray_expression[probes$eq1301245]"
 */
export const nhpLmdMicroarrayExpression: ServiceFunction<"nhp_lmd_microarray_expression", ExpressionAnswer> =
  /* @__PURE__ */ serviceFunction("nhp_lmd_microarray_expression");

/**
 * Probes of the primate atlas by how much more they are expressed in `structures2` than in `structures1`, in samples of
 * laser microdissection.
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(nhpLmdMicroarrayDifferential({ structures1: 294021937, structures2: 294021938, sortBy: "p-value" })) // → "service::nhp_lmd_microarray_differential[structures1$eq294021937][structures2$eq294021938][sort_by$eq'p-value']"
 */
export const nhpLmdMicroarrayDifferential: ServiceFunction<"nhp_lmd_microarray_differential", DifferentialRow> =
  /* @__PURE__ */ serviceFunction("nhp_lmd_microarray_differential");

/**
 * Probes of the primate atlas by the correlation of their expression with that of probes, over the samples of laser
 * microdissection.
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(nhpLmdMicroarrayCorrelation({ structures: 294021937, probes: [1301245] })) // → "service::nhp_lmd_microarray_correlation[structures$eq294021937][probes$eq1301245]"
 */
export const nhpLmdMicroarrayCorrelation: ServiceFunction<"nhp_lmd_microarray_correlation", CorrelationRow> =
  /* @__PURE__ */ serviceFunction("nhp_lmd_microarray_correlation");

/**
 * Expression of probes in the samples of macrodissection, of the primate atlas (rhesus macaque).
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(nhpMacroMicroarrayExpression({ probes: 1301245 })) // → "service::nhp_macro_microarray_expression[probes$eq1301245]"
 */
export const nhpMacroMicroarrayExpression: ServiceFunction<"nhp_macro_microarray_expression", ExpressionAnswer> =
  /* @__PURE__ */ serviceFunction("nhp_macro_microarray_expression");

/**
 * Probes of the primate atlas by how much more they are expressed in `structures2` than in `structures1`, in samples of
 * macrodissection.
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(nhpMacroMicroarrayDifferential({ structures1: 294021937, structures2: 294021938, sortBy: "p-value" })) // → "service::nhp_macro_microarray_differential[structures1$eq294021937][structures2$eq294021938][sort_by$eq'p-value']"
 */
export const nhpMacroMicroarrayDifferential: ServiceFunction<"nhp_macro_microarray_differential", DifferentialRow> =
  /* @__PURE__ */ serviceFunction("nhp_macro_microarray_differential");

/**
 * Probes of the primate atlas by the correlation of their expression with that of probes, over the samples of
 * macrodissection.
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(nhpMacroMicroarrayCorrelation({ structures: 294021937, probes: [1301245] })) // → "service::nhp_macro_microarray_correlation[structures$eq294021937][probes$eq1301245]"
 */
export const nhpMacroMicroarrayCorrelation: ServiceFunction<"nhp_macro_microarray_correlation", CorrelationRow> =
  /* @__PURE__ */ serviceFunction("nhp_macro_microarray_correlation");
