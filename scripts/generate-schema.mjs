// Writes the SDK's types of the data model, and the table that a mirror reads at run time, from a recorded listing of the
// service's own schema (`data/enumerate.json`, of 2013) and the later columns and models below. Only names and types are kept.
//
//   node scripts/generate-schema.mjs [enumerate.json] [--check]
//
// Without a path it reads recorded/enumerate_2013.json below BRAINATLAS_RECORDINGS. With --check it writes nothing, and fails
// where a file differs.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const FOLDER = join(ROOT, "packages", "sdk", "src", "rma");
const TYPES = {
  i: "integer",
  f: "float",
  s: "string",
  t: "text",
  b: "boolean",
  d: "datetime",
  // Always null where it was seen, and its name does not tell.
  u: "unknown",
};
const TYPESCRIPT = {
  integer: "number",
  float: "number",
  string: "string",
  text: "string",
  boolean: "boolean",
  datetime: "DateTime",
  integer_array: "number[]",
  float_array: "number[]",
  string_array: "string[]",
  unknown: "unknown",
};

/**
 * Columns of later rows, by table, for every model of the table (reference §9.2, §1.5, §4.4). `absent` ones are in the listing
 * and in no later row: a query may name them, rows may lack them.
 */
const LATER_COLUMNS = {
  data_sets: {
    columns: `blue_channel:u delegate:b failed_facet:i green_channel:u red_channel:u rnaseq_design_id:i section_thickness:f
      sphinx_id:i`,
    absent: ["type"],
  },
  sub_images: {
    columns: `axes:u bits_per_component:i expression:b isi_experiment_id:i number_of_components:i ophys_experiment_id:i
      projection_function:s`,
    absent: ["type"],
  },
  products: { columns: "product_name_facet:i species:s species_name_facet:i", absent: ["documentation"] },
  specimens: {
    columns: `cell_prep_sample_id:i cell_reporter_id:i cortex_layer_id:i data:u ephys_result_id:i failed_facet:i
      is_cell_specimen:b is_ish:b pinned_radius:f sphinx_id:i treatment_id:i weight:i`,
    associations: `ephys_sweeps:has_many:EphysSweep ephys_result:belongs_to:EphysResult
      neuron_reconstructions:has_many:NeuronReconstruction`,
  },
  donors: {
    columns: `chemotherapy:u data:u date_of_birth:d donor_condition_description_facet:i donor_race_only_facet:i
      donor_sex_facet:i donor_strain_facet:i donor_strain_only_facet:i egfr_amplification:u extent_of_resection:u
      full_genotype:s initial_kps:u mgmt_ihc:u mgmt_methylation:u molecular_subtype:s multifocal:u primary_tissue_source:s
      pten_deletion:u race_only:s radiation_therapy:u recurrence_by_six_months:u sleep_state:s smoker:u strain_only:s
      survival_days:i tags:s theiler_stage:u time_to_progression_or_recurrence:u tumor_status:s weight_grams:f`,
    associations: "transgenic_lines:has_many:TransgenicLine",
  },
  ages: { columns: "age_group_id:i" },
  structures: {
    columns: `failed:b failed_facet:i neuro_name_structure_id:i neuro_name_structure_id_path:s safe_name:s sphinx_id:i
      structure_name_facet:i`,
  },
  atlases: { columns: "", associations: "graphic_group_labels:has_many:GraphicGroupLabel" },
};

/**
 * Models that the listing does not have and of which rows were seen (reference §9.3). Models of which no more than a column or
 * two is known are left out: a wrong type is worse than none, and `rma.untyped` takes any name.
 */
