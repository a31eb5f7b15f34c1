import { type ModelStage, parseRma, parseRmaRequest, type Query } from "@brainatlas/sdk/rma";
import type { Catalogue } from "../records/catalogue.ts";
import { printNearNames } from "../rma/near-names.ts";
import type { ImportOptions } from "./source.ts";

/** What was asked of the service, as far as it says what an answer holds. */
export interface Question {
  readonly model: string | undefined;
  /** The stage that gives the answer. */
  readonly stage: ModelStage | undefined;
}

/**
 * Reads what the caller says of the rows in a file.
 *
 * @throws {TypeError} If it names no model, or two.
 * @throws {RmaSyntaxError} If the query cannot be read.
 */
export function readQuestion({ model, query }: ImportOptions, catalogue: Catalogue): Question {
  const stage = query === undefined ? undefined : stageOf(query);
  const named = model ?? stage?.model;
  if (stage !== undefined && named !== stage.model) {
    throw new TypeError(`Cannot use the model "${named}" with a query for ${stage.model}; give one of the two`);
  }
  if (named !== undefined && catalogue.model(named) === undefined) {
    const near = printNearNames(named, catalogue.models) || "; give one of the service's";
    throw new TypeError(`Cannot use the model "${named}": there is none of that name${near}`);
  }
  return { model: named, stage };
}

function stageOf(query: string): ModelStage {
  const stage = parseQuery(query).stages.at(-1);
  if (stage?.kind === "model") return stage;
  throw new TypeError("Cannot use the query: its last stage is none of a model; give one that answers with rows");
}

/** A URL, whole or from its path on, has the model in its path or in its query (reference §3.1). */
function parseQuery(query: string): Query {
  const [, model, file, search] = /\/data\/(?:([A-Z]\w*)\/)?([\w.]+)(?:\?(.*))?$/s.exec(query) ?? [];
  if (file === undefined) return parseRma(query);
  const id = /^-?\d+/.exec(file)?.[0];
  const target = model === undefined ? undefined : { model, ...(id !== undefined && { id: Number(id) }) };
  return parseRmaRequest(new URLSearchParams(search), target);
}
