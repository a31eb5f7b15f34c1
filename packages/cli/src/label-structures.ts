import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { StructureTree } from "@brainatlas/sdk/ontology";
import type { ApiOptions } from "./api.ts";
import type { Context } from "./context.ts";
import { UsageError } from "./errors.ts";
import { describeReadError } from "./read-error.ts";
import { loadGraphIfAny } from "./structures.ts";

/** Options of commands that name structures. */
export interface StructuresOptions extends ApiOptions {
  /** File of a structure graph, as `structure_graph_download` gives it. */
  readonly structures?: string | undefined;
  /** @default 1 */
  readonly graph?: number | undefined;
}

/**
 * The structures whose ids are the labels: from a file where one is given, else from the API; `undefined`, with a note, if that has
 * not their graph.
 *
 * @param without What is done without them.
 * @throws {UsageError} If both a file and a graph are given.
 * @throws {Error} If the file cannot be read, or is none of structures.
 */
export async function loadStructures(
  context: Context,
  options: StructuresOptions,
  without: string,
): Promise<StructureTree | undefined> {
  const { structures: path } = options;
  if (path === undefined) {
    return (await loadGraphIfAny(context, options, without, "--structures takes a file of it"))?.tree;
  }
  if (options.graph !== undefined) throw new UsageError("Cannot use --graph with --structures, a file of one graph");
  const { parseStructureGraph } = await import("@brainatlas/sdk/ontology");
  try {
    return parseStructureGraph(JSON.parse(await readFile(resolve(context.cwd, path), "utf8")));
  } catch (cause) {
    throw new Error(
      `Cannot read the structures in "${path}": ${describeReadError(cause)}; give the JSON of a structure graph, such as structure_graph_download/1.json`,
      { cause },
    );
  }
}
