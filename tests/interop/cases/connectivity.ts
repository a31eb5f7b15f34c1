import type { BrainAtlas } from "@brainatlas/sdk";
import {
  alignments,
  connectivity,
  genes,
  manualAnnotations,
  sectionDataSets,
  structures,
  unionizes,
} from "@brainatlas/sdk/queries";
import type { RowOf } from "@brainatlas/sdk/rma";
import { projectionMatrix } from "@brainatlas/sdk/services";
import { named } from "../support/allensdk.ts";
import { nearly, numbersOf } from "../support/array.ts";
import { api, core, type InteropCase, refused, rows } from "../support/case.ts";

const CONNECTIVITY = "mouse_connectivity_api.MouseConnectivityApi";
const MOUSE = "mouse_atlas_api.MouseAtlasApi";
const CACHE = "mouse_connectivity_cache.MouseConnectivityCache";
const EXPERIMENT = 126862385;
const EXPERIMENTS = [EXPERIMENT, 100141599];
const SUMMARY_SET = 167587189;

/** Arguments of a cache in the call's own folder. */
const IN_FOLDER = { manifest_file: "file:manifest.json", resolution: 100 };

/** Experiments as AllenSDK's cache gives them: two columns have other names, one is taken apart and one is left out. */
async function cachedExperiments(allen: BrainAtlas) {
  const found = await allen.rows(connectivity.experiments()).all();
  return found.map(({ data_set_id, storage_directory, transgenic_line, injection_structures, ...row }) => ({
    ...row,
    id: data_set_id,
    transgenic_line: (transgenic_line as { name: string } | null)?.name ?? null, // A record, though the schema says text.
    injection_structures: String(injection_structures).split("/").map(Number),
    primary_injection_structure: row.structure_id,
  }));
}

/** What the summary of an experiment says of its injections. */
function summaryOf(rows: readonly Summary[]): unknown {
  return rows.map(({ id, specimen, equalization, products }) => ({
    id,
    upper: equalization?.red_upper,
    products: products.map((product) => product.id),
    injections: specimen?.injections.map((each) => [each.structure?.acronym, each.age?.days, each.coordinates_ap]),
  }));
}

type Summary = RowOf<ReturnType<typeof connectivity.injectionSummary>>;

