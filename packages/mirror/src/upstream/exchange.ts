import { STATUS } from "@brainatlas/sdk";
import { IMAGE_SERVICE_PATH } from "@brainatlas/sdk/image";
import { ATLAS_HEADER, NOT_HELD_HEADER, STALE_HEADER } from "../routes/refuse.ts";
import type { EntryStore } from "../store/entries.ts";
import type { Reply } from "./ask.ts";
import { failureOf, WORDS } from "./failure-of.ts";
import type { Flight } from "./flights.ts";
import { readFreshness } from "./freshness.ts";
import { judgeEnd, judgeStart, judgeWhole } from "./judge-body.ts";
import { hasEndMark, TAIL_BYTES } from "./judge-end.ts";
import { entryOf, type Held, isNameable, refresh, shownHeaders, shownTagOf, validatorsOf } from "./keep.ts";
import { type Outcome, passedHeaders } from "./outcome.ts";
import { type Answered, putQuestion } from "./question.ts";
import { readUpTo } from "./read-up-to.ts";
import { openSpool, type Spool } from "./spool.ts";
import type { Target } from "./target.ts";
import { UpstreamError } from "./upstream-error.ts";
import { type UpstreamHost, withHost } from "./upstream-host.ts";
import type { UpstreamSettings } from "./upstream-options.ts";

/** What an exchange works with. */
export interface ExchangeTools {
  readonly settings: UpstreamSettings;
  readonly entries: EntryStore;
  /** Whether the store takes real data. */
  mayKeep(): boolean;
  /** Is told what could not be kept. */
  onError(error: unknown): void;
}

/** An answer up to this size is checked as a whole before a client gets any of it, in bytes; larger ones pass by as they come. */
export const HOLD_BYTES: number = 1024 * 1024;
/** What may be left of an answer that nobody waits for any more for it to be taken all the same, in bytes. */
const WORTH_ENDING_BYTES = 64 * 1024 * 1024;

/** Puts a question to the upstream for all who ask it, and keeps the answer. */
export function startExchange(
  tools: ExchangeTools,
  host: UpstreamHost,
  target: Target,
  held: Held | undefined,
  unwanted: AbortSignal,
): Flight<Outcome> {
  const exchange = new Exchange(tools, host, target, held, unwanted);
  const ended = exchange.run();
  return {
    outcome: exchange.outcome,
    ended,
    isWorthEnding: () => exchange.isWorthEnding(),
    dispose: () => exchange.spool?.close(),
  };
}

class Exchange {
  readonly outcome: Promise<Outcome>;
  spool: Spool | undefined;
  readonly #tools: ExchangeTools;
  readonly #host: UpstreamHost;
  readonly #target: Target;
  readonly #held: Held | undefined;
  readonly #unwanted: AbortSignal;
  #isKept = false;
  #deliver: (outcome: Outcome) => void = () => {};
  #fail: (error: unknown) => void = () => {};

  constructor(tools: ExchangeTools, host: UpstreamHost, target: Target, held: Held | undefined, unwanted: AbortSignal) {
    this.#tools = tools;
    this.#host = host;
    this.#target = target;
    this.#held = held;
    this.#unwanted = unwanted;
    this.outcome = new Promise((resolve, reject) => {
      this.#deliver = resolve;
      this.#fail = reject;
    });
    // Who waits hears of it; nobody may wait any more.
    this.outcome.catch(() => {});
  }

  async run(): Promise<void> {
    const { settings } = this.#tools;
    try {
      await this.#host.run(
        () => withHost(this.#host, settings, this.#target, () => this.#ask(this.#held)),
        this.#unwanted,
      );
    } catch (error) {
      this.spool?.end(error);
      this.#fail(error);
      const isKnown = error instanceof UpstreamError || this.#unwanted.aborted;
      // The body was broken off because it could not be written.
      if (!isKnown && this.spool !== undefined) this.#tools.onError(error);
    }
  }

