import type { Hop } from "../errors.ts";
import type { Chunks, Opened } from "./open-body.ts";
import { mediaTypeOf } from "./response.ts";
import { statusName } from "./status.ts";

/** An answer whose body is read as it arrives, once, with one chunk at a time in memory. */
export class AtlasStream {
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
  readonly #opened: Opened;
  #isRead = false;

  /** @internal */
  constructor(opened: Opened) {
    this.method = opened.method;
    this.url = opened.url;
    this.status = opened.status;
    this.statusText = statusName(opened.status);
    this.ok = opened.status >= 200 && opened.status < 300;
    this.headers = opened.headers;
    this.history = opened.history;
    this.attempts = opened.attempts;
    this.#opened = opened;
  }

  /** Media type of the body in lower case, without its parameters; `""` when the server named none. */
  get mediaType(): string {
    return mediaTypeOf(this.headers);
  }

  /**
   * The body, chunk by chunk, decompressed. Leaving the loop early lets go of the rest.
   *
   * @throws {TypeError} If it was asked for before: what is read is not kept.
   * @throws {ConnectionError} If the body breaks off, or ends before its promised length.
   * @throws {TimeoutError} If a chunk does not come within `timeoutMs`. The time between two reads does not count.
   */
  chunks(): Chunks {
    if (this.#isRead) throw new TypeError("Cannot read the body twice: it is not kept; ask for it again");
    this.#isRead = true;
    return this.#opened.read();
  }

  /** Lets go of a body that nobody wants to read; its connection is free again. */
  cancel(): void {
    this.#isRead = true;
    this.#opened.cancel(new DOMException("Cannot read the body: it was let go of", "AbortError"));
  }
}
