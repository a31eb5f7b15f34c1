import { type AtlasError, ConnectionError, DecodeError, isAtlasError, type RequestFacts } from "../errors.ts";
import type { AtlasStream } from "../http/atlas-stream.ts";
import { promisedBytes } from "../http/body.ts";
import { Deadline } from "../http/deadline.ts";
import { onAbort } from "../http/on-abort.ts";
import type { Chunks } from "../http/open-body.ts";
import type { RequestOptions } from "../http/options.ts";
import { retryDelay } from "../http/retry.ts";
import { readFileName } from "./file-name.ts";
import { isPlain, readPart } from "./file-part.ts";
import { followSignal } from "./follow-signal.ts";
import type { Sender } from "./sender.ts";

/** How a file is asked for. `retries` is also how often it is gone on with after breaks that follow each other closely. */
export type FileStreamOptions = Omit<RequestOptions, "maxBodyBytes" | "throwHttpErrors">;

/** Bytes that have to come between two breaks for the count of tries to begin anew. */
const PROGRESS_BYTES = 1024 * 1024;

/** How far the reading of a body has come. */
interface Course {
  /** Bytes so far. */
  received: number;
  /** Bytes up to the end of the answer that is being read; `undefined` when nothing says. */
  end: number | undefined;
  /** Bytes of the whole file; `undefined` until an answer says. */
  total: number | undefined;
  /** Requests that were answered. */
  requests: number;
  /** Breaks without much progress between them. */
  breaks: number;
  /** Bytes at the last break that counted. */
  mark: number;
}

/**
 * A file whose body goes on where it broke off: with `Range` and `If-Range`, so that what follows is of the same bytes, or not at all.
 */
export class FileStream {
  /** The URL that gave it, after all redirects. */
  readonly url: string;
  /** Header fields of the first answer. */
  readonly headers: Headers;
  /** Bytes of the whole file; `undefined` when the server does not say. */
  readonly sizeBytes: number | undefined;
  /** Name that the server gives the file, without a path; `undefined` when it gives none. */
  readonly fileName: string | undefined;
  readonly #sender: Sender;
  readonly #options: FileStreamOptions;
  #stream: AtlasStream;
  #stop: (reason: unknown) => void = () => {};

  /** @internal */
  constructor(sender: Sender, stream: AtlasStream, options: FileStreamOptions) {
    this.url = stream.url;
    this.headers = stream.headers;
    this.sizeBytes = promisedBytes(stream.headers);
    this.fileName = readFileName(stream.headers.get("content-disposition"));
    this.#sender = sender;
    this.#options = options;
    this.#stream = stream;
  }

  /** Media type of the body in lower case, without its parameters; `""` when the server named none. */
  get mediaType(): string {
    return this.#stream.mediaType;
  }

  /**
   * The body, chunk by chunk. Leaving the loop early lets go of the rest.
   *
   * @throws {TypeError} If it was asked for before: what is read is not kept.
   * @throws {ConnectionError} If it breaks off, or a chunk does not come within `timeoutMs`, and the server does not go on, or not
   * with the same file; the message says how far it came.
   */
  async *chunks(): Chunks {
    const { sizeBytes } = this;
    const course: Course = { received: 0, end: sizeBytes, total: sizeBytes, requests: 1, breaks: 0, mark: 0 };
    const { signal, close } = followSignal(this.#options.signal);
    this.#stop = close;
    try {
      for (;;) {
        const broken = yield* this.#readPart(course);
        if (course.received === course.total) return;
        if (broken === undefined && course.total === undefined) return; // Nothing said that there is more.
        this.#stream = await this.#resume(course, broken, signal);
      }
    } finally {
      close();
    }
  }

  /** Lets go of a body that nobody wants to read; its connection is free again. Who reads it is told so. */
  cancel(): void {
    this.#stream.cancel();
    this.#stop(new DOMException("Cannot read the body: it was let go of", "AbortError"));
  }

  /** Gives what the answer under way holds. Returns the error that broke it off, where that is one to go on after. */
  async *#readPart(course: Course): AsyncGenerator<Uint8Array<ArrayBuffer>, unknown, undefined> {
    const { end = Number.POSITIVE_INFINITY } = course;
    let isLonger = false;
    try {
      for await (const chunk of this.#stream.chunks()) {
        isLonger = course.received + chunk.byteLength > end;
        if (isLonger) break;
        course.received += chunk.byteLength;
        yield chunk;
      }
    } catch (error) {
      const mayGoOn =
        isAtlasError(error, "ATLAS_CONNECTION") || (isAtlasError(error, "ATLAS_TIMEOUT") && error.scope === "attempt");
      if (mayGoOn) return error;
      throw error;
    }
    if (isLonger) throw this.#failure(course, "and the server sends more than it said");
    return undefined;
  }

