import type { ModelRow } from "../../records/model-row.ts";
import { SAMPLE_DATA_SETS } from "../data-sets.ts";
import { alignment3dRecord } from "./alignments.ts";
import { animalRecords } from "./animals.ts";
import { record, stubs } from "./record.ts";
import { NISSL_TREATMENT } from "./taxonomy.ts";

/** Labels of drawings; no name where documentation has none. */
const LABELS: readonly (readonly [id: number, name: string | null])[] = [
  [28, "Atlas - Adult Mouse"],
  [31, "Atlas - Developing Human"],
  [32, "Atlas - Developing Mouse"],
  [113753815, null],
  [113753816, null],
  [126768961, null],
  [141667008, null],
  [159226751, "Atlas - Adult Mouse Fiber Tracts"],
  [167675952, null],
  [265297118, null],
];

/** What the coloured pictures of plates are called. */
const ADULT = "Atlas - Adult Mouse";
const DEVELOPING = "Atlas - Developing Mouse";
const HUMAN = "Atlas - Developing Human";

type AtlasSpec = readonly [
  id: number,
  name: string,
  imageType: string,
  graphId: number,
  labelIds: readonly number[],
  dataSetId?: number,
];

const CORONAL_SET = 100048576;
const SAGITTAL_SET = 100042147;

const ATLASES: readonly AtlasSpec[] = [
  [1, "Mouse, P56, Coronal", ADULT, 1, [28, 159226751], CORONAL_SET],
  [2, "Mouse, P56, Sagittal", ADULT, 1, [28, 159226751], SAGITTAL_SET],
  [138322605, "Human, 34 years, Cortex - Gyral", HUMAN, 16, [31, 113753815, 113753816, 141667008]],
  [181275741, "Developing Mouse, E11.5", DEVELOPING, 17, [32, 126768961], 100054043],
  [181276130, "Developing Mouse, E13.5", DEVELOPING, 17, [32], 100054042],
  [181276151, "Developing Mouse, E15.5", DEVELOPING, 17, [32], 100054041],
  [181276160, "Developing Mouse, E18.5", DEVELOPING, 17, [32]],
  [181276162, "Developing Mouse, P4", DEVELOPING, 17, [32]],
  [181276164, "Developing Mouse, P14", DEVELOPING, 17, [32]],
  [181276165, "Developing Mouse, P56", DEVELOPING, 17, [32, 167675952], SAGITTAL_SET],
  [
    265297126,
    "Human, 34 years, Cortex - Mod. Brodmann",
    `${HUMAN} Brodmann`,
    16,
    [31, 113753816, 141667008, 265297118],
  ],
  [602630314, "Adult Mouse, 3D Coronal", ADULT, 1, [28]],
];

const ADULT_GRAPH = 1;
/** Ages of the atlases of which the sample has the data set and no plates. */
const EMBRYOS = [
  [100054043, "E11.5"],
  [100054042, "E13.5"],
  [100054041, "E15.5"],
] as const;

/** Atlases, the labels of their drawings, and the data sets of their plates. */
export function* atlasRecords(): Generator<ModelRow> {
  for (const [id, name] of LABELS) yield record("GraphicGroupLabel", { id, name });
  for (const [id, name, imageType, graphId, labelIds] of ATLASES) {
    yield record("Atlas", {
      id,
      name,
      image_type: imageType,
      structure_graph_id: graphId,
      treatment_id: NISSL_TREATMENT,
      graphic_group_label_id: labelIds[0] ?? null,
      reference_space_id: graphId === ADULT_GRAPH ? 9 : null,
      graphic_group_labels: stubs(...labelIds),
    });
  }
  for (const set of SAMPLE_DATA_SETS.filter(({ model }) => model === "AtlasDataSet")) {
    const { id, plane_of_section_id, section_thickness, reference_space_id } = set;
    yield* atlasDataSet(id, "P56", { plane_of_section_id, section_thickness, reference_space_id });
    yield alignment3dRecord(set);
  }
  for (const [id, age] of EMBRYOS) yield* atlasDataSet(id, age, { plane_of_section_id: 2 });
}

function* atlasDataSet(id: number, age: string, columns: Readonly<Record<string, unknown>>): Generator<ModelRow> {
  const atlases = ATLASES.filter(([, , , , , dataSetId]) => dataSetId === id);
  yield* animalRecords({ dataSetId: id, name: `Sample-Atlas-${id}`, age });
  yield record("AtlasDataSet", {
    id,
    name: `Plates of the sample atlas, ${age} (synthetic)`,
    specimen_id: id,
    failed: false,
    expression: false,
    storage_directory: `/external/sample/set_${id}/`,
    treatments: stubs(NISSL_TREATMENT),
    atlases: stubs(...atlases.map(([atlasId]) => atlasId)),
    genes: [],
    products: [],
    ...columns,
  });
}
