/** The literal `code` of every error that this package throws at run time. */
export type AtlasErrorCode = keyof ErrorByCode;

/** Which class belongs to which `code`. */
export interface ErrorByCode {
  ATLAS_CONNECTION: ConnectionError;
  ATLAS_TIMEOUT: TimeoutError;
  ATLAS_REDIRECTS: TooManyRedirectsError;
  ATLAS_HTTP: HttpError;
  ATLAS_API: ApiError;
  ATLAS_DECODE: DecodeError;
  ATLAS_NOT_MIRRORED: NotMirroredError;
  ATLAS_UNSUPPORTED: UnsupportedError;
}

/** What a request was, for the errors that end one. */
export interface RequestFacts {
  /** HTTP method, upper case. */
  readonly method: string;
  /** The URL of the hop that failed: the request's own, or the redirect's it led to. */
  readonly url: string;
  /** How often the request was sent, the first time included. */
  readonly attempts: number;
}

/** One redirect that was followed on the way to an answer. */
export interface Hop {
  /** Status code of the redirect, 301 to 308. */
  readonly status: number;
  /** The URL that answered with it. */
  readonly url: string;
  /** Its headers, `location` among them. */
  readonly headers: Headers;
}

/** Base of every condition that can end a call at run time. Misuse is a `TypeError` or a `RangeError` instead. */
export abstract class AtlasError extends Error {
  /** Narrows the error without `instanceof`, so that two copies of this package understand each other. */
  abstract readonly code: AtlasErrorCode;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** No complete answer arrived: name not found, refused, or broken off. */
export class ConnectionError extends AtlasError implements RequestFacts {
  readonly code = "ATLAS_CONNECTION" as const;
  readonly method: string;
  readonly url: string;
  readonly attempts: number;

  constructor(facts: RequestFacts, reason: string, options?: ErrorOptions) {
    super(
      `Cannot ${facts.method} ${facts.url}: ${reason}${afterAttempts(facts.attempts)}; check the network and the address, or use a mirror`,
      options,
    );
    this.method = facts.method;
    this.url = facts.url;
    this.attempts = facts.attempts;
  }
}

/** Which of the client's own limits passed: one attempt's, or that of the whole request. */
export type TimeoutScope = "attempt" | "total";

/** One of the client's own time limits passed. */
export class TimeoutError extends AtlasError implements RequestFacts {
  readonly code = "ATLAS_TIMEOUT" as const;
  readonly method: string;
  readonly url: string;
  readonly attempts: number;
  /** The limit that passed, in ms. */
  readonly timeoutMs: number;
  readonly scope: TimeoutScope;

  constructor(facts: RequestFacts, timeoutMs: number, scope: TimeoutScope, options?: ErrorOptions) {
    const limit = scope === "attempt" ? "timeoutMs" : "totalTimeoutMs";
    super(
      `Cannot ${facts.method} ${facts.url}: no complete answer within ${timeoutMs} ms${afterAttempts(facts.attempts)}; raise ${limit}, or ask for less`,
      options,
    );
    this.method = facts.method;
    this.url = facts.url;
    this.attempts = facts.attempts;
    this.timeoutMs = timeoutMs;
    this.scope = scope;
  }
}

/** More redirects than `maxRedirects`. */
export class TooManyRedirectsError extends AtlasError implements RequestFacts {
  readonly code = "ATLAS_REDIRECTS" as const;
  readonly method: string;
  readonly url: string;
  readonly attempts: number;
  /** The redirects that were followed, oldest first. */
  readonly history: readonly Hop[];

  constructor(facts: RequestFacts, history: readonly Hop[], maxRedirects: number) {
    const loops = history.some((hop, index) => history.findIndex((other) => other.url === hop.url) !== index);
    super(
      `Cannot ${facts.method} ${facts.url}: more than ${maxRedirects} redirects${loops ? ", in a loop" : ""}${afterAttempts(facts.attempts)}; ${loops ? "the server is at fault" : "raise maxRedirects if they are wanted"}`,
    );
    this.method = facts.method;
    this.url = facts.url;
    this.attempts = facts.attempts;
    this.history = history;
  }
}

/** What an `HttpError` knows of the answer. */
export interface HttpErrorInit extends RequestFacts {
  readonly status: number;
  /** Name of the status, such as `Not Found`. */
  readonly statusText: string;
  readonly headers: Headers;
  readonly history: readonly Hop[];
  /** Start of the body as text, `""` when it holds none. */
  readonly bodyExcerpt: string;
  /** What the server asked to wait, in ms. */
  readonly retryAfterMs?: number | undefined;
  /** More than the status says, such as where a redirect led that is not followed. */
  readonly detail?: string | undefined;
}

/** The server answered with a status outside of 200 to 299. */
export class HttpError extends AtlasError implements RequestFacts {
  readonly code = "ATLAS_HTTP" as const;
  readonly method: string;
  readonly url: string;
  readonly attempts: number;
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  readonly history: readonly Hop[];
  readonly bodyExcerpt: string;
  readonly retryAfterMs: number | undefined;

