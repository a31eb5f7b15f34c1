import { BusyError } from "../failures.ts";
import { ageHeaders } from "../routes/age-headers.ts";
import { readParameters } from "../routes/data-parameters.ts";
import { isQueryPath } from "../routes/data-path.ts";
import {
  NOT_HELD_HEADER,
  REASON_HEADER,
  RETRY_AFTER_S,
  refuse,
  SOURCE_HEADER,
  STALE_HEADER,
} from "../routes/refuse.ts";
import type { AtlasStore } from "../store/atlas-store.ts";
import type { EntryStore } from "../store/entries.ts";
import type { Freshness } from "../store/kept.ts";
import { type ExchangeTools, startExchange } from "./exchange.ts";
import { createFlights, type Flights } from "./flights.ts";
import { isFreshAt } from "./freshness.ts";
import { findHeld, type Held } from "./keep.ts";
import { answerOutcome, type Outcome, UPSTREAM_HEADER } from "./outcome.ts";
import { passDirect } from "./pass-direct.ts";
import { readTarget, type Target } from "./target.ts";
import { UpstreamError } from "./upstream-error.ts";
import { createHosts, type HostOf } from "./upstream-host.ts";
import { completeUpstream, type UpstreamOptions, type UpstreamSettings } from "./upstream-options.ts";

/** Answers a request. */
export type Answer = (request: Request) => Promise<Response>;

/** What a read-through stands on. */
export interface ReadThroughOptions {
  readonly store: AtlasStore;
  readonly upstream: UpstreamOptions;
  /** Answers from the store alone. */
  readonly local: Answer;
  readonly onError: ((error: unknown, request: Request) => void) | undefined;
}

/** Statuses of an answer from the store that the upstream may have a better one for. */
const LACKING: readonly number[] = [400, 404, 500];

/**
 * Makes what answers from the store what that holds, asks the upstream for what it lacks, keeps it, and falls back on the store when the
 * upstream fails.
 *
 * @throws {TypeError} If the store cannot keep what comes, or a URL of the upstream is none.
 * @throws {RangeError} If a bound is no number above 0.
 */
export function createReadThrough({ store, upstream, local, onError }: ReadThroughOptions): Answer {
  const settings = completeUpstream(upstream);
  const entries = entriesOf(store);
  const shared = { settings, entries, hostOf: createHosts(settings), flights: createFlights<Outcome>(), local };
  return async (request) => {
    const question = await readQuestion(request);
    if (question === undefined) return await local(request);
    if (question instanceof Response) return question;
    const tell = (error: unknown): void => onError?.(error, request);
    const tools = { settings, entries, mayKeep: () => store.synthetic !== true, onError: tell };
    return await new Passage({ ...shared, tools }, question.target, question.request).answer();
  };
}

/** @throws {TypeError} If a store is made up, or holds nothing for long. */
function entriesOf(store: AtlasStore & { readonly entries?: EntryStore | undefined }): EntryStore {
  if (store.synthetic === true) {
    throw new TypeError(
      "Cannot use an upstream with a synthetic store: what comes from there is not; give another store",
    );
  }
  if (store.entries === undefined) {
    throw new TypeError("Cannot use an upstream with a store that keeps nothing; give one that openStore() opened");
  }
  return store.entries;
}

/** A request with the question that it asks; `undefined` for one that is not passed on. */
async function readQuestion(
  request: Request,
): Promise<{ readonly target: Target; readonly request: () => Request } | Response | undefined> {
  const url = new URL(request.url);
  if (request.method !== "POST") {
    const target = ["GET", "HEAD"].includes(request.method) ? readTarget(url) : undefined;
    return target && { target, request: () => request };
  }
  if (!isQueryPath(url.pathname)) return undefined;
  const given = await readParameters(request, url);
  if (given instanceof Response) return given;
  // The first of a name counts.
  const parameters = new URLSearchParams(Object.fromEntries([...given].reverse()));
  const target = readTarget(url, parameters);
  if (target === undefined) return undefined;
  // A body is read once: each further reader gets its own.
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const again = (): Request =>
    new Request(url.origin + url.pathname, {
      method: "POST",
      headers,
      body: String(parameters),
      signal: request.signal,
    });
  return { target, request: again };
}

interface PassageTools {
  readonly settings: UpstreamSettings;
  readonly entries: EntryStore;
  readonly hostOf: HostOf;
  readonly flights: Flights<Outcome>;
  readonly local: Answer;
  readonly tools: ExchangeTools;
}

