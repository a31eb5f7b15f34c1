import {
  alignments,
  atlases,
  atlasImages,
  cells,
  connectivity,
  equalizations,
  genes,
  manualAnnotations,
  neuronalModels,
  observatory,
  sectionDataSets,
  sectionImages,
  specimens,
  structureGraphs,
  structureSets,
  structures,
  sweeps,
  unionizes,
  wellKnownFiles,
} from "@brainatlas/sdk/queries";
import type { TypedQuery } from "@brainatlas/sdk/rma";
import { named, type PythonCall } from "../support/allensdk.ts";
import { api } from "../support/case.ts";

/** A query of AllenSDK, and ours that is to be the same. */
export interface QueryPair {
  readonly python: PythonCall;
  readonly ours: TypedQuery<unknown>;
  /** Why ours is another on purpose. */
  readonly differs?: string;
}

/** A method that asks one query. */
function pair(python: PythonCall, ours: TypedQuery<unknown>, differs?: string): QueryPair {
  return differs === undefined ? { python, ours } : { python, ours, differs };
}

const ONTOLOGIES = "ontologies_api.OntologiesApi";
const IMAGES = "image_download_api.ImageDownloadApi";
const CELLS = "cell_types_api.CellTypesApi";
const GLIF = "glif_api.GlifApi";
const BIOPHYSICAL = "biophysical_api.BiophysicalApi";
const OBSERVATORY = "brain_observatory_api.BrainObservatoryApi";
const CONNECTIVITY = "mouse_connectivity_api.MouseConnectivityApi";
const MOUSE = "mouse_atlas_api.MouseAtlasApi";
const GRID = "grid_data_api.GridDataApi";
const ANNOTATED = "annotated_section_data_sets_api.AnnotatedSectionDataSetsApi";

const SUMMARY_SET = 167587189;
const RANGES = ["blue_lower", "blue_upper", "red_lower", "red_upper", "green_lower", "green_upper"] as const;

export const ONTOLOGY_PAIRS: readonly QueryPair[] = [
  pair(api(ONTOLOGIES, "get_structures", [1, 17]), structures.inGraph([1, 17])),
  pair(
    api(ONTOLOGIES, "get_structures", named({ structure_graph_names: "'Mouse Brain Atlas'" })),
    structures.inGraph("Mouse Brain Atlas"),
  ),
  pair(
    api(ONTOLOGIES, "get_structures", named({ structure_set_ids: [SUMMARY_SET] })),
    structures.inSet(SUMMARY_SET),
    "ours asks by the association structure_sets: a structure is in several sets and has no column for them",
  ),
  pair(
    api(ONTOLOGIES, "get_structures", named({ structure_set_names: "'Mouse Connectivity - Summary'" })),
    structures.inSet("Mouse Connectivity - Summary"),
  ),
  pair(api(ONTOLOGIES, "get_structures_with_sets", [1]), structures.inGraph(1).include("structure_sets")),
  pair(api(ONTOLOGIES, "get_atlases"), atlases.all()),
  pair(api(ONTOLOGIES, "get_atlases_table", [1, 2], false), atlases.overview({ ids: [1, 2] })),
  pair(
    api(ONTOLOGIES, "get_atlases_table"),
    atlases.overview(),
    "ours gives all columns; .only(…) takes the same choice of them",
  ),
  pair(api(ONTOLOGIES, "get_structure_graphs"), structureGraphs.all()),
  pair(api(ONTOLOGIES, "get_structure_sets"), structureSets.all()),
  pair(api(ONTOLOGIES, "get_structure_sets", [12, 10]), structureSets.byId([12, 10])),
];

export const IMAGE_PAIRS: readonly QueryPair[] = [
  pair(
    api(IMAGES, "get_section_image_ranges", [126862575, 297225768]),
    equalizations.ofSectionImages([126862575, 297225768]).only(...RANGES),
  ),
  pair(api(IMAGES, "get_section_data_sets_by_product", [5, 31]), sectionDataSets.find({ product: [5, 31] })),
  pair(
    api(IMAGES, "get_section_data_sets_by_product", [5], true),
    sectionDataSets.find({ product: 5, failed: "any" }),
    "ours leaves the condition out where AllenSDK asks for both of its values",
  ),
  pair(api(IMAGES, "section_image_query", 126862385), sectionImages.ofDataSet(126862385)),
  pair(api(IMAGES, "atlas_image_query", 1), atlasImages.annotatedByType(1)),
  pair(
    api(IMAGES, "atlas_image_query", 1, "Atlas - Adult Mouse"),
    atlasImages.annotated(1, { imageType: "Atlas - Adult Mouse" }),
  ),
];

