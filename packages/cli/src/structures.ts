import { isAtlasError } from "@brainatlas/sdk";
import type { StructureRecord, StructureTree } from "@brainatlas/sdk/ontology";
import { type Api, type ApiOptions, openApi, waitFor } from "./api.ts";
import type { Context } from "./context.ts";
import { HintedError, UsageError } from "./errors.ts";
import { describeFailure } from "./failure.ts";
import { note } from "./output/notes.ts";

/** Options of every command about structures. */
export interface GraphOptions extends ApiOptions {
  /** @default 1 */
  readonly graph?: number | undefined;
}

/** The structures of an ontology, and where they are from. */
export interface Graph {
  readonly api: Api;
  readonly id: number;
  readonly tree: StructureTree;
}

/** The mouse's. */
const DEFAULT_GRAPH = 1;
/** Structures that an error suggests. */
const SUGGESTIONS = 3;
/** Graphs that an error names. */
const NAMED_GRAPHS = 10;

/** An API has not the structure graph that is asked for. */
class MissingGraphError extends HintedError {
  /** Whether it has others. */
  readonly hasOthers: boolean;

  constructor(cause: Error, wayOut: string, hasOthers: boolean) {
    super(cause, wayOut);
    this.name = "MissingGraphError";
    this.hasOthers = hasOthers;
  }
}

/**
 * Loads the structures for a command that gets along without them: `undefined`, with a note, if the API has not their graph. A
 * graph that is chosen is needed where there are others.
 *
 * @param without What is done then.
 * @param wayOut Another way to the names, if the command has one.
 */
export async function loadGraphIfAny(
  context: Context,
  options: GraphOptions,
  without: string,
  wayOut?: string,
): Promise<Graph | undefined> {
  try {
    return await loadGraph(context, options);
  } catch (error) {
    const isNeeded = !(error instanceof MissingGraphError) || (error.hasOthers && options.graph !== undefined);
    if (isNeeded) throw error;
    note(
      context,
      `${without}: ${describeFailure(error)}; ${wayOut === undefined ? "" : `${wayOut}, or `}${error.hint}`,
    );
    return undefined;
  }
}

/**
 * Loads the structures that are meant.
 *
 * @throws {HintedError} If the API has not their graph.
 */
export async function loadGraph(context: Context, options: GraphOptions): Promise<Graph> {
  const { graph: id = DEFAULT_GRAPH } = options;
  if (id < 1) throw new UsageError(`Cannot use --graph ${id}; give a whole number of 1 or more`);
  const api = await openApi(context, options);
  try {
    return {
      api,
      id,
      tree: await waitFor(context, api, () => api.client.structureTree(id, { signal: context.signal })),
    };
  } catch (error) {
    const cause = error instanceof HintedError ? error.cause : error;
    // The service answers with no row at all.
    if (!isAtlasError(cause, "ATLAS_DECODE") || cause.at !== "msg[0]") throw error;
    const graphs = await listGraphs(context, api);
    const failure = new Error(`Cannot find structure graph ${id} at ${api.label}; ${describeGraphs(graphs)}`, {
      cause,
    });
    const hasOthers = graphs !== undefined && graphs.length > 0;
    const choice = hasOthers || api.kind !== "mirror" ? ["--graph takes one that it has"] : [];
    const ways = [...choice, ...(api.kind === "mirror" ? [await howToImport(context, id)] : [])];
    throw new MissingGraphError(failure, ways.join("; "), hasOthers);
  }
}

/** How a graph comes into a store. */
async function howToImport(context: Context, id: number): Promise<string> {
  const { DEFAULT_BASE_URL } = await context.load.sdk();
  const url = `${DEFAULT_BASE_URL}/api/v2/structure_graph_download/${id}.json`;
  return `"brainatlas store import ${id}.json" puts it into a store, from ${url}`;
}

type GraphRow = Readonly<Record<"id" | "name", unknown>>;

/** The first graphs that an API has, and one more than are named; `undefined` if it does not say. */
async function listGraphs(context: Context, { client }: Api): Promise<readonly GraphRow[] | undefined> {
  const { structureGraphs } = await context.load.queries();
  // One more tells whether there are others.
  const query = structureGraphs
    .all()
    .orderBy("id")
    .limit(NAMED_GRAPHS + 1);
  // The graph is missing, whether or not this is answered.
  const graphs = await client
    .rows(query, { signal: context.signal })
    .all()
    .catch(() => undefined);
  context.signal.throwIfAborted();
  return graphs;
}

/** Which graphs an API has, in words. */
function describeGraphs(graphs: readonly GraphRow[] | undefined): string {
  if (graphs === undefined) return "it does not say which it has";
  if (graphs.length === 0) return "it has no structure graphs";
  const names = graphs.slice(0, NAMED_GRAPHS).map(({ id, name }) => `${id} (${name})`);
  return `it has ${names.join(", ")}${graphs.length > NAMED_GRAPHS ? " and others" : ""}`;
}

/**
 * The structure that a text names: by its id, else its acronym, else its acronym or name in any capitals.
 *
 * @throws {HintedError} If none is called so, or several are.
 */
export function chooseStructure({ tree, id: graphId }: Graph, text: string): StructureRecord {
  const inAnyCase = { ignoreCase: true };
  const byId = /^\d+$/.test(text) ? tree.get(Number(text)) : undefined;
  const candidates = [
    byId === undefined ? [] : [byId],
    tree.allByAcronym(text),
    tree.allByAcronym(text, inAnyCase),
    tree.allByName(text, inAnyCase),
  ];
  const [found, ...others] = candidates.find((structures) => structures.length > 0) ?? [];
  if (found !== undefined && others.length === 0) return found;
  const meant = found === undefined ? tree.find(text, { limit: SUGGESTIONS }) : [found, ...others];
  const list = meant.map(({ id, acronym, name }) => `${id} (${acronym.trim()}, ${name.trim()})`).join(", ");
  if (found !== undefined)
    throw new HintedError(new Error(`Cannot tell which "${text}" is meant`), `give one of ${list}`);
  const failure = new Error(
    `Cannot find structure "${text}" in graph ${graphId}; give an id or an acronym that it has`,
  );
  throw meant.length === 0 ? failure : new HintedError(failure, `did you mean ${list}?`);
}
