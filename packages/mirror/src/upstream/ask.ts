import { heedAnswer } from "../heed.ts";
import { UpstreamError } from "./upstream-error.ts";
import type { UpstreamSettings } from "./upstream-options.ts";

/** A request as it goes to the upstream: nothing of a client is in it but what it asks. */
export interface Ask {
  readonly url: string;
  readonly method: "GET" | "HEAD" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** An answer whose body has not been read yet. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** Length of the body as it is read; `undefined` where it is not said, or is that of a packed one. */
  readonly totalBytes: number | undefined;
  /** Whether nothing but the end of the connection ends the body, so that one that was cut off looks whole. */
  readonly isOpenEnded: boolean;
  /** The body, to be read once; throws an `UpstreamError` when it breaks off, falls silent or is of another length than was said. */
  chunks(): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined>;
  /** Lets go of a body that is not read. */
  drop(): void;
}

/**
 * Sends one request and waits for the head of the answer.
 *
 * @param signal Ends the request, and its answer.
 * @throws {UpstreamError} If no answer comes, or not in time.
 */
export async function ask(settings: UpstreamSettings, request: Ask, signal: AbortSignal): Promise<Reply> {
  const late = new AbortController();
  const either = AbortSignal.any([signal, late.signal]);
  const { url, method, headers, body } = request;
  const words = `did not answer within ${settings.headTimeoutMs / 1000} s`;
  const timer = setTimeout(
    () => late.abort(new UpstreamError(words, { reach: "connection", status: 504 })),
    settings.headTimeoutMs,
  );
  try {
    const init: RequestInit = { method, headers, redirect: "manual", signal: either };
    const sent = settings.fetch(url, body === undefined ? init : { ...init, body });
    return describe(await heedAnswer(sent, either), settings, signal);
  } catch (error) {
    throw either.aborted ? either.reason : unreachable(error);
  } finally {
    clearTimeout(timer);
  }
}

function unreachable(error: unknown): UpstreamError {
  return new UpstreamError(`cannot be reached (${codeOf(error)})`, { reach: "service", cause: error });
}

/** The code of a failure of the network, or its words. */
function codeOf(error: unknown): string {
  const { code, cause, message } = Object(error) as { code?: unknown; cause?: unknown; message?: unknown };
  const inner = Object(cause) as { code?: unknown; message?: unknown };
  return String(code ?? inner.code ?? inner.message ?? message ?? error).slice(0, 200);
}

function describe(response: Response, settings: UpstreamSettings, signal: AbortSignal): Reply {
  const { status, headers, body } = response;
  const isPacked = !/^(?:|identity)$/i.test(headers.get("content-encoding") ?? "");
  const length = headers.get("content-length") ?? "";
  const hasLength = /^\d{1,15}$/.test(length);
  const totalBytes = hasLength && !isPacked ? Number(length) : undefined;
  const isChunked = /\bchunked\b/i.test(headers.get("transfer-encoding") ?? "");
  const isClosed = /\bclose\b/i.test(headers.get("connection") ?? "");
  return {
    status,
    headers,
    totalBytes,
    isOpenEnded: !hasLength && !isChunked && (settings.isPlatformFetch || isClosed),
    chunks: () => readChunks(body, totalBytes, settings, signal),
    drop: () => void body?.cancel().catch(() => {}),
  };
}

async function* readChunks(
  body: ReadableStream<Uint8Array<ArrayBuffer>> | null,
  totalBytes: number | undefined,
  { idleTimeoutMs, maxBytes }: UpstreamSettings,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  let readBytes = 0;
  const reader = body?.getReader();
  try {
    while (reader !== undefined) {
      const { done, value } = await nextChunk(reader, idleTimeoutMs, signal);
      if (done) break;
      readBytes += value.byteLength;
      if (readBytes > Math.min(maxBytes, totalBytes ?? maxBytes)) throw tooLong(maxBytes);
      yield value;
    }
    if (readBytes === (totalBytes ?? readBytes)) return;
    throw new UpstreamError(`broke off after ${readBytes} of ${totalBytes} bytes`, { reach: "connection" });
  } finally {
    // A body that was read to its end takes this for nothing.
    reader?.cancel().catch(() => {});
  }
}

function tooLong(maxBytes: number): UpstreamError {
  return new UpstreamError(`sent more than it said, or than ${maxBytes} bytes`, { reach: "question" });
}

/** The next piece of a body, however little heed its stream pays to signals. */
function nextChunk(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  idleTimeoutMs: number,
  signal: AbortSignal,
): ReturnType<ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>["read"]> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const stop = (): void => reject(signal.reason);
    const words = `fell silent for ${idleTimeoutMs / 1000} s`;
    const timer = setTimeout(
      () => reject(new UpstreamError(words, { reach: "connection", status: 504 })),
      idleTimeoutMs,
    );
    signal.addEventListener("abort", stop, { once: true });
    reader
      .read()
      .then(resolve, (cause: unknown) => {
        const broken = new UpstreamError(`broke off (${codeOf(cause)})`, { reach: "connection", cause });
        reject(signal.aborted ? signal.reason : broken);
      })
      .finally(() => {
        clearTimeout(timer);
        signal.removeEventListener("abort", stop);
      });
  });
}
