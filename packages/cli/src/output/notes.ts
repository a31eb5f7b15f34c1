import type { Context } from "../context.ts";

/** Writes a line for the reader, beside the results. */
export function note(context: Pick<Context, "stderr">, text: string): void {
  context.stderr.write(`note: ${printable(text)}\n`);
}

/** Writes a line that says how to go on. */
export function hint(context: Pick<Context, "stderr">, text: string): void {
  context.stderr.write(`hint: ${printable(text)}\n`);
}

/**
 * Text without control characters, newlines and tabs apart: what a server or a file says must not drive the terminal.
 *
 * @example printable("a\u001b[2Jb") // → "a�[2Jb"
 */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (character) => (character === "\n" || character === "\t" ? character : "\ufffd"));
}
