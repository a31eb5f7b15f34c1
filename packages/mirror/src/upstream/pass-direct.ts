import { streamOf } from "../routes/stream-of.ts";
import { ask, type Reply } from "./ask.ts";
import { passedHeaders } from "./outcome.ts";
import type { Target } from "./target.ts";
import { UpstreamError } from "./upstream-error.ts";
import { type UpstreamHost, withHost } from "./upstream-host.ts";
import type { UpstreamSettings } from "./upstream-options.ts";

/** Fields of a request for a part, which go with it. */
const PART_HEADERS = ["range", "if-range"];
/** Statuses of an answer to a request for a part or for the head alone that is handed on. */
const PASSED: readonly number[] = [200, 206, 400, 404, 405, 410, 416];

/**
 * Passes on a request that asks for less than the whole, `HEAD` or `Range`, and keeps nothing of the answer: it comes as fast as the client takes it.
 *
 * @throws {UpstreamError} If the upstream gives nothing that can be handed on; a redirect too, which no client of a part meets.
 * @throws {BusyError} If too many wait.
 */
export function passDirect(
  settings: UpstreamSettings,
  host: UpstreamHost,
  target: Target,
  request: Request,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const stop = new AbortController();
    const signal = AbortSignal.any([request.signal, stop.signal]);
    const work = (): Promise<void> =>
      withHost(host, settings, target, async () => {
        const reply = await send(settings, host, target, request, signal);
        await new Promise<void>((ended) => {
          resolve(answerDirect(reply, request, target, ended, () => stop.abort()));
        });
      });
    host.run(work, signal).catch(reject);
  });
}

async function send(
  settings: UpstreamSettings,
  { base }: UpstreamHost,
  { text }: Target,
  { method, headers: given }: Request,
  signal: AbortSignal,
): Promise<Reply> {
  const headers: Record<string, string> = { accept: "*/*", "accept-encoding": "identity" };
  for (const name of PART_HEADERS) {
    const value = given.get(name);
    if (value !== null && method !== "HEAD") headers[name] = value;
  }
  const sentAtMs = settings.now();
  const reply = await ask(settings, { url: base + text, method: method === "HEAD" ? "HEAD" : "GET", headers }, signal);
  const { status } = reply;
  settings.onEvent({ type: "answered", target: text, status, ms: settings.now() - sentAtMs });
  if (PASSED.includes(status)) return reply;
  reply.drop();
  const reach = [429, 502, 503, 504].includes(status) ? "service" : "question";
  throw new UpstreamError(`answered ${status}`, { reach });
}

function answerDirect(reply: Reply, request: Request, target: Target, ended: () => void, stop: () => void): Response {
  const { status, headers } = reply;
  const all = { ...passedHeaders(headers, target), ...partHeaders(reply) };
  if (request.method === "HEAD") {
    reply.drop();
    ended();
    return new Response(null, { status, headers: all });
  }
  const body = streamOf(untilEnd(reply.chunks(), ended), () => {
    stop();
    ended();
  });
  return new Response(body, { status, headers: { ...all, "cache-control": "no-transform" } });
}

function partHeaders({ headers, totalBytes }: Reply): Record<string, string> {
  const range = headers.get("content-range") ?? "";
  return {
    ...(/^bytes [\d*]+(?:-\d+)?\/[\d*]+$/.test(range) && { "content-range": range, "accept-ranges": "bytes" }),
    ...(totalBytes !== undefined && { "content-length": String(totalBytes) }),
  };
}

async function* untilEnd(
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
  ended: () => void,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  try {
    yield* chunks;
  } finally {
    ended();
  }
}
