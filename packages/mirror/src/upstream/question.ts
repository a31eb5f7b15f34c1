import { MAX_URL_CHARACTERS, STATUS } from "@brainatlas/sdk";
import { isQueryPath } from "../routes/data-path.ts";
import { type Ask, ask, type Reply } from "./ask.ts";
import type { Held } from "./keep.ts";
import { type RedirectTarget, readRedirect } from "./redirect-target.ts";
import type { Target } from "./target.ts";
import { UpstreamError } from "./upstream-error.ts";
import type { UpstreamSettings } from "./upstream-options.ts";

/** The answer to a question, and who gave it. */
export interface Answered {
  readonly url: string;
  readonly reply: Reply;
  /** Where it leads, if it is a redirect. */
  readonly redirect: Exclude<RedirectTarget, { kind: "secure" }> | undefined;
}

/** How a question is put, if not for the whole of a fresh answer. */
export interface Manner {
  /** What is held of it: then the host is asked whether it still has that. */
  readonly held?: Held | undefined;
  /** @default "GET", or "POST" for what is too long */
  readonly method?: "HEAD" | undefined;
  /** Further fields, such as a range. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
/** What may be because a connection was closed while it rested: worth one more try. */
const RESTED = /\((?:ECONNRESET|EPIPE|UND_ERR_SOCKET)\)/;

/**
 * Puts a question to a host.
 *
 * @throws {UpstreamError} If no answer comes, or one to another question.
 */
export async function putQuestion(
  settings: UpstreamSettings,
  base: string,
  target: Target,
  manner: Manner,
  signal: AbortSignal,
): Promise<Answered> {
  const conditions = conditionsOf(manner.held);
  const send = (url: string, headers: Record<string, string>) =>
    sendOnce(settings, requestOf(url, target, { ...manner, headers: { ...manner.headers, ...headers } }), signal);
  let url = base + target.text;
  let reply = await send(url, conditions);
  let redirect = redirectOf(reply, url, base);
  if (redirect?.kind === "secure") {
    reply.drop();
    url = redirect.url;
    reply = await send(url, conditions);
    redirect = redirectOf(reply, url, base);
  }
  if (reply.status === STATUS.NOT_MODIFIED && Object.keys(conditions).length === 0) {
    reply.drop();
    // Something on the way takes the mirror for a client that has it already.
    reply = await send(url, { "cache-control": "no-cache" });
    if (reply.status === STATUS.NOT_MODIFIED) {
      throw new UpstreamError("answered 304 and was asked without a condition", { reach: "question" });
    }
    redirect = redirectOf(reply, url, base);
  }
  if (redirect?.kind === "secure") redirect = { kind: "elsewhere", reason: "redirects without end" };
  return { url, reply, redirect };
}

function redirectOf({ status, headers }: Reply, url: string, base: string): RedirectTarget | undefined {
  return REDIRECTS.includes(status) ? readRedirect(headers.get("location"), url, base) : undefined;
}

function conditionsOf(held: Held | undefined): Record<string, string> {
  const { etag, lastModified } = held?.validators ?? {};
  return {
    ...(etag === undefined ? {} : { "if-none-match": etag }),
    ...(lastModified === undefined ? {} : { "if-modified-since": lastModified }),
  };
}

/** A query that is too long for a URL goes as a form, as clients send it (reference §10). */
function requestOf(url: string, { form, text }: Target, { method, headers }: Manner): Ask {
  const [path = "", query] = split(url);
  // Packing them again costs both sides time and saves nothing; the service does it (reference §10).
  const coding: Record<string, string> = ["jpeg", "zip", "nrrd", "any"].includes(form)
    ? { "accept-encoding": "identity" }
    : {};
  const isShort = url.length <= MAX_URL_CHARACTERS || query === undefined || !isQueryPath(split(text)[0] ?? "");
  if (isShort || method === "HEAD") {
    return { url, method: method ?? "GET", headers: { accept: "*/*", ...coding, ...headers } };
  }
  const type = { "content-type": "application/x-www-form-urlencoded" };
  return { url: path, method: "POST", headers: { accept: "*/*", ...type, ...coding, ...headers }, body: query };
}

function split(text: string): string[] {
  const at = text.indexOf("?");
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

async function sendOnce(settings: UpstreamSettings, request: Ask, signal: AbortSignal): Promise<Reply> {
  try {
    return await ask(settings, request, signal);
  } catch (error) {
    if (!(error instanceof UpstreamError) || !RESTED.test(error.message)) throw error;
    return await ask(settings, request, signal);
  }
}
