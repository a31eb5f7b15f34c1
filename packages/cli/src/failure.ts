import { isAtlasError } from "@brainatlas/sdk";
import { type Context, Interrupt } from "./context.ts";
import { HintedError, UsageError } from "./errors.ts";
import { EXIT } from "./exit.ts";
import { hint, printable } from "./output/notes.ts";

/** Says on stderr what went wrong, and returns the exit code for it. */
export function reportFailure(context: Context, error: unknown, verbose: boolean): number {
  if (error instanceof Interrupt) return error.signalName === "SIGINT" ? EXIT.interrupted : EXIT.terminated;
  context.stderr.write(`error: ${printable(describeFailure(error))}\n`);
  if ((error instanceof UsageError || error instanceof HintedError) && error.hint !== undefined) {
    hint(context, error.hint);
  }
  if (verbose) context.stderr.write(`${printable(printStack(error))}\n`);
  return error instanceof UsageError ? EXIT.usage : EXIT.failed;
}

/** Whether stack traces are wanted. The flag is looked for in the raw arguments: the command may not have got to it. */
export function isVerbose(args: readonly string[], env: Context["env"]): boolean {
  return args.includes("--verbose") || (env.DEBUG ?? "") !== "";
}

/** Message of an error, in the words of the command line. */
export function describeFailure(error: unknown): string {
  if (error instanceof HintedError) return describeFailure(error.cause);
  if (isAtlasError(error, "ATLAS_TIMEOUT")) {
    // The SDK's own message advises its option `timeoutMs`, which is no option here.
    const times = error.attempts > 1 ? ` in each of ${error.attempts} attempts` : "";
    return `Cannot ${error.method} ${error.url}: no complete answer within ${error.timeoutMs / 1000} s${times}; give more time with --timeout, or ask for less`;
  }
  if (error instanceof Error && error.message !== "") return error.message;
  return String(error);
}

/** Stack of an error and of what caused it. */
export function printStack(error: unknown): string {
  const root = error instanceof HintedError ? error.cause : error;
  if (!(root instanceof Error)) return String(root);
  const cause = root.cause === undefined ? "" : `\ncaused by ${printStack(root.cause)}`;
  return `${root.stack ?? root.message}${cause}`;
}
