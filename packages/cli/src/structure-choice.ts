import { type Api, type ApiOptions, waitFor } from "./api.ts";
import type { Context } from "./context.ts";
import { asUsage, HintedError, UsageError } from "./errors.ts";
import { DEFAULT_SET } from "./structure-set.ts";
import { chooseStructure, loadGraph } from "./structures.ts";

/** Which structures are meant. */
export interface StructureOptions extends ApiOptions {
  /** Ids or acronyms. @default those of the set */
  readonly structures?: readonly string[] | undefined;
  /** Id or name of a structure set. @default 687527670 */
  readonly set?: string | undefined;
}

/** A structure that values are shown of. */
export interface ChosenStructure {
  readonly id: number;
  readonly acronym: string;
  readonly name: string;
  /** Six hexadecimal digits. */
  readonly color: string;
}

/**
 * Checks which structures are meant, before anything is asked for.
 *
 * @throws {UsageError} If both structures and a set are given.
 */
export function checkStructureChoice({ structures, set }: StructureOptions): void {
  if (structures === undefined || set === undefined) return;
  throw new UsageError("Cannot use --structures with --set; leave one of them out");
}

/**
 * The structures that are named, in the order of the command line, or those of a set, in the order of the graph.
 *
 * @throws {HintedError} If there is no such structure or set.
 */
export async function chooseStructures(
  context: Context,
  api: Api,
  options: StructureOptions,
): Promise<ChosenStructure[]> {
  const { structures, set = DEFAULT_SET } = options;
  if (structures === undefined) return await structuresOfSet(context, api, set);
  const graph = await loadGraph(context, options);
  const chosen = structures.map((text) => chooseStructure(graph, text));
  const known = new Map(chosen.map((each) => [each.id, each]));
  return [...known.values()].map(({ id, acronym, name, color_hex_triplet }) =>
    asChosen(id, acronym, name, color_hex_triplet),
  );
}

async function structuresOfSet(context: Context, api: Api, set: string): Promise<ChosenStructure[]> {
  const { structures } = await context.load.queries();
  const query = asUsage(() => structures.inSet(/^\d+$/.test(set) ? Number(set) : set));
  const rows = await waitFor(context, api, () => api.client.rows(query, { signal: context.signal }).all());
  if (rows.length > 0) {
    return rows.map((row) => asChosen(row.id, row.acronym, row.name, row.color_hex_triplet));
  }
  throw new HintedError(
    new Error(`Cannot find structure set "${set}" at ${api.label}`),
    "name the structures themselves",
  );
}

function asChosen(id: number, acronym: string | null, name: string | null, color: string | null): ChosenStructure {
  return { id, acronym: (acronym ?? "").trim() || String(id), name: (name ?? "").trim(), color: color ?? "" };
}
