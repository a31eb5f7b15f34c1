import { isAtlasError } from "../errors.ts";
import { attemptOnce, type Call, type Receive } from "./attempt.ts";
import { Deadline } from "./deadline.ts";
import { createEmitter } from "./emit.ts";
import { toFailure } from "./failure.ts";
import { onAbort } from "./on-abort.ts";
import type { Opened } from "./open-body.ts";
import {
  type HeaderFields,
  type HeaderPairs,
  type HttpSettings,
  normaliseLimits,
  type RequestLimits,
  type RequestOptions,
} from "./options.ts";
import { type Answer, type Outcome, planRetry } from "./plan-retry.ts";
import { createPool } from "./pool.ts";
import { receiveOpen, receiveWhole } from "./receive.ts";
import type { Received } from "./response.ts";
import { isIdempotent } from "./retry.ts";
import { createSharing, type Running } from "./share.ts";

/** A request as resources state it. */
export interface AtlasRequest {
  readonly url: string;
  /** @default "GET" */
  readonly method?: "GET" | "HEAD" | "POST";
  readonly headers?: HeaderFields;
  readonly body?: string;
  /** Says of a POST that it only reads: it is sent again and shared as a GET is. */
  readonly idempotent?: boolean;
  /** Says of an answer with a good status why it should be asked for again; `undefined` if it should not. */
  readonly findFault?: ((answer: Received) => string | undefined) | undefined;
}

/** Turns requests into answers or errors of the family. */
export interface Transport {
  /** Gives a complete answer. */
  request(request: AtlasRequest, options: RequestOptions): Promise<Received>;
  /**
   * Gives an answer once its headers are there. Up to then the limits are those of a request; from then on `timeoutMs` is the
   * longest wait for a chunk, `totalTimeoutMs` and `maxBodyBytes` do not count, and the place in the pool is free again: who
   * reads one body may ask for others meanwhile.
   */
  stream(request: Omit<AtlasRequest, "findFault">, options: RequestOptions): Promise<Opened>;
}

/** How one kind of answer is had. */
interface Way<T> {
  readonly receive: Receive<T>;
  readonly findFault?: ((answer: T) => string | undefined) | undefined;
}

/** A transport with its own pool; identical requests under way at once that only read are sent as one. */
export function createTransport(settings: HttpSettings): Transport {
  const pool = createPool(settings.concurrency);
  const share = createSharing<Received>();
  const alone = createSharing<Opened>();
  const emit = createEmitter(settings.onEvent);

  function start<T extends Answer>(call: Call, limits: RequestLimits, way: Way<T>): Running<T> {
    const total = new Deadline(undefined, "total", limits.totalTimeoutMs);
    return {
      result: withRetries(call, limits, total, way).finally(() => total.close()),
      abort: (reason) => total.abort(reason),
    };
  }

  async function withRetries<T extends Answer>(
    call: Call,
    limits: RequestLimits,
    total: Deadline,
    way: Way<T>,
  ): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      const { method, url } = call;
      const fail = (error: unknown): unknown => toFailure(error, { method, url, attempts: attempt }, total);
      const outcome: Outcome<T> = await pool
        .run(() => tryOnce(call, limits, total, attempt, way), total)
        .catch((error: unknown) => ({ failed: isAtlasError(error) ? error : fail(error) }));
      const retry = call.idempotent ? planRetry(outcome, attempt, limits, way.findFault) : undefined;
      if (retry === undefined) {
        if ("failed" in outcome) throw outcome.failed;
        return outcome;
      }
      emit({ type: "retry", method, url, attempt, ...retry });
      await total.sleep(retry.delayMs).catch((error: unknown) => {
        throw fail(error);
      });
    }
  }

  async function tryOnce<T>(
    call: Call,
    limits: RequestLimits,
    total: Deadline,
    attempt: number,
    { receive }: Way<T>,
  ): Promise<T> {
    const deadline = new Deadline(total, "attempt", limits.timeoutMs);
    try {
      return await attemptOnce(call, { settings, limits, attempt, deadline, emit }, receive);
    } finally {
      deadline.close();
    }
  }

  return {
    request(request, options) {
      const limits = normaliseLimits(options, settings.limits);
      const call = toCall(request, settings.headers);
      const key = call.idempotent && call.method !== "HEAD" ? shareKey(call, limits) : undefined;
      const way = { receive: receiveWhole, findFault: request.findFault };
      return share(key, () => start(call, limits, way), options.signal);
    },
    async stream(request, options) {
      const limits = normaliseLimits(options, settings.limits);
      const call = toCall(request, settings.headers);
      const { signal } = options;
      const opened = await alone(undefined, () => cancelling(start(call, limits, { receive: receiveOpen })), signal);
      return signal === undefined ? opened : heeding(signal, opened);
    },
  };
}

function toCall({ url, method = "GET", headers, body, idempotent }: AtlasRequest, base: HeaderPairs): Call {
  const merged = mergeHeaders(base, headers);
  return { method, url, headers: merged, body, idempotent: idempotent ?? isIdempotent(method) };
}

/** An abort that comes when the headers are there already, and nobody has the answer yet, ends it too. */
function cancelling(running: Running<Opened>): Running<Opened> {
  const abort = (reason: unknown): void => {
    running.abort(reason);
    running.result.then(
      (opened) => opened.cancel(reason),
      () => {},
    );
  };
  return { result: running.result, abort };
}

/** The answer, whose body ends with the signal; the signal does not hold on to it longer than it is read. */
function heeding(signal: AbortSignal, opened: Opened): Opened {
  const end = (): void => opened.cancel(signal.reason);
  if (signal.aborted) end();
  const release = onAbort(signal, end);
  async function* read(): ReturnType<Opened["read"]> {
    try {
      yield* opened.read();
    } finally {
      release();
    }
  }
  const cancel = (reason: unknown): void => {
    release();
    opened.cancel(reason);
  };
  return { ...opened, read, cancel };
}

/**
 * Tells apart what must not be shared. Limits are of a fixed number, headers and the URL hold no line feed, and the body comes
 * last.
 */
function shareKey({ method, url, headers, body }: Call, limits: RequestLimits): string {
  return [...Object.values(limits), method, ...headers.flat(), "", url, body ?? ""].join("\n");
}

function mergeHeaders(base: HeaderPairs, own: HeaderFields | undefined): HeaderPairs {
  if (own === undefined) return base;
  const merged = new Map(base);
  for (const [name, value] of new Headers(own)) merged.set(name, value);
  return [...merged];
}