/** Connectivity: experiments, unionizes, alignments. */
export const CONNECTIVITY_CASES: readonly InteropCase[] = [
  rows(api(CONNECTIVITY, "get_experiments", null, named({ num_rows: "all" })), connectivity.dataSets()),
  rows(
    api(CONNECTIVITY, "get_experiments", [EXPERIMENT, 100141599]),
    connectivity.dataSets({ ids: [EXPERIMENT, 100141599] }),
  ),
  rows(api(CONNECTIVITY, "get_experiments_api"), connectivity.experiments()),
  {
    python: api(CONNECTIVITY, "get_manual_injection_summary", EXPERIMENT),
    ours: async (allen) => summaryOf(await allen.rows(connectivity.injectionSummary(EXPERIMENT)).all()),
    // AllenSDK asks for some of the columns.
    theirs: ({ value }) => summaryOf(value as Parameters<typeof summaryOf>[0]),
  },
  refused(api(CONNECTIVITY, "get_experiment_detail", EXPERIMENT), (allen) =>
    allen.rows(connectivity.detail(EXPERIMENT)).all(),
  ),
  rows(api(CONNECTIVITY, "get_projection_image_info", EXPERIMENT, 70), connectivity.projectionImage(EXPERIMENT, 70)),
  rows(
    api(CONNECTIVITY, "get_structure_unionizes", [EXPERIMENT, 100141599]),
    unionizes.projection([EXPERIMENT, 100141599]),
  ),
  rows(
    api(CONNECTIVITY, "get_structure_unionizes", [EXPERIMENT], false, null, [549, 385], [1, 2], 0.001, ["structure"]),
    unionizes
      .projection(EXPERIMENT, {
        isInjection: false,
        structureIds: [549, 385],
        hemisphere: ["left", "right"],
        normalizedVolumeAbove: 0.001,
      })
      .include("structure"),
  ),
  rows(
    api(CONNECTIVITY, "get_structure_unionizes", [EXPERIMENT], true, "Primary visual area"),
    unionizes.projection(EXPERIMENT, { isInjection: true, structureName: "Primary visual area" }),
  ),
  { python: core(CACHE, IN_FOLDER, ["get_experiments"]), ours: cachedExperiments },
  {
    python: core(CACHE, IN_FOLDER, ["get_experiment_structure_unionizes", EXPERIMENT]),
    // The cache keeps them as text, from which pandas does not read all of the last digit.
    ours: async (allen) =>
      nearly(
        (await allen.rows(unionizes.projection(EXPERIMENT)).all()).map(({ section_data_set_id, ...row }) => ({
          ...row,
          experiment_id: section_data_set_id,
        })),
      ),
  },
  {
    python: core(CACHE, IN_FOLDER, ["get_experiments", named({ cre: true })]),
    ours: async (allen) => (await cachedExperiments(allen)).filter((row) => row.transgenic_line !== null),
  },
  {
    python: core(CACHE, IN_FOLDER, ["default_structure_ids"]),
    ours: async (allen) => (await allen.rows(structures.inSet(SUMMARY_SET)).all()).map(({ id }) => id),
  },
  {
    python: core(CACHE, IN_FOLDER, [
      "get_projection_matrix",
      EXPERIMENTS,
      [549, 385, 315],
      [1, 2],
      "projection_density",
    ]),
    theirs: ({ value }) => {
      const { columns, ...matrix } = value as { columns: { structure_id: number }[] }; // Its own description of columns.
      return { ...matrix, columns: columns.map((each) => each.structure_id) };
    },
    ours: async (allen) => {
      const found = await allen
        .rows(unionizes.projection(EXPERIMENTS, { isInjection: false, hemisphere: ["left", "right"] }))
        .all();
      const {
        rows: dataSetIds,
        columns,
        values,
      } = projectionMatrix(found, {
        dataSetIds: EXPERIMENTS,
        structureIds: [549, 385, 315],
        hemispheres: ["left", "right"],
        parameter: "projection_density",
      });
      // AllenSDK has all structures of one hemisphere first.
      const order = (["left", "right"] as const).flatMap((side) =>
        [...columns.keys()].filter((at) => columns[at]?.hemisphere === side),
      );
      return {
        rows: dataSetIds,
        columns: order.map((at) => columns[at]?.structureId),
        matrix: dataSetIds.map((_, row) => order.map((at) => nearly(values[row * columns.length + at]))),
      };
    },
  },
  {
    python: core(CACHE, IN_FOLDER, ["get_affine_parameters", EXPERIMENT, "tvr"]),
    ours: async (allen) => {
      const found = await allen.rows(alignments.ofDataSets(EXPERIMENT)).first();
      const numbers = numbersOf(found?.alignment3d, "tvr");
      return [0, 3, 6, 9].map((start) => numbers.slice(start, start + 3));
    },
  },
  {
    python: api("grid_data_api.GridDataApi", "download_alignment3d", EXPERIMENT),
    ours: async (allen) => (await allen.rows(alignments.ofDataSets(EXPERIMENT)).first())?.alignment3d,
  },
];

/** Genes, data sets and annotations. */
export const EXPRESSION_CASES: readonly InteropCase[] = [
  rows(
    api(MOUSE, "get_section_data_sets", named({ product_ids: [1] })),
    sectionDataSets.find({ product: 1, failed: "any" }).include("genes"),
  ),
  rows(api(MOUSE, "get_genes"), genes.inOrganism("mouse")),
  {
    // Two pages of AllenSDK's pager for one of ours.
    ...rows(api(MOUSE, "get_genes", named({ num_rows: 7 })), genes.inOrganism("mouse")),
  },
  rows(
    api(
      "annotated_section_data_sets_api.AnnotatedSectionDataSetsApi",
      "get_annotated_section_data_sets_via_rma",
      [15565],
      ["High", "Low"],
    ),
    manualAnnotations.dataSets(15565, { intensity: ["High", "Low"] }),
  ),
];
