import { isAtlasError } from "@brainatlas/sdk";
import { printRma, type TypedQuery } from "@brainatlas/sdk/rma";
import type { Api } from "../../api.ts";
import { withOptions } from "../../rma-query.ts";
import type { PullRecords } from "../plan.ts";
import { completeRows } from "./complete-rows.ts";
import type { PlanRow } from "./row-values.ts";

/** Rows of one model, by the name that their files have. */
export interface AskedRecords extends PullRecords {
  readonly rows: readonly PlanRow[];
}

/**
 * Asks for rows, all of them.
 *
 * @param name Name of their files without folder and ending, such as `atlas_images`.
 */
export async function askRecords(
  { client }: Pick<Api, "client">,
  name: string,
  query: TypedQuery<unknown>,
  signal: AbortSignal,
): Promise<AskedRecords> {
  const whole = query.toQuery();
  return {
    query: printRma(withOptions(whole, { numRows: undefined, startRow: undefined, count: undefined })),
    model: modelOf(query),
    rows: await completeRows(client, query, signal),
    name,
  };
}

/** Asks for rows without which the rest is of use too: where the API refuses the query, a note says so. */
export async function askIfAnswered(
  api: Pick<Api, "client">,
  name: string,
  query: TypedQuery<unknown>,
  signal: AbortSignal,
  notes: string[],
): Promise<AskedRecords | undefined> {
  return await askOr(api, name, query, signal, (reason) => notes.push(leftOut(name, reason)));
}

/** Asks for rows on which nothing else depends: a mirror that has none of them is not worth a word. */
export async function askIfMirrored(
  api: Pick<Api, "client">,
  name: string,
  query: TypedQuery<unknown>,
  signal: AbortSignal,
  notes: string[],
): Promise<AskedRecords | undefined> {
  return await askOr(api, name, query, signal, (reason) => {
    if (reason !== NOT_MIRRORED) notes.push(leftOut(name, reason));
  });
}

const NOT_MIRRORED = "the mirror holds none";

/** Asks for rows, or tells why they are not answered. */
async function askOr(
  api: Pick<Api, "client">,
  name: string,
  query: TypedQuery<unknown>,
  signal: AbortSignal,
  onLeft: (reason: string) => void,
): Promise<AskedRecords | undefined> {
  try {
    return await askRecords(api, name, query, signal);
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === undefined) throw error;
    onLeft(reason);
    return undefined;
  }
}

function leftOut(name: string, reason: string): string {
  return `${name.replaceAll("_", " ")} are left out: ${reason}`;
}

/** Why there is no answer, where the rest may well be answered; `undefined` for all else. */
function reasonOf(error: unknown): string | undefined {
  if (isAtlasError(error, "ATLAS_NOT_MIRRORED")) return NOT_MIRRORED;
  if (isAtlasError(error, "ATLAS_HTTP") && error.status === 404) return "the API has none";
  return isAtlasError(error, "ATLAS_API")
    ? `the API says ${JSON.stringify(error.serverMessage.slice(0, 200))}`
    : undefined;
}

/** What was answered, and has rows. */
export function withRows(...all: readonly (AskedRecords | undefined)[]): PullRecords[] {
  return all.filter((each) => each !== undefined).filter(({ rows }) => rows.length > 0);
}

/** Runs questions side by side; when one fails, the others are given up. */
export async function together<T>(signal: AbortSignal, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const failed = new AbortController();
  try {
    return await ask(AbortSignal.any([signal, failed.signal]));
  } finally {
    failed.abort();
  }
}

function modelOf(query: TypedQuery<unknown>): string {
  const last = query.toQuery().stages.at(-1);
  return last?.kind === "model" ? last.model : "";
}
