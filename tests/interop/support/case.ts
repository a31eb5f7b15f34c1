import { createHash } from "node:crypto";
import { type BrainAtlas, NotMirroredError } from "@brainatlas/sdk";
import type { TypedQuery } from "@brainatlas/sdk/rma";
import type { PythonArguments, PythonCall, PythonReply } from "./allensdk.ts";

/** One thing asked of the same mirror twice: by AllenSDK, and by our client. */
export interface InteropCase {
  readonly python: PythonCall;
  /** What our client receives. */
  ours(allen: BrainAtlas): Promise<unknown>;
  /** What of Python's reply is to be the same; its value if not given. */
  theirs?(reply: PythonReply): unknown;
  /** Whether both are to be refused. */
  readonly isRefused?: boolean;
}

/** A method of a class of `allensdk.api.queries`. */
export function api(of: string, method: string, ...args: unknown[]): PythonCall {
  return { of: `api.queries.${of}`, steps: [[method, ...args]] };
}

/** Methods of an object of `allensdk.core`, each on what the last one gave. */
export function core(of: string, init: PythonArguments, ...steps: PythonCall["steps"]): PythonCall {
  return { of: `core.${of}`, init, steps };
}

/** The one file that a call wrote. */
export function onlyFile({ error, files = {} }: PythonReply): unknown {
  if (error !== undefined) throw new Error(error);
  const all = Object.values(files);
  return all.length === 1 ? all[0] : files;
}

/** A file as Python describes it. */
export function fileOf(bytes: Uint8Array): { size: number; sha256: string } {
  return { size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** A case of rows. */
export function rows(python: PythonCall, query: TypedQuery<unknown>, more: Partial<InteropCase> = {}): InteropCase {
  return { python, ours: (allen) => allen.rows(query).all(), ...more };
}

/** A case of what the mirror does not hold. */
export function refused(python: PythonCall, ask: (allen: BrainAtlas) => Promise<unknown>): InteropCase {
  return {
    python,
    ours: (allen) => ask(allen).catch((error: unknown) => (error instanceof NotMirroredError ? NOT_MIRRORED : error)),
    theirs: ({ error = "" }) => (/^HTTPError: .*\b404\b/.test(error) ? NOT_MIRRORED : error),
    isRefused: true,
  };
}

const NOT_MIRRORED = "not mirrored";

/** What a test of a case is called. */
export function titleOf({ of, steps }: PythonCall): string {
  const calls = steps.map(([method, ...args]) => `${method}(${args.map(printArgument).join(", ")})`);
  return [of.slice(of.lastIndexOf(".") + 1), ...calls].join(".");
}

function printArgument(argument: unknown): string {
  if (typeof argument !== "object" || argument === null || !("named" in argument)) return JSON.stringify(argument);
  // A record of arguments, made by `named`.
  return Object.entries(argument.named as PythonArguments)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(", ");
}
