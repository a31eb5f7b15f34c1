import { rma } from "../rma/builder.ts";
import type { QueryOf } from "./model-types.ts";
import { idList, type OneOrMore } from "./values.ts";

/** Which cells features are of. */
export interface FeatureOptions {
  /** Id of the specimen. @default all whose recording did not fail */
  readonly specimenIds?: OneOrMore<number> | undefined;
}

/**
 * Electrophysiological features of cells whose recording did not fail.
 *
 * @throws {RangeError} If an id is no whole number above 0.
 * @example String(ephysFeatures()) // → "model::EphysFeature,rma::criteria,specimen(ephys_result[failed$eqfalse])"
 */
export function ephysFeatures({ specimenIds }: FeatureOptions = {}): QueryOf<"EphysFeature"> {
  const all = rma("EphysFeature");
  const query = specimenIds === undefined ? all : all.where("specimen_id", "in", idList("specimenIds", specimenIds));
  return query.via("specimen", (cell) => cell.via("ephys_result", (result) => result.where("failed", "eq", false)));
}

/**
 * Morphological features of reconstructed cells whose recording did not fail.
 *
 * @throws {RangeError} If an id is no whole number above 0.
 * @example String(morphologyFeatures({ specimenIds: 386049446 })) // → "model::NeuronReconstruction,rma::criteria,[specimen_id$in386049446],specimen(ephys_result[failed$eqfalse])"
 */
export function morphologyFeatures({ specimenIds }: FeatureOptions = {}): QueryOf<"NeuronReconstruction"> {
  const all = rma("NeuronReconstruction");
  const query = specimenIds === undefined ? all : all.where("specimen_id", "in", idList("specimenIds", specimenIds));
  return query.via("specimen", (cell) => cell.via("ephys_result", (result) => result.where("failed", "eq", false)));
}
