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
 * Text without control characters, newlines and tabs apart, and without marks that turn the direction of writing: what a server
 * or a file says must not drive the terminal, nor show letters in another order than they have.
 *
 * @example printable("a\u001b[2Jb") // → "a�[2Jb"
 */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (character) =>
    character === "\n" || character === "\t" ? character : "\ufffd",
  );
}
