/** Why a body could not be had whole. */
export type BodyFault =
  | { readonly fault: "too-large"; readonly maxBodyBytes: number }
  | { readonly fault: "short"; readonly receivedBytes: number; readonly promisedBytes: number };

/** Bounds the length that a header promises before anything is read. */
export function isTooLarge(headers: Headers, maxBodyBytes: number): boolean {
  return (promisedBytes(headers) ?? 0) > maxBodyBytes;
}

/**
 * Reads a body to its end, and stops at the first byte past the limit.
 *
 * @param race Joins each wait with the attempt's abort, for a `fetch` that does not watch its signal.
 */
export async function readBody(
  response: Response,
  maxBodyBytes: number,
  race: <T>(promise: Promise<T>) => Promise<T>,
): Promise<Uint8Array<ArrayBuffer> | BodyFault> {
  if (isTooLarge(response.headers, maxBodyBytes)) {
    discardBody(response);
    return { fault: "too-large", maxBodyBytes };
  }
  const bytes = await readBounded(response, maxBodyBytes, race);
  if (bytes === undefined) return { fault: "too-large", maxBodyBytes };
  const promised = promisedBytes(response.headers);
  return promised !== undefined && bytes.byteLength < promised
    ? { fault: "short", receivedBytes: bytes.byteLength, promisedBytes: promised }
    : bytes;
}

/** Lets go of a body that nobody reads, so that its connection is free again. */
export function discardBody(response: Response): void {
  response.body?.cancel().catch(() => {
    // The connection is gone already: nothing is left to free.
  });
}

async function readBounded(
  response: Response,
  maxBodyBytes: number,
  race: <T>(promise: Promise<T>) => Promise<T>,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const reader = response.body?.getReader();
  if (reader === undefined) return new Uint8Array(0);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let total = 0;
  try {
    for (;;) {
      const { done, value } = await race(reader.read());
      if (done) return joinChunks(chunks, total);
      total += value.byteLength;
      if (total > maxBodyBytes) return undefined;
      chunks.push(value);
    }
  } finally {
    // Ends an abandoned body; on one that was read to its end it does nothing.
    reader.cancel().catch(() => {});
  }
}

function joinChunks(chunks: readonly Uint8Array<ArrayBuffer>[], total: number): Uint8Array<ArrayBuffer> {
  const [only] = chunks;
  if (chunks.length === 1 && only !== undefined) return only;
  const bytes = new Uint8Array(total);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

/** The length that the headers promise of the body as it is read: unknown once it is compressed. */
function promisedBytes(headers: Headers): number | undefined {
  const text = headers.get("content-length");
  const encoding = headers.get("content-encoding");
  if (text === null || (encoding !== null && encoding !== "identity") || !/^\d+$/.test(text)) return undefined;
  return Number(text);
}
