import { sql } from "kysely";
import { QueryError } from "../rma/result.ts";
import { readSeed } from "./compared-structures.ts";
import { type ComparedRows, correlate, ranked } from "./correlation.ts";
import { distanceUm, type Experiment, findExperiments, seedOf } from "./experiments.ts";
import type { MouseStructures } from "./mouse-structures.ts";
import type { Parameters } from "./parameters.ts";
import type { Service, ServiceContext } from "./service.ts";
import { answerPage } from "./service-page.ts";
import { idsSql } from "./service-records.ts";

/** Ids of the hemispheres in unionizes; both together without a side. */
const HEMISPHERES: Readonly<Record<string, number>> = { left: 1, right: 2 };
const BOTH = 3;

/** An experiment with what a search found of it. */
interface Found {
  readonly experiment: Experiment;
  readonly value: number;
}

/**
 * `mouse_connectivity_injection_structure`: experiments by where they were injected, the largest injections first. With a target,
 * those that project there, the largest projections first. That the volume's field is named `volume` is a guess (reference §8.2), as
 * is the order without a target.
 */
export const searchSource: Service = async (context) => {
  const { records, parameters, page } = context;
  if (!parameters.has("injection_structures") && !parameters.has("injection_domain")) {
    throw new QueryError("Cannot search without a source; give injection_structures or injection_domain");
  }
  const { experiments, structures } = await findExperiments(records, parameters);
  if (!parameters.has("target_domain")) {
    const found = experiments.map((experiment): Found => ({ experiment, value: experiment.volumeMm3 }));
    return answerPage(sortFound(found, "desc"), page, (some) => some.map(({ experiment }) => experiment.row));
  }
  const found = await findTargets(context, experiments, structures);
  return answerPage(sortFound(found, "desc"), page, (some) =>
    some.map(({ experiment, value }) => ({ ...experiment.row, volume: value })),
  );
};

/** In order of the values; equal ones by id. */
function sortFound(found: readonly Found[], order: "asc" | "desc"): readonly Found[] {
  const sign = order === "asc" ? 1 : -1;
  return found.toSorted((a, b) => sign * (a.value - b.value) || a.experiment.id - b.experiment.id);
}

/**
 * Experiments with the volume of their projections in the target, in mm³. Those without any projection there are left out, and so
 * are those whose unionizes are not held.
 */
async function findTargets(
  { records, parameters }: ServiceContext,
  experiments: readonly Experiment[],
  structures: MouseStructures,
): Promise<Found[]> {
  await records.require("ProjectionStructureUnionize");
  const targets = structures.topsOf(structures.idsOf(parameters.all("target_domain")));
  const rows = await records.all(sql`
    select section_data_set_id, sum(projection_volume) from projection_structure_unionizes
    where section_data_set_id in ${idsSql(experiments.map(({ id }) => id))} and structure_id in ${idsSql(targets)}
      and hemisphere_id = ${hemisphereOf(parameters, "target_hemisphere")} and is_injection = 0
    group by section_data_set_id having sum(projection_volume) > 0`);
  const volumes = new Map(rows.map(([id, volume]) => [Number(id), Number(volume)]));
  return experiments.flatMap((experiment) => {
    const value = volumes.get(experiment.id);
    return value === undefined ? [] : [{ experiment, value }];
  });
}

function hemisphereOf(parameters: Parameters, name: string): number {
  return HEMISPHERES[parameters.text(name) ?? ""] ?? BOTH;
}

/**
 * `mouse_connectivity_injection_coordinate`: experiments by the distance of the injection to a point, in µm, the nearest first. It
 * is the plain distance: whether the service counts a point's mirror image is unknown.
 */
export const searchCoordinate: Service = async ({ records, parameters, page }) => {
  const { experiments } = await findExperiments(records, parameters);
  const seed = seedOf(parameters);
  const found = experiments.flatMap((experiment): Found[] => {
    const { placeUm } = experiment;
    return placeUm === undefined ? [] : [{ experiment, value: distanceUm(seed, placeUm) }];
  });
  return answerPage(sortFound(found, "asc"), page, (some) =>
    some.map(({ experiment, value }) => ({ ...experiment.row, distance: value })),
  );
};

/**
 * `mouse_connectivity_correlation`: experiments that project as one does, by the densities of their projections in the domain. The
 * name of the coefficient's field is a guess.
 */
export const correlateProjections: Service = async ({ records, parameters, page }) => {
  const { experiments, structures } = await findExperiments(records, parameters);
  await records.require("ProjectionStructureUnionize");
  const compared: ComparedRows = {
    table: "projection_structure_unionizes",
    where: sql`hemisphere_id = ${hemisphereOf(parameters, "hemisphere")} and is_injection = 0`,
  };
  const found = await correlate(records, {
    ...compared,
    ...(await readSeed(records, compared, parameters, structures)),
    column: "projection_density",
    dataSets: idsSql(experiments.map(({ id }) => id)),
  });
  const byId = new Map(experiments.map((experiment) => [experiment.id, experiment.row]));
  return answerPage(ranked(found, parameters.text("sort_order")), page, (some) =>
    some.map(({ id, r }) => ({ ...byId.get(id), correlation: r })),
  );
};