  isWorthEnding(): boolean {
    const { totalBytes, writtenBytes } = this.spool ?? {};
    if (!this.#isKept || totalBytes === undefined || writtenBytes === undefined) return false;
    return totalBytes - writtenBytes <= WORTH_ENDING_BYTES;
  }

  async #ask(held: Held | undefined): Promise<void> {
    const { settings } = this.#tools;
    const sentAtMs = settings.now();
    const answered = await putQuestion(settings, this.#host.base, this.#target, { held }, this.#unwanted);
    const { status } = answered.reply;
    settings.onEvent({ type: "answered", target: this.#target.text, status, ms: settings.now() - sentAtMs });
    if (status === STATUS.OK) return await this.#takeData(answered);
    if (status === STATUS.NOT_MODIFIED) return await this.#takeUnchanged(answered.reply, held);
    if (answered.redirect !== undefined) return await this.#takeRedirect(answered, answered.redirect);
    if (WORDS.includes(status)) return this.#give(answered.reply, await readSmall(answered.reply));
    answered.reply.drop();
    throw failureOf(answered.reply, settings.now());
  }

  async #takeUnchanged({ headers, drop }: Reply, held: Held | undefined): Promise<void> {
    drop();
    const { entries, settings, onError } = this.#tools;
    // Without one no condition was sent, and no 304 comes this far.
    if (held === undefined) throw new UpstreamError("answered 304 unasked", { reach: "question" });
    const now = settings.now();
    const { kind } = this.#target;
    const freshness = readFreshness(headers, settings.freshMs[kind], now) ?? { checkedAtMs: now, freshMs: 0 };
    const became = await refresh(entries, this.#target, held, headers, freshness).catch(onError);
    if (became === "gone") return await this.#ask(undefined);
    if (became === "refreshed") settings.onEvent({ type: "refreshed", target: this.#target.text });
    this.#deliver({ kind: "refreshed", freshness });
  }

  async #takeRedirect({ reply, url }: Answered, redirect: NonNullable<Answered["redirect"]>): Promise<void> {
    reply.drop();
    if (redirect.kind === "elsewhere") throw new UpstreamError(redirect.reason, { reach: "question" });
    const { target: location } = redirect;
    const freshness = this.#keptFreshness(reply);
    if (this.#isOfPicture(location) && freshness !== undefined) {
      const { status, headers } = reply;
      const entry = entryOf({ target: this.#target, url, status, headers, location, freshness });
      if (await this.#put(entry, new Uint8Array(0))) return;
    }
    this.#give(reply, new Uint8Array(0), location);
  }

  /** Whether a redirect is what downloads of pictures are answered with: one to the image service (reference §1.3). */
  #isOfPicture(location: string): boolean {
    const { kind, text } = this.#target;
    const isService = (path: string): boolean => path.startsWith(`${IMAGE_SERVICE_PATH}?`);
    return kind === "picture" && !isService(text) && isService(location);
  }

  async #takeData(answered: Answered): Promise<void> {
    const chunks = answered.reply.chunks();
    try {
      await this.#takeBody(answered, chunks);
    } finally {
      // What was not wanted is let go of.
      await chunks.return();
    }
  }

  async #takeBody(
    { reply, url }: Answered,
    chunks: AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined>,
  ): Promise<void> {
    const { bytes, isWhole } = await readUpTo(chunks, HOLD_BYTES);
    const { form } = this.#target;
    const { status, headers } = reply;
    const isData = (isWhole ? judgeWhole : judgeStart)(form, bytes, headers) === "data";
    const isSure = !reply.isOpenEnded || hasEndMark(form, bytes, isWhole);
    const freshness = isData && isSure ? this.#keptFreshness(reply) : undefined;
    const keep = freshness && entryOf({ target: this.#target, url, status, headers, freshness });
    if (!isWhole) return await this.#pass(reply, keep, bytes, chunks);
    if (keep !== undefined && (await this.#put(keep, bytes))) return;
    this.#give(reply, bytes);
  }

  /** How long an answer is fresh; `undefined` if it is not to be kept. */
  #keptFreshness({ headers }: Reply): ReturnType<typeof readFreshness> {
    const { settings, mayKeep } = this.#tools;
    // What is made up, lacking or stale there must not pass for data here.
    const isWanting = [ATLAS_HEADER, NOT_HELD_HEADER, STALE_HEADER].some((name) => headers.has(name));
    if (!mayKeep() || !isNameable(this.#target) || isWanting) return undefined;
    return readFreshness(headers, settings.freshMs[this.#target.kind], settings.now());
  }

  /** Puts a small answer; whether that went well. A store that takes nothing is no reason to answer nothing. */
  async #put(entry: ReturnType<typeof entryOf>, bytes: Uint8Array): Promise<boolean> {
    const { entries, settings, onError } = this.#tools;
    try {
      const { sizeBytes } = await entries.put(entry, bytes);
      settings.onEvent({ type: "kept", target: this.#target.text, sizeBytes });
      this.#deliver({ kind: "kept" });
      return true;
    } catch (error) {
      onError(error);
      return false;
    }
  }

  #give({ status, headers }: Reply, body: Uint8Array<ArrayBuffer>, location?: string): void {
    this.#deliver({ kind: "given", status, headers: passedHeaders(headers, this.#target), location, body });
  }

  /** Hands a large answer on as it comes, through a file, and keeps that if it proves whole. */
  async #pass(
    reply: Reply,
    keep: ReturnType<typeof entryOf> | undefined,
    start: Uint8Array,
    rest: AsyncIterable<Uint8Array>,
  ): Promise<void> {
    const { entries, settings, onError } = this.#tools;
    this.#isKept = keep !== undefined;
    let isDelivered = false;
    const write = async (path: string): Promise<void> => {
      const spool = await openSpool(path, reply.totalBytes);
      this.spool = spool;
      await spool.write(start);
      this.#deliver(this.#growing(reply, spool));
      isDelivered = true;
      for await (const chunk of rest) await spool.write(chunk);
      judgeEnd(this.#target.form, start, await spool.tail(TAIL_BYTES));
      spool.end();
    };
    try {
      if (keep === undefined) return await entries.aside(write);
      const { sizeBytes } = await entries.putWritten(keep, write);
      settings.onEvent({ type: "kept", target: this.#target.text, sizeBytes });
    } catch (error) {
      if (isDelivered) throw error;
      // A store that takes nothing is no reason to answer nothing.
      onError(error);
      this.#deliver({ kind: "unspooled" });
    }
  }

  #growing({ headers }: Reply, spool: Spool): Outcome {
    const { lastModified } = validatorsOf(headers);
    return {
      kind: "growing",
      spool,
      headers: { ...passedHeaders(headers, this.#target), ...shownHeaders(headers, this.#target) },
      etag: shownTagOf(headers),
      lastModified: lastModified === undefined ? undefined : new Date(lastModified),
    };
  }
}

/** The words of a service, which are short. */
async function readSmall(reply: Reply): Promise<Uint8Array<ArrayBuffer>> {
  const chunks = reply.chunks();
  const { bytes, isWhole } = await readUpTo(chunks, HOLD_BYTES);
  await chunks.return();
  if (isWhole) return bytes;
  throw new UpstreamError(`answered ${reply.status} with more words than can be handed on`, { reach: "question" });
}
