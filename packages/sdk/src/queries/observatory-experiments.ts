import { rma } from "../rma/builder.ts";
import type { EmptyCheck } from "../rma/builder-stages.ts";
import type { ModelRow, QueryOf } from "./model-types.ts";
import type { TypedFile } from "./specimens.ts";
import { checkFailed, idList, nameList, type OneOrMore, textList } from "./values.ts";
import { checkOf, explained, explainedIds, listed, missingIds } from "./why-empty.ts";

/** Sessions, by their sets of stimuli. */
const SESSIONS = ["three_session_A", "three_session_B", "three_session_C", "three_session_C2"] as const;
export type SessionName = (typeof SESSIONS)[number];

type DonorOf<More> =
  | (ModelRow<"Donor"> & { age: ModelRow<"Age"> | null; transgenic_lines: ModelRow<"TransgenicLine">[] } & More)
  | null;

/** What comes with an experiment container. */
export interface WithContainer {
  ophys_experiments: ModelRow<"OphysExperiment">[];
  isi_experiment: ModelRow<"IsiExperiment"> | null;
  specimen: (ModelRow<"Specimen"> & { donor: DonorOf<{ conditions: ModelRow<"Condition">[] }> }) | null;
  targeted_structure: ModelRow<"Structure"> | null;
}

/** What comes with an experiment. */
export interface WithOphys {
  experiment_container: ModelRow<"ExperimentContainer"> | null;
  well_known_files: TypedFile[];
  targeted_structure: ModelRow<"Structure"> | null;
  specimen: (ModelRow<"Specimen"> & { donor: DonorOf<unknown> }) | null;
}

/** What comes with an intrinsic-signal imaging experiment. */
export interface WithIsiContainer {
  experiment_container:
    | (ModelRow<"ExperimentContainer"> & {
        ophys_experiments: ModelRow<"OphysExperiment">[];
        targeted_structure: ModelRow<"Structure"> | null;
      })
    | null;
}

/** Which experiment containers are given; conditions add up. */
export interface ContainerOptions {
  /** Id of the container. @default all */
  readonly ids?: OneOrMore<number> | undefined;
  /** Acronym of the targeted structure, such as `VISp`. @default any */
  readonly structure?: OneOrMore<string> | undefined;
  /** Depth of the image below the surface, in µm. @default any */
  readonly imagingDepthUm?: OneOrMore<number> | undefined;
  /** Whether containers that failed are left out (`false`), are the only ones (`true`), or are among them. @default false, or "any" with ids */
  readonly failed?: boolean | "any" | undefined;
}

/** Which experiments are given; conditions add up. */
export interface OphysOptions {
  /** Id of the experiment. @default all */
  readonly ids?: OneOrMore<number> | undefined;
  /** Id of the experiment container. @default all */
  readonly containerIds?: OneOrMore<number> | undefined;
  /** Acronym of the targeted structure, such as `VISp`. @default any */
  readonly structure?: OneOrMore<string> | undefined;
  /** Session by its set of stimuli. @default any */
  readonly session?: OneOrMore<SessionName> | undefined;
}

/** Which intrinsic-signal imaging experiments are given. */
export interface IsiOptions {
  /** Id of the experiment. @default all */
  readonly ids?: OneOrMore<number> | undefined;
}

/**
 * Experiment containers, each of the experiments on one field of view, with what describes them.
 *
 * @throws {RangeError} If a list is empty, or an id is no whole number above 0.
 * @example String(experimentContainers({ structure: "VISp" })) // → "model::ExperimentContainer,rma::criteria,[failed$eqfalse],targeted_structure[acronym$in'VISp'],rma::include,ophys_experiments,isi_experiment,specimen(donor(conditions,age,transgenic_lines)),targeted_structure"
 */
