import { describe, expect, test } from "vitest";
import type { TypedQuery } from "../rma/builder-stages.ts";
import { sectionDataSets } from "./index.ts";

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
const DETAILS = "rma::include,genes,products,treatments,plane_of_section,specimen(donor(age)),rma::options";
const ofGene = (acronym: string): string =>
  `model::SectionDataSet,rma::criteria,genes[acronym$il'${acronym}'],${DETAILS}`;

describe("sectionDataSets.find() says why it finds nothing:", () => {
  testCases("of a gene,", [
    [
      sectionDataSets.find({ gene: "PDYN" }),
      ofGene("PDYN"),
      [
        [[], 'No section data set is of gene "PDYN"; genes.byAcronym() and .byId() tell whether it is there'],
        [
          [set({})],
          'No section data set is of gene "PDYN", but there are some of "Pdyn"; give the acronym in that spelling',
        ],
        [[set({ genes: [gene("PDYN")] })], undefined],
      ],
    ],
    [
      sectionDataSets.find({ gene: "Pdyn", product: "DevMouse", plane: "coronal" }),
      ofGene("Pdyn"),
      [
        [
          [set({})],
          'None of the data sets of gene "Pdyn" is of product "DevMouse"; those that fit so far have "Mouse"',
        ],
        [
          [set({ products: [{ abbreviation: "DevMouse" }] }), set({ plane_of_section: { name: "coronal" } })],
          'None of the data sets of gene "Pdyn" is of plane "coronal"; those that fit so far have "sagittal"',
        ],
        [
          many(set({ products: [{ abbreviation: "DevMouse" }] })),
          'None of the first 10 data sets of gene "Pdyn" is of plane "coronal"; those that fit so far have "sagittal"',
        ],
        [
          [set({ products: [] })],
          'None of the data sets of gene "Pdyn" is of product "DevMouse"; those that fit so far have none',
        ],
      ],
    ],
    [
      sectionDataSets.find({ gene: "Pdyn", product: 3, age: "P4" }),
      ofGene("Pdyn"),
      [
        [[set({})], 'None of the data sets of gene "Pdyn" is of product 3; those that fit so far have 1'],
        [
          [set({ products: [{ id: 3 }] })],
          'None of the data sets of gene "Pdyn" is of age "P4"; those that fit so far have "P56"',
        ],
      ],
    ],
    [
      sectionDataSets.find({ gene: "Pdyn", treatment: "ish", referenceSpaceId: 10 }),
      ofGene("Pdyn"),
      [
        [[set({})], 'None of the data sets of gene "Pdyn" is of treatment "ish"; those that fit so far have "ISH"'],
        [
          [set({ treatments: [{ name: "ish" }] })],
          'None of the data sets of gene "Pdyn" is of reference space 10; those that fit so far have 9',
        ],
      ],
    ],
    [
      sectionDataSets.find({ gene: "Pdyn", plane: "sagittal" }),
      ofGene("Pdyn"),
      [
        [
          [set({ failed: true }), set({ id: 988, failed: true })],
          'What fits of gene "Pdyn" failed the quality control (data set 986, 988); pass failed: "any" to get it too',
        ],
        [[set({ failed: true }), set({})], undefined],
        [many(set({ failed: true })), undefined],
      ],
    ],
    [
      sectionDataSets.find({ gene: "Pdyn", failed: true }),
      ofGene("Pdyn"),
      [
        [
          [set({})],
          'What fits of gene "Pdyn" passed the quality control (data set 986); pass failed: "any" to get it too',
        ],
      ],
    ],
    [sectionDataSets.find({ gene: "Pdyn", failed: "any" }), ofGene("Pdyn"), [[[set({})], undefined]]],
    [
      sectionDataSets.find({ gene: [18376, 15], plane: "coronal" }),
      `model::SectionDataSet,rma::criteria,genes[id$in18376,15],${DETAILS}`,
      [
        [[], "No section data set is of gene 18376, 15; genes.byAcronym() and .byId() tell whether it is there"],
        [
          [set({})],
          'None of the data sets of gene 18376, 15 is of plane "coronal"; those that fit so far have "sagittal"',
        ],
      ],
    ],
  ]);

  testCases("of others,", [
    [
      sectionDataSets.find({ specimenId: 702693, plane: "coronal" }),
      `model::SectionDataSet,rma::criteria,[specimen_id$in702693],${DETAILS}`,
      [
        [[], "No section data set is of specimen 702693; specimens.byId() tells whether it is there"],
        [
          [set({})],
          'None of the data sets of specimen 702693 is of plane "coronal"; those that fit so far have "sagittal"',
        ],
      ],
    ],
    [
      sectionDataSets.find({ product: 2, treatment: "Nissl" }),
      "model::Treatment,rma::criteria,[name$il'Nis*'],rma::options",
      [
        [[{ name: "NISSL" }], 'There is no treatment "Nissl"; give "NISSL"'],
        [[], 'There is no treatment "Nissl"; leave it out'],
        [[{ name: "Nissl" }], undefined],
      ],
    ],
    [
      sectionDataSets.find({ product: "Mous" }),
      "model::Product,rma::criteria,[abbreviation$il'Mo*'],rma::options",
      [
        [[{ abbreviation: "Mouse" }, { abbreviation: null }], 'There is no product "Mous"; give "Mouse"'],
        [[], 'There is no product "Mous"; products.all() lists what there is'],
        [many({ abbreviation: "Mouse" }), undefined],
      ],
    ],
    [
      sectionDataSets.find({ product: [1, 99] }),
      "model::Product,rma::criteria,[id$in1,99],rma::options",
      [[[{ id: 1 }], "There is no product 99; products.all() lists what there is"]],
    ],
    [
      sectionDataSets.find({ age: "p56" }),
      "model::Age,rma::criteria,[name$il'p5*'],rma::options",
      [[[{ name: "P56" }, { name: "P5" }], 'There is no age "p56"; give "P56"']],
    ],
  ]);

  test("nothing of several acronyms, or without a condition", () => {
    expect(sectionDataSets.find({ gene: ["a", "b"] }).emptyCheck).toBeUndefined();
    expect(sectionDataSets.find({ product: ["a", "b"] }).emptyCheck).toBeUndefined();
    expect(sectionDataSets.find({ plane: "coronal" }).emptyCheck).toBeUndefined();
  });
});