export const CELL_PAIRS: readonly QueryPair[] = [
  pair(api(CELLS, "list_cells_api"), cells.find()),
  pair(api(CELLS, "get_cell", 386049446), cells.bySpecimenId(386049446)),
  pair(api(CELLS, "get_ephys_sweeps", 386049446), sweeps.ofSpecimen(386049446)),
  pair(api(CELLS, "get_ephys_features"), cells.ephysFeatures()),
  pair(
    api(CELLS, "get_morphology_features"),
    cells.morphologyFeatures(),
    "AllenSDK means to leave the column tags out, and asks for the columns t, a, g and s to be left out",
  ),
  pair(api(CELLS, "save_ephys_data", 386049446, "file:ephys.nwb"), specimens.withRecording(386049446)),
  pair(api(CELLS, "save_reconstruction", 386049446, "file:cell.swc"), specimens.withReconstructions(386049446)),
  pair(
    api(CELLS, "save_reconstruction_markers", 386049446, "file:cell.marker"),
    specimens.withReconstructions(386049446, { kind: "marker" }),
  ),
  pair(
    api(BIOPHYSICAL, "get_neuronal_models", [386049446, 480114344]),
    neuronalModels.biophysical({ specimenIds: [386049446, 480114344] }),
  ),
  pair(
    api(BIOPHYSICAL, "get_neuronal_models", 386049446, named({ model_type_ids: [329230710] })),
    neuronalModels.biophysical({ specimenIds: 386049446, kind: "perisomatic" }),
  ),
  pair(
    api(BIOPHYSICAL, "get_well_known_file_ids", 472451419),
    neuronalModels.forSimulation(472451419),
    "ours asks for the same records without requiring them: a model without a reconstruction is found too",
  ),
  pair(api(GLIF, "get_neuronal_model_templates"), neuronalModels.templates()),
  pair(api(GLIF, "get_neuronal_models", [386049446]), neuronalModels.glifOfSpecimens(386049446)),
  pair(api(GLIF, "get_neuronal_models_by_id", [472451419]), neuronalModels.byId(472451419)),
  pair(api(GLIF, "get_neuron_configs", [472451419]), neuronalModels.byId(472451419)),
  pair(
    api(GLIF, "get_neuronal_model", 472451419),
    neuronalModels.forSimulation(472451419),
    "ours gives the reconstructions too",
  ),
];

export const OBSERVATORY_PAIRS: readonly QueryPair[] = [
  pair(api(OBSERVATORY, "get_experiment_containers"), observatory.experimentContainers({ failed: "any" })),
  pair(
    api(OBSERVATORY, "get_experiment_containers", [511510753]),
    observatory.experimentContainers({ ids: 511510753 }),
  ),
  pair(api(OBSERVATORY, "get_ophys_experiments"), observatory.ophysExperiments()),
  pair(api(OBSERVATORY, "get_ophys_experiments", [502066273]), observatory.ophysExperiments({ ids: 502066273 })),
  pair(api(OBSERVATORY, "get_isi_experiments", [503316697]), observatory.isiExperiments({ ids: 503316697 })),
  pair(
    api(OBSERVATORY, "list_isi_experiments"),
    observatory.isiExperiments(),
    "ours gives the experiment containers with them",
  ),
  pair(
    api(OBSERVATORY, "get_column_definitions", "ApiCamCellMetric"),
    observatory.columnDefinitions({ model: "ApiCamCellMetric" }),
  ),
  pair(
    api(OBSERVATORY, "list_column_definition_class_names"),
    observatory.columnModels(),
    "ours asks for each name once where AllenSDK drops what comes again",
  ),
  pair(api(OBSERVATORY, "get_stimulus_mappings"), observatory.stimulusMappings()),
  pair(api(OBSERVATORY, "get_stimulus_mappings", [15, 43]), observatory.stimulusMappings({ ids: [15, 43] })),
  pair(api(OBSERVATORY, "get_cell_metrics"), observatory.cellMetrics()),
  pair(
    api(OBSERVATORY, "get_cell_metrics", named({ cell_specimen_ids: [517394843, 517394850] })),
    observatory.cellMetrics({ cellSpecimenIds: [517394843, 517394850] }),
  ),
  pair(
    api(OBSERVATORY, "get_experiment_container_metrics", [511510753]),
    observatory.containerMetrics({ ids: 511510753 }),
  ),
  pair(
    api(OBSERVATORY, "save_ophys_experiment_data", 502066273, "file:a.nwb"),
    wellKnownFiles.ofAttachable(502066273, { type: "NWBOphys" }),
  ),
  pair(
    api(OBSERVATORY, "save_ophys_experiment_analysis_data", 502066273, "file:a.h5"),
    wellKnownFiles.ofAttachable(502066273, { type: "OphysExperimentCellRoiMetricsFile" }),
  ),
  pair(
    api(OBSERVATORY, "save_ophys_experiment_event_data", 502066273, "file:a.npz"),
    wellKnownFiles.ofAttachable(502066273, { type: "ObservatoryEventsFile" }),
  ),
  pair(
    api(OBSERVATORY, "save_ophys_experiment_eye_gaze_data", 502066273, 502066274, "file:a.h5"),
    wellKnownFiles.ofAttachable(502066274, { type: "EyeDlcScreenMapping" }),
  ),
  pair(
    api(OBSERVATORY, "get_cell_specimen_id_mapping", "file:a.csv"),
    wellKnownFiles.byId(590985414),
    "ours asks for the file by its id alone",
  ),
];

