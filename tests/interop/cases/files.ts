import type { BrainAtlas } from "@brainatlas/sdk";
import { COMPARTMENTS, parseMarkers } from "@brainatlas/sdk/morphology";
import { api, core, fileOf, type InteropCase, onlyFile, refused } from "../support/case.ts";

const CELLS = "cell_types_api.CellTypesApi";
const CACHE = "cell_types_cache.CellTypesCache";
const CONNECTIVITY = "mouse_connectivity_api.MouseConnectivityApi";
const IN_FOLDER = { manifest_file: "file:manifest.json" };
const CELL = 386049446;
const MODEL = 472451419;
const [SWC, MARKERS, RESAMPLED, PARAMETERS, RECORDING] = [491459173, 496607103, 269830017, 497235805, 900_000_101];

/** AllenSDK moves markers by the size of a voxel, which the file does not give. */
const MARKER_OFFSET = [0.1144, 0.1144, 0.28] as const;

/** A well-known file, byte for byte. */
function file(python: InteropCase["python"], id: number): InteropCase {
  return { python, ours: async (allen) => fileOf(await allen.files.bytes(id)), theirs: onlyFile };
}

async function textOf(allen: BrainAtlas, id: number): Promise<string> {
  return new TextDecoder().decode(await allen.files.bytes(id));
}

/** Well-known files, and what is read from them. */
export const FILE_CASES: readonly InteropCase[] = [
  file(api(CELLS, "save_reconstruction", CELL, "file:cell.swc"), SWC),
  file(api(CELLS, "save_reconstruction_markers", CELL, "file:cell.marker"), MARKERS),
  // The sample has records of these and no bytes: nobody can make a measurement up.
  refused(api(CELLS, "save_ephys_data", CELL, "file:ephys.nwb"), (allen) => allen.files.bytes(RECORDING)),
  refused(api(CONNECTIVITY, "download_reference_aligned_image_channel_volumes", 156198187, "file:a.zip"), (allen) =>
    allen.files.bytes(RESAMPLED),
  ),
  {
    python: core(CACHE, IN_FOLDER, ["get_reconstruction", CELL], ["compartment_list"]),
    ours: async (allen) => {
      const { id, ...columns } = await allen.files.reconstruction(SWC);
      return Array.from(id, (_, at) =>
        Object.fromEntries(
          (["type", "x", "y", "z", "radius", "parent"] as const).map((name) => [name, columns[name][at]]),
        ),
      );
    },
    // AllenSDK counts nodes anew, from 0, as our parents do.
    theirs: ({ value }) =>
      (value as Record<string, unknown>[]).map(({ type, x, y, z, radius, parent }) => ({
        type,
        x,
        y,
        z,
        radius,
        parent,
      })),
  },
  {
    python: core(CACHE, IN_FOLDER, ["get_reconstruction", CELL], ["num_nodes"]),
    ours: async (allen) => (await allen.files.reconstruction(SWC)).size,
  },
  {
    python: core(CACHE, IN_FOLDER, ["get_reconstruction", CELL], ["num_trees"]),
    ours: async (allen) => (await allen.files.reconstruction(SWC)).roots.length,
  },
  {
    python: core(CACHE, IN_FOLDER, ["get_reconstruction", CELL], ["compartment_list_by_type", COMPARTMENTS.basal]),
    ours: async (allen) => (await allen.files.reconstruction(SWC)).compartment("basal"),
    theirs: ({ value }) => (value as { id: number }[]).map(({ id }) => id), // Nodes, which AllenSDK counts from 0.
  },
  {
    python: api("glif_api.GlifApi", "get_neuron_configs", [MODEL]),
    ours: async (allen) => ({ [MODEL]: JSON.parse(await textOf(allen, PARAMETERS)) }),
  },
  {
    python: core(CACHE, IN_FOLDER, ["get_reconstruction_markers", CELL]),
    ours: async (allen) =>
      parseMarkers(await textOf(allen, MARKERS)).map(({ x, y, z, name }) => ({
        x: x - MARKER_OFFSET[0],
        y: y - MARKER_OFFSET[1],
        z: z - MARKER_OFFSET[2],
        name: Number(name),
      })),
  },
];
