import type { Api } from "../api.ts";
import type { Context } from "../context.ts";
import type { PullPlan } from "./plan.ts";
import type { PullRequest } from "./pull-request.ts";
import { readList } from "./read-list.ts";

/** Finds out what there is of what is asked for, by its planner, which is loaded only then; nothing of it is downloaded. */
export async function askPlan(context: Context, api: Api, request: PullRequest): Promise<PullPlan> {
  const { signal } = context;
  switch (request.what) {
    case "atlas": {
      const { planAtlas } = await import("./plan/atlas.ts");
      return await planAtlas(api, request.atlas, request, signal);
    }
    case "dataset": {
      const { planDataSets } = await import("./plan/data-sets.ts");
      return await planDataSets(api, request.ids, request, signal);
    }
    case "ontology": {
      const { planOntology } = await import("./plan/ontology.ts");
      return await planOntology(api, request.ids, signal);
    }
    case "grid": {
      const { planGrids } = await import("./plan/grids.ts");
      return await planGrids(api, request.ids, request, signal);
    }
    case "volume": {
      const { planVolume } = await import("./plan/volume.ts");
      return await planVolume(api, request.volume, request, signal);
    }
    case "file": {
      const { planFiles } = await import("./plan/files.ts");
      return await planFiles(api, request.ids, signal);
    }
    case "rma": {
      const { planRma } = await import("./plan/rma.ts");
      return await planRma(api, request.query, request, signal);
    }
    case "svg": {
      const { planDrawings } = await import("./plan/drawings.ts");
      return await planDrawings(api, request.of, signal);
    }
    case "images": {
      const { planImagesList } = await import("./plan/images-list.ts");
      return await planImagesList(api, await readList(context, request.file), signal);
    }
  }
}
