import type { Context } from "../context.ts";

/** Width that lines are to keep within: the terminal's, and none for a file or a pipe. */
export function roomOf({ stdout }: Pick<Context, "stdout">): number {
  return stdout.isTTY === true ? (stdout.columns ?? 80) : Number.POSITIVE_INFINITY;
}
