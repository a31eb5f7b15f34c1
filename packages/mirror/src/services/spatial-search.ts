import { UnsupportedStageError } from "../rma/result.ts";
import { pathTo } from "./density-grid.ts";
import { type Experiment, findExperiments, type PointUm, seedOf } from "./experiments.ts";
import type { Service, ServiceContext } from "./service.ts";
import { answerPage } from "./service-page.ts";

/** Least density at the point that counts as a projection there (reference §8.1). */
const LEAST_DENSITY = 0.1;

/** An experiment that projects to the point, and on what way. */
interface Found {
  readonly experiment: Experiment;
  readonly density: number;
  readonly path: readonly PointUm[];
}

/**
 * `mouse_connectivity_target_spatial`: experiments whose projection has a density of 0.1 or more at a point, the densest first, with
 * the way from there to the injection. Experiments whose grids are not held are passed over.
 */
export const searchSpatial: Service = async (context) => {
  const { experiments } = await findExperiments(context.records, context.parameters);
  // Grids take long to read: the connection is given back before.
  return async () => {
    const found = await searchGrids(context, experiments);
    const sorted = found.toSorted((a, b) => b.density - a.density || a.experiment.id - b.experiment.id);
    return answerPage(sorted, context.page, (some) =>
      some.map(({ experiment, density, path }) => ({
        ...experiment.row,
        density,
        path: path.map((coord) => ({ coord })),
      })),
    );
  };
};

async function searchGrids(
  { parameters, readDensity, deadline }: ServiceContext,
  experiments: readonly Experiment[],
): Promise<Found[]> {
  const seed = seedOf(parameters);
  const found: Found[] = [];
  let grids = 0;
  for (const experiment of experiments) {
    deadline.check();
    const held = await readDensity(experiment.id, deadline.signal);
    if (held === undefined) continue;
    grids += 1;
    const density = await held.at(seed);
    // Nor is there a projection where there is no number.
    if (!(density >= LEAST_DENSITY)) continue;
    const { placeUm } = experiment;
    found.push({ experiment, density, path: placeUm === undefined ? [] : pathTo(await held.grid(), seed, placeUm) });
  }
  if (grids === 0 && experiments.length > 0) {
    throw new UnsupportedStageError(
      "This mirror holds no grid of projection density, which the service needs; import projection_density grids",
    );
  }
  return found;
}
