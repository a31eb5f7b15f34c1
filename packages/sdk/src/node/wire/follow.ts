import { type Hop, HttpError, isAtlasError, TooManyRedirectsError } from "../../errors.ts";
import { decideRedirect, type RedirectDecision } from "../../http/redirect.ts";
import { statusName } from "../../http/status.ts";
import { checkHeaders } from "./request-text.ts";
import { parseTarget, type Target } from "./target.ts";
import type { OpenSink, WireAsk, WireHead, WireSink } from "./wire.ts";

/** One request that leads to one answer. */
export interface HopAsk {
  readonly target: Target;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly minBytesPerSecond: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/** The head of one answer. */
export interface HopHead {
  readonly status: number;
  readonly headers: Headers;
}

/** Opens the sink of one answer. */
export type OpenHop = (head: HopHead) => WireSink | undefined | Promise<WireSink | undefined>;

/** Sends one request, and settles when its answer has been taken. */
export type SendHop = (ask: HopAsk, open: OpenHop) => Promise<void>;

/** What may be told to another origin: nothing that could tell who asks. */
const HARMLESS: ReadonlySet<string> = new Set(["accept", "accept-encoding", "if-range", "range"]);

/**
 * Sends a request, and those that its redirects lead to.
 *
 * @throws {TypeError} If the URL or a header field cannot be sent.
 * @throws {TooManyRedirectsError | HttpError} If the redirects are too many, or lead nowhere.
 */
export async function followRedirects(ask: WireAsk, open: OpenSink, send: SendHop): Promise<WireHead> {
  const { timeoutMs, minBytesPerSecond, maxRedirects, signal } = ask;
  checkHeaders(ask.headers);
  const history: Hop[] = [];
  let target = parseTarget(ask.url);
  let headers = ask.headers;
  for (;;) {
    signal?.throwIfAborted();
    let last: WireHead | undefined;
    let decision: RedirectDecision = { kind: "final" };
    const { url } = target;
    await send({ target, headers, timeoutMs, minBytesPerSecond, signal }, ({ status, headers: fields }) => {
      last = { url, status, headers: fields, history };
      decision = decideRedirect(status, fields.get("location"), url, "GET");
      return decision.kind === "final" ? open(last) : undefined;
    });
    if (last === undefined) throw new Error(`Cannot GET ${url}: its answer was taken without its head`);
    const next = nextTarget(last, decision);
    if (next === undefined) return last;
    history.push({ status: last.status, url, headers: last.headers });
    if (history.length > maxRedirects) throw new TooManyRedirectsError(factsOf(url), history, maxRedirects);
    if (next.origin !== target.origin) headers = harmlessOf(headers);
    target = next;
  }
}

function nextTarget(head: WireHead, decision: RedirectDecision): Target | undefined {
  if (decision.kind === "final") return undefined;
  if (decision.kind === "refuse") throw refuse(head, decision.detail);
  try {
    return parseTarget(decision.url);
  } catch (error) {
    throw isAtlasError(error) ? error : refuse(head, ", leading to a URL that holds a user name or password");
  }
}

function refuse({ url, status, headers, history }: WireHead, detail: string): HttpError {
  const statusText = statusName(status);
  return new HttpError({ ...factsOf(url), status, statusText, headers, history, bodyExcerpt: "", detail });
}

function factsOf(url: string): { method: "GET"; url: string; attempts: number } {
  return { method: "GET", url, attempts: 1 };
}

function harmlessOf(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => HARMLESS.has(name)));
}
