import type { CorrelationRow, DifferentialRow, ExpressionAnswer } from "./rows.ts";
import { type ServiceFunction, serviceFunction } from "./service-query.ts";

/**
 * Expression of probes in the samples of the adult human atlas: one object of probes and samples, whose numbers {@link
 * expressionMatrix} reads.
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(humanMicroarrayExpression({ probes: [1023146, 1023147], donors: 15496, structures: 9148 })) // → "service::human_microarray_expression[probes$eq1023146,1023147][donors$eq15496][structures$eq9148]"
 */
export const humanMicroarrayExpression: ServiceFunction<"human_microarray_expression", ExpressionAnswer> =
  /* @__PURE__ */ serviceFunction("human_microarray_expression");

/**
 * Probes of the adult human atlas by how much more they are expressed in `structures2` than in `structures1`.
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(humanMicroarrayDifferential({ structures1: 4008, structures2: [4249], sortBy: "fold-change" })) // → "service::human_microarray_differential[structures1$eq4008][structures2$eq4249][sort_by$eq'fold-change']"
 */
export const humanMicroarrayDifferential: ServiceFunction<"human_microarray_differential", DifferentialRow> =
  /* @__PURE__ */ serviceFunction("human_microarray_differential");

/**
 * Probes of the adult human atlas by the correlation of their expression with a probe's, over the samples of structures.
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(humanMicroarrayCorrelation({ structures: ["Br"], probes: 1023146 })) // → "service::human_microarray_correlation[structures$eq'Br'][probes$eq1023146]"
 */
export const humanMicroarrayCorrelation: ServiceFunction<"human_microarray_correlation", CorrelationRow> =
  /* @__PURE__ */ serviceFunction("human_microarray_correlation");

/**
 * Expression of a probe in the samples of the developing human atlas, of RNA sequencing or exon microarrays.
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(devHumanExpression({ set: "rna_seq_genes", probes: 1090294 })) // → "service::dev_human_expression[set$eq'rna_seq_genes'][probes$eq1090294]"
 */
export const devHumanExpression: ServiceFunction<"dev_human_expression", ExpressionAnswer> =
  /* @__PURE__ */ serviceFunction("dev_human_expression");

/**
 * Genes or exons of the developing human atlas by how much more they are expressed in `structures2` than in `structures1`.
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(devHumanDifferential({ set: "exon_microarray_genes", structures1: 10173, structures2: 10209 })) // → "service::dev_human_differential[set$eq'exon_microarray_genes'][structures1$eq10173][structures2$eq10209]"
 */
export const devHumanDifferential: ServiceFunction<"dev_human_differential", DifferentialRow> =
  /* @__PURE__ */ serviceFunction("dev_human_differential");

/**
 * Genes or exons of the developing human atlas by the correlation of their expression with a probe's, over the samples of
 * structures.
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(devHumanCorrelation({ set: "rna_seq_genes", probes: 1090294, structures: "CBC" })) // → "service::dev_human_correlation[set$eq'rna_seq_genes'][probes$eq1090294][structures$eq'CBC']"
 */
export const devHumanCorrelation: ServiceFunction<"dev_human_correlation", CorrelationRow> =
  /* @__PURE__ */ serviceFunction("dev_human_correlation");

/**
 * Expression of probes in the samples of prenatal human brains, of microarrays after laser microdissection. It takes one
 * donor and one structure at most.
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(devHumanMicroarrayExpression({ probes: [1023146, 1023147] })) // → "service::dev_human_microarray_expression[probes$eq1023146,1023147]"
 */
export const devHumanMicroarrayExpression: ServiceFunction<"dev_human_microarray_expression", ExpressionAnswer> =
  /* @__PURE__ */ serviceFunction("dev_human_microarray_expression");

/**
 * Probes of prenatal human brains by how much more they are expressed in `structures2` than in `structures1`.
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(devHumanMicroarrayDifferential({ structures1: 10173, structures2: 10209 })) // → "service::dev_human_microarray_differential[structures1$eq10173][structures2$eq10209]"
 */
export const devHumanMicroarrayDifferential: ServiceFunction<"dev_human_microarray_differential", DifferentialRow> =
  /* @__PURE__ */ serviceFunction("dev_human_microarray_differential");

/**
 * Probes of prenatal human brains by the correlation of their expression with a probe's, over the samples of structures.
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(devHumanMicroarrayCorrelation({ structures: 10173, probes: 1023146, sortOrder: "asc" })) // → "service::dev_human_microarray_correlation[structures$eq10173][probes$eq1023146][sort_order$eq'asc']"
 */
export const devHumanMicroarrayCorrelation: ServiceFunction<"dev_human_microarray_correlation", CorrelationRow> =
  /* @__PURE__ */ serviceFunction("dev_human_microarray_correlation");
