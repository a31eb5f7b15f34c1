import type { ModelStage, Options, Query, Term } from "./ast.ts";
import { parseClauses, parseRma } from "./parse.ts";
import { OPTION_NAMES, readOption } from "./parse-options.ts";
import { RmaSyntaxError } from "./rma-syntax-error.ts";

/** What the path of a request names, where it names a model (reference §3.1). */
export interface PathTarget {
  readonly model: string;
  /** Id of the one record that is asked for. */
  readonly id?: number | undefined;
}

/** Names of the parameter that holds a whole query, or the criteria of a model in the path. */
const CRITERIA_NAMES = ["criteria", "q"];

/**
 * Reads the query of a request from its URL: a whole query, or its clauses as parameters of their own, or both, with the model in
 * the path or in the query (reference §3.1). Parameters that mean nothing here are ignored, as the service does.
 *
 * @param target What the path names; `undefined` for `/data/query`.
 * @throws {RmaSyntaxError} If a clause cannot be read, or no model is named.
 */
export function parseRmaRequest(parameters: URLSearchParams, target?: PathTarget): Query {
  const criteria =
    CRITERIA_NAMES.map((name) => parameters.get(name)).find((text) => text !== null && text !== "") ?? "";
  const include = parameters.get("include") ?? "";
  const options = readOptions(parameters);
  if (target !== undefined) {
    const own = target.id === undefined ? [] : [idTerm(target.id)];
    const stage: ModelStage = { kind: "model", model: target.model, criteria: own, include: [], options: {} };
    return { stages: [addOptions(add(add(stage, criteria, "criteria"), include, "include"), options)] };
  }
  // "include=model::Gene[id$eq15]" alone is a query too.
  const query = parseRma(criteria === "" ? include : criteria);
  const last = query.stages.at(-1);
  if (last?.kind !== "model") return query;
  const answer = addOptions(criteria === "" ? last : add(last, include, "include"), options);
  return { stages: [...query.stages.slice(0, -1), answer] };
}

/** Adds what a clause of the URL says to the stage that gives the answer. */
function add(stage: ModelStage, text: string, first: "criteria" | "include"): ModelStage {
  const { criteria, include, options } = parseClauses(text, first);
  return addOptions(
    { ...stage, criteria: [...stage.criteria, ...criteria], include: [...stage.include, ...include] },
    options,
  );
}

function addOptions(stage: ModelStage, options: Options): ModelStage {
  return { ...stage, options: { ...stage.options, ...options } };
}

function idTerm(id: number): Term {
  return {
    kind: "filters",
    filters: [{ column: "id", operator: "eq", values: [{ kind: "number", text: String(id) }] }],
  };
}

function readOptions(parameters: URLSearchParams): Options {
  let options: Options = {};
  for (const name of OPTION_NAMES) {
    const text = parameters.get(name);
    if (text === null || text === "") continue;
    const fail = (expected: string, offset: number): never => {
      throw new RmaSyntaxError(text, offset, `${expected}, in ${name}`);
    };
    options = { ...options, ...readOption(name, text, fail) };
  }
  return options;
}
