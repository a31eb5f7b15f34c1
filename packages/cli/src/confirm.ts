import type { Context } from "./context.ts";

/** Longest line that is looked at for an answer, in characters. */
const MAX_LINE = 1000;

/**
 * Asks in the terminal; all but `y` and `yes` means no, and so does the end of the input.
 *
 * @throws {unknown} The reason of the signal, when it is aborted.
 */
export async function confirm(context: Context, question: string): Promise<boolean> {
  context.stderr.write(`${question} [y/N] `);
  const line = await readLine(context);
  // Who ends the input presses no return.
  if (!line.includes("\n")) context.stderr.write("\n");
  return /^y(es)?\s*$/i.test(line);
}

async function readLine({ stdin, signal }: Context): Promise<string> {
  const stop = (): unknown => stdin.destroy?.(signal.reason);
  signal.addEventListener("abort", stop);
  let text = "";
  try {
    for await (const chunk of stdin) {
      text += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString();
      if (text.includes("\n") || text.length > MAX_LINE) break;
    }
  } finally {
    signal.removeEventListener("abort", stop);
  }
  signal.throwIfAborted();
  return text;
}
