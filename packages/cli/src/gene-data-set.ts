import type { sectionDataSets } from "@brainatlas/sdk/queries";
import { type Api, waitFor } from "./api.ts";
import type { Context } from "./context.ts";
import { asUsage, HintedError } from "./errors.ts";
import { note } from "./output/notes.ts";
import type { ChartHeading } from "./plot-file.ts";
import { findReason } from "./print-answer.ts";

/** Which data set of a gene is meant. */
export interface DataSetChoice {
  /** Acronym or id. */
  readonly gene: string;
  readonly dataSet?: number | undefined;
  /** Abbreviations or ids. @default "Mouse" */
  readonly product?: readonly number[] | readonly string[] | undefined;
}

/** A data set that was chosen. */
export interface ChosenDataSet {
  readonly id: number;
  readonly heading: ChartHeading;
}

/** What is read of a data set. */
interface DataSet {
  readonly id: number;
  readonly genes: readonly { readonly id: number; readonly acronym: string | null; readonly name: string | null }[];
  readonly plane_of_section: { readonly name: string | null } | null;
}

const DEFAULT_PRODUCT = ["Mouse"] as const;
/** Data sets of a gene that a note names. */
const NAMED = 5;

/**
 * The data set of a gene that is meant: the one that is named, else the first of a coronal plane, else the first. One that failed
 * the quality control has to be named.
 *
 * @throws {HintedError} If the gene has none, or not the one that is named.
 */
export async function findDataSet(context: Context, api: Api, choice: DataSetChoice): Promise<ChosenDataSet> {
  const { dataSet } = choice;
  const { sectionDataSets: queries } = await context.load.queries();
  const query = asUsage(() => queries.find(filterOf(choice)))
    .include("genes")
    .include("plane_of_section")
    .orderBy("id");
  const rows = api.client.rows(query, { signal: context.signal });
  const found: readonly DataSet[] = await waitFor(context, api, () => rows.all());
  if (found.length === 0) throw noDataSets(choice, await findReason(rows));
  const chosen = dataSet === undefined ? (found.find(isCoronal) ?? found[0]) : found.find(({ id }) => id === dataSet);
  if (chosen === undefined) {
    const failure = new Error(`Cannot find data set ${dataSet} of gene "${choice.gene}"`);
    throw new HintedError(failure, `it has ${found.map(describe).join(", ")}`);
  }
  if (dataSet === undefined && found.length > 1) noteOthers(context, chosen, found);
  return { id: chosen.id, heading: headingOf(chosen, choice.gene) };
}

function filterOf({ gene, dataSet, product = DEFAULT_PRODUCT }: DataSetChoice): sectionDataSets.FindOptions {
  const isId = /^\d{1,15}$/.test(gene);
  return { gene: isId ? Number(gene) : gene, product, failed: dataSet === undefined ? false : "any" };
}

function noDataSets({ gene, product = DEFAULT_PRODUCT }: DataSetChoice, reason: string | undefined): HintedError {
  const failure = new Error(`Cannot find a data set of gene "${gene}" in product ${product.join(", ")}`);
  return new HintedError(failure, reason ?? `"brainatlas datasets --gene ${gene}" lists those of all products`);
}

function noteOthers(context: Context, chosen: DataSet, found: readonly DataSet[]): void {
  const others = found.filter((each) => each !== chosen);
  const more = others.length > NAMED ? " and others" : "";
  const list = others.slice(0, NAMED).map(describe).join(", ");
  note(context, `of data set ${describe(chosen)}; --data-set takes ${list}${more}, too`);
}

function describe({ id, plane_of_section: plane }: DataSet): string {
  return `${id} (${plane?.name ?? "no plane"})`;
}

function isCoronal({ plane_of_section: plane }: DataSet): boolean {
  return plane?.name === "coronal";
}

function headingOf({ id, genes, plane_of_section: plane }: DataSet, gene: string): ChartHeading {
  const named = genes.find((each) => String(each.id) === gene || each.acronym === gene);
  const parts = [named?.name, `data set ${id}`, plane?.name].filter((part) => part);
  return { title: `Expression of ${named?.acronym ?? gene}`, subtitle: parts.join(" · ") };
}
