import { rma } from "../rma/builder.ts";
import type { QueryOf } from "./model-types.ts";
import { idList, keyList, type OneOrMore, textList } from "./values.ts";
import { explained, explainedIds } from "./why-empty.ts";
import { checkGraph, checkSet, checkStructureText } from "./why-no-structures.ts";

const GRAPH_ORDER = "structures.graph_order";
/** Makes the order one where structures of several graphs share a place. */
const ID = "structures.id";

/** Where `byAcronym` and `byName` look. */
export interface StructureOptions {
  /** Id of the structure graph: 1 adult mouse, 10 human, 15 glioblastoma, 16 developing human, 17 developing mouse. @default any */
  readonly graphId?: OneOrMore<number> | undefined;
}

/** Which centers `centers` gives. */
export interface CenterOptions {
  /** Id of the reference space: 9 of coronal sets, 10 of sagittal ones. @default all */
  readonly referenceSpaceId?: OneOrMore<number> | undefined;
}

/**
 * The structures of graphs, by the graphs' ids or names, in the order of the graph.
 *
 * @throws {RangeError} If there is no graph, or an id that is no whole number above 0.
 * @throws {TypeError} If ids and names are mixed.
 * @example String(inGraph("Mouse Brain Atlas")) // → "model::Structure,rma::criteria,graph[name$in'Mouse Brain Atlas'],rma::options[order$eq'structures.graph_order,structures.id']"
 */
export function inGraph(graphs: OneOrMore<number> | OneOrMore<string>): QueryOf<"Structure"> {
  const keys = keyList("graphs", graphs);
  const query =
    "ids" in keys
      ? rma("Structure").where("graph_id", "in", keys.ids)
      : rma("Structure").via("graph", (graph) => graph.where("name", "in", keys.names));
  return explained(query.orderBy(GRAPH_ORDER).orderBy(ID), checkGraph(keys));
}

/**
 * The structures of structure sets, by the sets' ids or names, in the order of the graph.
 *
 * @throws {RangeError} If there is no set, or an id that is no whole number above 0.
 * @throws {TypeError} If ids and names are mixed.
 * @example String(inSet(167587189)) // → "model::Structure,rma::criteria,structure_sets[id$in167587189],rma::options[order$eq'structures.graph_order,structures.id']"
 */
export function inSet(sets: OneOrMore<number> | OneOrMore<string>): QueryOf<"Structure"> {
  const keys = keyList("sets", sets);
  const query = rma("Structure").via("structure_sets", (set) =>
    "ids" in keys ? set.where("id", "in", keys.ids) : set.where("name", "in", keys.names),
  );
  return explained(query.orderBy(GRAPH_ORDER).orderBy(ID), checkSet(keys));
}

/**
 * Structures by their ids.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(byId([8, 567])) // → "model::Structure,rma::criteria,[id$in8,567]"
 */
export function byId(ids: OneOrMore<number>): QueryOf<"Structure"> {
  const wanted = idList("ids", ids);
  return explainedIds(
    "structure",
    wanted,
    rma("Structure").where("id", "in", wanted),
    "structures.inGraph(1) lists those of the mouse",
  );
}

/**
 * Structures by their acronyms; case-sensitive.
 *
 * @throws {RangeError} If there is no acronym, or a graph's id is no whole number above 0.
 * @example String(byAcronym("VISp", { graphId: 1 })) // → "model::Structure,rma::criteria,[graph_id$in1][acronym$in'VISp'],rma::options[order$eq'structures.graph_order,structures.id']"
 */
export function byAcronym(acronyms: OneOrMore<string>, options: StructureOptions = {}): QueryOf<"Structure"> {
  return byText("acronym", textList("acronyms", acronyms), options);
}

/**
 * Structures by their names; case-sensitive.
 *
 * @throws {RangeError} If there is no name, or a graph's id is no whole number above 0.
 * @example String(byName("Thalamus")) // → "model::Structure,rma::criteria,[name$in'Thalamus'],rma::options[order$eq'structures.graph_order,structures.id']"
 */
export function byName(names: OneOrMore<string>, options: StructureOptions = {}): QueryOf<"Structure"> {
  return byText("name", textList("names", names), options);
}

function byText(
  column: "acronym" | "name",
  texts: readonly string[],
  { graphId }: StructureOptions,
): QueryOf<"Structure"> {
  const graphIds = graphId === undefined ? undefined : idList("graphId", graphId);
  const all = graphIds === undefined ? rma("Structure") : rma("Structure").where("graph_id", "in", graphIds);
  const query = all.where(column, "in", texts).orderBy(GRAPH_ORDER).orderBy(ID);
  const [text, ...others] = texts;
  // The query language has no list of patterns.
  if (text === undefined || others.length > 0) return query;
  return query.whenEmpty(checkStructureText(column, text, graphIds));
}

/**
 * The structures right below others, in the order of the graph.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(childrenOf(997)) // → "model::Structure,rma::criteria,[parent_structure_id$in997],rma::options[order$eq'structures.graph_order,structures.id']"
 */
export function childrenOf(parentIds: OneOrMore<number>): QueryOf<"Structure"> {
  return rma("Structure")
    .where("parent_structure_id", "in", idList("parentIds", parentIds))
    .orderBy(GRAPH_ORDER)
    .orderBy(ID);
}

/**
 * Centers of structures in reference spaces, in µm.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(centers(1018, { referenceSpaceId: 9 })) // → "model::StructureCenter,rma::criteria,[structure_id$in1018][reference_space_id$in9]"
 */
export function centers(
  structureIds: OneOrMore<number>,
  { referenceSpaceId }: CenterOptions = {},
): QueryOf<"StructureCenter"> {
  const query = rma("StructureCenter").where("structure_id", "in", idList("structureIds", structureIds));
  if (referenceSpaceId === undefined) return query;
  return query.where("reference_space_id", "in", idList("referenceSpaceId", referenceSpaceId));
}
