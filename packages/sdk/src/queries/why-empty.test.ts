import { describe, expect, test } from "vitest";
import type { TypedQuery } from "../rma/builder-stages.ts";
import {
  ages,
  atlases,
  atlasImages,
  cells,
  connectivity,
  donors,
  genes,
  manualAnnotations,
  neuronalModels,
  observatory,
  probes,
  products,
  sectionImages,
  structures,
  sweeps,
  unionizes,
  wellKnownFiles,
} from "./index.ts";
import { listed } from "./why-empty.ts";

/** A query, the question of its check, and what rows of the answer explain. */
type Case = [query: TypedQuery<unknown>, question: string, answers: [rows: unknown[], why: string | undefined][]];

function testCases(name: string, cases: readonly Case[]): void {
  test.each(cases)(`${name} case %#`, (query, question, answers) => {
    const check = query.emptyCheck;
    expect(String(check?.query)).toBe(`${question}[num_rows$eq10]`);
    for (const [rows, why] of answers) expect(check?.explain(rows)).toBe(why);
  });
}

const many = (row: unknown): unknown[] => Array(10).fill(row);
const gene = (acronym: string, id = 1) => ({ id, acronym });
const set = (more: object) => ({
  id: 986,
  failed: false,
  reference_space_id: 9,
  genes: [gene("Pdyn", 18376)],
  products: [{ id: 1, abbreviation: "Mouse" }],
  treatments: [{ name: "ISH" }],
  plane_of_section: { name: "sagittal" },
  specimen: { donor: { age: { name: "P56" } } },
  ...more,
});

describe("genes and probes say why there are none:", () => {
  const human = { acronym: "PDYN", organism_id: 1, organism: { name: "Homo Sapiens" } };
  testCases("by acronym,", [
    [
      genes.byAcronym("Pdyn", { organism: "mouse" }),
      "model::Gene,rma::criteria,[acronym$il'Pdyn'],rma::include,organism,rma::options",
      [
        [[], 'No gene of any organism has acronym "Pdyn", in any case of letters'],
        [
          [human],
          'No gene has acronym "Pdyn" in that organism, but there is "PDYN" of Homo Sapiens; give one of these',
        ],
        [[{ ...human, acronym: "Pdyn", organism_id: 2 }], undefined],
      ],
    ],
    [
      genes.byAcronym("pdyn"),
      "model::Gene,rma::criteria,[acronym$il'pdyn'],rma::include,organism,rma::options",
      [
        [
          [human, { acronym: "Pdyn", organism_id: 2, organism: null }],
          'No gene has acronym "pdyn", but there is "PDYN" of Homo Sapiens, "Pdyn" of organism 2; give one of these',
        ],
        [many(human), undefined],
      ],
    ],
    [
      probes.ofGene("Slc6a2", { product: "HumanMA" }),
      "model::Probe,rma::criteria,gene[acronym$il'Slc6a2'],rma::include,gene,rma::options",
      [
        [[], 'No probe is of a gene "Slc6a2", in any case of letters; genes.byAcronym() looks for it'],
        [
          [{ gene: gene("SLC6A2") }, { gene: null }],
          'No probe is of a gene "Slc6a2", but there are some of "SLC6A2"; give the acronym in that spelling',
        ],
        [
          [{ gene: gene("Slc6a2") }],
          'There are probes of gene "Slc6a2", but none that meet the other conditions; leave some of them out',
        ],
      ],
    ],
    [
      products.byAbbreviation("mouse"),
      "model::Product,rma::criteria,[abbreviation$il'mou*'],rma::options",
      [[[{ abbreviation: "Mouse" }], 'There is no product "mouse"; give "Mouse"']],
    ],
    [
      donors.byName("h0351.1015"),
      "model::Donor,rma::criteria,[name$il'h0351*'],rma::options",
      [[[{ name: "H0351.1015" }], 'There is no donor "h0351.1015"; give "H0351.1015"']],
    ],
    [
      ages.byName("P57"),
      "model::Age,rma::criteria,[name$il'P5*'],rma::options",
      [[[{ name: "P56" }], 'There is no age "P57"; give "P56"']],
    ],
  ]);
});

