import type { TypedQuery } from "@brainatlas/sdk/rma";
import type { Api } from "../api.ts";
import type { Context } from "../context.ts";
import { nearest } from "../nearest.ts";
import { note } from "../output/notes.ts";
import type { RowOptions } from "../rows.ts";
import { chooseStructure, loadGraph, loadGraphIfAny } from "../structures.ts";

/** Options of `brainatlas connectivity experiments`. */
export interface ExperimentsOptions extends RowOptions {
  readonly id?: readonly (number | string)[] | undefined;
  /** Acronyms or ids. */
  readonly structure?: readonly string[] | undefined;
  /** Those that lie in the structures, too. */
  readonly below?: boolean | undefined;
  readonly line?: readonly string[] | undefined;
  readonly strain?: readonly string[] | undefined;
  readonly product?: readonly (number | string)[] | undefined;
  readonly all?: boolean | undefined;
}

/** The structures of injections, as a condition, and what is known of them. */
export interface Places {
  readonly filter: {
    readonly structure?: string | readonly string[];
    readonly structureIds?: readonly number[];
  };
  /** Whether there are structures below them that are not asked for. */
  readonly hasOthersBelow: boolean;
}

/**
 * The structures that are meant: those that are named, or, with `--below`, all that lie in them. An API without their graph is asked
 * by what is given.
 *
 * @throws {HintedError} If there is no such structure.
 */
export async function readPlaces(context: Context, options: ExperimentsOptions): Promise<Places> {
  const { structure: names, below } = options;
  if (names === undefined) return { filter: {}, hasOthersBelow: false };
  const graph =
    below === true
      ? await loadGraph(context, options)
      : await loadGraphIfAny(context, options, "the structures are not checked");
  if (graph === undefined) {
    const areIds = names.every((each) => /^\d{1,15}$/.test(each));
    // One text, where there is one: of that the query can say why nothing is found.
    const filter = areIds ? { structureIds: names.map(Number) } : { structure: single(names) };
    return { filter, hasOthersBelow: false };
  }
  const chosen = names.map((text) => chooseStructure(graph, text).id);
  const all = chosen.flatMap((id) => graph.tree.descendants(id, { self: true }).map((each) => each.id));
  const hasOthersBelow = below !== true && new Set(all).size > new Set(chosen).size;
  return { filter: { structureIds: [...new Set(below === true ? all : chosen)] }, hasOthersBelow };
}

function single(texts: readonly string[]): string | readonly string[] {
  const [first] = texts;
  return first !== undefined && texts.length === 1 ? first : texts;
}

/** Lines that a note names, where none is like the one that is meant. */
const NAMED_LINES = 10;

/** Says which lines the API does not know, and which it does. That it does not tell is no failure. */
export async function noteUnknownLines(context: Context, { client }: Api, lines: readonly string[]): Promise<void> {
  const { rma } = await context.load.rma();
  const ask = async (query: TypedQuery<{ readonly name: string | null }>): Promise<string[]> => {
    const rows = await client.rows(query, { signal: context.signal }).all();
    return rows.flatMap(({ name }) => name ?? []);
  };
  const all = rma("TransgenicLine").orderBy("name");
  try {
    const known = await ask(all.where("name", "in", lines));
    const unknown = lines.filter((line) => !known.includes(line));
    const others = unknown.length === 0 ? [] : await ask(all);
    for (const line of others.length === 0 ? [] : unknown) {
      note(context, `there is no transgenic line "${line}"; ${adviseLine(line, others)}`);
    }
  } catch {
    context.signal.throwIfAborted();
  }
}

function adviseLine(line: string, others: readonly string[]): string {
  const meant = nearest(line, others);
  if (meant !== undefined) return `did you mean ${meant}?`;
  const more = others.length > NAMED_LINES ? ` and ${others.length - NAMED_LINES} more` : "";
  return `there are ${others.slice(0, NAMED_LINES).join(", ")}${more}`;
}
