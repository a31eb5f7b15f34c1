import { ConnectionError, DecodeError, type RequestFacts } from "../errors.ts";
import type { Receive } from "./attempt.ts";
import { readBody } from "./body.ts";
import { type Opened, openBody } from "./open-body.ts";
import type { Received } from "./response.ts";

/** Reads the body of an answer to its end. */
export const receiveWhole: Receive<Received> = async (response, call, history, context) => {
  const { limits, attempt, deadline, emit } = context;
  const { status, headers } = response;
  const facts = { method: call.method, url: finalUrl(response, call.url), attempts: attempt };
  const body = await readBody(response, call.method, limits.maxBodyBytes, deadline);
  if (body instanceof Uint8Array) {
    emit({ type: "response", method: facts.method, url: facts.url, status, bytes: body.length, attempt });
    return { ...facts, status, headers, history, body };
  }
  if (body.fault === "short") throw cutShort(facts, body.receivedBytes, body.promisedBytes);
  const expected = `at most ${body.maxBodyBytes} bytes, the limit of maxBodyBytes`;
  throw new DecodeError("the body", { at: body.maxBodyBytes, expected, found: "more", url: facts.url });
};

/** Leaves the body to be read as it comes. That of a failing answer is short, and is read, as errors quote it. */
export const receiveOpen: Receive<Opened> = async (response, call, history, context) => {
  const { limits, attempt, deadline, emit } = context;
  const { status, headers, ok } = response;
  if (!ok) {
    const whole = await receiveWhole(response, call, history, context);
    return { ...whole, failure: whole.body, read: () => readOnce(whole.body), cancel: () => {} };
  }
  const facts = { method: call.method, url: finalUrl(response, call.url), attempts: attempt };
  const onEnd = (bytes: number, promisedBytes: number | undefined): void => {
    if (promisedBytes !== undefined && bytes < promisedBytes) throw cutShort(facts, bytes, promisedBytes);
    emit({ type: "response", method: facts.method, url: facts.url, status, bytes, attempt });
  };
  const body = openBody(response, { facts, deadline, idleTimeoutMs: limits.timeoutMs, onEnd });
  return { ...facts, status, headers, history, failure: undefined, ...body };
};

/** Where the answer came from, when the platform followed redirects by itself. */
function finalUrl(response: Response, askedUrl: string): string {
  return response.redirected && response.url !== "" ? response.url : askedUrl;
}

function cutShort(facts: RequestFacts, receivedBytes: number, promisedBytes: number): ConnectionError {
  return new ConnectionError(facts, `the body ended after ${receivedBytes} of ${promisedBytes} bytes`);
}

async function* readOnce(bytes: Uint8Array<ArrayBuffer>): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  if (bytes.length > 0) yield bytes;
}