const LATER_MODELS = {
  ApiCamStimulusMapping: {
    table: "api_cam_stimulus_mappings",
    columns: "id:i item:s item_type:s level:s stimulus_name:s",
  },
  ApiCellTypesSpecimenDetail: {
    table: "api_cell_types_specimen_details",
    columns: `cell_reporter_status:s csl__normalized_depth:f csl__x:f csl__y:f csl__z:f donor__disease_state:s donor__id:i
      donor__name:s donor__species:s ef__adaptation:f ef__avg_firing_rate:f ef__avg_isi:f ef__f_i_curve_slope:f
      ef__fast_trough_v_long_square:f ef__peak_t_ramp:f ef__ri:f ef__tau:f ef__threshold_i_long_square:f
      ef__upstroke_downstroke_ratio_long_square:f ef__vrest:f ephys_thumb_path:s erwkf__id:i line_name:s morph_thumb_path:s
      nr__average_contraction:f nr__max_euclidean_distance:f nr__number_bifurcations:i nr__number_stems:i
      nr__reconstruction_type:s nrwkf__id:i specimen__hemisphere:s specimen__id:i specimen__name:s structure__acronym:s
      structure__id:i structure__layer:s structure__name:s structure_parent__acronym:s structure_parent__id:i tag__apical:s
      tag__dendrite_type:s`,
  },
  ApiConnectivity: {
    table: "api_connectivities",
    columns: `data_set_id:i gender:s injection_structures:s injection_volume:f injection_x:f injection_y:f injection_z:f name:s
      product_id:i specimen_name:s storage_directory:s strain:s structure_abbrev:s structure_id:i structure_name:s
      transgenic_line:s transgenic_line_id:i`,
  },
  EphysFeature: {
    table: "ephys_features",
    columns: `adaptation:f avg_isi:f electrode_0_pa:f f_i_curve_slope:f fast_trough_t_long_square:f fast_trough_t_ramp:f
      fast_trough_t_short_square:f fast_trough_v_long_square:f fast_trough_v_ramp:f fast_trough_v_short_square:f has_burst:b
      has_delay:b has_pause:b id:i input_resistance_mohm:f latency:f peak_t_long_square:f peak_t_ramp:f peak_t_short_square:f
      peak_v_long_square:f peak_v_ramp:f peak_v_short_square:f rheobase_sweep_id:i rheobase_sweep_number:i ri:f sag:f
      seal_gohm:f slow_trough_t_long_square:f slow_trough_t_ramp:f slow_trough_t_short_square:f slow_trough_v_long_square:f
      slow_trough_v_ramp:f slow_trough_v_short_square:f specimen_id:i tau:f threshold_i_long_square:f threshold_i_ramp:f
      threshold_i_short_square:f threshold_t_long_square:f threshold_t_ramp:f threshold_t_short_square:f
      threshold_v_long_square:f threshold_v_ramp:f threshold_v_short_square:f thumbnail_sweep_id:i trough_t_long_square:f
      trough_t_ramp:f trough_t_short_square:f trough_v_long_square:f trough_v_ramp:f trough_v_short_square:f
      upstroke_downstroke_ratio_long_square:f upstroke_downstroke_ratio_ramp:f upstroke_downstroke_ratio_short_square:f
      vm_for_sag:f vrest:f`,
  },
  EphysResult: {
    table: "ephys_results",
    columns: "failed:b id:i sampling_rate:f",
    associations: "well_known_files:has_many:WellKnownFile",
  },
  EphysSweep: {
    table: "ephys_sweeps",
    columns: `bridge_balance_mohm:f id:i leak_pa:f num_spikes:i peak_deflection:f post_noise_rms_mv:f post_vm_mv:f
      pre_noise_rms_mv:f pre_vm_mv:f slow_noise_rms_mv:f slow_vm_mv:f specimen_id:i stimulus_absolute_amplitude:f
      stimulus_description:s stimulus_duration:f stimulus_interval:f stimulus_name:s stimulus_relative_amplitude:f
      stimulus_start_time:f stimulus_units:s sweep_number:i vm_delta_mv:f`,
  },
  ExperimentContainer: {
    table: "experiment_containers",
    columns: `failed:b failed_facet:i id:i imaging_depth:i isi_experiment_id:i specimen_id:i targeted_structure_id:i weight:i`,
    associations: `ophys_experiments:has_many:OphysExperiment isi_experiment:belongs_to:IsiExperiment
      specimen:belongs_to:Specimen targeted_structure:belongs_to:Structure`,
  },
  IsiExperiment: {
    table: "isi_experiments",
    columns: "date_of_acquisition:d id:i name:s specimen_id:i storage_directory:s",
    associations: "experiment_container:has_one:ExperimentContainer ophys_experiments:has_many:OphysExperiment",
  },
  NeuronReconstruction: {
    table: "neuron_reconstructions",
    columns: `average_bifurcation_angle_local:f average_bifurcation_angle_remote:f average_contraction:f average_diameter:f
      average_fragmentation:f average_parent_daughter_ratio:f hausdorff_dimension:f id:i max_branch_order:f
      max_euclidean_distance:f max_path_distance:f neuron_reconstruction_type:s number_bifurcations:i number_branches:i
      number_nodes:i number_stems:i number_tips:i overall_depth:f overall_height:f overall_width:f scale_factor_x:f
      scale_factor_y:f scale_factor_z:f soma_surface:f specimen_id:i tags:s total_length:f total_surface:f total_volume:f`,
    associations: "well_known_files:has_many:WellKnownFile",
  },
  NeuronalModel: {
    table: "neuronal_models",
    columns: "id:i name:s neuronal_model_template_id:i specimen_id:i",
    associations: `specimen:belongs_to:Specimen neuronal_model_template:belongs_to:NeuronalModelTemplate
      well_known_files:has_many:WellKnownFile neuronal_model_runs:has_many:NeuronalModelRun`,
  },
  NeuronalModelTemplate: {
    table: "neuronal_model_templates",
    columns: "description:s id:i name:s",
    associations: "well_known_files:has_many:WellKnownFile",
  },
  OphysExperiment: {
    table: "ophys_experiments",
    columns: `date_of_acquisition:d experiment_container_id:i fail_eye_tracking:b id:i imaging_depth:i name:s specimen_id:i
      stimulus_name:s storage_directory:s targeted_structure_id:i`,
    associations: "well_known_files:has_many:WellKnownFile",
  },
  ProjectionStructureUnionize: {
    table: "projection_structure_unionizes",
    columns: `hemisphere_id:i id:i is_injection:b max_voxel_density:f max_voxel_x:i max_voxel_y:i max_voxel_z:i
      normalized_projection_volume:f projection_density:f projection_energy:f projection_intensity:f projection_volume:f
      section_data_set_id:i structure_id:i sum_pixel_intensity:f sum_pixels:f sum_projection_pixel_intensity:f
      sum_projection_pixels:f volume:f`,
    associations: "section_data_set:belongs_to:SectionDataSet structure:belongs_to:Structure",
  },
};

