import { parseRma } from "@brainatlas/sdk/rma";
import { afterAll, expect, test } from "vitest";
import { RecordDatabase } from "../records/record-database.ts";
import { runQuery } from "./run-query.ts";

const database = RecordDatabase.create();
afterAll(() => database.close());

// Queries that clients of the service send (reference §3, §4, §7, §11): all that they name is there.
test.each([
  "model::Gene,rma::criteria,products[id$eq1],rma::options[num_rows$eq1]",
  "model::Structure,rma::criteria,[ontology_id$eq1]",
  "model::SectionDataSet,rma::criteria,[failed$eq'false'],products[abbreviation$eq'Mouse'],plane_of_section[name$eq'sagittal'],genes[acronym$eq'Snca']",
  "model::StructureUnionize,rma::criteria,[section_data_set_id$eq986],structure[id$in182305713,182305709,182305705]",
  "model::SectionImage,rma::criteria,[id$eq101945191],rma::include,alignment2d",
  "model::SectionDataSet,rma::criteria,[id$eq479],rma::include,alignment3d",
  "model::SectionDataSet,rma::criteria,[id$eq100141599],rma::include,equalization,section_images",
  "model::AtlasImage,rma::criteria,atlas_data_set(atlases[id$eq1]),graphic_objects(graphic_group_label[id$eq28]),rma::options[tabular$eq'sub_images.id'][order$eq'sub_images.id'][num_rows$eqall][start_row$eq0]",
  "model::AtlasImage,rma::criteria,[annotated$eqtrue],atlas_data_set(atlases[id$eq1]),alternate_images[image_type$eq'Atlas+-+Adult+Mouse'],rma::options[order$eq'sub_images.section_number'][num_rows$eqall]",
  "model::Atlas,rma::criteria,[id$eq138322605],rma::options[only$eqimage_type],pipe::list[type_name$is'image_type'],model::AtlasImage,rma::criteria,[annotated$eqtrue],atlas_data_set(atlases[id$eq138322605]),alternate_images[image_type$eq$type_name],rma::options[num_rows$eq'all'][order$eqsub_images.section_number]",
  "model::Atlas,rma::criteria,structure_graph(ontology),graphic_group_labels,rma::include,structure_graph(ontology),graphic_group_labels,rma::options[only$eq'atlases.id,atlases.name,atlases.image_type,ontologies.id,ontologies.name,structure_graphs.id,structure_graphs.name,graphic_group_labels.id,graphic_group_labels.name'][num_rows$eq'all'][count$eqfalse]",
  "model::Equalization,rma::criteria,section_data_set(section_images[id$in126862575,297225768]),rma::options[only$eq'blue_lower,blue_upper,red_lower,red_upper,green_lower,green_upper'][num_rows$eq'all'][count$eqfalse]",
  "model::Donor,rma::criteria,[name$eq'H0351.1015'],rma::options[only$eq'donors.id']",
  "model::Structure,rma::criteria,[name$il'locus ceruleus'],ontology[name$eq'Human Brain Atlas'],rma::options[only$eq'structures.id']",
  "model::Probe,rma::criteria,[probe_type$eq'DNA'],products[abbreviation$eq'HumanMA'],gene[acronym$eq'SLC6A2'],rma::options[only$eq'probes.id']",
  "model::WellKnownFile,rma::criteria,well_known_file_type[name$eq'ImagesResampledTo25MicronARA'][attachable_id$eq156198187]",
  "model::ReferenceSpace,rma::criteria,[id$eq10],rma::include,well_known_files[path$li'*gridAnnotation.zip']",
  "model::ExperimentContainer,rma::include,ophys_experiments,isi_experiment,specimen(donor(age,transgenic_lines)),targeted_structure",
  "model::ApiConnectivity,rma::options[num_rows$eq'all']",
  "model::ProjectionStructureUnionize,rma::criteria,[section_data_set_id$in126862385][is_injection$eqfalse][hemisphere_id$in3],rma::include,structure",
  "model::SectionDataSet,rma::criteria,products[id$eq2],treatments[name$eq'NISSL']",
  "model::Structure,rma::criteria,graph[structure_graphs.name$in'Mouse Brain Atlas'],rma::options[order$eqstructures.graph_order]",
  "model::Structure,rma::criteria,structure_sets[name$in'Mouse Connectivity - Summary']",
  "model::SectionDataSet,rma::criteria,[failed$eqfalse],rma::include,genes[id$eq1],products[id$eq3],specimen(donor(age[name$in'P4','P14'])),rma::options[order$eq'ages.embryonic$desc,ages.days']",
  "model::MicroarraySlide,rma::criteria,sample(structure),rma::include,microarray_design,rma::options[tabular$eq'barcode,structures.name as structure,rna_integrity_number']".replace(
    ",rna_integrity_number",
    ",samples.rna_integrity_number",
  ),
])("runQuery() takes %s", async (query) => {
  const answer = await runQuery(database, parseRma(query));
  expect([answer.numRows, answer.totalRows]).toEqual([0, 0]);
});
