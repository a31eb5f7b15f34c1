import { expect, test } from "vitest";
import { parseRma } from "../rma/parse.ts";
import {
  ages,
  alignments,
  donors,
  equalizations,
  genes,
  manualAnnotations,
  microarray,
  planesOfSection,
  probes,
  products,
  sectionDataSets,
  sectionImages,
  specimens,
  unionizes,
} from "./index.ts";

const NAMESPACES = {
  ages,
  alignments,
  donors,
  equalizations,
  genes,
  manualAnnotations,
  microarray,
  planesOfSection,
  probes,
  products,
  sectionDataSets,
  sectionImages,
  specimens,
  unionizes,
};

const ROWS: [name: string, query: { toString(): string; toQuery(): unknown }, text: string][] = [
  ["ages.all", ages.all(), "model::Age"],
  ["ages.byName", ages.byName(["P4", "P14"]), "model::Age,rma::criteria,[name$in'P4','P14']"],
  [
    "ages.ofOrganism",
    ages.ofOrganism("human"),
    "model::Age,rma::criteria,[organism_id$eq1],rma::options[order$eq'ages.embryonic$desc,ages.days,ages.id']",
  ],
  [
    "alignments.ofDataSets",
    alignments.ofDataSets([479, 717]),
    "model::SectionDataSet,rma::criteria,[id$in479,717],rma::include,alignment3d",
  ],
  [
    "alignments.ofImagesOf",
    alignments.ofImagesOf(479),
    "model::SectionImage,rma::criteria,[data_set_id$in479],rma::include,alignment2d,rma::options[order$eq'sub_images.section_number,sub_images.id']",
  ],
  [
    "alignments.ofSectionImages",
    alignments.ofSectionImages(101945191),
    "model::SectionImage,rma::criteria,[id$in101945191],rma::include,alignment2d",
  ],
  ["donors.byId", donors.byId(15496), "model::Donor,rma::criteria,[id$in15496]"],
  [
    "donors.byName",
    donors.byName(["H0351.1015", "H0351.2001"]),
    "model::Donor,rma::criteria,[name$in'H0351.1015','H0351.2001']",
  ],
  ["donors.ofProduct", donors.ofProduct(2), "model::Donor,rma::criteria,products[id$in2]"],
  [
    "equalizations.ofDataSets",
    equalizations.ofDataSets([100141599, 126862385]),
    "model::Equalization,rma::criteria,[section_data_set_id$in100141599,126862385]",
  ],
  [
    "equalizations.ofSectionImages",
    equalizations.ofSectionImages(126862575),
    "model::Equalization,rma::criteria,section_data_set(section_images[id$in126862575])",
  ],
  ["genes.byAcronym", genes.byAcronym(["Pdyn", "Gba"]), "model::Gene,rma::criteria,[acronym$in'Pdyn','Gba']"],
  [
    "genes.byAcronym",
    genes.byAcronym("PDYN", { organism: 1 }),
    "model::Gene,rma::criteria,[organism_id$in1][acronym$in'PDYN']",
  ],
  ["genes.byEntrezId", genes.byEntrezId([18610, 84193]), "model::Gene,rma::criteria,[entrez_id$in18610,84193]"],
  ["genes.byId", genes.byId(15), "model::Gene,rma::criteria,[id$in15]"],
  [
    "genes.inOrganism",
    genes.inOrganism([1, 2]),
    "model::Gene,rma::criteria,[organism_id$in1,2],rma::include,chromosome",
  ],
  [
    "genes.inOrganism",
    genes.inOrganism("mouse", { chromosomeIds: [12, 13] }),
    "model::Gene,rma::criteria,[organism_id$in2][chromosome_id$in12,13],rma::include,chromosome",
  ],
  [
    "genes.ofProduct",
    genes.ofProduct(["Mouse", "DevMouse"]),
    "model::Gene,rma::criteria,products[abbreviation$in'Mouse','DevMouse']",
  ],
  ["genes.ofProduct", genes.ofProduct(1), "model::Gene,rma::criteria,products[id$in1]"],
  [
    "manualAnnotations.dataSets",
    manualAnnotations.dataSets([112763676, 112763686]),
    "model::SectionDataSet,rma::criteria,manual_annotations(structure[id$in112763676,112763686]),rma::include,specimen(donor(age)),probes(gene),plane_of_section,rma::options[order$eq'genes.acronym,ages.embryonic$desc,ages.days,data_sets.id']",
  ],
  [
    "manualAnnotations.dataSets",
    manualAnnotations.dataSets(112763676, {
      intensity: "High",
      density: ["High", "Low"],
      pattern: "Full",
      age: "E11.5",
    }),
    "model::SectionDataSet,rma::criteria,manual_annotations[intensity_call$in'High'][density_call$in'High','Low'][pattern_call$in'Full'](structure[id$in112763676]),rma::include,specimen(donor(age[name$in'E11.5'])),probes(gene),plane_of_section,rma::options[order$eq'genes.acronym,ages.embryonic$desc,ages.days,data_sets.id']",
  ],
  [
    "manualAnnotations.ofDataSet",
    manualAnnotations.ofDataSet(100055044, { structureIds: 112763676 }),
    "model::ManualAnnotation,rma::criteria,[section_data_set_id$in100055044][structure_id$in112763676]",
  ],
  ["microarray.samples", microarray.samples(), "model::Sample,rma::include,microarray_slides(well_known_files)"],
  [
    "microarray.samples",
    microarray.samples({ product: 2, structure: ["DG", "CA1"] }),
    "model::Sample,rma::criteria,microarray_data_set(products[id$in2]),structure[acronym$in'DG','CA1'],rma::include,microarray_slides(well_known_files)",
  ],
  [
    "microarray.samples",
    microarray.samples({ donor: "H0351.2001" }),
    "model::Sample,rma::criteria,microarray_data_set(specimen(donor[name$in'H0351.2001'])),rma::include,microarray_slides(well_known_files)",
  ],
  ["planesOfSection.all", planesOfSection.all(), "model::PlaneOfSection"],
  [
    "planesOfSection.byName",
    planesOfSection.byName(["coronal", "sagittal"]),
    "model::PlaneOfSection,rma::criteria,[name$in'coronal','sagittal']",
  ],
  ["probes.byId", probes.byId([1023146, 1023147]), "model::Probe,rma::criteria,[id$in1023146,1023147]"],
  [
    "probes.ofGene",
    probes.ofGene("SLC6A2", { product: "HumanMA", type: "DNA" }),
    "model::Probe,rma::criteria,[probe_type$eq'DNA'],products[abbreviation$in'HumanMA'],gene[acronym$in'SLC6A2']",
  ],
  [
    "probes.ofGene",
    probes.ofGene([6530], { product: 2 }),
    "model::Probe,rma::criteria,products[id$in2],gene[id$in6530]",
  ],
  ["products.all", products.all(), "model::Product"],
  [
    "products.byAbbreviation",
    products.byAbbreviation(["Mouse", "HumanMA"]),
    "model::Product,rma::criteria,[abbreviation$in'Mouse','HumanMA']",
  ],
  ["products.byId", products.byId([5, 31]), "model::Product,rma::criteria,[id$in5,31]"],
  ["sectionDataSets.byId", sectionDataSets.byId([986, 988]), "model::SectionDataSet,rma::criteria,[id$in986,988]"],
  ["sectionDataSets.find", sectionDataSets.find(), "model::SectionDataSet,rma::criteria,[failed$eqfalse]"],
  [
    "sectionDataSets.find",
    sectionDataSets.find({ gene: "Snca", product: "Mouse", plane: "sagittal" }),
    "model::SectionDataSet,rma::criteria,[failed$eqfalse],products[abbreviation$in'Mouse'],plane_of_section[name$in'sagittal'],genes[acronym$in'Snca']",
  ],
  [
    "sectionDataSets.find",
    sectionDataSets.find({ gene: [84193, 18608], product: [1, 3], plane: ["coronal", "sagittal"], failed: "any" }),
    "model::SectionDataSet,rma::criteria,products[id$in1,3],plane_of_section[name$in'coronal','sagittal'],genes[id$in84193,18608]",
  ],
  [
    "sectionDataSets.find",
    sectionDataSets.find({ product: 2, treatment: "NISSL", age: ["P4", "P14"], failed: true }),
    "model::SectionDataSet,rma::criteria,[failed$eqtrue],products[id$in2],specimen(donor(age[name$in'P4','P14'])),treatments[name$in'NISSL']",
  ],
  [
    "sectionDataSets.find",
    sectionDataSets.find({ specimenId: 702693, referenceSpaceId: [9, 10] }),
    "model::SectionDataSet,rma::criteria,[failed$eqfalse][specimen_id$in702693][reference_space_id$in9,10]",
  ],
  [
    "sectionDataSets.find",
    sectionDataSets.find({ gene: ["Pdyn", "Gba"] }),
    "model::SectionDataSet,rma::criteria,[failed$eqfalse],genes[acronym$in'Pdyn','Gba']",
  ],
  ["sectionImages.byId", sectionImages.byId(68173101), "model::SectionImage,rma::criteria,[id$in68173101]"],
  [
    "sectionImages.ofDataSet",
    sectionImages.ofDataSet([479, 717]),
    "model::SectionImage,rma::criteria,[data_set_id$in479,717],rma::options[order$eq'sub_images.section_number,sub_images.id']",
  ],
  ["specimens.byId", specimens.byId(113817886), "model::Specimen,rma::criteria,[id$in113817886]"],
  ["specimens.byName", specimens.byName("H0351.1015"), "model::Specimen,rma::criteria,[name$in'H0351.1015']"],
  ["specimens.ofDonor", specimens.ofDonor([15496]), "model::Specimen,rma::criteria,[donor_id$in15496]"],
  [
    "specimens.withReconstructions",
    specimens.withReconstructions(386049446, { kind: "marker" }),
    "model::Specimen,rma::criteria,[id$in386049446],neuron_reconstructions(well_known_files),rma::include,neuron_reconstructions(well_known_files(well_known_file_type[name$eq'3DNeuronMarker']))",
  ],
  [
    "specimens.withReconstructions",
    specimens.withReconstructions([386049446]),
    "model::Specimen,rma::criteria,[id$in386049446],neuron_reconstructions(well_known_files),rma::include,neuron_reconstructions(well_known_files(well_known_file_type[name$eq'3DNeuronReconstruction']))",
  ],
  [
    "specimens.withRecording",
    specimens.withRecording(386049446),
    "model::Specimen,rma::criteria,[id$in386049446],ephys_result(well_known_files(well_known_file_type[name$eq'NWBDownload'])),rma::include,ephys_result(well_known_files(well_known_file_type))",
  ],
  [
    "unionizes.expression",
    unionizes.expression(986),
    "model::StructureUnionize,rma::criteria,[section_data_set_id$in986]",
  ],
  [
    "unionizes.expression",
    unionizes.expression([986, 988], { structureIds: 15564 }),
    "model::StructureUnionize,rma::criteria,[section_data_set_id$in986,988][structure_id$in15564]",
  ],
  [
    "unionizes.projection",
    unionizes.projection([126862385]),
    "model::ProjectionStructureUnionize,rma::criteria,[section_data_set_id$in126862385]",
  ],
  [
    "unionizes.projection",
    unionizes.projection(126862385, {
      structureIds: [385, 533],
      hemisphere: ["left", "right"],
      isInjection: false,
      normalizedVolumeAbove: 0.001,
    }),
    "model::ProjectionStructureUnionize,rma::criteria,[section_data_set_id$in126862385][is_injection$eqfalse][normalized_projection_volume$gt0.001][hemisphere_id$in1,2][structure_id$in385,533]",
  ],
  [
    "unionizes.projection",
    unionizes.projection(126862385, { structureName: "Thalamus" }),
    "model::ProjectionStructureUnionize,rma::criteria,[section_data_set_id$in126862385],structure[name$eq'Thalamus']",
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