const args = process.argv.slice(2);
const check = args.includes("--check");
const [path, ...rest] = args.filter((arg) => arg !== "--check");
const listing = path ?? join(process.env.BRAINATLAS_RECORDINGS ?? "", "recorded", "enumerate_2013.json");
if (rest.length > 0 || path?.startsWith("-"))
  fail(`cannot read "${args.join(" ")}"; give one path, and --check if wanted`);
if (!existsSync(listing)) fail(`no listing at "${listing}"; give its path, or BRAINATLAS_RECORDINGS`);

const models = readModels(JSON.parse(readFileSync(listing, "utf8")));
const outputs = { "schema.generated.ts": printTypes(models), "schema-table.generated.ts": printTable(models) };
for (const [file, source] of Object.entries(outputs)) {
  const text = format(file, source);
  const target = join(FOLDER, file);
  if (existsSync(target) && readFileSync(target, "utf8") === text) continue;
  console.error(`generate-schema: ${file} ${check ? "is not what the listing says" : "written"}`);
  if (check) process.exitCode = 1;
  else writeFileSync(target, text);
}

/** Models by name, in the order of the alphabet; columns and associations in the listing's order, the later ones behind. */
function readModels({ msg }) {
  // The first model has no wrapper in the recording.
  const listed = msg.flatMap((entry) => Object.entries(entry.DataDescription ?? entry)).map(readListed);
  const later = Object.entries(LATER_MODELS).map(([name, { table, columns, associations = "" }]) => ({
    name,
    table,
    attributes: readColumns(columns),
    associations: readAssociations(associations),
  }));
  const all = [...listed, ...later].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const [index, model] of all.entries()) {
    if (model.name === all[index + 1]?.name) fail(`model ${model.name} is there twice`);
    const both = model.associations.find(({ name }) => model.attributes.some((column) => column.name === name));
    if (both !== undefined) fail(`${model.name}.${both.name} is both an attribute and an association`);
  }
  return all;
}

