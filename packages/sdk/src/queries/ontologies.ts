import { rma } from "../rma/builder.ts";
import type { ModelRow, QueryOf } from "./model-types.ts";
import { type OneOrMore, textList } from "./values.ts";

/** What comes with an ontology. */
export interface WithGraphs {
  structure_graphs: ModelRow<"StructureGraph">[];
}

/**
 * All ontologies, with their structure graphs.
 *
 * @example String(all()) // → "model::Ontology,rma::include,structure_graphs"
 */
export function all(): QueryOf<"Ontology", WithGraphs> {
  return rma("Ontology").include("structure_graphs");
}

/**
 * Ontologies by their names, such as `Human Brain Atlas`, with their structure graphs; case-sensitive.
 *
 * @throws {RangeError} If there is no name.
 * @example String(byName("Human Brain Atlas")) // → "model::Ontology,rma::criteria,[name$in'Human Brain Atlas'],rma::include,structure_graphs"
 */
export function byName(names: OneOrMore<string>): QueryOf<"Ontology", WithGraphs> {
  return rma("Ontology").where("name", "in", textList("names", names)).include("structure_graphs");
}
