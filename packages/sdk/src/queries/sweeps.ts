import { rma } from "../rma/builder.ts";
import type { QueryOf } from "./model-types.ts";
import { idList, type OneOrMore, textList } from "./values.ts";
import { checkOf, listed } from "./why-empty.ts";

/** Which sweeps `ofSpecimen` gives. */
export interface SweepOptions {
  /** Stimulus by its name, such as `Long Square`; case-sensitive. @default any */
  readonly stimulus?: OneOrMore<string> | undefined;
}

/**
 * The sweeps of cells, in the order of their numbers.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(ofSpecimen(386049446, { stimulus: "Long Square" })) // → "model::EphysSweep,rma::criteria,[specimen_id$in386049446][stimulus_name$in'Long Square'],rma::options[order$eq'sweep_number,id']"
 */
export function ofSpecimen(specimenIds: OneOrMore<number>, { stimulus }: SweepOptions = {}): QueryOf<"EphysSweep"> {
  const specimens = idList("specimenIds", specimenIds);
  // Sweeps of two cells share their numbers: only with the id the order is one.
  const all = rma("EphysSweep").where("specimen_id", "in", specimens).orderBy("sweep_number").orderBy("id");
  const stimuli = stimulus === undefined ? undefined : textList("stimulus", stimulus);
  const query = stimuli === undefined ? all : all.where("stimulus_name", "in", stimuli);
  return query.whenEmpty(
    checkOf(all, (rows) => {
      if (rows.length === 0)
        return `Specimen ${listed(specimens)} has no sweeps; cells.find() lists the recorded cells`;
      if (stimuli === undefined) return undefined;
      const found = listed(rows.map((row) => row.stimulus_name));
      return `Specimen ${listed(specimens)} has no sweeps with stimulus ${listed(stimuli)}; its first ones have ${found}`;
    }),
  );
}
