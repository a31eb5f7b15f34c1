import type { ModelRow } from "../../records/model-row.ts";
import { SAMPLE_STRUCTURES, type SampleStructure } from "../structures.ts";
import { MOUSE_GRAPH, ONTOLOGIES, UNDRAWN_STRUCTURES } from "./ontology-table.ts";
import { record, stubs } from "./record.ts";
import { structureSetIds } from "./structure-sets.ts";

const BOTH_HEMISPHERES = 3;
/** The value that every recorded structure has. */
const FAILED_FACET = 734881840;

/** Ontologies, their structure graphs, and the structures of the sample. */
export function* ontologyRecords(): Generator<ModelRow> {
  for (const { id, name, organismId, productIds, graphId, rootId } of ONTOLOGIES) {
    const hasAtlas = graphId === MOUSE_GRAPH;
    const products = stubs(...productIds);
    yield record("Ontology", { id, name, organism_id: organismId, has_atlas: hasAtlas, products });
    yield record("StructureGraph", { id: graphId, name, root_structure_id: rootId, ontology_id: id });
  }
  const paths = new Map<number, string>();
  for (const structure of SAMPLE_STRUCTURES) yield drawnStructure(structure, paths);
  for (const structure of UNDRAWN_STRUCTURES) yield undrawnStructure(structure, paths);
}

/** Extends the parent's path: parents come first. */
function pathOf(id: number, parentId: number | null, paths: Map<number, string>): string {
  const path = `${parentId === null ? "/" : (paths.get(parentId) ?? "/")}${id}/`;
  paths.set(id, path);
  return path;
}

function drawnStructure(structure: SampleStructure, paths: Map<number, string>): ModelRow {
  const { id, parent_structure_id, st_level } = structure;
  return record("Structure", {
    ...structure,
    ...placeOf(pathOf(id, parent_structure_id, paths), structure.name),
    graph_id: MOUSE_GRAPH,
    // Unlike the graph download, this table has no level for the root.
    st_level: parent_structure_id === null ? null : st_level,
    structure_sets: stubs(...structureSetIds(id)),
  });
}

function undrawnStructure(
  [id, graphId, acronym, name, parentId]: (typeof UNDRAWN_STRUCTURES)[number],
  paths: Map<number, string>,
): ModelRow {
  const siblings = UNDRAWN_STRUCTURES.filter((other) => other[1] === graphId);
  return record("Structure", {
    ...placeOf(pathOf(id, parentId, paths), name),
    id,
    acronym,
    name,
    ontology_id: ONTOLOGIES.find((ontology) => ontology.graphId === graphId)?.id ?? null,
    graph_id: graphId,
    graph_order: siblings.findIndex((other) => other[0] === id),
    hemisphere_id: BOTH_HEMISPHERES,
    parent_structure_id: parentId,
    structure_sets: [],
  });
}

function placeOf(path: string, name: string): Record<string, unknown> {
  return {
    structure_id_path: path,
    depth: path.split("/").length - 3,
    failed: false,
    failed_facet: FAILED_FACET,
    safe_name: name.replaceAll(",", ""),
  };
}
