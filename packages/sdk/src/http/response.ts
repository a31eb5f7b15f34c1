import { DecodeError, type Hop, HttpError, isAtlasError, NotMirroredError } from "../errors.ts";
import type { Pixels } from "../pixels.ts";
import { parseRetryAfter } from "./retry.ts";
import { statusName } from "./status.ts";

/** What a response needs of the platform; the client gives it. */
export interface ResponseTools {
  decode(bytes: Uint8Array, mediaType: string): Promise<Pixels>;
  writeFile(path: string, bytes: Uint8Array): Promise<void>;
}

/** A complete answer, as the transport received it. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly history: readonly Hop[];
  readonly attempts: number;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** Bytes of a body that an error quotes. */
const EXCERPT_BYTES = 500;

/** An answer with its body read, and the redirects that led to it. */
export class AtlasResponse {
  /** HTTP method of the last hop. */
  readonly method: string;
  /** The URL that gave this answer, after all redirects. */
  readonly url: string;
  readonly status: number;
  /** Name of the status, such as `Not Found`, whatever the server called it. */
  readonly statusText: string;
  /** Whether the status is from 200 to 299. */
  readonly ok: boolean;
  /** Header fields; names are looked up in any case. */
  readonly headers: Headers;
  /** The redirects that were followed, oldest first; empty in browsers, which hide them. */
  readonly history: readonly Hop[];
  /** How often the request was sent. */
  readonly attempts: number;
  readonly #body: Uint8Array<ArrayBuffer>;
  readonly #tools: ResponseTools;

  /** @internal */
  constructor(received: Received, tools: ResponseTools) {
    this.method = received.method;
    this.url = received.url;
    this.status = received.status;
    this.statusText = statusName(received.status);
    this.ok = received.status >= 200 && received.status < 300;
    this.headers = received.headers;
    this.history = received.history;
    this.attempts = received.attempts;
    this.#body = received.body;
    this.#tools = tools;
  }

  /** Media type of the body in lower case, without its parameters; `""` when the server named none. */
  get mediaType(): string {
    return mediaTypeOf(this.headers);
  }

  /** The body. Not a copy: callers that share a request share it, so do not write to it. */
  bytes(): Uint8Array<ArrayBuffer> {
    return this.#body;
  }

  /** The body as UTF-8 text; bytes that are not become U+FFFD. */
  text(): string {
    return new TextDecoder().decode(this.#body);
  }

  /**
   * The body as JSON.
   *
   * @throws {DecodeError} If it is not JSON, such as the HTML page that stands in for the API during maintenance.
   */
  json(): unknown {
    const text = this.text();
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new DecodeError(
        "JSON",
        { at: 0, expected: "a JSON document", found: JSON.stringify(text.slice(0, 60)), url: this.url },
        { cause },
      );
    }
  }

  /**
   * The body as pixels, RGBA, 8 bits a channel, row by row from the upper left.
   *
   * @throws {DecodeError} If the body is no picture that the decoder reads.
   * @throws {UnsupportedError} If this runtime has no decoder: in Node the optional package `sharp` is wanted.
   */
  async pixels(): Promise<Pixels> {
    this.raiseForStatus();
    try {
      return await this.#tools.decode(this.#body, this.mediaType);
    } catch (cause) {
      if (isAtlasError(cause)) throw cause;
      const found = cause instanceof Error ? `what the decoder refuses (${cause.message})` : "what the decoder refuses";
      const expected = this.mediaType.startsWith("image/") ? `a picture of type ${this.mediaType}` : "a picture";
      throw new DecodeError("the picture", { at: 0, expected, found, url: this.url }, { cause });
    }
  }

  /**
   * Writes the body to a file, which has its name only when it is complete.
   *
   * @throws {UnsupportedError} In runtimes without a file system.
   */
  async save(path: string): Promise<void> {
    this.raiseForStatus();
    await this.#tools.writeFile(path, this.#body);
  }

  /**
   * Throws for a status outside of 200 to 299, and returns the response otherwise.
   *
   * @throws {HttpError} With the status, its name and the start of the body.
   * @throws {NotMirroredError} If a mirror says that it knows of this and does not hold it.
   */
  raiseForStatus(): this {
    if (this.ok) return this;
    throw failureOf(this, this.#body);
  }
}

/** Media type in lower case, without its parameters; `""` when the headers name none. */
export function mediaTypeOf(headers: Headers): string {
  return (headers.get("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

/** The error that a response with a failing status stands for. */
export function failureOf(
  response: Pick<AtlasResponse, "method" | "url" | "status" | "headers" | "history" | "attempts">,
  body: Uint8Array,
  detail?: string,
): HttpError | NotMirroredError {
  const bodyExcerpt = excerpt(body, response.headers.get("content-type") ?? "");
  if (response.headers.get("x-brainatlas-reason") === "not-mirrored") {
    return new NotMirroredError(response.url, bodyExcerpt);
  }
  return new HttpError({
    method: response.method,
    url: response.url,
    attempts: response.attempts,
    status: response.status,
    statusText: statusName(response.status),
    headers: response.headers,
    history: response.history,
    bodyExcerpt,
    retryAfterMs: parseRetryAfter(response.headers.get("retry-after"), Date.now()),
    detail,
  });
}

/** Start of a text body; of the API's JSON envelope only its message (reference §3.6). */
function excerpt(body: Uint8Array, contentType: string): string {
  if (!/text|json|xml/i.test(contentType)) return "";
  const text = new TextDecoder().decode(body.subarray(0, EXCERPT_BYTES));
  const message = /"msg"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(text)?.[1];
  if (message === undefined) return text;
  try {
    return String(JSON.parse(message));
  } catch {
    return text;
  }
}
