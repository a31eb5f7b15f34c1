import { type ServiceName, serviceQuery } from "@brainatlas/sdk/services";
import type { QueryPair } from "./query-pairs.ts";

/** Parameters of every connected service, as the service spells them. */
const PARAMETERS: Readonly<Record<ServiceName, Readonly<Record<string, unknown>>>> = {
  dev_human_correlation: { set: "rna_seq_genes", structures: ["CBC"], probes: 1090294, donors: [15496, 14380] },
  dev_human_differential: { set: "rna_seq_exons", structures1: [10163], structures2: [10333], sort_by: "fold-change" },
  dev_human_expression: { set: "exon_microarray_genes", probes: 1090294, donors: [15496], structures: [10163, 10333] },
  dev_human_microarray_correlation: { structures: [10163, "CBC"], probes: 1023146, sort_order: "asc" },
  dev_human_microarray_differential: { donors1: [15496], structures1: [10163], donors2: [14380], structures2: [10333] },
  dev_human_microarray_expression: { probes: [1023146, 1023147], donors: 15496, structures: 9148 },
  dev_mouse_agea: {
    seed_age: "E11.5",
    map_age: "E13.5",
    seed_point: [1600, 1200, 800],
    seed_threshold: [0.5, 1],
    map_threshold: [0.25, 0.75],
  },
  dev_mouse_correlation: { row: 100055044, structures: [15565], ages: ["E11.5", "E13.5"] },
  gbm_correlation: { structures: [12119], probes: 1023146, donors: [15496] },
  gbm_differential: { structures1: [12119], structures2: [12120], sort_by: "p-value" },
  gbm_expression: { probes: 1023146, structures: 12119 },
  gbm_ish_differential: { structures1: [12119], structures2: [12120], threshold1: [0, 50], threshold2: [1, 50] },
  gbm_ish_expression: { structures: [12119], threshold: [0, 50] },
  human_microarray_correlation: { structures: ["DG"], probes: 1023146, sort_order: "desc" },
  human_microarray_differential: { structures1: [9148], structures2: [4005], sort_by: "p-value" },
  human_microarray_expression: { probes: [1023146, 1023147], donors: [15496], structures: [9148] },
  mouse_agea: { set: "mouse_coronal", seed_age: "P56", map_age: "P56", seed_point: [6800, 4200, 5600] },
  mouse_connectivity_correlation: {
    row: 112670853,
    structures: ["TH", 385],
    hemisphere: "right",
    primary_structure_only: true,
    num_rows: 7,
  },
  mouse_connectivity_injection_coordinate: { seed_point: [6900, 5050, 6450], primary_structure_only: false },
  mouse_connectivity_injection_structure: {
    injection_structures: ["Isocortex", 549],
    target_domain: ["TH"],
    injection_hemisphere: "left",
    target_hemisphere: "right",
    transgenic_lines: [0],
    product_ids: [5, 31],
  },
  mouse_connectivity_target_spatial: { seed_point: [6900, 5050, 6450], section_data_set: 126862385, start_row: 3 },
  mouse_correlation: { set: "mouse", row: 68918934, structures: ["TH"] },
  mouse_differential: { set: "mouse", structures1: [8], structures2: [315], threshold1: [0, 50], threshold2: [1, 50] },
  nhp_lmd_microarray_correlation: { structures: [4005], probes: [1023146] },
  nhp_lmd_microarray_differential: { structures1: [9148], structures2: [4005] },
  nhp_lmd_microarray_expression: { probes: [1023146] },
  nhp_macro_microarray_correlation: { structures: [4005], probes: [1023146], donors: [15496] },
  nhp_macro_microarray_differential: { structures1: [9148], structures2: [4005], donors2: [15496] },
  nhp_macro_microarray_expression: { probes: [1023146, 1023147] },
  text_search: { query_string: "abat" },
};

function servicePair(name: string, parameters: Readonly<Record<string, unknown>>, differs?: string): QueryPair {
  return {
    python: { of: "api.queries.connected_services.ConnectedServices", steps: [["build_url", name, parameters]] },
    ours: serviceQuery(name, parameters),
    ...(differs === undefined ? {} : { differs }),
  };
}

/** Each connected service. */
export const SERVICE_PAIRS: readonly QueryPair[] = [
  ...Object.entries(PARAMETERS).map(([name, parameters]) => servicePair(name, parameters)),
  servicePair(
    "mouse_agea",
    { ...PARAMETERS.mouse_agea, correlation_threshold1: 0.84, correlation_threshold2: 0.93 },
    "AllenSDK leaves a single number with a fraction out of the query",
  ),
];
