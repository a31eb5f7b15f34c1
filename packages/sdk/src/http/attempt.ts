import { ConnectionError, DecodeError, type Hop, HttpError, TooManyRedirectsError } from "../errors.ts";
import { discardBody, readBody } from "./body.ts";
import type { Deadline } from "./deadline.ts";
import type { HttpEvent } from "./event.ts";
import type { FetchLike, HttpSettings, RequestLimits } from "./options.ts";
import { decideRedirect } from "./redirect.ts";
import type { Received } from "./response.ts";
import { statusName } from "./status.ts";

/** One request, before it is sent. */
export interface Call {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
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
  const { limits, attempt, emit } = context;
  const history: Hop[] = [];
  let { method, url, headers, body } = call;
  for (;;) {
    emit({ type: "request", method, url, attempt });
    const response = await send({ method, url, headers, body }, context);
    const decision = decideRedirect(response.status, response.headers.get("location"), url, method);
    if (decision.kind === "final") {
      const finalUrl = response.redirected && response.url !== "" ? response.url : url;
      const received = await receive(response, { method, url: finalUrl, history, attempts: attempt }, context);
      emit({ type: "response", method, url: finalUrl, status: response.status, bytes: received.body.length, attempt });
      return received;
    }
    discardBody(response);
    const facts = { method, url, attempts: attempt };
    if (decision.kind === "refuse") {
      const { status, headers: responseHeaders } = response;
      const statusText = statusName(status);
      const { detail } = decision;
      throw new HttpError({ ...facts, status, statusText, headers: responseHeaders, history, bodyExcerpt: "", detail });
    }
    history.push({ status: response.status, url, headers: response.headers });
    if (history.length > limits.maxRedirects) throw new TooManyRedirectsError(facts, history, limits.maxRedirects);
    emit({ type: "redirect", status: response.status, url, location: decision.url });
    if (!decision.sameOrigin) headers = withoutPrivate(headers);
    if (decision.method !== method) body = undefined;
    ({ url, method } = decision);
  }
}

async function send(call: Call, { settings, deadline }: AttemptContext): Promise<Response> {
  const { fetch } = settings;
  const { signal } = deadline;
  const { url, ...rest } = call;
  const init: RequestInit = { ...rest, body: rest.body ?? null, signal };
  if (hidingRedirects.has(fetch)) return deadline.race(fetch(url, { ...init, redirect: "follow" }));
  const response = await deadline.race(fetch(url, { ...init, redirect: "manual" }));
  if (response.type !== "opaqueredirect") return response;
  hidingRedirects.add(fetch);
  return deadline.race(fetch(url, { ...init, redirect: "follow" }));
}

async function receive(
  response: Response,
  facts: Pick<Received, "method" | "url" | "history" | "attempts">,
  { limits, deadline }: AttemptContext,
): Promise<Received> {
  const { status, headers } = response;
  if (facts.method === "HEAD") {
    discardBody(response);
    return { ...facts, status, headers, body: new Uint8Array(0) };
  }
  const body = await readBody(response, limits.maxBodyBytes, deadline.race);
  if (body instanceof Uint8Array) return { ...facts, status, headers, body };
  if (body.fault === "short") {
    throw new ConnectionError(facts, `the body ended after ${body.receivedBytes} of ${body.promisedBytes} bytes`);
  }
  throw new DecodeError("the body", {
    at: body.maxBodyBytes,
    expected: `at most ${body.maxBodyBytes} bytes, the limit of maxBodyBytes`,
    found: "more",
    url: facts.url,
  });
}

/** What may follow a redirect to another origin: nothing that could tell who asks. */
function withoutPrivate(headers: Headers): Headers {
  const accept = headers.get("accept");
  return new Headers(accept === null ? {} : { accept });
}
