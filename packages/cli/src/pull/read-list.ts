import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import type { Context, Input } from "../context.ts";
import { note } from "../output/notes.ts";
import { readBounded } from "../read-bounded.ts";

/** Longest list that is read, in bytes: a million ids. */
const MAX_BYTES = 16_000_000;

/**
 * The text of a list: of a file, or of standard input (`-`).
 *
 * @throws {Error} If it cannot be read, or is too long; the message names it.
 */
export async function readList(context: Context, file: string): Promise<string> {
  const name = file === "-" ? "standard input" : JSON.stringify(file);
  if (file === "-" && context.stdin.isTTY === true)
    note(context, "reading the list from the terminal; end it with Ctrl-D");
  const source: Input = file === "-" ? context.stdin : createReadStream(resolve(context.cwd, file));
  try {
    return await readBounded(source, MAX_BYTES, context.signal, () => new Error("it is longer than 16 MB; divide it"));
  } catch (cause) {
    context.signal.throwIfAborted();
    const { code } = cause as NodeJS.ErrnoException; // Errors of the system carry one.
    const reason = code === "ENOENT" ? "there is no such file; check the path" : (cause as Error).message;
    throw new Error(`Cannot read the list ${name}: ${reason}`, { cause });
  }
}
