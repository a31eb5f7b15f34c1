import { cells, neuronalModels, observatory, sweeps } from "@brainatlas/sdk/queries";
import { named } from "../support/allensdk.ts";
import { nearly } from "../support/array.ts";
import { api, core, type InteropCase, refused, rows } from "../support/case.ts";

const CELLS = "cell_types_api.CellTypesApi";
const BIOPHYSICAL = "biophysical_api.BiophysicalApi";
const GLIF = "glif_api.GlifApi";
const OBSERVATORY = "brain_observatory_api.BrainObservatoryApi";
const CACHE = "cell_types_cache.CellTypesCache";
const IN_FOLDER = { manifest_file: "file:manifest.json" };
const CELL = 386049446;
const MODEL = 472451419;
const CONTAINER = 970_000_001;

/** Recorded cells and their models. */
export const CELL_CASES: readonly InteropCase[] = [
  rows(api(CELLS, "list_cells_api"), cells.find()),
  {
    python: api(CELLS, "get_cell", CELL),
    ours: (allen) => allen.rows(cells.bySpecimenId(CELL)).first(),
  },
  rows(api(CELLS, "get_ephys_sweeps", CELL), sweeps.ofSpecimen(CELL)),
  rows(api(CELLS, "get_ephys_features"), cells.ephysFeatures()),
  rows(api(CELLS, "get_morphology_features"), cells.morphologyFeatures()),
  {
    python: core(CACHE, IN_FOLDER, ["get_cells", named({ require_reconstruction: true })]),
    ours: async (allen) => (await allen.rows(cells.find({ reconstructed: true })).all()).map(simplified),
  },
  {
    python: core(CACHE, IN_FOLDER, ["get_cells", named({ species: ["mus musculus"] })]),
    ours: async (allen) => (await allen.rows(cells.find({ species: "mouse" })).all()).map(simplified),
  },
  ...(["get_ephys_features", "get_morphology_features"] as const).map(
    (method): InteropCase => ({
      python: core(CACHE, IN_FOLDER, [method]),
      ours: async (allen) => {
        const query = method === "get_ephys_features" ? cells.ephysFeatures() : cells.morphologyFeatures();
        return nearly(await allen.rows<object>(query).all());
      },
    }),
  ),
  rows(api(BIOPHYSICAL, "get_neuronal_models", [CELL]), neuronalModels.biophysical({ specimenIds: CELL })),
  {
    python: api(BIOPHYSICAL, "get_well_known_file_ids", MODEL),
    ours: async (allen) => {
      const model = await allen.rows(neuronalModels.forSimulation(MODEL)).first();
      const files = (of: { well_known_files: Parameters<typeof ofType>[0] } | null | undefined) =>
        of?.well_known_files ?? [];
      const reconstructions = model?.specimen?.neuron_reconstructions.flatMap(files) ?? [];
      const recording = model?.specimen?.ephys_result;
      return {
        fit: ofType(files(model), "NeuronalModelParameters"),
        modfiles: ofType(
          files(model?.neuronal_model_template),
          "BiophysicalModelDescription",
          (name) => `modfiles/${name}`,
        ),
        morphology: ofType(reconstructions, "3DNeuronReconstruction"),
        marker: ofType(reconstructions, "3DNeuronMarker"),
        stimulus: ofType(files(recording), "NWBDownload", () => `${recording?.id}.nwb`),
      };
    },
  },
  rows(api(GLIF, "get_neuronal_model_templates"), neuronalModels.templates()),
  refused(api(GLIF, "get_neuronal_models", [CELL]), (allen) => allen.rows(neuronalModels.glifOfSpecimens(CELL)).all()),
  rows(api(GLIF, "get_neuronal_models_by_id", [MODEL]), neuronalModels.byId(MODEL)),
];

/** What AllenSDK takes from a file's row. */
interface FileRow {
  readonly id: number;
  readonly path: string | null;
  readonly well_known_file_type: { readonly name: string | null } | null;
}

/** Names of files by their ids, as AllenSDK notes them. */
function ofType(files: readonly FileRow[], type: string, nameOf = (name: string): string => name): object {
  const fitting = files.filter((file) => file.well_known_file_type?.name === type);
  return Object.fromEntries(fitting.map(({ id, path }) => [id, nameOf(path?.split("/").at(-1) ?? "")]));
}

/** A cell with the names that AllenSDK's cache gives to what it keeps. */
function simplified(cell: Record<string, unknown>): object {
  return {
    reporter_status: cell.cell_reporter_status,
    cell_soma_location: [cell.csl__x, cell.csl__y, cell.csl__z],
    species: cell.donor__species,
    id: cell.specimen__id,
    name: cell.specimen__name,
    structure_layer_name: cell.structure__layer,
    structure_area_id: cell.structure_parent__id,
    structure_area_abbrev: cell.structure_parent__acronym,
    transgenic_line: cell.line_name,
    dendrite_type: cell.tag__dendrite_type,
    apical: cell.tag__apical,
    reconstruction_type: cell.nr__reconstruction_type,
    disease_state: cell.donor__disease_state,
    donor_id: cell.donor__id,
    structure_hemisphere: cell.specimen__hemisphere,
    normalized_depth: cell.csl__normalized_depth,
  };
}

/** The brain observatory. */
export const OBSERVATORY_CASES: readonly InteropCase[] = [
  rows(api(OBSERVATORY, "get_experiment_containers"), observatory.experimentContainers({ failed: "any" })),
  rows(
    api(OBSERVATORY, "get_experiment_containers", [CONTAINER]),
    observatory.experimentContainers({ ids: CONTAINER }),
  ),
  rows(api(OBSERVATORY, "get_ophys_experiments"), observatory.ophysExperiments()),
  rows(api(OBSERVATORY, "get_isi_experiments", [CONTAINER]), observatory.isiExperiments({ ids: CONTAINER })),
  rows(api(OBSERVATORY, "get_stimulus_mappings"), observatory.stimulusMappings()),
  rows(api(OBSERVATORY, "get_cell_metrics"), observatory.cellMetrics()),
  rows(api(OBSERVATORY, "get_cell_metrics", named({ num_rows: 5 })), observatory.cellMetrics()),
];
