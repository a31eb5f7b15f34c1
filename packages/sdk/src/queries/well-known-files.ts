import { rma } from "../rma/builder.ts";
import type { QueryOf } from "./model-types.ts";
import { checkText, idList, type OneOrMore, textList } from "./values.ts";
import { checkOf, explainedIds, listed } from "./why-empty.ts";

/** Types of files that were seen; the service has more. */
export type FileType =
  | "3DNeuronMarker"
  | "3DNeuronReconstruction"
  | "BiophysicalModelDescription"
  | "DeformationFieldHeader"
  | "DeformationFieldVoxels"
  | "EcephysLfpNwb"
  | "EcephysNwb"
  | "EyeDlcScreenMapping"
  | "ImagesResampledTo25MicronARA"
  | "NWBDownload"
  | "NWBOphys"
  | "NeuronalModelParameters"
  | "ObservatoryEventsFile"
  | "OphysCellSpecimenIdMapping"
  | "OphysExperimentCellRoiMetricsFile"
  | "RNASeqSummarizedToGenesAsCSV"
  | "Stimulus"
  // Any other text too; editors still offer those above.
  | (string & {});

/** Which files `ofAttachable` gives. */
export interface FileOptions {
  /** Type of the file; case-sensitive. @default any */
  readonly type?: OneOrMore<FileType> | undefined;
  /** Model of the record that the files belong to, such as `EcephysSession`: ids of two models may be the same. @default any */
  readonly attachableType?: string | undefined;
}

/**
 * The files of records, by the records' ids; the bytes lie behind `download_link`.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0, or an empty text.
 * @example String(ofAttachable(156198187, { type: "ImagesResampledTo25MicronARA" })) // → "model::WellKnownFile,rma::criteria,[attachable_id$in156198187],well_known_file_type[name$in'ImagesResampledTo25MicronARA']"
 */
export function ofAttachable(ids: OneOrMore<number>, options: FileOptions = {}): QueryOf<"WellKnownFile"> {
  const { type, attachableType } = options;
  const wanted = idList("ids", ids);
  const all = rma("WellKnownFile").where("attachable_id", "in", wanted);
  let query = all;
  if (attachableType !== undefined) {
    query = query.where("attachable_type", "eq", checkText("attachableType", attachableType));
  }
  if (type !== undefined) {
    const types = textList("type", type);
    query = query.via("well_known_file_type", (each) => each.where("name", "in", types));
  }
  const relaxed = all.include("well_known_file_type");
  return query.whenEmpty(
    checkOf(relaxed, (rows) => {
      if (rows.length === 0)
        return `Record ${listed(wanted)} has no files; the id is that of the record, not of a file`;
      if (type === undefined && attachableType === undefined) return undefined;
      const types = listed(rows.map((row) => row.well_known_file_type?.name));
      const models = listed(rows.map((row) => row.attachable_type));
      return `Record ${listed(wanted)} has files, but none that fit; among them are types ${types}, of model ${models}`;
    }),
  );
}

/**
 * Files by their ids.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(byId(491459173)) // → "model::WellKnownFile,rma::criteria,[id$in491459173]"
 */
export function byId(ids: OneOrMore<number>): QueryOf<"WellKnownFile"> {
  const wanted = idList("ids", ids);
  return explainedIds(
    "file",
    wanted,
    rma("WellKnownFile").where("id", "in", wanted),
    "wellKnownFiles.ofAttachable() takes the id of a record",
  );
}

/**
 * The types of files.
 *
 * @example String(types()) // → "model::WellKnownFileType"
 */
export function types(): QueryOf<"WellKnownFileType"> {
  return rma("WellKnownFileType");
}
