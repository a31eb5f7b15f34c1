import { rma } from "../rma/builder.ts";
import type { ModelRow, QueryOf } from "./model-types.ts";
import { idList, type OneOrMore } from "./values.ts";
import { explainedIds } from "./why-empty.ts";

/** What comes with each atlas of `overview`. */
export interface AtlasOverview {
  structure_graph: (ModelRow<"StructureGraph"> & { ontology: ModelRow<"Ontology"> | null }) | null;
  graphic_group_labels: ModelRow<"GraphicGroupLabel">[];
}

/** Which atlases `overview` gives. */
export interface OverviewOptions {
  /** Ids of atlases. @default all */
  readonly ids?: OneOrMore<number> | undefined;
}

/**
 * All atlases.
 *
 * @example String(all()) // → "model::Atlas"
 */
export function all(): QueryOf<"Atlas"> {
  return rma("Atlas");
}

/**
 * Atlases by their ids.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(byId(138322605)) // → "model::Atlas,rma::criteria,[id$in138322605]"
 */
export function byId(ids: OneOrMore<number>): QueryOf<"Atlas"> {
  const wanted = idList("ids", ids);
  return explainedIds("atlas", wanted, rma("Atlas").where("id", "in", wanted), "atlases.all() lists what there is");
}

/**
 * Atlases that have a structure graph and drawings, with both.
 *
 * @throws {RangeError} If an id is no whole number above 0.
 * @example String(overview({ ids: 1 })) // → "model::Atlas,rma::criteria,[id$in1],structure_graph(ontology),graphic_group_labels,rma::include,structure_graph(ontology),graphic_group_labels"
 */
export function overview({ ids }: OverviewOptions = {}): QueryOf<"Atlas", AtlasOverview> {
  const chosen = ids === undefined ? rma("Atlas") : byId(ids);
  return chosen
    .via("structure_graph", (graph) => graph.via("ontology"))
    .via("graphic_group_labels")
    .include("structure_graph", (graph) => graph.include("ontology"))
    .include("graphic_group_labels");
}
