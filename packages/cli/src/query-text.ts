import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import type { Context, Input } from "./context.ts";
import { UsageError } from "./errors.ts";
import { note } from "./output/notes.ts";
import { readBounded } from "./read-bounded.ts";

/** Longest query that is read, in bytes: more than the parser takes, so that it says what is wrong. */
const MAX_BYTES = 4_000_000;

/** Where a query is: on the command line, on standard input (`-`) or in a file. */
export interface QueryPlace {
  readonly query?: string | undefined;
  readonly file?: string | undefined;
}

/**
 * The text of a query; `undefined` if none is given.
 *
 * @throws {UsageError} If two are given, or what is read is empty.
 * @throws {Error} If it cannot be read, or is too long.
 */
export async function readQueryText(context: Context, { query, file }: QueryPlace): Promise<string | undefined> {
  if (query !== undefined && file !== undefined) {
    throw new UsageError("Cannot use a query and --file at once; give one of them");
  }
  if (file !== undefined) return await readFile(context, file);
  if (query !== "-") return query;
  if (context.stdin.isTTY === true) note(context, "reading the query from the terminal; end it with Ctrl-D");
  return await readQuery(context.stdin, "standard input", context.signal);
}

async function readFile({ cwd, signal }: Context, file: string): Promise<string> {
  const name = JSON.stringify(file);
  try {
    return await readQuery(createReadStream(resolve(cwd, file)), name, signal);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === undefined) throw cause; // Errors of the system have a code, ours none.
    throw new Error(`Cannot read the query from ${name}: ${(cause as Error).message}`, { cause });
  }
}

/** Reads a query to its end, or gives up where it is too long. */
async function readQuery(source: Input, name: string, signal: AbortSignal): Promise<string> {
  const tooLong = (): Error => new Error(`Cannot read the query from ${name}: it is longer than 4 MB`);
  const text = await readBounded(source, MAX_BYTES, signal, tooLong);
  if (text.trim() === "") throw new UsageError(`Cannot ask without a query: ${name} is empty`);
  return text;
}
