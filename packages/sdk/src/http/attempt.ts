import { type Hop, HttpError, TooManyRedirectsError } from "../errors.ts";
import { discardBody } from "./body.ts";
import type { Deadline } from "./deadline.ts";
import type { HttpEvent } from "./event.ts";
import { toFailure } from "./failure.ts";
import type { FetchLike, HeaderPairs, HttpSettings, RequestLimits } from "./options.ts";
import { decideRedirect, type RedirectDecision } from "./redirect.ts";
import { statusName } from "./status.ts";

/** One request, before it is sent. */
export interface Call {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderPairs;
  readonly body: string | undefined;
  /** Whether it may be sent twice, as it only reads. */
  readonly idempotent: boolean;
}

/** What an attempt needs beside the call. */
export interface AttemptContext {
  readonly settings: HttpSettings;
  readonly limits: RequestLimits;
  readonly attempt: number;
  readonly deadline: Deadline;
  emit(event: HttpEvent): void;
}

/** Takes the answer that a call led to, after its redirects. */
export type Receive<T> = (
  response: Response,
  call: Call,
  history: readonly Hop[],
  context: AttemptContext,
) => Promise<T>;

/**
 * Fetch functions known to hide redirects, as browsers do: they answer a manual redirect with a blank. The first such answer
 * costs one request more; from then on they are asked to follow by themselves.
 */
const hidingRedirects = new WeakSet<FetchLike>();

/** Sends a call once, follows its redirects and receives the answer. */
export async function attemptOnce<T>(call: Call, context: AttemptContext, receive: Receive<T>): Promise<T> {
  const { attempt, deadline } = context;
  const signal = deadline.toSignal();
  const history: Hop[] = [];
  let hop = call;
  for (;;) {
    const { method, url } = hop;
    try {
      context.emit({ type: "request", method, url, attempt });
      const response = await send(hop, signal, context);
      const location = response.headers.get("location");
      const decision = decideRedirect(response.status, location, url, method, hop.idempotent);
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
  const ask = async (redirect: RequestRedirect): Promise<Response> => {
    const coming = fetch(url, { ...initOf(hop), signal, redirect });
    try {
      return await deadline.race(coming);
    } catch (error) {
      coming.then(discardBody, () => {}); // Of a fetch that does not watch its signal: nobody waits for it any more.
      throw error;
    }
  };
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
  { method, url, headers, body, idempotent }: Call,
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
  const keepsBody = decision.method === method;
  return {
    method: decision.method,
    url: decision.url,
    headers: headers.filter(([name]) => {
      if (name === "content-type") return keepsBody; // It tells of the body alone.
      // To another origin nothing is sent that could tell who asks.
      return decision.sameOrigin || name === "accept";
    }),
    body: keepsBody ? body : undefined,
    idempotent,
  };
}
