/** The command line is wrong: ends the program with exit code 2. */
export class UsageError extends Error {
  readonly hint: string | undefined;

  constructor(message: string, options?: ErrorOptions & { hint?: string | undefined }) {
    super(message, options);
    this.name = "UsageError";
    this.hint = options?.hint;
  }
}

/** A failure, the `cause`, with a way to go on. */
export class HintedError extends Error {
  readonly hint: string;

  constructor(cause: unknown, hint: string) {
    super("Failed", { cause });
    this.name = "HintedError";
    this.hint = hint;
  }
}

/**
 * Calls what checks its arguments before it does anything, so that its refusals count as wrong usage.
 *
 * Only such calls: a `TypeError` out of anything else is a fault of this program.
 */
export function asUsage<T>(check: () => T): T {
  try {
    return check();
  } catch (cause) {
    const isMisuse = cause instanceof RangeError || cause instanceof TypeError || cause instanceof SyntaxError;
    if (isMisuse) throw new UsageError(cause.message, { cause });
    throw cause;
  }
}