  constructor(init: HttpErrorInit) {
    super(httpMessage(init));
    this.method = init.method;
    this.url = init.url;
    this.attempts = init.attempts;
    this.status = init.status;
    this.statusText = init.statusText;
    this.headers = init.headers;
    this.history = init.history;
    this.bodyExcerpt = init.bodyExcerpt;
    this.retryAfterMs = init.retryAfterMs;
  }
}

/** The server answered 200, and said in its envelope that the query failed (reference §3.6). */
export class ApiError extends AtlasError {
  readonly code = "ATLAS_API" as const;
  readonly url: string;
  /** The server's own words. */
  readonly serverMessage: string;
  /** The query as it was sent. */
  readonly query: string;

  constructor(url: string, query: string, serverMessage: string) {
    // Services are known to fail at valid queries, and to answer them later (reference §8.1).
    const wayOut = /service request failed/i.test(serverMessage) ? "try again later" : "correct the query";
    super(`Cannot answer "${query}": the server says "${serverMessage}"; ${wayOut}`);
    this.url = url;
    this.query = query;
    this.serverMessage = serverMessage;
  }
}

/** Bytes, JSON or a record are not as promised. */
export class DecodeError extends AtlasError {
  readonly code = "ATLAS_DECODE" as const;
  /** Byte offset, or path into the document. */
  readonly at: number | string;
  readonly expected: string;
  /** Where the bytes came from, when that is known. */
  readonly url: string | undefined;

  constructor(
    what: string,
    details: { at: number | string; expected: string; found: string; url?: string | undefined },
    options?: ErrorOptions,
  ) {
    const place = typeof details.at === "number" ? `byte ${details.at}` : details.at;
    const origin = details.url === undefined ? "" : ` from ${details.url}`;
    super(`Cannot decode ${what}${origin}: ${place} holds ${details.found}; expected ${details.expected}`, options);
    this.at = details.at;
    this.expected = details.expected;
    this.url = details.url;
  }
}

/** A mirror was asked for something that it knows of and does not hold. */
export class NotMirroredError extends AtlasError {
  readonly code = "ATLAS_NOT_MIRRORED" as const;
  readonly url: string;

  constructor(url: string, serverMessage: string) {
    super(
      `Cannot get ${url}: ${serverMessage || "the mirror does not hold it"}; ask for what it holds, or import it into its store`,
    );
    this.url = url;
  }
}

/** Known, but not built, or not possible in this runtime. */
export class UnsupportedError extends AtlasError {
  readonly code = "ATLAS_UNSUPPORTED" as const;
  readonly feature: string;

  constructor(feature: string, reason: string, options?: ErrorOptions) {
    super(`Cannot use ${feature}: ${reason}`, options);
    this.feature = feature;
  }
}

/**
 * Whether a caught value is an error of this family, and, when codes are given, one of those.
 *
 * Compares `code`, not the class, so it holds where two copies of this package are loaded.
 *
 * @example isAtlasError(new UnsupportedError("tea", "no kettle"), "ATLAS_UNSUPPORTED") // → true
 */
export function isAtlasError<C extends AtlasErrorCode = AtlasErrorCode>(
  error: unknown,
  ...codes: C[]
): error is ErrorByCode[C] {
  // The cast only allows the look-up; what is found is checked.
  const code = (error as { code?: unknown } | null | undefined)?.code;
  if (typeof code !== "string" || !code.startsWith("ATLAS_")) return false;
  return codes.length === 0 || (codes as string[]).includes(code);
}

function afterAttempts(attempts: number): string {
  return attempts > 1 ? ` after ${attempts} attempts` : "";
}

function httpMessage(init: HttpErrorInit): string {
  const said = init.detail ?? (init.bodyExcerpt === "" ? "" : `, saying "${oneLine(init.bodyExcerpt)}"`);
  return `Cannot ${init.method} ${init.url}: the server answered ${init.status} ${init.statusText}${said}${afterAttempts(init.attempts)}; ${adviceFor(init)}`;
}

function adviceFor({ status, retryAfterMs }: HttpErrorInit): string {
  if (status === 404) return "check the id and the service";
  if (status === 429 || status === 503) {
    return retryAfterMs === undefined ? "try again later" : `try again in ${Math.ceil(retryAfterMs / 1000)} s`;
  }
  if (status >= 500) return "the server is at fault, try again later";
  if (status >= 300 && status < 400) return "give the address that it leads to, if that is meant";
  return "correct the request";
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}
