import type { BrainAtlas } from "@brainatlas/sdk";
import { parseStructureRows, type StructureTree } from "@brainatlas/sdk/ontology";
import { atlases, structureGraphs, structureSets, structures } from "@brainatlas/sdk/queries";
import { named } from "../support/allensdk.ts";
import { api, core, type InteropCase, rows } from "../support/case.ts";

const ONTOLOGIES = "ontologies_api.OntologiesApi";
const SUMMARY_SET = 167587189;
const BASIC = ["acronym", "graph_id", "graph_order", "id", "name"] as const;

/** The tree of the mouse with the sets of its structures. */
async function treeOf(allen: BrainAtlas): Promise<StructureTree> {
  return parseStructureRows(await allen.rows(structures.inGraph(1).include("structure_sets")).all());
}

/** A method of AllenSDK's StructureTree, and the same asked of ours. */
function tree(steps: Parameters<typeof core>[2][], ours: (tree: StructureTree) => unknown): InteropCase {
  const init = { resolution: 25, reference_space_key: "annotation/ccf_2017", manifest: "file:manifest.json" };
  return {
    python: core("reference_space_cache.ReferenceSpaceCache", init, ["get_structure_tree"], ...steps),
    ours: async (allen) => ours(await treeOf(allen)),
  };
}

/** A record as AllenSDK's tree keeps it. */
function nodeOf(tree: StructureTree, id: number): unknown {
  const structure = tree.get(id);
  if (structure === undefined) return null;
  return {
    ...Object.fromEntries(BASIC.map((name) => [name, structure[name]])),
    rgb_triplet: tree.rgb(id),
    structure_id_path: tree.path(id),
    structure_set_ids: structure.structure_sets?.map((set) => set.id).sort(ascending) ?? [],
  };
}

const ascending = (one: number, other: number): number => one - other;
const ids = (found: Iterable<{ id: number }>): number[] => [...found].map(({ id }) => id);
const byKey = (pairs: Iterable<readonly [number | string, unknown]>): object => Object.fromEntries(pairs);

/** AllenSDK keeps sets as Python does, in no order. */
function withSortedSets(reply: { value?: unknown }): unknown {
  const nodes = reply.value as { structure_set_ids: number[] }[]; // Its own records of structures.
  return nodes.map((node) => ({ ...node, structure_set_ids: [...node.structure_set_ids].sort(ascending) }));
}

/** The nodes of the first of the structures that were asked for. */
function ofFirst({ value }: { value?: unknown }): unknown {
  return withSortedSets({ value: (value as unknown[])[0] }); // A list a structure.
}

/** Columns of ITK-SNAP's label descriptions before the label. */
const LABEL_COLUMNS = ["IDX", "-R-", "-G-", "-B-", "-A-", "VIS", "MSH"] as const;
type LabelRow = Readonly<Record<(typeof LABEL_COLUMNS)[number] | "LABEL", unknown>>;

/** The lines of a file of label descriptions, without that of label 0, which stands for nothing. */
function labelsOf(text: string): unknown[][] {
  const lines = text.split("\n").filter((line) => /^ *[1-9]/.test(line));
  return lines.map((line) => {
    const [, numbers = "", label] = /^(.*?) *"(.*)"$/.exec(line) ?? [];
    return [...numbers.trim().split(/\s+/).map(Number), label];
  });
}

