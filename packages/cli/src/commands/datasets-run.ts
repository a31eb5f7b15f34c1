import { openApi } from "../api.ts";
import type { Context } from "../context.ts";
import { asUsage, UsageError } from "../errors.ts";
import { EXIT } from "../exit.ts";
import { hint } from "../output/notes.ts";
import { printAnswer } from "../print-answer.ts";
import { boundQuery } from "../rma-query.ts";
import { chooseFormat, defaultFormat, type RowOptions } from "../rows.ts";

/** Options of `brainatlas datasets`. */
export interface DatasetsOptions extends RowOptions {
  readonly gene?: readonly number[] | readonly string[] | undefined;
  readonly product?: readonly number[] | readonly string[] | undefined;
  readonly plane?: string | undefined;
  readonly age?: readonly string[] | undefined;
  readonly treatment?: readonly string[] | undefined;
  /** Those that failed the quality control, too. */
  readonly failed?: boolean | undefined;
  readonly all?: boolean | undefined;
}

type FindOptions = NonNullable<Parameters<QueriesModule["sectionDataSets"]["find"]>[0]>;
type QueriesModule = typeof import("@brainatlas/sdk/queries");

/** Rows when nothing says how many: without a condition there are tens of thousands. */
const DEFAULT_LIMIT = 50;
const COLUMNS = [
  "id",
  "genes.acronym",
  "plane_of_section.name",
  "products.abbreviation",
  "specimen.donor.age.name",
  "failed",
] as const;

/** Lists data sets. Returns the exit code. */
export async function run(context: Context, options: DatasetsOptions): Promise<number> {
  const format = chooseFormat(options, defaultFormat(context));
  if (options.all === true && options.limit !== undefined) {
    throw new UsageError("Cannot use --all with --limit; leave one of them out");
  }
  const limit = options.all === true ? undefined : (options.limit ?? DEFAULT_LIMIT);
  const api = await openApi(context, options);
  const query = createQuery(await context.load.queries(), options);
  const { fields, failed } = options;
  const { rows, isExplained } = await printAnswer(context, api, boundQuery(query, limit), {
    format,
    fields,
    columns: COLUMNS,
    limit,
    hasAll: true,
  });
  if (rows === 0 && !isExplained && failed !== true) {
    hint(context, "--failed takes those that failed the quality control, too");
  }
  return EXIT.done;
}

function createQuery({ sectionDataSets }: QueriesModule, options: DatasetsOptions) {
  const { gene, product, plane, age, treatment, failed } = options;
  // The planes are checked by the query.
  const given = { gene, product, plane, age, treatment, failed: failed === true ? "any" : false } as FindOptions;
  return asUsage(() => sectionDataSets.find(given))
    .include("genes")
    .include("plane_of_section")
    .include("products")
    .include("specimen", (specimen) => specimen.include("donor", (donor) => donor.include("age")));
}
