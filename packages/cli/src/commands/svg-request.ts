import type { Api } from "../api.ts";
import type { Context } from "../context.ts";
import { UsageError } from "../errors.ts";
import type { RowOptions } from "../rows.ts";
import { chooseStructure, type Graph, type GraphOptions, loadGraph, loadGraphIfAny } from "../structures.ts";

/** Options of `brainatlas svg`, each as on the command line. */
export interface SvgOptions extends GraphOptions, RowOptions {
  readonly id: number;
  readonly downsample?: number | undefined;
  /** GraphicGroupLabel ids; names are none. */
  readonly groups?: readonly number[] | readonly string[] | undefined;
  /** Ids or acronyms. */
  readonly structures?: readonly string[] | undefined;
  readonly at?: readonly (readonly number[])[] | undefined;
  readonly list?: boolean | undefined;
  readonly out?: string | undefined;
  readonly dryRun?: boolean | undefined;
}

/** What is asked of the service. */
export interface SvgRequest {
  readonly groups: readonly number[] | undefined;
  readonly downsample: number | undefined;
}

/** Whether rows are asked for, and not the drawing. */
export function asksForRows(options: SvgOptions): boolean {
  const { at, list, out, downsample, format, fields } = options;
  if (at !== undefined && list === true) throw new UsageError("Cannot use --at and --list at once; give one of them");
  const rows = at !== undefined ? "--at" : list === true ? "--list" : undefined;
  const foreign = { "--out": out, "--downsample": downsample };
  for (const [flag, value] of Object.entries(foreign)) {
    if (rows !== undefined && value !== undefined) {
      throw new UsageError(
        `Cannot use ${flag} with ${rows}, which prints rows in full-resolution pixels; leave one out`,
      );
    }
  }
  for (const [flag, value] of Object.entries({ "--format": format, "--fields": fields })) {
    if (rows === undefined && value !== undefined) {
      throw new UsageError(`Cannot use ${flag} for a drawing; give it with --at or --list`);
    }
  }
  return rows !== undefined;
}

/** What is asked of the service. */
export function readRequest({ groups, downsample }: SvgOptions): SvgRequest {
  const ids = groups?.filter((id) => typeof id === "number");
  if (ids?.length === groups?.length) return { groups: ids, downsample };
  throw new UsageError(`Cannot use --groups ${groups?.join(",")}; give ids with commas between them, such as 28`);
}

/** The URL that is to be asked. Nothing is sent: the request ends in this process, and what it refuses is wrong usage. */
export async function findSvgUrl(
  context: Context,
  { client: { baseUrl } }: Api,
  id: number,
  request: SvgRequest & { readonly download: boolean },
): Promise<string> {
  const { BrainAtlas } = await context.load.sdk();
  let found = "";
  const fetch = async (url: string): Promise<Response> => {
    found = url;
    return new Response('<svg width="1" height="1"/>');
  };
  try {
    await new BrainAtlas({ baseUrl, fetch }).svg(id, request);
  } catch (cause) {
    if (cause instanceof RangeError) throw new UsageError(cause.message, { cause });
    throw cause;
  }
  return found;
}

/** Structures that are named, and those that lie in them. */
export interface Selection {
  /** Ids of the ones that are named. */
  readonly named: readonly number[];
  readonly all: ReadonlySet<number>;
}

/** The graph of the structures, without which ids are as good as they are, and acronyms nothing. */
export async function loadSvgGraph(context: Context, options: SvgOptions): Promise<Graph | undefined> {
  const { structures = [] } = options;
  if (!structures.every(isId)) return await loadGraph(context, options);
  const without = structures.length === 0 ? "ids without names" : "ids alone, without what lies in them";
  return await loadGraphIfAny(context, options, without);
}

function isId(name: string): boolean {
  return /^\d{1,15}$/.test(name);
}

/** The structures that are meant; `undefined` for all. Without a graph they are ids, and what lies in them is not known. */
export function selectStructures(
  graph: Graph | undefined,
  names: readonly string[] | undefined,
): Selection | undefined {
  if (names === undefined) return undefined;
  if (graph === undefined) {
    const ids = names.map(Number);
    return { named: ids, all: new Set(ids) };
  }
  const named = [...new Set(names.map((name) => chooseStructure(graph, name).id))];
  const all = new Set(named.flatMap((id) => graph.tree.descendants(id, { self: true }).map((each) => each.id)));
  return { named, all };
}
