import { graphJson, graphXml } from "../ontology/format-graph.ts";
import { readGraph } from "../ontology/graph-rows.ts";
import { hangTree } from "../ontology/graph-tree.ts";
import { searchTree, TREES } from "../ontology/tree-search.ts";
import { type Format, formatAnswer, isFormat, MEDIA_TYPES } from "../rma/format-answer.ts";
import type { AtlasStore } from "../store/atlas-store.ts";
import { answerFailure } from "./data-failure.ts";
import { dataHeaders } from "./data-headers.ts";
import { readNamedFile } from "./named-file.ts";
import { refuse, refuseFormat, refuseNotMirrored, SOURCE_HEADER } from "./refuse.ts";
import { startText } from "./text-body.ts";

/** What trees come from. */
export interface TreeSource {
  readonly store: AtlasStore;
  /** Longest time that the database may take to find one, in ms. */
  readonly timeLimitMs: number;
}

/** Answers the download of a graph of structures (reference §4.1); a graph that there is none of is empty (§12). */
export async function answerGraph(
  { store, timeLimitMs }: TreeSource,
  file: string,
  { signal }: Request,
): Promise<Response> {
  const named = readNamedFile(file);
  if (named === undefined) return refuse(404, `There is no structure graph ${JSON.stringify(file.slice(0, 40))} here`);
  const { id, extension } = named;
  if (extension !== "json" && extension !== "xml") return refuseFormat(extension, "json", "xml");
  const database = await store.records?.();
  if (database === undefined) return refuseNotMirrored("This mirror holds no records");
  try {
    const roots = hangTree(await readGraph(database, id, { timeLimitMs, signal }));
    return answerText(extension === "json" ? graphJson(roots) : graphXml(roots), extension);
  } catch (error) {
    return answerFailure(error, extension);
  }
}

/** Answers a search of ancestors and descendants (reference §4.2): neither, unless they are asked for. */
export async function answerTree(
  { store, timeLimitMs }: TreeSource,
  model: string,
  file: string,
  request: Request,
): Promise<Response> {
  const named = readNamedFile(file);
  if (named === undefined || !TREES.has(model)) {
    return refuse(404, `There is no tree of ${JSON.stringify(`${model}/${file}`.slice(0, 60))}; give ${known()}`);
  }
  const { id, extension } = named;
  if (!isFormat(extension)) return refuseFormat(extension);
  const database = await store.records?.();
  if (database === undefined) return refuseNotMirrored("This mirror holds no records");
  const { searchParams } = new URL(request.url);
  const asks = (name: string): boolean => /^t(rue)?$/i.test(searchParams.get(name) ?? "");
  const search = { model, id, ancestors: asks("ancestors"), descendants: asks("descendants") };
  try {
    const answer = await searchTree(database, search, { timeLimitMs, signal: request.signal });
    const body = await startText(formatAnswer(answer, extension));
    return new Response(body, { headers: dataHeaders(extension, searchParams) });
  } catch (error) {
    return answerFailure(error, extension);
  }
}

function known(): string {
  return [...TREES.keys()].map((model) => `${model}/{id}`).join(" or ");
}

function answerText(text: string, format: Format): Response {
  return new Response(text, {
    headers: { "content-type": MEDIA_TYPES[format], vary: "Accept-Encoding", [SOURCE_HEADER]: "computed" },
  });
}
