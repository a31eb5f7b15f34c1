import type { BrainAtlas } from "@brainatlas/sdk";
import {
  mouseConnectivityCorrelation,
  mouseConnectivityInjectionCoordinate,
  mouseConnectivityInjectionStructure,
  mouseConnectivityTargetSpatial,
  mouseCorrelation,
  mouseDifferential,
} from "@brainatlas/sdk/services";
import { named } from "../support/allensdk.ts";
import { api, type InteropCase, rows } from "../support/case.ts";

const CONNECTIVITY = "mouse_connectivity_api.MouseConnectivityApi";
const RMA = "rma_api.RmaApi";
const ANNOTATED = "annotated_section_data_sets_api.AnnotatedSectionDataSetsApi";
const SYNC = "synchronization_api.SynchronizationApi";
const MIDDLE = [6900, 5050, 6450] as const;
const POINT = { x: 6208, y: 2368 };
const [ISH, OTHER_ISH, TRACING] = [69750516, 71592261, 126862575];

/** Connected services. */
export const SERVICE_CASES: readonly InteropCase[] = [
  rows(
    api(CONNECTIVITY, "experiment_source_search", named({ injection_structures: ["Isocortex"] })),
    mouseConnectivityInjectionStructure({ injectionStructures: "Isocortex" }),
  ),
  rows(
    api(
      CONNECTIVITY,
      "experiment_source_search",
      named({ injection_structures: ["VISp"], primary_structure_only: true, transgenic_lines: 0 }),
    ),
    mouseConnectivityInjectionStructure({
      injectionStructures: "VISp",
      primaryStructureOnly: true,
      transgenicLines: 0,
    }),
  ),
  rows(
    api(
      CONNECTIVITY,
      "experiment_source_search",
      named({ injection_structures: ["Isocortex"], target_domain: ["TH"], target_hemisphere: "right" }),
    ),
    mouseConnectivityInjectionStructure({
      injectionStructures: "Isocortex",
      targetDomain: "TH",
      targetHemisphere: "right",
    }),
  ),
  rows(
    api(CONNECTIVITY, "experiment_spatial_search", named({ seed_point: MIDDLE })),
    mouseConnectivityTargetSpatial({ seedPoint: MIDDLE }),
  ),
  rows(
    api(CONNECTIVITY, "experiment_injection_coordinate_search", named({ seed_point: MIDDLE, num_rows: 5 })),
    mouseConnectivityInjectionCoordinate({ seedPoint: MIDDLE }, { maxRows: 5 }),
  ),
  rows(
    api(CONNECTIVITY, "experiment_correlation_search", named({ row: 112670853, structures: ["TH"] })),
    mouseConnectivityCorrelation({ row: 112670853, structures: "TH" }),
  ),
  rows(
    api(RMA, "service_query", "mouse_differential", [
      ["set", "mouse"],
      ["structures1", [8]],
      ["structures2", [315]],
    ]),
    mouseDifferential({ set: "mouse", structures1: 8, structures2: 315 }),
  ),
  rows(
    api(RMA, "service_query", "mouse_correlation", [
      ["set", "mouse"],
      ["row", 69782969],
      ["structures", ["grey"]],
    ]),
    mouseCorrelation({ set: "mouse", row: 69782969, structures: "grey" }),
  ),
];

/** Searches of what annotators noted. */
export const ANNOTATION_CASES: readonly InteropCase[] = [
  {
    python: api(ANNOTATED, "get_annotated_section_data_sets", [15565], ["High", "Low"], null, null, ["E11.5"]),
    ours: (allen) =>
      allen.annotatedDataSets({ structures: 15565, intensityValues: ["High", "Low"], ageNames: "E11.5" }),
  },
  {
    python: api(ANNOTATED, "get_compound_annotated_section_data_sets", [
      { structures: [15565], intensity_values: ["High"], link: "or" },
      { structures: [15566], intensity_values: ["Low"] },
    ]),
    ours: (allen) =>
      allen.compoundAnnotatedDataSets({
        or: [
          { structures: 15565, intensityValues: "High" },
          { structures: 15566, intensityValues: "Low" },
        ],
      }),
  },
];

/** A point through one of the synchronisation services: what AllenSDK hands on as it came, our client reads. */
function sync(method: string, args: readonly unknown[], ours: (allen: BrainAtlas) => Promise<unknown>): InteropCase {
  return { python: api(SYNC, method, ...args), ours, theirs: ({ value }) => readSync(value) };
}

/** The parts of an answer that our client gives, by our names. */
function readSync(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(({ image_sync }) => ({ ...targetOf(image_sync), place: placeOf(image_sync) }));
  const { image_sync, image_to_reference } = value as { image_sync?: SyncAnswer; image_to_reference?: object };
  return image_to_reference ?? placeOf(image_sync ?? {});
}

type SyncAnswer = Readonly<Record<string, unknown>>;

/** What the mirror lacks it says in a header, which AllenSDK does not hand on; it lacks nothing of what these cases ask for. */
function targetOf({ section_data_set_id: dataSetId, structure_id: structureId }: SyncAnswer): object {
  const numberOf = (id: unknown): number | undefined => (id === undefined ? undefined : Number(id));
  return { dataSetId: numberOf(dataSetId), structureId: numberOf(structureId), notHeld: false };
}

function placeOf({ section_image_id: imageId, section_number: sectionNumber, x, y }: SyncAnswer): object | undefined {
  return imageId === undefined ? undefined : { imageId, sectionNumber, x, y };
}

/** Points from images to images and to reference space. */
export const SYNC_CASES: readonly InteropCase[] = [
  sync("get_image_to_image", [ISH, POINT.x, POINT.y, [71587929, 126862385]], (allen) =>
    allen.sync.imageToImage(ISH, POINT, [71587929, 126862385]),
  ),
  sync("get_image_to_image_2d", [TRACING, POINT.x, POINT.y, [126862583]], (allen) =>
    allen.sync.imageToImage2d(TRACING, POINT, [126862583]),
  ),
  sync("get_image_to_atlas", [OTHER_ISH, POINT.x, POINT.y, 2], (allen) => allen.sync.imageToAtlas(OTHER_ISH, POINT, 2)),
  sync("get_image_to_reference", [ISH, POINT.x, POINT.y], (allen) => allen.sync.imageToReference(ISH, POINT)),
  sync("get_reference_to_image", [9, 6085.5, 3670, 4883, [126862385, 100048576]], (allen) =>
    allen.sync.referenceToImage(9, { x: 6085.5, y: 3670, z: 4883 }, [126862385, 100048576]),
  ),
  sync("get_structure_to_image", [100048576, [315, 549, 512]], (allen) =>
    allen.sync.structureToImage(100048576, [315, 549, 512]),
  ),
];
