/**
 * The connected services (reference §8.1), by the API's spelling: the one table that the functions, their types, the mirror and the
 * command line go by.
 *
 * A parameter reads `"name?": "type=default"`, and `?` marks those that may be left out. Types are `int`, `float`, `str`, `bool`,
 * `key` for an id or an acronym, or the words allowed, between bars; `[int]` is one value or more, `[int]2` exactly two. The
 * default is what the service takes for itself. `start_row` and `num_rows`, which all but `text_search` take, are not repeated.
 *
 * Three things differ from the published schema, which the documentation's own examples do not meet, or go beyond:
 * `injection_structures` of the source search may be left out where there is an `injection_domain`, `sort_by` with its default
 * and `k` need not be given. How many thresholds `dev_mouse_agea` takes is unknown, and not checked.
 *
 * @example SIGNATURES.mouse_correlation.row // → "int"
 */
export const SIGNATURES = {
  dev_human_correlation: {
    "set?": "rna_seq_genes|rna_seq_exons|exon_microarray_genes|exon_microarray_exons",
    "donors?": "[int]",
    structures: "[key]",
    probes: "int",
    "sort_order?": "asc|desc=desc",
  },
  dev_human_differential: {
    set: "rna_seq_genes|rna_seq_exons|exon_microarray_genes|exon_microarray_exons",
    "donors1?": "[int]",
    structures1: "[int]",
    "donors2?": "[int]",
    structures2: "[int]",
    "sort_by?": "p-value|fold-change=p-value",
  },
  dev_human_expression: {
    set: "rna_seq_genes|rna_seq_exons|exon_microarray_genes|exon_microarray_exons",
    probes: "int",
    "donors?": "[int]",
    "structures?": "[int]",
  },
  dev_human_microarray_correlation: {
    "donors?": "[int]",
    structures: "[key]",
    probes: "int",
    "sort_order?": "asc|desc=desc",
  },
  dev_human_microarray_differential: {
    "donors1?": "[int]",
    structures1: "[int]",
    "donors2?": "[int]",
    structures2: "[int]",
    "sort_by?": "p-value|fold-change=p-value",
  },
  dev_human_microarray_expression: {
    probes: "[int]",
    "donors?": "int",
    "structures?": "int",
  },
  dev_mouse_agea: {
    seed_age: "str",
    map_age: "str",
    seed_point: "[int]3",
    seed_threshold: "[float]",
    map_threshold: "[float]",
    "contrast_threshold?": "[int]",
    "target_threshold?": "[int]",
  },
  dev_mouse_correlation: {
    row: "int",
    "structures?": "[key]",
    "ages?": "[str]",
    "sort_order?": "asc|desc=desc",
  },
  gbm_correlation: {
    "donors?": "[int]",
    structures: "[key]",
    probes: "int",
    "sort_order?": "asc|desc=desc",
  },
  gbm_differential: {
    "donors1?": "[int]",
    structures1: "[int]",
    "donors2?": "[int]",
    structures2: "[int]",
    "sort_by?": "p-value|fold-change=p-value",
  },
  gbm_expression: {
    probes: "int",
    "donors?": "int",
    "structures?": "int",
  },
  gbm_ish_differential: {
    structures1: "[int]",
    structures2: "[int]",
    "threshold1?": "[int]2",
    "threshold2?": "[int]2",
  },
  gbm_ish_expression: {
    structures: "[int]",
    "threshold?": "[int]2",
  },
  human_microarray_correlation: {
    "donors?": "[int]",
    structures: "[key]",
    probes: "int",
    "sort_order?": "asc|desc=desc",
  },
  human_microarray_differential: {
    "donors1?": "[int]",
    structures1: "[int]",
    "donors2?": "[int]",
    structures2: "[int]",
    "sort_by?": "p-value|fold-change=p-value",
  },
  human_microarray_expression: {
    probes: "[int]",
    "donors?": "[int]",
    "structures?": "[int]",
  },
  mouse_agea: {
    set: "str",
    seed_age: "str",
    map_age: "str",
    seed_point: "[float]3",
    "correlation_threshold1?": "float",
    "correlation_threshold2?": "float",
    "threshold1?": "[int]2",
    "threshold2?": "[int]2",
  },
  mouse_connectivity_correlation: {
    row: "int",
    "structures?": "[key]",
    "product_ids?": "[int]",
    "hemisphere?": "right|left",
    "transgenic_lines?": "[key]",
    "injection_structures?": "[key]",
    "primary_structure_only?": "bool",
    "sort_order?": "asc|desc=desc",
  },
  mouse_connectivity_injection_coordinate: {
    seed_point: "[float]3",
    "transgenic_lines?": "[key]",
    "injection_structures?": "[key]",
    "product_ids?": "[int]",
    "primary_structure_only?": "bool",
  },
  mouse_connectivity_injection_structure: {
    "injection_structures?": "[key]",
    "target_domain?": "[key]",
    "injection_hemisphere?": "right|left",
    "target_hemisphere?": "right|left",
    "transgenic_lines?": "[key]",
    "injection_domain?": "[key]",
    "product_ids?": "[int]",
    "primary_structure_only?": "bool",
  },
  mouse_connectivity_target_spatial: {
    seed_point: "[float]3",
    "transgenic_lines?": "[key]",
    "section_data_set?": "int",
    "injection_structures?": "[key]",
    "product_ids?": "[int]",
    "primary_structure_only?": "bool",
  },
  mouse_correlation: {
    set: "mouse|mouse_coronal",
    "structures?": "[key]",
    row: "int",
    "sort_order?": "asc|desc=desc",
  },
  mouse_differential: {
    set: "mouse|mouse_coronal",
    structures1: "[int]",
    structures2: "[int]",
    "threshold1?": "[int]2",
    "threshold2?": "[int]2",
  },
  nhp_lmd_microarray_correlation: {
    "donors?": "[int]",
    structures: "[int]",
    probes: "[int]",
    "sort_order?": "asc|desc=desc",
  },
  nhp_lmd_microarray_differential: {
    "donors1?": "[int]",
    structures1: "[int]",
    "donors2?": "[int]",
    structures2: "[int]",
    "sort_by?": "p-value|fold-change=p-value",
  },
  nhp_lmd_microarray_expression: {
    probes: "[int]",
  },
  nhp_macro_microarray_correlation: {
    "donors?": "[int]",
    structures: "[int]",
    probes: "[int]",
    "sort_order?": "asc|desc=desc",
  },
  nhp_macro_microarray_differential: {
    "donors1?": "[int]",
    structures1: "[int]",
    "donors2?": "[int]",
    structures2: "[int]",
    "sort_by?": "p-value|fold-change=p-value",
  },
  nhp_macro_microarray_expression: {
    probes: "[int]",
  },
  text_search: {
    query_string: "str",
    "k?": "str",
  },
} as const;
