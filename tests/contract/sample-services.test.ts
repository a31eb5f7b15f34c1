// The connected services, asked of the sample with the client.
import { createMirror, SAMPLE_BASE_URL, sampleStore } from "@brainatlas/mirror";
import { ApiError, BrainAtlas, NotMirroredError } from "@brainatlas/sdk";
import { rma, type TypedQuery } from "@brainatlas/sdk/rma";
import * as services from "@brainatlas/sdk/services";
import { describe, expect, test } from "vitest";

const asked: string[] = [];
const mirror = createMirror({ store: sampleStore() });
const allen = new BrainAtlas({
  baseUrl: SAMPLE_BASE_URL,
  retries: 0,
  fetch(url, init) {
    asked.push(String(url));
    return mirror.fetch(url, init);
  },
});

async function rows<Row>(query: TypedQuery<Row>): Promise<Row[]> {
  return await allen.rows(query).all();
}

/** What a documented example gives: at least so many rows, the first of them with these fields; or why not. */
type Outcome = readonly [least: number, first: object] | "not mirrored" | "refused";

const EXAMPLES: readonly (readonly [number: string, criteria: string, outcome: Outcome])[] = [
  [
    "67",
    "service::human_microarray_expression[probes$eq1023146,1023147][donors$eq15496][structures$eq9148]",
    "not mirrored",
  ],
  [
    "68",
    "service::mouse_differential[set$eq'mouse'][structures1$eq8][structures2$eq315]",
    [80, { id: expect.any(Number), "gene-symbol": expect.any(String), "fold-change": expect.any(Number) }],
  ],
  // The sample has no such data set; of another one it answers.
  ["69", "service::mouse_correlation[set$eqmouse][row$eq68918934]", "not mirrored"],
  ["69, of the sample", "service::mouse_correlation[set$eqmouse][row$eq69782969]", [80, { id: 69782969, r: 1 }]],
  [
    "70",
    "service::mouse_agea[set$eqmouse_coronal][seed_age$eqP56][map_age$eqP56][seed_point$eq6800,4200,5600][correlation_threshold1$eq0.84][correlation_threshold2$eq0.93]",
    "not mirrored",
  ],
  [
    "71",
    "service::mouse_connectivity_injection_structure[injection_domain$eqIsocortex][transgenic_lines$eq0]",
    [
      5,
      { id: 180719293, "transgenic-line": "", "structure-abbrev": "MOs", "injection-coordinates": [5400, 1200, 7000] },
    ],
  ],
  [
    "72",
    "service::mouse_connectivity_injection_structure[injection_structures$eqIsocortex][primary_structure_only$eqtrue]",
    [8, { id: 180719293 }],
  ],
  [
    "73",
    "service::mouse_connectivity_target_spatial[seed_point$eq6900,5050,6450]",
    [1, { density: expect.any(Number), path: expect.arrayContaining([{ coord: [6950, 5050, 6450] }]) }],
  ],
  [
    "73, the other",
    "service::mouse_connectivity_injection_coordinate[seed_point$eq6900,5050,6450]",
    [14, { "structure-abbrev": "LHA", distance: expect.any(Number) }],
  ],
  [
    "74",
    "service::mouse_connectivity_correlation[row$eq112670853][structures$eqTH]",
    [14, { id: 112670853, correlation: 1 }],
  ],
  ["75", "service::dev_human_correlation[set$eqrna_seq_genes][probes$eq1090294][structures$eq'CBC']", "not mirrored"],
  ["76", "service::text_search[query_string$eq'abat']", "not mirrored"],
  ["misspelt", "service::mouse_correlatoin[set$eqmouse][row$eq69782969]", "refused"],
];

describe("documented services", () => {
  test.each(EXAMPLES)(
    "%s: %s",
    async (_, criteria, outcome) => {
      const found = rows(rma.raw(criteria));
      if (outcome === "not mirrored") return await expect(found).rejects.toThrow(NotMirroredError);
      if (outcome === "refused") return await expect(found).rejects.toThrow(ApiError);
      const [least, first] = outcome;
      expect((await found).length).toBeGreaterThanOrEqual(least);
      expect((await found)[0]).toMatchObject(first);
    },
    60_000,
  ); // The grids of the sample are made when they are first searched.
});

test("functions of the services ask for what they say", async () => {
  const sources = await rows(
    services.mouseConnectivityInjectionStructure({
      injectionStructures: "VIS",
      targetDomain: ["TH"],
      targetHemisphere: "right",
    }),
  );
  expect(sources.map((row) => row["structure-abbrev"])).toContain("VISp");
  const volumes = sources.map(({ volume }) => volume ?? 0);
  expect(volumes).toEqual(volumes.toSorted((a, b) => b - a));
  const correlated = await rows(
    services.mouseConnectivityCorrelation({ row: 126862385, structures: ["TH", 313], hemisphere: "left" }),
  );
  expect(correlated[0]).toMatchObject({ id: 126862385, correlation: 1 });
  const [gene] = await rows(services.mouseCorrelation({ set: "mouse_coronal", row: 69782969, sortOrder: "asc" }));
  expect(gene?.r).toBeLessThan(0);
});

test("pages of a service are those of its one answer", async () => {
  const query = services.mouseDifferential({ set: "mouse", structures1: [8], structures2: [315] });
  const whole = await rows(query);
  asked.length = 0;
  const paged = await allen.rows(query, { pageSize: 30 }).all();
  expect(paged).toEqual(whole);
  expect(asked.length).toBeGreaterThanOrEqual(Math.ceil(whole.length / 30));
  expect(await allen.rows(query).first()).toEqual(whole[0]);
});

test("a pipe leads from a service to records", async () => {
  const sets = await rows(
    rma.pipeline(
      rma.service("mouse_differential", { set: "mouse", structures1: 8, structures2: 315, num_rows: 5 }),
      rma.list({ xids: "id" }),
      rma("SectionDataSet").where("id", "in", rma.variable("xids")).include("genes"),
    ),
  );
  expect(sets).toHaveLength(5);
  const [best] = await rows(services.mouseDifferential({ set: "mouse", structures1: [8], structures2: [315] }));
  expect(sets.find(({ id }) => id === best?.id)?.genes).toMatchObject([{ acronym: best?.["gene-symbol"] }]);
});

test("a service that finds nothing has no rows", async () => {
  expect(
    await rows(services.mouseConnectivityInjectionStructure({ injectionStructures: "VIS", transgenicLines: 1 })),
  ).toEqual([]);
});

test("annotated searches find the data sets that annotations name", async () => {
  const annotations = await rows(rma("ManualAnnotation").where("structure_id", "in", [15566]).numRows("all"));
  const setsOf = (...calls: string[]): Set<number> =>
    new Set(
      annotations
        .filter((row) => calls.includes(String(row.intensity_call)))
        .map((row) => Number(row.section_data_set_id)),
    );
  const found = await allen.annotatedDataSets({ structures: 15566, intensityValues: ["High", "Low"] });
  expect(new Set(found.map(({ id }) => id))).toEqual(setsOf("High", "Low"));
  expect(found.length).toBeGreaterThan(5);
  const both = await allen.compoundAnnotatedDataSets({
    and: [
      { structures: 15566, intensityValues: "High" },
      { structures: 15566, ageNames: ["E11.5", "P4"] },
    ],
  });
  expect(both.length).toBeGreaterThan(0);
  expect(both.every(({ id }) => setsOf("High").has(Number(id)))).toBe(true);
});