export const EXPRESSION_PAIRS: readonly QueryPair[] = [
  pair(
    api(MOUSE, "get_section_data_sets", named({ gene_ids: [15, 16] })),
    sectionDataSets.find({ product: 1, gene: [15, 16], failed: "any" }).include("genes"),
  ),
  pair(
    api(MOUSE, "get_section_data_sets", named({ product_ids: [3] })),
    sectionDataSets.find({ product: 3, failed: "any" }).include("genes"),
  ),
  pair(api(MOUSE, "get_genes"), genes.inOrganism("mouse")),
  pair(api(MOUSE, "get_genes", [1], [12, 13]), genes.inOrganism(1, { chromosomeIds: [12, 13] })),
  pair(
    api(
      ANNOTATED,
      "get_annotated_section_data_sets_via_rma",
      [112763676],
      ["High", "Low"],
      ["High"],
      ["Full"],
      ["E11.5", "E13.5"],
    ),
    manualAnnotations.dataSets(112763676, {
      intensity: ["High", "Low"],
      density: "High",
      pattern: "Full",
      age: ["E11.5", "E13.5"],
    }),
  ),
  pair(
    api(ANNOTATED, "get_annotated_section_data_sets_via_rma", [112763676, 8]),
    manualAnnotations.dataSets([112763676, 8]),
  ),
  pair(api(GRID, "download_alignment3d", 479), alignments.ofDataSets(479)),
  pair(
    api(GRID, "download_deformation_field", 126862385, "file:a.mhd", "file:a.raw"),
    wellKnownFiles
      .ofAttachable(126862385, { type: ["DeformationFieldHeader", "DeformationFieldVoxels"] })
      .include("well_known_file_type"),
  ),
];

export const CONNECTIVITY_PAIRS: readonly QueryPair[] = [
  pair(api(CONNECTIVITY, "get_experiments", null), connectivity.dataSets()),
  pair(
    api(CONNECTIVITY, "get_experiments", [126862385, 100141599]),
    connectivity.dataSets({ ids: [126862385, 100141599] }),
  ),
  pair(api(CONNECTIVITY, "get_experiments_api"), connectivity.experiments()),
  pair(
    api(CONNECTIVITY, "get_manual_injection_summary", 126862385),
    connectivity.injectionSummary(126862385),
    "ours gives all columns; .only(…) takes the same choice of them",
  ),
  pair(api(CONNECTIVITY, "get_experiment_detail", 126862385), connectivity.detail(126862385)),
  pair(api(CONNECTIVITY, "get_projection_image_info", 126862385, 71), connectivity.projectionImage(126862385, 71)),
  pair(
    api(CONNECTIVITY, "download_reference_aligned_image_channel_volumes", 156198187, "file:a.zip"),
    wellKnownFiles.ofAttachable(156198187, { type: "ImagesResampledTo25MicronARA" }),
    "AllenSDK writes the condition on attachable_id among those of the file's type; ours writes it among the file's, whose column it is",
  ),
  pair(
    api(CONNECTIVITY, "get_structure_unionizes", [126862385, 100141599]),
    unionizes.projection([126862385, 100141599]),
  ),
  pair(
    api(CONNECTIVITY, "get_structure_unionizes", [126862385], true, null, [549, 8], [1, 2], 0.01, ["structure"]),
    unionizes
      .projection(126862385, {
        isInjection: true,
        structureIds: [549, 8],
        hemisphere: ["left", "right"],
        normalizedVolumeAbove: 0.01,
      })
      .include("structure"),
  ),
  pair(
    api(CONNECTIVITY, "get_structure_unionizes", [126862385], false, "Thalamus"),
    unionizes.projection(126862385, { isInjection: false, structureName: "Thalamus" }),
  ),
];
