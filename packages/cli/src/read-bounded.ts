import type { Input } from "./context.ts";

/**
 * UTF-8 text of a source, to its end.
 *
 * @param signal Ends the reading, with its reason.
 * @param tooLong Makes the error for more than `maxBytes`.
 */
export async function readBounded(
  source: Input,
  maxBytes: number,
  signal: AbortSignal,
  tooLong: () => Error,
): Promise<string> {
  const stop = (): unknown => source.destroy?.(signal.reason);
  signal.addEventListener("abort", stop);
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of source) {
      const bytes = Buffer.from(chunk as Uint8Array); // Text is taken too, which the type of `from` has apart.
      sizeBytes += bytes.length;
      if (sizeBytes > maxBytes) throw tooLong();
      chunks.push(bytes);
    }
  } finally {
    signal.removeEventListener("abort", stop);
  }
  return Buffer.concat(chunks).toString("utf8");
}
