import type { BrainAtlas } from "@brainatlas/sdk";
import { type ModelQuery, type Models, rma } from "@brainatlas/sdk/rma";
import { dataSetName } from "../model/data-set-name.ts";
import type { SearchResult } from "../model/search.ts";
import { heldRows, listed } from "./atlases.ts";
import { findSeriesOfImage } from "./find-series.ts";

/** Rows that one question of a search asks for. */
const MAX_ROWS = 8;

/** Data sets of a gene that are listed. */
const MAX_DATA_SETS = 24;

/**
 * Genes whose acronym begins with a text, then those whose name does, whatever the case; one of that very acronym first.
 *
 * @param pattern Text with `*` for any characters.
 */
export async function searchGenes(
  api: BrainAtlas,
  pattern: string,
  signal: AbortSignal,
): Promise<readonly SearchResult[]> {
  const genes = rma("Gene").include("organism").orderBy("acronym").limit(MAX_ROWS);
  const lists = await Promise.all([
    heldRows(api.rows(genes.where("acronym", "il", pattern), { signal })),
    heldRows(api.rows(genes.where("acronym", "il", `${pattern}*`), { signal })),
    heldRows(api.rows(genes.where("name", "il", `${pattern}*`), { signal })),
  ]);
  const byId = new Map(lists.flat().map((row) => [row.id, row]));
  return [...byId.values()].slice(0, MAX_ROWS).map(({ id, acronym, name, organism }) => ({
    kind: "gene",
    id,
    acronym: acronym ?? `Gene ${id}`,
    name: name ?? "",
    organism: organism?.name ?? "",
  }));
}

/** Data sets with images of genes of an acronym, whatever the case. */
export async function searchDataSets(
  api: BrainAtlas,
  acronym: string,
  signal: AbortSignal,
): Promise<readonly SearchResult[]> {
  return await listDataSets(
    api,
    rma("SectionDataSet").via("genes", (gene) => gene.where("acronym", "il", acronym)),
    MAX_ROWS,
    signal,
  );
}

/** Data sets with images of one gene. */
export async function dataSetsOfGene(
  api: BrainAtlas,
  geneId: number,
  signal: AbortSignal,
): Promise<readonly SearchResult[]> {
  return await listDataSets(
    api,
    rma("SectionDataSet").via("genes", (gene) => gene.where("id", "eq", geneId)),
    MAX_DATA_SETS,
    signal,
  );
}

/** The data set, and the image, of an id. */
export async function searchId(api: BrainAtlas, id: number, signal: AbortSignal): Promise<readonly SearchResult[]> {
  const [dataSets, series] = await Promise.all([
    listDataSets(api, rma("SectionDataSet").where("id", "eq", id), 1, signal),
    findSeriesOfImage(api, id, signal),
  ]);
  return series === undefined ? dataSets : [...dataSets, { kind: "image", id, series }];
}

async function listDataSets(
  api: BrainAtlas,
  query: ModelQuery<Models["SectionDataSet"]>,
  limit: number,
  signal: AbortSignal,
): Promise<SearchResult[]> {
  const wanted = query.where("failed", "eq", false).via("section_images").limit(limit);
  const facts = wanted.include("genes").include("plane_of_section").include("products");
  const rows = await heldRows(api.rows(facts, { signal }));
  return rows.map((row) => ({
    kind: "dataset",
    id: row.id,
    name: dataSetName(row, row.plane_of_section?.name ?? undefined),
    detail: listed(row.products)
      .flatMap(({ name }) => name ?? [])
      .join(", "),
  }));
}
