import { describe, expect, test } from "vitest";
import type { TypedQuery } from "../rma/builder-stages.ts";
import { structureGraphs, structureSets, structures } from "./index.ts";

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

describe("structures say why there are none:", () => {
  const visp = { acronym: "VISp", name: "Primary visual area", graph_id: 1 };
  testCases("by text,", [
    [
      structures.byAcronym("VISp", { graphId: 17 }),
      "model::Structure,rma::criteria,[acronym$il'VISp'],rma::options",
      [
        [[], 'No structure of any graph has acronym "VISp", in any case of letters'],
        [[visp], 'No structure of graph 17 has acronym "VISp", but one of graph 1 has; give that graphId'],
        [[{ ...visp, graph_id: 17 }], undefined],
        [many(visp), undefined],
        [
          [{ ...visp, acronym: "VISP", graph_id: 10 }],
          'No structure has acronym "VISp", but there is "VISP" in graph 10; give it in that spelling',
        ],
      ],
    ],
    [
      structures.byAcronym("visp"),
      "model::Structure,rma::criteria,[acronym$il'visp'],rma::options",
      [[[visp], 'No structure has acronym "visp", but there is "VISp" in graph 1; give it in that spelling']],
    ],
    [
      structures.byAcronym("Primary visual area"),
      "model::Structure,rma::criteria,[name$il'Primary visual area'],rma::options",
      [
        [
          [visp],
          '"Primary visual area" is the name of a structure, not its acronym; use structures.byName("Primary visual area")',
        ],
        [[], undefined],
      ],
    ],
    [
      structures.byAcronym("Isocortex", { graphId: 17 }),
      "model::Structure,rma::criteria,[name$il'Isocortex'],rma::options",
      [[[{ acronym: "Isocortex", name: "Isocortex", graph_id: 1 }], undefined]],
    ],
    [
      structures.byName("VISp"),
      "model::Structure,rma::criteria,[acronym$il'VISp'],rma::options",
      [[[visp], '"VISp" is the acronym of a structure, not its name; use structures.byAcronym("VISp")']],
    ],
    [
      structures.byName("primary visual area", { graphId: 1 }),
      "model::Structure,rma::criteria,[name$il'primary visual area'],rma::options",
      [
        [
          [visp],
          'No structure has name "primary visual area", but there is "Primary visual area" in graph 1; give it in that spelling',
        ],
      ],
    ],
  ]);

  testCases("by graph or set,", [
    [
      structures.inGraph("Mouse Brain Atlass"),
      "model::StructureGraph,rma::criteria,[name$il'Mouse Bra*'],rma::options",
      [
        [[{ name: "Mouse Brain Atlas" }], 'There is no structure graph "Mouse Brain Atlass"; give "Mouse Brain Atlas"'],
        [[], 'There is no structure graph "Mouse Brain Atlass"; structureGraphs.all() lists what there is'],
      ],
    ],
    [
      structures.inGraph([1, 2]),
      "model::StructureGraph,rma::criteria,[id$in1,2],rma::options",
      [
        [[{ id: 1 }], "There is no structure graph 2; structureGraphs.all() lists what there is"],
        [[{ id: 1 }, { id: 2 }], undefined],
        [many({ id: 1 }), undefined],
      ],
    ],
    [
      structures.inSet("summary"),
      "model::StructureSet,rma::criteria,[name$il'summ*'],rma::options",
      [[[], 'There is no structure set "summary"; structureSets.all() lists what there is']],
    ],
    [
      structures.inSet(5),
      "model::StructureSet,rma::criteria,[id$in5],rma::options",
      [[[], "There is no structure set 5; structureSets.all() lists what there is"]],
    ],
    [
      structures.byId(12345),
      "model::Structure,rma::criteria,[id$in12345],rma::options",
      [[[], "There is no structure 12345; structures.inGraph(1) lists those of the mouse"]],
    ],
    [
      structureSets.byName("Summary"),
      "model::StructureSet,rma::criteria,[name$il'Summ*'],rma::options",
      [[[{ name: "summary" }], 'There is no structure set "Summary"; give "summary"']],
    ],
    [
      structureGraphs.byName("Human"),
      "model::StructureGraph,rma::criteria,[name$il'Hum*'],rma::options",
      [
        [
          [{ name: "Human Brain Atlas" }],
          'There is no structure graph "Human"; structureGraphs.all() lists what there is',
        ],
      ],
    ],
  ]);
});