describe("values and images say why there are none:", () => {
  testCases("of a data set,", [
    [
      unionizes.expression(126862385, { structureIds: 385 }),
      "model::StructureUnionize,rma::criteria,[section_data_set_id$in126862385],rma::options",
      [
        [
          [],
          "Data set 126862385 has no expression values at all; unionizes.projection() is for connectivity experiments",
        ],
        [[{}], "Data set 126862385 has expression values, but none that meet the conditions; leave some of them out"],
      ],
    ],
    [
      unionizes.expression(986),
      "model::StructureUnionize,rma::criteria,[section_data_set_id$in986],rma::options",
      [[[{}], undefined]],
    ],
    [
      unionizes.projection([986, 988], { hemisphere: "left" }),
      "model::ProjectionStructureUnionize,rma::criteria,[section_data_set_id$in986,988],rma::options",
      [
        [[], "Data set 986, 988 has no projection values at all; unionizes.expression() is for in-situ hybridisation"],
        [[{}], "Data set 986, 988 has projection values, but none that meet the conditions; leave some of them out"],
      ],
    ],
    [
      sectionImages.ofDataSet(1),
      "model::SectionDataSet,rma::criteria,[id$in1],rma::options",
      [[[], "There is no section data set 1; sectionDataSets.find() finds those of a gene"]],
    ],
    [
      manualAnnotations.dataSets(385, { intensity: "High" }),
      "model::ManualAnnotation,rma::criteria,[structure_id$in385],rma::options",
      [
        [[], "No data set has annotations of structure 385; give structures of graph 17, the developing mouse"],
        [
          [{}],
          "There are annotations of structure 385, but none that meet the other conditions; leave some of them out",
        ],
      ],
    ],
    [
      connectivity.dataSets({ ids: 986 }),
      "model::SectionDataSet,rma::criteria,[id$in986],rma::include,products,rma::options",
      [
        [[], "There is no section data set 986; connectivity.experiments() lists them"],
        [
          [set({})],
          'Section data set 986 is none of the connectivity atlas, but of product "Mouse"; use sectionDataSets.byId()',
        ],
        [
          [set({ failed: true, products: [{ id: 5 }] })],
          "Section data set 986 failed the quality control; sectionDataSets.byId() gives it all the same",
        ],
        [[set({ products: [{ id: 31 }] })], undefined],
      ],
    ],
    [
      connectivity.experiments({ structure: "mos" }),
      "model::ApiConnectivity,rma::criteria,[structure_abbrev$il'mos'],rma::options[order$eq'data_set_id']",
      [
        [
          [{ structure_abbrev: "MOs" }],
          'No injection has its center in structure "mos", but there are some in "MOs"; give it in that spelling',
        ],
        [
          [{ structure_abbrev: "mos" }],
          'There are injections in structure "mos", but none that meet the other conditions; leave some of them out',
        ],
        [
          [],
          'No injection has its center in structure "mos"; give a structure of the finest level, or search with the service mouse_connectivity_injection_structure',
        ],
      ],
    ],
  ]);

  testCases("of an atlas,", [
    [
      atlasImages.annotated(99),
      "model::Atlas,rma::criteria,[id$in99],rma::options",
      [[[], "There is no atlas 99; atlases.all() lists what there is"]],
    ],
    [
      atlasImages.annotated(1, { imageType: "Atlas - Adult" }),
      "model::Atlas,rma::criteria,[id$eq1],rma::options",
      [
        [[], "There is no atlas 1; atlases.all() lists what there is"],
        [
          [{ image_type: "Atlas - Adult Mouse" }],
          'Atlas 1 has no plates of type "Atlas - Adult"; its type is "Atlas - Adult Mouse"',
        ],
        [[{ image_type: null }], undefined],
      ],
    ],
    [
      atlasImages.drawn(1, { groupLabelIds: 31 }),
      "model::Atlas,rma::criteria,[id$eq1],rma::include,graphic_group_labels,rma::options",
      [
        [[], "There is no atlas 1; atlases.all() lists what there is"],
        [[{ graphic_group_labels: [{ id: 28 }] }], "Atlas 1 has no drawings of group 31; its groups are 28"],
        [[{ graphic_group_labels: [] }], "Atlas 1 has no drawings of group 31; its groups are none"],
        [[{ graphic_group_labels: [{ id: 31 }] }], undefined],
      ],
    ],
    [
      atlases.overview({ ids: 99 }),
      "model::Atlas,rma::criteria,[id$in99],rma::options",
      [[[], "There is no atlas 99; atlases.all() lists what there is"]],
    ],
  ]);
});

