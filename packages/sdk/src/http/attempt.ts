import { ConnectionError, DecodeError, type Hop, HttpError, TooManyRedirectsError } from "../errors.ts";
import { discardBody, readBody } from "./body.ts";
import type { Deadline } from "./deadline.ts";
import type { HttpEvent } from "./event.ts";
import { toFailure } from "./failure.ts";
import type { FetchLike, HeaderPairs, HttpSettings, RequestLimits } from "./options.ts";
import { decideRedirect, type RedirectDecision } from "./redirect.ts";
import type { Received } from "./response.ts";
import { statusName } from "./status.ts";

/** One request, before it is sent. */
export interface Call {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderPairs;
  readonly body: string | undefined;
}

/** What an attempt needs beside the call. */
export interface AttemptContext {
  readonly settings: HttpSettings;
  readonly limits: RequestLimits;
  readonly attempt: number;
  readonly deadline: Deadline;
  emit(event: HttpEvent): void;
}

/**
 * Fetch functions known to hide redirects, as browsers do: they answer a manual redirect with a blank. The first such answer
 * costs one request more; from then on they are asked to follow by themselves.
 */
const hidingRedirects = new WeakSet<FetchLike>();

/** Sends a call once, follows its redirects and reads the body to its end. */
export async function attemptOnce(call: Call, context: AttemptContext): Promise<Received> {
  const { attempt, deadline } = context;
  const signal = deadline.toSignal();
  const history: Hop[] = [];
  let hop = call;
  for (;;) {
    const { method, url } = hop;
    try {
      context.emit({ type: "request", method, url, attempt });
      const response = await send(hop, signal, context);
      const decision = decideRedirect(response.status, response.headers.get("location"), url, method);
      if (decision.kind === "final") return await receive(response, hop, history, context);
      discardBody(response);
      hop = nextHop(hop, response, decision, history, context);
    } catch (error) {
      throw toFailure(error, { method, url, attempts: attempt }, deadline);
    }
  }
}

async function send(hop: Call, signal: AbortSignal, { settings, deadline }: AttemptContext): Promise<Response> {
  const { fetch } = settings;
  const { url } = hop;
  const ask = (redirect: RequestRedirect): Promise<Response> =>
    deadline.race(fetch(url, { ...initOf(hop), signal, redirect }));
  if (hidingRedirects.has(fetch)) return ask("follow");
  const response = await ask("manual");
  if (response.type !== "opaqueredirect") return response;
  hidingRedirects.add(fetch);
  return ask("follow");
}

/** Only what differs from a bare GET: each member that is given costs `fetch` some microseconds. */
function initOf({ method, headers, body }: Call): RequestInit {
  return {
    ...(method === "GET" ? {} : { method }),
    ...(headers.length === 0 ? {} : { headers: headers.map(([name, value]) => [name, value]) }),
    ...(body === undefined ? {} : { body }),
  };
}

/** The request that a redirect leads to. */
function nextHop(
  { method, url, headers, body }: Call,
  response: Response,
  decision: Exclude<RedirectDecision, { kind: "final" }>,
  history: Hop[],
  { limits, attempt, emit }: AttemptContext,
): Call {
  const { status } = response;
  const facts = { method, url, attempts: attempt };
  if (decision.kind === "refuse") {
    const { detail } = decision;
    const statusText = statusName(status);
    throw new HttpError({ ...facts, status, statusText, headers: response.headers, history, bodyExcerpt: "", detail });
  }
  history.push({ status, url, headers: response.headers });
  if (history.length > limits.maxRedirects) throw new TooManyRedirectsError(facts, history, limits.maxRedirects);
  emit({ type: "redirect", status, url, location: decision.url });
  return {
    method: decision.method,
    url: decision.url,
    // To another origin nothing is sent that could tell who asks.
    headers: decision.sameOrigin ? headers : headers.filter(([name]) => name === "accept"),
    body: decision.method === method ? body : undefined,
  };
}

async function receive(
  response: Response,
  { method, url: askedUrl }: Call,
  history: readonly Hop[],
  { limits, attempt, deadline, emit }: AttemptContext,
): Promise<Received> {
  const { status, headers } = response;
  const url = response.redirected && response.url !== "" ? response.url : askedUrl;
  const facts = { method, url, attempts: attempt };
  const body = await readBody(response, method, limits.maxBodyBytes, deadline);
  if (body instanceof Uint8Array) {
    emit({ type: "response", method, url, status, bytes: body.length, attempt });
    return { ...facts, status, headers, history, body };
  }
  if (body.fault === "short") {
    throw new ConnectionError(facts, `the body ended after ${body.receivedBytes} of ${body.promisedBytes} bytes`);
  }
  const expected = `at most ${body.maxBodyBytes} bytes, the limit of maxBodyBytes`;
  throw new DecodeError("the body", { at: body.maxBodyBytes, expected, found: "more", url });
}
