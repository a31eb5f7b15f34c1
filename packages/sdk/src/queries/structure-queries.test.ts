import { expect, test } from "vitest";
import { parseRma } from "../rma/parse.ts";
import {
  atlases,
  atlasImages,
  ontologies,
  referenceSpaces,
  structureGraphs,
  structureSets,
  structures,
} from "./index.ts";

const NAMESPACES = { atlasImages, atlases, ontologies, referenceSpaces, structureGraphs, structureSets, structures };

const ROWS: [name: string, query: { toString(): string; toQuery(): unknown }, text: string][] = [
  [
    "atlasImages.annotated",
    atlasImages.annotated(138322605),
    "model::AtlasImage,rma::criteria,[annotated$eqtrue],atlas_data_set(atlases[id$in138322605]),rma::options[order$eq'sub_images.section_number,sub_images.id']",
  ],
  [
    "atlasImages.annotated",
    atlasImages.annotated(1, { imageType: "Atlas - Adult Mouse" }),
    "model::AtlasImage,rma::criteria,[annotated$eqtrue],atlas_data_set(atlases[id$in1]),alternate_images[image_type$eq'Atlas - Adult Mouse'],rma::options[order$eq'sub_images.section_number,sub_images.id']",
  ],
  [
    "atlasImages.annotatedByType",
    atlasImages.annotatedByType(138322605),
    "model::Atlas,rma::criteria,[id$in138322605],rma::options[only$eq'image_type'],pipe::list[type_name$is'image_type'],model::AtlasImage,rma::criteria,[annotated$eqtrue],atlas_data_set(atlases[id$in138322605]),alternate_images[image_type$eq$type_name],rma::options[order$eq'sub_images.section_number,sub_images.id']",
  ],
  [
    "atlasImages.drawn",
    atlasImages.drawn(1),
    "model::AtlasImage,rma::criteria,atlas_data_set(atlases[id$in1]),graphic_objects,rma::options[order$eq'sub_images.section_number,sub_images.id']",
  ],
  [
    "atlasImages.drawn",
    atlasImages.drawn(1, { groupLabelIds: [28, 159226751] }),
    "model::AtlasImage,rma::criteria,atlas_data_set(atlases[id$in1]),graphic_objects(graphic_group_label[id$in28,159226751]),rma::options[order$eq'sub_images.section_number,sub_images.id']",
  ],
  [
    "atlasImages.inAtlas",
    atlasImages.inAtlas(1),
    "model::AtlasImage,rma::criteria,atlas_data_set(atlases[id$in1]),rma::options[order$eq'sub_images.section_number,sub_images.id']",
  ],
  ["atlases.all", atlases.all(), "model::Atlas"],
  ["atlases.byId", atlases.byId([1, 2]), "model::Atlas,rma::criteria,[id$in1,2]"],
  [
    "atlases.overview",
    atlases.overview(),
    "model::Atlas,rma::criteria,structure_graph(ontology),graphic_group_labels,rma::include,structure_graph(ontology),graphic_group_labels",
  ],
  [
    "atlases.overview",
    atlases.overview({ ids: 1 }).only("atlases.id", "ontologies.name"),
    "model::Atlas,rma::criteria,[id$in1],structure_graph(ontology),graphic_group_labels,rma::include,structure_graph(ontology),graphic_group_labels,rma::options[only$eq'atlases.id,ontologies.name']",
  ],
  ["ontologies.all", ontologies.all(), "model::Ontology,rma::include,structure_graphs"],
  [
    "ontologies.byName",
    ontologies.byName("Human Brain Atlas"),
    "model::Ontology,rma::criteria,[name$in'Human Brain Atlas'],rma::include,structure_graphs",
  ],
  ["referenceSpaces.all", referenceSpaces.all(), "model::ReferenceSpace"],
  ["referenceSpaces.byId", referenceSpaces.byId([9, 10]), "model::ReferenceSpace,rma::criteria,[id$in9,10]"],
  ["referenceSpaces.transforms", referenceSpaces.transforms(), "model::ReferenceToReferenceTransform"],
  [
    "referenceSpaces.transforms",
    referenceSpaces.transforms({ fromId: 10, toId: 9 }),
    "model::ReferenceToReferenceTransform,rma::criteria,[from_reference_space_id$in10][to_reference_space_id$in9]",
  ],
  ["structureGraphs.all", structureGraphs.all(), "model::StructureGraph"],
  ["structureGraphs.byId", structureGraphs.byId([1, 17]), "model::StructureGraph,rma::criteria,[id$in1,17]"],
  [
    "structureGraphs.byName",
    structureGraphs.byName("Mouse Brain Atlas"),
    "model::StructureGraph,rma::criteria,[name$in'Mouse Brain Atlas']",
  ],
  ["structureSets.all", structureSets.all(), "model::StructureSet"],
  ["structureSets.byId", structureSets.byId(167587189), "model::StructureSet,rma::criteria,[id$in167587189]"],
  [
    "structureSets.byName",
    structureSets.byName("Mouse Connectivity - Summary"),
    "model::StructureSet,rma::criteria,[name$in'Mouse Connectivity - Summary']",
  ],
  [
    "structures.byAcronym",
    structures.byAcronym("VISp", { graphId: 1 }),
    "model::Structure,rma::criteria,[graph_id$in1][acronym$in'VISp'],rma::options[order$eq'structures.graph_order,structures.id']",
  ],
  [
    "structures.byAcronym",
    structures.byAcronym(["VISp", "TH"]),
    "model::Structure,rma::criteria,[acronym$in'VISp','TH'],rma::options[order$eq'structures.graph_order,structures.id']",
  ],
  ["structures.byId", structures.byId([8, 567]), "model::Structure,rma::criteria,[id$in8,567]"],
  [
    "structures.byName",
    structures.byName("Thalamus", { graphId: [1, 17] }),
    "model::Structure,rma::criteria,[graph_id$in1,17][name$in'Thalamus'],rma::options[order$eq'structures.graph_order,structures.id']",
  ],
  [
    "structures.centers",
    structures.centers([1018, 385]),
    "model::StructureCenter,rma::criteria,[structure_id$in1018,385]",
  ],
  [
    "structures.centers",
    structures.centers(1018, { referenceSpaceId: 9 }),
    "model::StructureCenter,rma::criteria,[structure_id$in1018][reference_space_id$in9]",
  ],
  [
    "structures.childrenOf",
    structures.childrenOf([997]),
    "model::Structure,rma::criteria,[parent_structure_id$in997],rma::options[order$eq'structures.graph_order,structures.id']",
  ],
  [
    "structures.inGraph",
    structures.inGraph("Mouse Brain Atlas"),
    "model::Structure,rma::criteria,graph[name$in'Mouse Brain Atlas'],rma::options[order$eq'structures.graph_order,structures.id']",
  ],
  [
    "structures.inGraph",
    structures.inGraph([1, 17]),
    "model::Structure,rma::criteria,[graph_id$in1,17],rma::options[order$eq'structures.graph_order,structures.id']",
  ],
  [
    "structures.inSet",
    structures.inSet("Mouse Connectivity - Summary"),
    "model::Structure,rma::criteria,structure_sets[name$in'Mouse Connectivity - Summary'],rma::options[order$eq'structures.graph_order,structures.id']",
  ],
  [
    "structures.inSet",
    structures.inSet([7, 8]),
    "model::Structure,rma::criteria,structure_sets[id$in7,8],rma::options[order$eq'structures.graph_order,structures.id']",
  ],
];

test.each(ROWS)("%s() prints its query, case %#", (_, query, text) => {
  expect(String(query)).toBe(text);
  expect(parseRma(text)).toEqual(query.toQuery());
});

test("every query of these resources is tried", () => {
  const names = Object.entries(NAMESPACES).flatMap(([space, each]) =>
    Object.keys(each).map((name) => `${space}.${name}`),
  );
  expect([...new Set(ROWS.map(([name]) => name))].sort()).toEqual(names.sort());
});
