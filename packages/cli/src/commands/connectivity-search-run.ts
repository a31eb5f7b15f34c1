import { openApi } from "../api.ts";
import type { Context } from "../context.ts";
import { asUsage, UsageError } from "../errors.ts";
import { EXIT } from "../exit.ts";
import { printAnswer } from "../print-answer.ts";
import { boundQuery } from "../rma-query.ts";
import { chooseFormat, chooseLimit, defaultFormat, type RowOptions } from "../rows.ts";
import { connectivityColumns } from "../service-columns.ts";
import { findUrl } from "../url-of.ts";

/** Options of `brainatlas connectivity search`. */
export interface SearchOptions extends RowOptions {
  readonly source?: readonly (number | string)[] | undefined;
  readonly target?: readonly (number | string)[] | undefined;
  /** In µm of reference space. */
  readonly through?: readonly number[] | undefined;
  /** In µm of reference space. */
  readonly near?: readonly number[] | undefined;
  readonly like?: number | undefined;
  readonly hemisphere?: string | undefined;
  readonly line?: readonly (number | string)[] | undefined;
  readonly wildType?: boolean | undefined;
  readonly primaryOnly?: boolean | undefined;
  readonly product?: readonly (number | string)[] | undefined;
  readonly all?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

/** The id that stands for no transgenic line. */
const WILD_TYPE = 0;

/** Searches experiments. Returns the exit code. */
export async function run(context: Context, options: SearchOptions): Promise<number> {
  const format = chooseFormat(options, defaultFormat(context));
  const limit = chooseLimit(options);
  const { serviceQuery } = await import("@brainatlas/sdk/services");
  const { name, parameters } = readSearch(options);
  const query = asUsage(() => serviceQuery(name, parameters));
  const api = await openApi(context, options);
  const bounded = boundQuery(query, limit);
  if (options.dryRun === true) {
    context.stdout.write(`${await findUrl(context, api, bounded)}\n`);
    return EXIT.done;
  }
  const columns = connectivityColumns(query.toQuery());
  await printAnswer(context, api, bounded, { format, fields: options.fields, columns, limit, hasAll: true });
  return EXIT.done;
}

/** A service with its parameters, by the API's spelling. */
interface Search {
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

function readSearch(options: SearchOptions): Search {
  const { source, target, through, near, like, hemisphere } = options;
  const kinds = (["through", "near", "like"] as const).filter((kind) => options[kind] !== undefined);
  if (kinds.length > 1) throw new UsageError(`Cannot use --${kinds.join(" with --")}; give one of them`);
  const common = readCommon(options);
  if (like !== undefined) {
    const parameters = { row: like, structures: target, hemisphere, injection_structures: source, ...common };
    return { name: "mouse_connectivity_correlation", parameters };
  }
  if (hemisphere !== undefined && target === undefined) {
    throw new UsageError("Cannot use --hemisphere without --target; it is the target's");
  }
  if (through !== undefined || near !== undefined) {
    if (target !== undefined) throw new UsageError(`Cannot use --target with --${kinds.join("")}; leave it out`);
    const name = through === undefined ? "injection_coordinate" : "target_spatial";
    const parameters = { seed_point: through ?? near, injection_structures: source, ...common };
    return { name: `mouse_connectivity_${name}`, parameters };
  }
  if (source === undefined) {
    throw new UsageError("Cannot search without a place; give --source, --through, --near or --like");
  }
  const parameters = { injection_structures: source, target_domain: target, target_hemisphere: hemisphere, ...common };
  return { name: "mouse_connectivity_injection_structure", parameters };
}

function readCommon({ line, wildType, primaryOnly, product }: SearchOptions): Record<string, unknown> {
  if (line !== undefined && wildType === true) {
    throw new UsageError("Cannot use --line with --wild-type; leave one of them out");
  }
  const lines = wildType === true ? WILD_TYPE : line;
  return { transgenic_lines: lines, product_ids: product, primary_structure_only: primaryOnly };
}
