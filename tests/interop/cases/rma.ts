import { rma } from "@brainatlas/sdk/rma";
import { named } from "../support/allensdk.ts";
import { api, type InteropCase, rows } from "../support/case.ts";

/** The schema, and rows that are asked for by hand. */
export const RMA_CASES: readonly InteropCase[] = [
  {
    python: api("rma_api.RmaApi", "get_schema", "Gene"),
    ours: async (allen) => field((await allen.get("/api/v2/data/Gene.json")).json(), "msg"),
  },
  {
    python: api("rma_api.RmaApi", "load_api_schema"),
    ours: async (allen) => (await allen.get("/api/v2/data/enumerate.json")).json(),
  },
  rows(
    api(
      "rma_api.RmaApi",
      "model_query",
      "Structure",
      named({
        criteria: "[acronym$li'VIS*']",
        include: "ontology",
        num_rows: 5,
        start_row: 2,
        order: ["structures.name"],
      }),
    ),
    rma("Structure").where("acronym", "li", "VIS*").include("ontology").orderBy("structures.name").startRow(2).limit(5),
  ),
  rows(
    api(
      "rma_api.RmaApi",
      "model_query",
      "Gene",
      named({ filters: { organism_id: 2 }, only: ["id", "acronym"], num_rows: "all" }),
    ),
    rma("Gene").where("organism_id", "eq", 2).only("id", "acronym"),
  ),
  rows(
    api("rma_api.RmaApi", "model_query", "Gene", named({ filters: { acronym: "'Pdyn'" }, excpt: ["name"] })),
    rma("Gene").where("acronym", "eq", "Pdyn").except("name"),
  ),
  rows(
    api(
      "rma_api.RmaApi",
      "model_query",
      "SectionDataSet",
      named({
        criteria: "genes[acronym$eq'Snca']",
        include: "genes",
        tabular: ["data_sets.id", "genes.acronym"],
        order: ["data_sets.id"],
      }),
    ),
    rma("SectionDataSet")
      .via("genes", (gene) => gene.where("acronym", "eq", "Snca"))
      .include("genes")
      .tabular("data_sets.id", "genes.acronym")
      .orderBy("data_sets.id"),
  ),
];

function field(value: unknown, name: string): unknown {
  return (value as Record<string, unknown>)[name]; // An envelope.
}