describe("cells and experiments say why there are none:", () => {
  testCases("each", [
    [
      cells.find({ area: "visp", species: "human" }),
      "model::ApiCellTypesSpecimenDetail,rma::criteria,[structure_parent__acronym$il'visp'],rma::options[order$eq'specimen__id']",
      [
        [[], 'No cell is of area "visp"; give the acronym of a cortical area without its layer'],
        [
          [{ structure_parent__acronym: "VISp" }],
          'No cell is of area "visp", but there are some of "VISp"; give it in that spelling',
        ],
        [
          [{ structure_parent__acronym: "visp" }],
          'There are cells of area "visp", but none that meet the other conditions; leave some of them out',
        ],
      ],
    ],
    [
      cells.bySpecimenId(5),
      "model::Specimen,rma::criteria,[id$in5],rma::options",
      [
        [[], "There is no specimen 5; cells.find() lists the cells that there are"],
        [[{ id: 5 }], "Specimen 5 is no cell of the Cell Types Database; cells.find() lists them"],
      ],
    ],
    [
      sweeps.ofSpecimen(5, { stimulus: "long square" }),
      "model::EphysSweep,rma::criteria,[specimen_id$in5],rma::options[order$eq'sweep_number,id']",
      [
        [[], "Specimen 5 has no sweeps; cells.find() lists the recorded cells"],
        [
          [{ stimulus_name: "Long Square" }, { stimulus_name: "Test" }],
          'Specimen 5 has no sweeps with stimulus "long square"; its first ones have "Long Square", "Test"',
        ],
      ],
    ],
    [
      sweeps.ofSpecimen(5),
      "model::EphysSweep,rma::criteria,[specimen_id$in5],rma::options[order$eq'sweep_number,id']",
      [[[{}], undefined]],
    ],
    [
      neuronalModels.forSimulation(5),
      "model::NeuronalModel,rma::criteria,[id$in5],rma::options",
      [[[], "There is no neuronal model 5; neuronalModels.biophysical() and .glif() list what there is"]],
    ],
    [
      observatory.experimentContainers({ structure: "visp" }),
      "model::ExperimentContainer,rma::criteria,targeted_structure[acronym$il'visp'],rma::include,targeted_structure,rma::options",
      [
        [[], 'No experiment container is of structure "visp"; give a visual area, such as "VISp"'],
        [
          [{ targeted_structure: { acronym: "VISp" } }],
          'No experiment container is of structure "visp", but there are some of "VISp"; give it in that spelling',
        ],
        [
          [{ targeted_structure: { acronym: "visp" } }],
          'There are experiment containers of structure "visp", but none that meet the other conditions; leave some of them out, or pass failed: "any"',
        ],
      ],
    ],
    [
      observatory.experimentContainers({ ids: 5 }),
      "model::ExperimentContainer,rma::criteria,[id$in5],rma::include,targeted_structure,rma::options",
      [[[], "There is no experiment container 5; observatory.experimentContainers() lists what there is"]],
    ],
    [
      observatory.columnDefinitions({ model: "ApiX" }),
      "model::ApiColumnDefinition,rma::options[tabular$eq'distinct api_class_name'][order$eq'api_class_name']",
      [
        [
          [{ api_class_name: "ApiCamCellMetric" }],
          'There are no definitions for "ApiX", but for "ApiCamCellMetric" and maybe others',
        ],
        [[], undefined],
      ],
    ],
    [
      wellKnownFiles.ofAttachable(5, { type: "NWBOphys" }),
      "model::WellKnownFile,rma::criteria,[attachable_id$in5],rma::include,well_known_file_type,rma::options",
      [
        [[], "Record 5 has no files; the id is that of the record, not of a file"],
        [
          [{ attachable_type: "EphysResult", well_known_file_type: { name: "NWBDownload" } }],
          'Record 5 has files, but none that fit; among them are types "NWBDownload", of model "EphysResult"',
        ],
      ],
    ],
  ]);
});

test("a check stays with the queries that derive from one", () => {
  const query = structures.byAcronym("VISp");
  expect(query.include("ontology").limit(3).emptyCheck).toBe(query.emptyCheck);
});

test("listed() gives each value once, in quotes where it is text, and not more than five", () => {
  expect(listed(["a", "a", null, undefined, 1])).toBe('"a", 1');
  expect(listed([1, 2, 3, 4, 5, 6, 7])).toBe("1, 2, 3, 4, 5 and 2 more");
  expect(listed([])).toBe("");
});
