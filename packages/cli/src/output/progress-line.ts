import type { Context } from "../context.ts";
import { CLEAR_LINE } from "./clear-line.ts";

/** Time between two prints, in ms. */
const PRINT_MS = 100;

/** A line of a terminal that says how far something is. */
export interface ProgressLine {
  /** Prints a text in place of the last; not more often than can be read. */
  show(text: () => string): void;
  /** Takes the line away. */
  end(): void;
}

/** Makes such a line; where standard error is no terminal, it stays silent. */
export function createProgressLine({ stderr }: Pick<Context, "stderr">): ProgressLine {
  let printed: number | undefined;
  return {
    show(text) {
      const now = performance.now();
      if (stderr.isTTY !== true || (printed !== undefined && now - printed < PRINT_MS)) return;
      printed = now;
      stderr.write(`${CLEAR_LINE}${text().slice(0, (stderr.columns ?? 80) - 1)}`);
    },
    end() {
      if (printed !== undefined) stderr.write(CLEAR_LINE);
      printed = undefined;
    },
  };
}