  /** Asks for the rest. */
  async #resume(course: Course, broken: unknown, signal: AbortSignal): Promise<AtlasStream> {
    const etag = this.headers.get("etag");
    if (etag === null || etag.startsWith("W/") || !isPlain(this.headers)) {
      throw this.#failure(course, "and the server gave no tag by which to go on with the same file", broken);
    }
    // A part that came whole is no break, if the server gives the file so.
    if (course.received !== course.end) await this.#pause(course, broken, signal);
    // A request for a range asks for plain bytes by itself (Fetch standard).
    const headers = { range: `bytes=${course.received}-`, "if-range": etag };
    const stream = await this.#sender
      .stream({ url: this.url, headers }, { ...this.#options, signal })
      .catch((cause: unknown) => {
        throw isAtlasError(cause) ? this.#failure(course, `and ${describeRefusal(cause)}`, cause) : cause;
      });
    course.requests += 1;
    const part = readPart(stream, course.received, etag, course.total);
    if (typeof part !== "string") {
      Object.assign(course, part);
      return stream;
    }
    stream.cancel();
    throw this.#failure(course, part, broken);
  }

  async #pause(course: Course, broken: unknown, signal: AbortSignal): Promise<void> {
    if (course.received - course.mark >= PROGRESS_BYTES) course.breaks = 0;
    course.mark = course.received;
    course.breaks += 1;
    const delayMs = retryDelay(course.breaks, undefined, this.#sender.limitsOf(this.#options), Math.random());
    if (delayMs === undefined) throw this.#failure(course, "and breaks off again and again", broken);
    const reason = broken instanceof Error ? broken.message : "the answer ended early";
    this.#sender.emit({ type: "retry", method: "GET", url: this.url, attempt: course.breaks, delayMs, reason });
    await sleep(delayMs, signal);
  }

  #failure({ received, total, requests }: Course, reason: string, cause?: unknown): ConnectionError {
    const facts: RequestFacts = { method: "GET", url: this.url, attempts: requests };
    const all = total === undefined ? "" : ` of ${total}`;
    return new ConnectionError(facts, `the body broke off after ${received}${all} bytes, ${reason}`, { cause });
  }
}

/** Parts of a compressed body could not be put together; a browser asks as it likes. */
const PLAIN = { "accept-encoding": "identity" } as const;

/** Opens a file. */
export async function openFile(sender: Sender, url: string, options: FileStreamOptions): Promise<FileStream> {
  const stream = await sender.stream({ url, headers: PLAIN }, { ...options, throwHttpErrors: true });
  if (stream.status !== 206) return new FileStream(sender, stream, { ...options });
  stream.cancel();
  const expected = "200, with the whole of it";
  throw new DecodeError("the file", { at: "the status", expected, found: "206, with a part", url: stream.url });
}

/** Why the rest of a file could not be asked for. */
function describeRefusal(error: AtlasError): string {
  if (isAtlasError(error, "ATLAS_HTTP")) return `the server answered ${error.status}`;
  if (isAtlasError(error, "ATLAS_TIMEOUT")) return "the server did not answer in time when it was asked for the rest";
  return "the server could not be asked for the rest";
}

async function sleep(delayMs: number, signal: AbortSignal): Promise<void> {
  const deadline = new Deadline(undefined, "total", Number.POSITIVE_INFINITY);
  const stop = (): void => deadline.abort(signal.reason);
  if (signal.aborted) stop();
  const release = onAbort(signal, stop);
  try {
    await deadline.sleep(delayMs);
  } finally {
    release();
    deadline.close();
  }
}
