import type { Hop } from "../../errors.ts";

/** One GET as a download states it. */
export interface WireAsk {
  readonly url: string;
  /** Header fields; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Longest wait for the connection and the whole head of the answer, and for each next piece of the body, in ms. */
  readonly timeoutMs: number;
  /**
   * What a body has to bring on average over a minute, in bytes a second; the time that its sink takes does not count.
   * @default any rate will do
   */
  readonly minBytesPerSecond?: number | undefined;
  /** Longest chain of redirects that is followed. */
  readonly maxRedirects: number;
  readonly signal?: AbortSignal | undefined;
}

/** The head of the last answer, after all redirects. */
export interface WireHead {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  /** The redirects that were followed, oldest first. */
  readonly history: readonly Hop[];
}

/** Takes a body as it arrives. */
export interface WireSink {
  /**
   * Takes the next bytes, which are valid during the call only: what is kept has to be copied.
   *
   * @returns A promise when no more are to come before it is settled; its rejection ends the request.
   */
  write(bytes: Uint8Array): Promise<void> | undefined;
}

/** Opens the sink of an answer once its head is there; `undefined` lets the body go unread. What it throws ends the request. */
export type OpenSink = (head: WireHead) => WireSink | undefined | Promise<WireSink | undefined>;

/** Gets bodies over connections that are kept and shared. */
export interface Wire {
  /**
   * Sends one GET, follows its redirects, and hands the body to the sink. It is sent once more, and no oftener, when a connection that was kept
   * turns out to be closed before anything of the answer came.
   *
   * Resolves when the sink has all that was promised. The status is not judged.
   *
   * @throws {ConnectionError} If no answer came, the body broke off or came too slowly, more came than was promised, or the answer is no HTTP.
   * @throws {TimeoutError} If a wait took longer than `timeoutMs`.
   * @throws {TooManyRedirectsError | HttpError} If the redirects are too many, or lead nowhere. Rejects with the signal's reason as it is.
   */
  get(ask: WireAsk, open: OpenSink): Promise<WireHead>;
  /**
   * Sets how many connections may be open at once, from now on, to one origin, or to each that has no number of its own; those under way are
   * not cut.
   */
  limit(connections: number, origin?: string): void;
  /** Forgets the number of an origin. */
  unlimit(origin: string): void;
  /** Requests that make full use of so many connections, to one origin or to any: more than these where requests are sent ahead. */
  capacity(connections: number, origin?: string): number;
  /** Ends all connections; what is under way is rejected. */
  close(): void;
}
