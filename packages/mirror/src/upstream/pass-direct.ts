import { STATUS } from "@brainatlas/sdk";
import type { Reply } from "./ask.ts";
import { failureOf, WORDS } from "./failure-of.ts";
import { judgeHead, judgeStart, START_BYTES } from "./judge-body.ts";
import { answerRedirect, passedHeaders } from "./outcome.ts";
import { patientBody } from "./patient-body.ts";
import { type Answered, putQuestion } from "./question.ts";
import { readUpTo } from "./read-up-to.ts";
import type { Target } from "./target.ts";
import { UpstreamError } from "./upstream-error.ts";
import { type UpstreamHost, withHost } from "./upstream-host.ts";
import type { UpstreamSettings } from "./upstream-options.ts";

/** Fields of a request for a part, which go with it. */
const PART_HEADERS = ["range", "if-range"];
const PARTIAL_CONTENT = 206;

/**
 * Passes on a request that asks for less than the whole, `HEAD` or `Range`, or for what the store cannot take, and keeps nothing of the
 * answer: it comes as fast as the client takes it.
 *
 * A client that takes nothing for `idleTimeoutMs` is left, so that others get its place.
 *
 * @throws {UpstreamError} If the upstream gives nothing that can be handed on.
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
        const answered = await send(settings, host, target, request, signal);
        const { response, ended } = await answerDirect(answered, request, target, settings.idleTimeoutMs, stop, signal);
        resolve(response);
        await ended;
      });
    host.run(work, signal).catch(reject);
  });
}

async function send(
  settings: UpstreamSettings,
  { base }: UpstreamHost,
  target: Target,
  { method, headers: given }: Request,
  signal: AbortSignal,
): Promise<Answered> {
  const isHead = method === "HEAD";
  const headers: Record<string, string> = { "accept-encoding": "identity" };
  for (const name of isHead ? [] : PART_HEADERS) {
    const value = given.get(name);
    if (value !== null) headers[name] = value;
  }
  const sentAtMs = settings.now();
  const answered = await putQuestion(settings, base, target, { headers, method: isHead ? "HEAD" : undefined }, signal);
  const { reply, redirect } = answered;
  settings.onEvent({ type: "answered", target: target.text, status: reply.status, ms: settings.now() - sentAtMs });
  if (redirect?.kind === "here" || isPassed(reply.status, "range" in headers)) return answered;
  reply.drop();
  if (redirect !== undefined) throw new UpstreamError(redirect.reason, { reach: "question" });
  throw failureOf(reply, settings.now());
}

function isPassed(status: number, isPart: boolean): boolean {
  return status === STATUS.OK || (status === PARTIAL_CONTENT && isPart) || WORDS.includes(status);
}

/** An answer, and what settles when nothing of it is on its way any more. */
interface Direct {
  readonly response: Response;
  readonly ended: Promise<void>;
}

async function answerDirect(
  { reply, redirect }: Answered,
  request: Request,
  target: Target,
  patienceMs: number,
  stop: AbortController,
  signal: AbortSignal,
): Promise<Direct> {
  const { status, headers } = reply;
  const passed = passedHeaders(headers, target);
  const all = { ...passed, ...partHeaders(reply) };
  const ended = Promise.resolve();
  if (redirect?.kind === "here") {
    reply.drop();
    return { response: answerRedirect(status, passed, redirect.target, request), ended };
  }
  if (request.method === "HEAD") {
    reply.drop();
    if (status === STATUS.OK) judgeHead(headers);
    return { response: new Response(null, { status, headers: all }), ended };
  }
  const chunks = reply.chunks();
  const { bytes } = await judged(reply, chunks, target);
  const { body, ended: bodyEnded } = patientBody(bytes, chunks, patienceMs, stop, signal);
  const response = new Response(body, { status, headers: { ...all, "cache-control": "no-transform" } });
  return { response, ended: bodyEnded };
}

/** The beginning of a body, which is looked at where all of it comes. */
async function judged(
  { status, headers }: Reply,
  chunks: AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined>,
  { form }: Target,
): Promise<{ bytes: Uint8Array<ArrayBuffer> }> {
  if (status !== STATUS.OK) return { bytes: new Uint8Array(0) };
  const start = await readUpTo(chunks, START_BYTES);
  try {
    judgeStart(form, start.bytes, headers);
    return start;
  } catch (error) {
    await chunks.return();
    throw error;
  }
}

function partHeaders({ headers, totalBytes }: Reply): Record<string, string> {
  const range = headers.get("content-range") ?? "";
  return {
    ...(/^bytes [\d*]+(?:-\d+)?\/[\d*]+$/.test(range) && { "content-range": range, "accept-ranges": "bytes" }),
    ...(totalBytes !== undefined && { "content-length": String(totalBytes) }),
  };
}
