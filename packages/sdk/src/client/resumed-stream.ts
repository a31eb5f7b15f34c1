import { ConnectionError, isAtlasError, type RequestFacts } from "../errors.ts";
import type { AtlasStream } from "../http/atlas-stream.ts";
import { promisedBytes } from "../http/body.ts";
import { Deadline } from "../http/deadline.ts";
import type { Chunks } from "../http/open-body.ts";
import type { RequestOptions } from "../http/options.ts";
import { retryDelay } from "../http/retry.ts";
import type { Sender } from "./sender.ts";

/** How a file is asked for. `retries` is also how often it is gone on with after breaks that follow each other closely. */
export type FileStreamOptions = Omit<RequestOptions, "maxBodyBytes" | "throwHttpErrors">;

/** Bytes that have to come between two breaks for the count of tries to begin anew. */
const PROGRESS_BYTES = 1024 * 1024;

/** How far the reading of a body has come. */
interface Course {
  /** Bytes so far. */
  received: number;
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
   * @throws {ConnectionError} If it breaks off and the server does not go on, or not with the same file; the message says how far it came.
   * @throws {TimeoutError} If a chunk does not come within `timeoutMs`, and the server does not go on either.
   */
  async *chunks(): Chunks {
    const course: Course = { received: 0, requests: 1, breaks: 0, mark: 0 };
    for (;;) {
      try {
        for await (const chunk of this.#stream.chunks()) {
          course.received += chunk.byteLength;
          yield chunk;
        }
        break;
      } catch (error) {
        this.#stream = await this.#resume(course, error);
      }
    }
    if (this.sizeBytes !== undefined && course.received !== this.sizeBytes) {
      throw this.#failure(course, "and the server says that this is all");
    }
  }

  /** Lets go of a body that nobody wants to read; its connection is free again. */
  cancel(): void {
    this.#stream.cancel();
  }

  /** Asks for the rest. */
  async #resume(course: Course, error: unknown): Promise<AtlasStream> {
    const mayGoOn =
      isAtlasError(error, "ATLAS_CONNECTION") || (isAtlasError(error, "ATLAS_TIMEOUT") && error.scope === "attempt");
    if (!mayGoOn) throw error;
    const etag = this.headers.get("etag");
    if (etag === null || etag.startsWith("W/") || this.headers.get("content-encoding") !== null) {
      throw this.#failure(course, "and the server gave no tag by which to go on with the same file", error);
    }
    await this.#pause(course, error);
    // A request for a range asks for plain bytes by itself (Fetch standard).
    const headers = { range: `bytes=${course.received}-`, "if-range": etag };
    const stream = await this.#sender.stream({ url: this.url, headers }, this.#options).catch((cause: unknown) => {
      if (isAtlasError(cause, "ATLAS_HTTP"))
        throw this.#failure(course, `and the server answered ${cause.status}`, cause);
      throw cause;
    });
    const fault = faultOf(stream, course.received, etag, this.sizeBytes);
    course.requests += 1;
    if (fault === undefined) return stream;
    stream.cancel();
    throw this.#failure(course, fault, error);
  }

  async #pause(course: Course, error: unknown): Promise<void> {
    if (course.received - course.mark >= PROGRESS_BYTES) course.breaks = 0;
    course.mark = course.received;
    course.breaks += 1;
    const delayMs = retryDelay(course.breaks, undefined, this.#sender.limitsOf(this.#options), Math.random());
    if (delayMs === undefined) throw this.#failure(course, "and breaks off again and again", error);
    const reason = error instanceof Error ? error.message : String(error);
    this.#sender.emit({ type: "retry", method: "GET", url: this.url, attempt: course.breaks, delayMs, reason });
    await sleep(delayMs, this.#options.signal);
  }

  #failure({ received, requests }: Course, reason: string, cause?: unknown): ConnectionError {
    const facts: RequestFacts = { method: "GET", url: this.url, attempts: requests };
    const all = this.sizeBytes === undefined ? "" : ` of ${this.sizeBytes}`;
    return new ConnectionError(facts, `the body broke off after ${received}${all} bytes, ${reason}`, { cause });
  }
}

/** Parts of a compressed body could not be put together; a browser asks as it likes. */
const PLAIN = { "accept-encoding": "identity" } as const;

/** Opens a file. */
export async function openFile(sender: Sender, url: string, options: FileStreamOptions): Promise<FileStream> {
  const stream = await sender.stream({ url, headers: PLAIN }, { ...options, throwHttpErrors: true });
  return new FileStream(sender, stream, { ...options });
}

/** Why an answer is not the rest of the body. */
function faultOf(stream: AtlasStream, from: number, etag: string, sizeBytes: number | undefined): string | undefined {
  if (stream.status !== 206) return "and the server does not go on where it broke off, or has another file by now";
  const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(stream.headers.get("content-range") ?? "") ?? [];
  if (Number(start ?? -1) !== from) return "and the server goes on at another place";
  const isSame = (stream.headers.get("etag") ?? etag) === etag;
  const isWhole = total === "*" || sizeBytes === undefined || Number(total) === sizeBytes;
  return isSame && isWhole ? undefined : "and the server goes on with another file";
}

async function sleep(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  const deadline = new Deadline(undefined, "total", Number.POSITIVE_INFINITY);
  const stop = (): void => deadline.abort(signal?.reason);
  if (signal?.aborted) stop();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    await deadline.sleep(delayMs);
  } finally {
    signal?.removeEventListener("abort", stop);
    deadline.close();
  }
}

/** The name of a `Content-Disposition`; what leads into a folder is taken off. */
function readFileName(header: string | null): string | undefined {
  const [, quoted, plain] = /;\s*filename\s*=\s*(?:"([^"]*)"|([^;\s]+))/i.exec(header ?? "") ?? [];
  const name = (quoted ?? plain ?? "").split(/[/\\]/).at(-1) ?? "";
  return /^\.*$/.test(name) ? undefined : name;
}