function readListed([name, { fields, associations, table }]) {
  const { columns = "", absent = [], associations: added = "" } = LATER_COLUMNS[table] ?? {};
  const later = readColumns(columns);
  const attributes = fields.map((field) => ({
    name: field.name,
    type: later.find((column) => column.name === field.name)?.type ?? field.type,
    nullable: field.nullable !== "false",
    optional: absent.includes(field.name),
  }));
  const known = new Set(attributes.map((column) => column.name));
  return {
    name,
    table,
    attributes: [...attributes, ...later.filter((column) => !known.has(column.name))],
    associations: [
      ...associations.map((each) => ({ name: each.name, kind: each.type, model: each.class })),
      ...readAssociations(added),
    ],
  };
}

function readColumns(text) {
  return words(text).map(([name, letter]) => ({
    name,
    type: TYPES[letter] ?? fail(`column ${name} has no type ${letter}`),
    nullable: name !== "id",
    optional: false,
  }));
}

function readAssociations(text) {
  return words(text).map(([name, kind, model]) => ({ name, kind, model }));
}

function words(text) {
  return text
    .split(/\s+/)
    .filter((word) => word !== "")
    .map((word) => word.split(":"));
}

function printTypes(all) {
  return `// Generated by scripts/generate-schema.mjs from the service's schema listing of 2013 and later columns; do not edit.
import type { DateTime, Many, One } from "./schema-types.ts";

/** The models of the service: their tables, attributes and associations. An optional attribute is in no later row. */
export interface Models {
${all.map(printModel).join("\n")}
}
`;
}

function printModel({ name, table, attributes, associations }) {
  const columns = attributes.map((column) => `${column.name}${column.optional ? "?" : ""}: ${typeOf(column)};`);
  const links = associations.map((each) => `${each.name}: ${isMany(each) ? "Many" : "One"}<"${each.model}">;`);
  const linked = links.length === 0 ? "object" : `{ ${links.join(" ")} }`;
  return `${name}: { table: "${table}"; attributes: { ${columns.join(" ")} }; associations: ${linked} };`;
}

function typeOf({ type, nullable }) {
  const text = TYPESCRIPT[type] ?? fail(`no type for ${type}`);
  return nullable && text !== "unknown" ? `${text} | null` : text;
}

function isMany({ kind }) {
  if (kind === "has_many" || kind === "has_and_belongs_to_many") return true;
  return kind === "belongs_to" || kind === "has_one" ? false : fail(`no association of kind ${kind}`);
}

function printTable(all) {
  const lines = all.map(({ name, table, attributes, associations }) => {
    const columns = attributes.map((column) => `${column.name}: "${column.type}"`);
    const links = associations.map((each) => `${each.name}: { kind: "${each.kind}", model: "${each.model}" }`);
    return `${name}: { table: "${table}", attributes: { ${columns.join(", ")} }, associations: { ${links.join(", ")} } },`;
  });
  return `// Generated by scripts/generate-schema.mjs from the service's schema listing of 2013 and later columns; do not edit.
import { deepFreeze } from "./builder-freeze.ts";

/** Type of an attribute, by the listing's names; \`unknown\` where no value was seen. */
export type AttributeType =
${Object.keys(TYPESCRIPT)
  .map((type) => `  | "${type}"`)
  .join("\n")};

/** An association, by the listing's names. Its model may be one that the schema does not have. */
export interface SchemaAssociation {
  readonly kind: "belongs_to" | "has_one" | "has_many" | "has_and_belongs_to_many";
  readonly model: string;
}

export interface SchemaModel {
  readonly table: string;
  readonly attributes: Readonly<Record<string, AttributeType>>;
  readonly associations: Readonly<Record<string, SchemaAssociation>>;
}

/** The models of the service, for whoever answers queries. */
export const SCHEMA: Readonly<Record<string, SchemaModel>> = /* @__PURE__ */ deepFreeze<Record<string, SchemaModel>>({
${lines.join("\n")}
});
`;
}

function format(file, source) {
  const bin = join(ROOT, "node_modules", "@biomejs", "biome", "bin", "biome");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [bin, "format", `--stdin-file-path=${join(FOLDER, file)}`],
    {
      input: source,
      encoding: "utf8",
      cwd: ROOT,
      maxBuffer: 16 * 1024 * 1024,
    },
  );
  return status === 0 ? stdout : fail(`cannot format ${file}: ${stderr}`);
}

function fail(message) {
  console.error(`generate-schema: ${message}`);
  process.exit(2);
}