/** Ontologies, trees of structures and tree search. */
export const STRUCTURE_CASES: readonly InteropCase[] = [
  rows(api(ONTOLOGIES, "get_structures", 1), structures.inGraph(1)),
  rows(
    api(ONTOLOGIES, "get_structures", named({ structure_graph_names: "'Mouse Brain Atlas'" })),
    structures.inGraph("Mouse Brain Atlas"),
  ),
  rows(api(ONTOLOGIES, "get_structures", named({ structure_set_ids: [SUMMARY_SET] })), structures.inSet(SUMMARY_SET)),
  rows(
    api(ONTOLOGIES, "get_structures", named({ structure_set_names: "'Mouse Connectivity - Summary'" })),
    structures.inSet("Mouse Connectivity - Summary"),
  ),
  rows(api(ONTOLOGIES, "get_structures_with_sets", [1]), structures.inGraph(1).include("structure_sets")),
  rows(api(ONTOLOGIES, "get_atlases"), atlases.all()),
  rows(api(ONTOLOGIES, "get_atlases_table", named({ brief: false })), atlases.overview()),
  rows(api(ONTOLOGIES, "get_atlases_table", [1], false), atlases.overview({ ids: 1 })),
  rows(
    api(ONTOLOGIES, "get_atlases_table", 1),
    atlases
      .overview({ ids: 1 })
      .only(
        "id",
        "name",
        "image_type",
        "ontologies.id",
        "ontologies.name",
        "structure_graphs.id",
        "structure_graphs.name",
        "graphic_group_labels.id",
        "graphic_group_labels.name",
      ),
  ),
  rows(api(ONTOLOGIES, "get_structure_graphs"), structureGraphs.all()),
  rows(api(ONTOLOGIES, "get_structure_sets"), structureSets.all()),
  rows(api(ONTOLOGIES, "get_structure_sets", [12, SUMMARY_SET]), structureSets.byId([12, SUMMARY_SET])),
  ...(["Structure", "Specimen"] as const).flatMap((model): InteropCase[] =>
    [{ ancestors: true, descendants: true }, { ancestors: true, descendants: false }, { descendants: true }].map(
      (options) => ({
        python: api(
          "tree_search_api.TreeSearchApi",
          "get_tree",
          model,
          model === "Structure" ? 549 : 986,
          named(options),
        ),
        ours: (allen) => allen.treeSearch(model, model === "Structure" ? 549 : 986, options),
      }),
    ),
  ),
  {
    ...tree([["get_structures_by_id", [549, 8]]], (own) => [549, 8].map((id) => nodeOf(own, id))),
    theirs: withSortedSets,
  },
  {
    ...tree([["get_structures_by_acronym", ["VISp", "TH"]]], (own) =>
      ["VISp", "TH"].map((acronym) => nodeOf(own, own.byAcronym(acronym)?.id ?? 0)),
    ),
    theirs: withSortedSets,
  },
  {
    ...tree([["get_structures_by_name", ["Thalamus"]]], (own) => [nodeOf(own, own.byName("Thalamus")?.id ?? 0)]),
    theirs: withSortedSets,
  },
  {
    ...tree([["get_structures_by_set_id", [SUMMARY_SET]]], (own) =>
      own.bySet(SUMMARY_SET).map(({ id }) => nodeOf(own, id)),
    ),
    theirs: withSortedSets,
  },
  tree([["node_ids"]], (own) => ids(own)),
  { ...tree([["nodes"]], (own) => ids(own).map((id) => nodeOf(own, id))), theirs: withSortedSets },
  {
    ...tree([["nodes_by_property", "graph_order", [0, 1]]], (own) =>
      [0, 1].map((order) => nodeOf(own, [...own].find((each) => each.graph_order === order)?.id ?? 0)),
    ),
    theirs: withSortedSets,
  },
  { ...tree([["parents", [549]]], (own) => [nodeOf(own, own.parent(549)?.id ?? 0)]), theirs: withSortedSets },
  {
    ...tree([["children", [549]]], (own) => ids(own.children(549)).map((id) => nodeOf(own, id))),
    theirs: ofFirst,
  },
  {
    ...tree([["ancestors", [549]]], (own) => ids(own.ancestors(549, { self: true })).map((id) => nodeOf(own, id))),
    theirs: ofFirst,
  },
  {
    ...tree([["descendants", [549]]], (own) => ids(own.descendants(549, { self: true })).map((id) => nodeOf(own, id))),
    theirs: ofFirst,
  },
  {
    ...tree([["export_label_description", named({ exclude_mesh_vis: [549] })]], (own) =>
      labelsOf(own.labelDescription({ withoutMesh: [549] })),
    ),
    // A table with the columns of the file that ours prints.
    theirs: ({ value }) => (value as LabelRow[]).map((row) => [...LABEL_COLUMNS.map((name) => row[name]), row.LABEL]),
  },
  tree([["parent_ids", [549, 997]]], (own) => [own.parent(549)?.id ?? null, own.parent(997)?.id ?? null]),
  tree([["child_ids", [8, 549]]], (own) => [8, 549].map((id) => ids(own.children(id)))),
  tree([["ancestor_ids", [549]]], (own) => [ids(own.ancestors(549, { self: true }))]),
  tree([["descendant_ids", [1009, 549]]], (own) => [1009, 549].map((id) => ids(own.descendants(id, { self: true })))),
  tree([["structure_descends_from", 385, 315]], (own) => own.isDescendant(385, 315)),
  tree([["structure_descends_from", 385, 549]], (own) => own.isDescendant(385, 549)),
  tree([["has_overlaps", [385, 315, 549]]], (own) => own.overlaps([385, 315, 549]).map(({ outer }) => outer)),
  tree([["get_structure_sets"]], (own) => own.setIds()),
  tree([["get_colormap"]], (own) => byKey(ids(own).map((id) => [id, own.rgb(id)]))),
  tree([["get_name_map"]], (own) => byKey([...own].map(({ id, name }) => [id, name]))),
  tree([["get_id_acronym_map"]], (own) => byKey([...own].map(({ id, acronym }) => [acronym, id]))),
  tree([["get_ancestor_id_map"]], (own) => byKey(ids(own).map((id) => [id, ids(own.ancestors(id, { self: true }))]))),
];