export function experimentContainers(options: ContainerOptions = {}): QueryOf<"ExperimentContainer", WithContainer> {
  const { ids, structure, imagingDepthUm, failed = ids === undefined ? false : "any" } = options;
  let query = rma("ExperimentContainer");
  const wanted = checkFailed(failed);
  if (wanted !== "any") query = query.where("failed", "eq", wanted);
  if (ids !== undefined) query = query.where("id", "in", idList("ids", ids));
  if (imagingDepthUm !== undefined)
    query = query.where("imaging_depth", "in", idList("imagingDepthUm", imagingDepthUm));
  if (structure !== undefined) {
    const acronyms = textList("structure", structure);
    query = query.via("targeted_structure", (each) => each.where("acronym", "in", acronyms));
  }
  return explained(query, checkContainers(options))
    .include("ophys_experiments")
    .include("isi_experiment")
    .include("specimen", (specimen) =>
      specimen.include("donor", (donor) => donor.include("conditions").include("age").include("transgenic_lines")),
    )
    .include("targeted_structure");
}

/** Asks for the containers of the ids, or of the structure in any case, without the other conditions. */
function checkContainers({ ids, structure }: ContainerOptions): EmptyCheck | undefined {
  const all = rma("ExperimentContainer").include("targeted_structure");
  if (ids !== undefined) {
    const wanted = idList("ids", ids);
    const advice = "observatory.experimentContainers() lists what there is";
    return missingIds("experiment container", wanted, all.where("id", "in", wanted), advice);
  }
  if (typeof structure !== "string") return undefined;
  const relaxed = all.via("targeted_structure", (each) => each.where("acronym", "il", structure.trim()));
  return checkOf(relaxed, (rows) => {
    const found = rows.map((row) => row.targeted_structure?.acronym);
    if (rows.length === 0)
      return `No experiment container is of structure "${structure}"; give a visual area, such as "VISp"`;
    return found.includes(structure)
      ? `There are experiment containers of structure "${structure}", but none that meet the other conditions; leave some of them out, or pass failed: "any"`
      : `No experiment container is of structure "${structure}", but there are some of ${listed(found)}; give it in that spelling`;
  });
}

/**
 * Two-photon imaging experiments, with what describes them and their files.
 *
 * @throws {RangeError} If a list is empty, an id is no whole number above 0, or a session is unknown.
 * @example String(ophysExperiments({ ids: 502066273 })) // → "model::OphysExperiment,rma::criteria,[id$in502066273],rma::include,experiment_container,well_known_files(well_known_file_type),targeted_structure,specimen(donor(age,transgenic_lines))"
 */
export function ophysExperiments(options: OphysOptions = {}): QueryOf<"OphysExperiment", WithOphys> {
  const { ids, containerIds, structure, session } = options;
  let query = rma("OphysExperiment");
  if (ids !== undefined) {
    const wanted = idList("ids", ids);
    const advice = "observatory.ophysExperiments() lists what there is";
    query = explainedIds("experiment", wanted, query.where("id", "in", wanted), advice);
  }
  if (containerIds !== undefined) {
    query = query.where("experiment_container_id", "in", idList("containerIds", containerIds));
  }
  if (session !== undefined) query = query.where("stimulus_name", "in", nameList("session", session, SESSIONS));
  if (structure !== undefined) {
    const acronyms = textList("structure", structure);
    query = query.via("targeted_structure", (each) => each.where("acronym", "in", acronyms));
  }
  return query
    .include("experiment_container")
    .include("well_known_files", (file) => file.include("well_known_file_type"))
    .include("targeted_structure")
    .include("specimen", (specimen) =>
      specimen.include("donor", (donor) => donor.include("age").include("transgenic_lines")),
    );
}

/**
 * Intrinsic-signal imaging experiments, with the containers that follow from them.
 *
 * @throws {RangeError} If an id is no whole number above 0.
 * @example String(isiExperiments({ ids: 503316697 })) // → "model::IsiExperiment,rma::criteria,[id$in503316697],rma::include,experiment_container(ophys_experiments,targeted_structure)"
 */
export function isiExperiments({ ids }: IsiOptions = {}): QueryOf<"IsiExperiment", WithIsiContainer> {
  let query = rma("IsiExperiment");
  if (ids !== undefined) {
    const wanted = idList("ids", ids);
    const advice = "observatory.isiExperiments() lists what there is";
    query = explainedIds("ISI experiment", wanted, query.where("id", "in", wanted), advice);
  }
  return query.include("experiment_container", (container) =>
    container.include("ophys_experiments").include("targeted_structure"),
  );
}
