import type { ModelRow } from "../../records/model-row.ts";
import { CELLS } from "./cell-table.ts";
import { record } from "./record.ts";

/** Types of files; ids above 900 000 000 are the sample's own. */
const TYPES = {
  "3DNeuronReconstruction": 303941301,
  "3DNeuronMarker": 486753749,
  ImagesResampledTo25MicronARA: 268364491,
  NWBDownload: 481007198,
  BiophysicalModelDescription: 292178729,
  NeuronalModelParameters: 329230374,
  NWBOphys: 900_000_004,
  ObservatoryEventsFile: 900_000_005,
  DeformationFieldHeader: 900_000_006,
  DeformationFieldVoxels: 900_000_007,
} as const;

/** Types of which the sample makes files: the others are of measurements, which nobody can make up honestly. */
export const MADE_TYPES: readonly string[] = [
  "3DNeuronReconstruction",
  "3DNeuronMarker",
  "NeuronalModelParameters",
] satisfies (keyof typeof TYPES)[];

/** A file of the sample's records. */
export interface SampleFile {
  readonly id: number;
  readonly type: keyof typeof TYPES;
  readonly attachableType: string;
  readonly attachableId: number;
  /** Last part of its path. */
  readonly fileName: string;
}

type FileSpec = readonly [id: number, type: keyof typeof TYPES, attachableType: string, attachableId: number];

/** Files that documentation names, as far as the sample has what they belong to. */
const DOCUMENTED: readonly FileSpec[] = [
  [491459173, "3DNeuronReconstruction", "NeuronReconstruction", 491459171],
  [496607103, "3DNeuronMarker", "NeuronReconstruction", 491459171],
  [491771448, "3DNeuronReconstruction", "NeuronReconstruction", 900_000_002],
  [497235805, "NeuronalModelParameters", "NeuronalModel", 472451419],
  [395337293, "BiophysicalModelDescription", "NeuronalModelTemplate", 329230710],
  [269830017, "ImagesResampledTo25MicronARA", "DataSet", 156198187],
];
const FIRST_RECORDING_ID = 900_000_101;
const ENDINGS: Readonly<Record<string, string>> = {
  "3DNeuronReconstruction": ".swc",
  "3DNeuronMarker": ".marker",
  NeuronalModelParameters: ".json",
  NWBDownload: ".nwb",
};

/** The files that the sample has records of. */
export const SAMPLE_FILES: readonly SampleFile[] = [
  ...DOCUMENTED,
  ...CELLS.map(({ id }, index): FileSpec => [FIRST_RECORDING_ID + index, "NWBDownload", "EphysResult", id]),
].map(([id, type, attachableType, attachableId]) => {
  return { id, type, attachableType, attachableId, fileName: `${id}_${type}${ENDINGS[type] ?? ""}` };
});

/** Types of files, and records of a few: paths are synthetic, and not of every file are there bytes. */
export function* fileRecords(): Generator<ModelRow> {
  for (const [name, id] of Object.entries(TYPES)) yield record("WellKnownFileType", { id, name });
  for (const { id, type, attachableType, attachableId, fileName } of SAMPLE_FILES) {
    yield record("WellKnownFile", {
      id,
      attachable_id: attachableId,
      attachable_type: attachableType,
      well_known_file_type_id: TYPES[type],
      path: `/external/sample/files/${fileName}`,
      download_link: `/api/v2/well_known_file_download/${id}`,
    });
  }
}
