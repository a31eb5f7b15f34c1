import { rma } from "../rma/builder.ts";
import type { ModelRow, QueryOf } from "./model-types.ts";
import { idList, type OneOrMore, textList } from "./values.ts";
import { explainedIds } from "./why-empty.ts";

/** The recording of a cell, with its files. */
export interface WithRecording {
  ephys_result: (ModelRow<"EphysResult"> & { well_known_files: TypedFile[] }) | null;
}

/** The reconstructions of a cell, with their files. */
export interface WithReconstructions {
  neuron_reconstructions: (ModelRow<"NeuronReconstruction"> & { well_known_files: TypedFile[] })[];
}

/** A file with its type. */
export type TypedFile = ModelRow<"WellKnownFile"> & { well_known_file_type: ModelRow<"WellKnownFileType"> | null };

/** Which files `withReconstructions` gives. */
export interface ReconstructionOptions {
  /** The drawing of the neuron (SWC), or points marked in it. @default "swc" */
  readonly kind?: "swc" | "marker" | undefined;
}

/**
 * Specimens by their ids.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(byId(113817886)) // → "model::Specimen,rma::criteria,[id$in113817886]"
 */
export function byId(ids: OneOrMore<number>): QueryOf<"Specimen"> {
  const wanted = idList("ids", ids);
  const advice = "specimens.ofDonor() finds those of a donor";
  return explainedIds("specimen", wanted, rma("Specimen").where("id", "in", wanted), advice);
}

/**
 * Specimens by their names; case-sensitive.
 *
 * @throws {RangeError} If there is no name.
 * @example String(byName("H0351.1015")) // → "model::Specimen,rma::criteria,[name$in'H0351.1015']"
 */
export function byName(names: OneOrMore<string>): QueryOf<"Specimen"> {
  return rma("Specimen").where("name", "in", textList("names", names));
}

/**
 * The specimens of donors, by the donors' ids.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(ofDonor(15496)) // → "model::Specimen,rma::criteria,[donor_id$in15496]"
 */
export function ofDonor(donorIds: OneOrMore<number>): QueryOf<"Specimen"> {
  return rma("Specimen").where("donor_id", "in", idList("donorIds", donorIds));
}

/**
 * Specimens that are cells with a recording in NWB, with the files of the recording.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(withRecording(386049446)) // → "model::Specimen,rma::criteria,[id$in386049446],ephys_result(well_known_files(well_known_file_type[name$eq'NWBDownload'])),rma::include,ephys_result(well_known_files(well_known_file_type))"
 */
export function withRecording(ids: OneOrMore<number>): QueryOf<"Specimen", WithRecording> {
  return byId(ids)
    .via("ephys_result", (result) =>
      result.via("well_known_files", (file) =>
        file.via("well_known_file_type", (type) => type.where("name", "eq", "NWBDownload")),
      ),
    )
    .include("ephys_result", (result) =>
      result.include("well_known_files", (file) => file.include("well_known_file_type")),
    );
}

/**
 * Specimens that are reconstructed cells, with the files of one kind of their reconstructions.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(withReconstructions(386049446)) // → "model::Specimen,rma::criteria,[id$in386049446],neuron_reconstructions(well_known_files),rma::include,neuron_reconstructions(well_known_files(well_known_file_type[name$eq'3DNeuronReconstruction']))"
 */
export function withReconstructions(
  ids: OneOrMore<number>,
  { kind = "swc" }: ReconstructionOptions = {},
): QueryOf<"Specimen", WithReconstructions> {
  const name = kind === "swc" ? "3DNeuronReconstruction" : "3DNeuronMarker";
  return byId(ids)
    .via("neuron_reconstructions", (reconstruction) => reconstruction.via("well_known_files"))
    .include("neuron_reconstructions", (reconstruction) =>
      reconstruction.include("well_known_files", (file) =>
        file.include("well_known_file_type", (type) => type.where("name", "eq", name)),
      ),
    );
}
