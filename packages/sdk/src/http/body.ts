import type { Deadline } from "./deadline.ts";

/** Why a body could not be had whole. */
export type BodyFault =
  | { readonly fault: "too-large"; readonly maxBodyBytes: number }
  | { readonly fault: "short"; readonly receivedBytes: number; readonly promisedBytes: number };

/**
 * Reads a body to its end, and stops at the first byte past the limit.
 *
 * @param deadline Ends the reading too where a `fetch` does not watch its signal.
 */
export async function readBody(
  response: Response,
  method: string,
  maxBodyBytes: number,
  deadline: Deadline,
): Promise<Uint8Array<ArrayBuffer> | BodyFault> {
  if (method === "HEAD") {
    discardBody(response);
    return new Uint8Array(0); // Its length is promised of the answer to a GET.
  }
  const promised = promisedBytes(response.headers);
  if (promised !== undefined && promised > maxBodyBytes) {
    discardBody(response);
    return { fault: "too-large", maxBodyBytes };
  }
  const bytes = await readBounded(response, maxBodyBytes, deadline);
  if (bytes === undefined) return { fault: "too-large", maxBodyBytes };
  return promised !== undefined && bytes.byteLength < promised
    ? { fault: "short", receivedBytes: bytes.byteLength, promisedBytes: promised }
    : bytes;
}

/** Longest body that is cheaper to let in than to cancel, which may close the connection. */
const SMALL_BYTES = 4096;

/** Lets go of a body that nobody reads, so that its connection is free again. */
export function discardBody(response: Response): void {
  const promised = promisedBytes(response.headers) ?? Number.POSITIVE_INFINITY;
  const gone: Promise<unknown> | undefined = promised <= SMALL_BYTES ? response.arrayBuffer() : response.body?.cancel();
  gone?.catch(() => {
    // The connection is gone already: nothing is left to free.
  });
}

async function readBounded(
  response: Response,
  maxBodyBytes: number,
  deadline: Deadline,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const reader = response.body?.getReader();
  if (reader === undefined) return new Uint8Array(0);
  const drop = (): void => {
    reader.cancel().catch(() => {
      // The connection is gone already: nothing is left to free.
    });
  };
  const stop = deadline.onAbort(drop);
  try {
    const bytes = await deadline.race(readChunks(reader, maxBodyBytes));
    if (bytes === undefined) drop();
    return bytes;
  } finally {
    stop();
  }
}

async function readChunks(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  maxBodyBytes: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let total = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joinChunks(chunks, total);
    total += value.byteLength;
    if (total > maxBodyBytes) return undefined;
    chunks.push(value);
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
export function promisedBytes(headers: Headers): number | undefined {
  const text = headers.get("content-length");
  if (text === null || !/^\d+$/.test(text)) return undefined;
  const encoding = headers.get("content-encoding");
  return encoding === null || encoding === "identity" ? Number(text) : undefined;
}