/** One request on its way through. */
class Passage {
  readonly #shared: PassageTools;
  readonly #target: Target;
  readonly #request: () => Request;

  constructor(shared: PassageTools, target: Target, request: () => Request) {
    this.#shared = shared;
    this.#target = target;
    this.#request = request;
  }

  async answer(): Promise<Response> {
    const { settings, entries, tools } = this.#shared;
    const held = await findHeld(entries, this.#target, settings.freshMs[this.#target.kind], tools.onError);
    const isFresh = held !== undefined && isFreshAt(held.freshness, settings.now());
    let own: Response | undefined;
    if (isFresh || (held === undefined && !this.#target.isOfRows)) {
      own = await this.#local();
      if (!isLacking(own)) return held === undefined ? own : this.#withAge(own, held.freshness);
    }
    try {
      return await this.#ask(held);
    } catch (error) {
      if (!(error instanceof UpstreamError) && !(error instanceof BusyError)) throw error;
      return await this.#fallBack(error, held, own ?? (await this.#local()));
    }
  }

  async #local(): Promise<Response> {
    return await this.#shared.local(this.#request());
  }

  async #ask(held: Held | undefined): Promise<Response> {
    const { settings, hostOf, flights, tools } = this.#shared;
    const host = hostOf(this.#target);
    const request = this.#request();
    const isPart = this.#target.asset !== undefined && request.headers.has("range") && held === undefined;
    const isUnderWay = flights.has(this.#target.key);
    if (request.method === "HEAD" || (isPart && !isUnderWay)) {
      return await passDirect(settings, host, this.#target, request);
    }
    const start = (unwanted: AbortSignal) => startExchange(tools, host, this.#target, held, unwanted);
    const { outcome, release } = await flights.join(this.#target.key, start, request.signal);
    if (outcome.kind === "given" || outcome.kind === "growing") return answerOutcome(outcome, request, release);
    release();
    if (outcome.kind === "unspooled") return await passDirect(settings, host, this.#target, request);
    const own = await this.#local();
    if (outcome.kind === "refreshed") return this.#withAge(own, outcome.freshness);
    return relabelled(own, { [SOURCE_HEADER]: "passed", [STALE_HEADER]: undefined });
  }

  /** The store's own answer, which the upstream has said to be so. */
  #withAge(response: Response, freshness: Freshness): Response {
    const { age } = ageHeaders(freshness, this.#shared.settings.now());
    return relabelled(response, { age, [STALE_HEADER]: undefined });
  }

  /** What is held instead of what the upstream should have given; else the store's own words, and how the upstream failed. */
  async #fallBack(error: UpstreamError | BusyError, held: Held | undefined, own: Response): Promise<Response> {
    const words = error instanceof BusyError ? "is asked too much at once" : error.message;
    if (!isLacking(own)) {
      const aged = held && ageHeaders(held.freshness, this.#shared.settings.now());
      return relabelled(own, { ...aged, [UPSTREAM_HEADER]: printable(words) });
    }
    const said = await wordsOf(own);
    const { status, retryAfterMs } =
      error instanceof BusyError ? { status: 503, retryAfterMs: Number(RETRY_AFTER_S) * 1000 } : error;
    const later = retryAfterMs === undefined ? {} : { "retry-after": String(Math.ceil(retryAfterMs / 1000)) };
    return refuse(status, `${said}; the upstream ${words}`, { [REASON_HEADER]: "upstream-failed", ...later });
  }
}

/** Whether the upstream may have what an answer from the store does not say. */
function isLacking({ status, headers }: Response): boolean {
  return LACKING.includes(status) || headers.has(NOT_HELD_HEADER);
}

/** The same answer with other fields; what is `undefined` is taken away. */
function relabelled(response: Response, fields: Readonly<Record<string, string | undefined>>): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) headers.delete(name);
    else headers.set(name, value);
  }
  return new Response(response.body, { status: response.status, headers });
}

/** Failures may quote what is no text of a header. */
function printable(words: string): string {
  return words.replaceAll(/[^\x20-\x7e]/g, "?").slice(0, 300);
}

/** What a refusal says. */
async function wordsOf(response: Response): Promise<string> {
  const answer: unknown = await response.json().catch(() => undefined);
  const { msg } = Object(answer) as { msg?: unknown };
  return typeof msg === "string" ? msg : "This mirror does not hold all of that";
}
