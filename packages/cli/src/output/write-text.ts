import type { Context } from "../context.ts";

/**
 * Writes text or bytes to standard output, and waits until its reader has kept up: rows are to come no faster than they are read, or they
 * would pile up in memory.
 *
 * @throws The signal's reason, if it is aborted meanwhile.
 */
export async function writeText(
  { stdout, signal }: Pick<Context, "stdout" | "signal">,
  text: string | Uint8Array,
): Promise<void> {
  signal.throwIfAborted();
  if (text.length === 0 || stdout.write(text) !== false || stdout.once === undefined) return;
  await new Promise<void>((resolve, reject) => {
    const finish = (settle: () => void): void => {
      stdout.off?.("drain", onDrain);
      signal.removeEventListener("abort", onAbort);
      settle();
    };
    const onDrain = (): void => finish(resolve);
    const onAbort = (): void => finish(() => reject(signal.reason));
    stdout.once?.("drain", onDrain);
    signal.addEventListener("abort", onAbort);
  });
}
