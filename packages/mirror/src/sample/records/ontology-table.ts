import { HUMAN, MOUSE, PRODUCT } from "./taxonomy.ts";

/** The adult mouse: its ontology and its structure graph. */
export const MOUSE_ONTOLOGY = 1;
export const MOUSE_GRAPH = 1;

/** An ontology with the one structure graph that the sample has of it. */
export interface OntologySpec {
  readonly id: number;
  readonly graphId: number;
  readonly name: string;
  readonly organismId: number | null;
  /** Root of the graph, null where the sample has no structure of it. */
  readonly rootId: number | null;
  readonly productIds: readonly number[];
}

export const ONTOLOGIES: readonly OntologySpec[] = [
  ontology(MOUSE_ONTOLOGY, MOUSE_GRAPH, "Mouse Brain Atlas", MOUSE, 997, [PRODUCT.mouse, PRODUCT.connectivity]),
  ontology(4, 8, "Non-Human Primate Brain Atlas", null, null, []),
  ontology(7, 10, "Human Brain Atlas", HUMAN, 4005, [PRODUCT.humanMicroarray]),
  // No source names the id of this ontology: it is the sample's own.
  ontology(900_000_015, 15, "Glioblastoma", HUMAN, null, []),
  ontology(11, 16, "Developing Human Brain Atlas", HUMAN, null, []),
  ontology(12, 17, "Developing Mouse Brain Atlas", MOUSE, 15564, [PRODUCT.developingMouse]),
];

function ontology(
  id: number,
  graphId: number,
  name: string,
  organismId: number | null,
  rootId: number | null,
  productIds: readonly number[],
): OntologySpec {
  return { id, graphId, name, organismId, rootId, productIds };
}

/** A structure of a graph that the sample brain does not draw: parents first. */
export type UndrawnStructure = readonly [
  id: number,
  graphId: number,
  acronym: string,
  name: string,
  parentId: number | null,
];

/** The few structures of other graphs that records of the sample name. Their colours and levels are left open. */
export const UNDRAWN_STRUCTURES: readonly UndrawnStructure[] = [
  [4005, 10, "Br", "brain", null],
  [9148, 10, "LC", "locus ceruleus", 4005],
  [15564, 17, "mouse", "Mus musculus", null],
  [15565, 17, "NP", "neural plate", 15564],
  [15566, 17, "F", "forebrain", 15565],
  [16649, 17, "M", "midbrain", 15565],
  [16808, 17, "H", "hindbrain", 15565],
  [17651, 17, "SpC", "spinal cord", 15565],
];
