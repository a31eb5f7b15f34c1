import { ConnectionError, isAtlasError, TimeoutError } from "../../errors.ts";
import { discardBody, promisedBytes } from "../../http/body.ts";
import { describeFailure } from "../../http/failure.ts";
import { onAbort } from "../../http/on-abort.ts";
import type { FetchLike } from "../../http/options.ts";
import { AnswerClock } from "./answer-clock.ts";
import type { Clock } from "./clock.ts";
import type { HopAsk, OpenHop } from "./follow.ts";
import type { WireSink } from "./wire.ts";

type Reader = ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;

/** One request that a `fetch` carries. */
export class FetchExchange {
  readonly url: string;
  /** Settles when the answer has been taken, or nobody waits for it any more. */
  readonly done: Promise<void>;
  readonly #ask: HopAsk;
  readonly #clock: AnswerClock;
  readonly #controller = new AbortController();
  readonly #unfollow: (() => void) | undefined;
  #isSettled = false;
  #reader: Reader | undefined;
  #resolve: () => void = () => {};
  #reject: (reason: unknown) => void = () => {};

  constructor(ask: HopAsk, clock: Clock) {
    const { signal } = ask;
    this.url = ask.target.url;
    this.#ask = ask;
    this.#clock = new AnswerClock(clock, (timeoutMs) => this.fail(new TimeoutError(this.#facts, timeoutMs, "attempt")));
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#unfollow = signal && onAbort(signal, () => this.fail(signal.reason));
  }

  get #facts(): { method: "GET"; url: string; attempts: number } {
    return { method: "GET", url: this.url, attempts: 1 };
  }

  /** Sends the request and takes its answer; never rejects, as `done` tells. */
  async start(fetch: FetchLike, open: OpenHop): Promise<void> {
    if (this.#isSettled) return;
    try {
      await this.#run(fetch, open);
      if (this.#settle()) this.#resolve();
    } catch (error) {
      this.fail(error);
    }
  }

  /** Ends it, whether its `fetch` watches a signal or not. */
  fail(reason: unknown): void {
    if (!this.#settle()) return;
    this.#reject(reason);
    this.#controller.abort();
    if (this.#reader !== undefined) cancel(this.#reader);
  }

  #settle(): boolean {
    if (this.#isSettled) return false;
    this.#isSettled = true;
    this.#clock.rest();
    this.#unfollow?.();
    return true;
  }

  async #run(fetch: FetchLike, open: OpenHop): Promise<void> {
    const { headers } = this.#ask;
    const { signal } = this.#controller;
    const response = await this.#heed(() => fetch(this.url, { headers, signal, redirect: "manual" }));
    const sink = await this.#open(response, open);
    if (sink === undefined || this.#isSettled) discardBody(response);
    else await this.#read(response, sink);
  }

  async #open(response: Response, open: OpenHop): Promise<WireSink | undefined> {
    if (this.#isSettled) return undefined;
    try {
      return await open(response);
    } catch (error) {
      discardBody(response);
      throw error;
    }
  }

  async #read({ body, headers }: Response, sink: WireSink): Promise<void> {
    const reader = body?.getReader();
    this.#reader = reader;
    const receivedBytes = reader === undefined ? 0 : await this.#copy(reader, sink);
    const promised = promisedBytes(headers);
    if (promised === undefined || receivedBytes === promised) return;
    throw new ConnectionError(this.#facts, `the body ended after ${receivedBytes} of ${promised} bytes`);
  }

  async #copy(reader: Reader, sink: WireSink): Promise<number> {
    let receivedBytes = 0;
    this.#clock.takeHead(this.#ask, performance.now());
    try {
      for (;;) {
        const { done, value } = await this.#heed(() => reader.read());
        if (done || this.#isSettled) return receivedBytes;
        receivedBytes += value.length;
        const fault = this.#clock.takeBytes(value.length, performance.now());
        if (fault !== undefined) throw new ConnectionError(this.#facts, fault);
        const written = sink.write(value);
        if (written !== undefined) await written;
      }
    } finally {
      cancel(reader);
    }
  }

  /** Waits for the platform; its failures become errors of the family, while those of the sink stay as they are. */
  async #heed<T>(begin: () => Promise<T>): Promise<T> {
    this.#clock.release(this.#ask.timeoutMs, performance.now());
    try {
      return await begin();
    } catch (error) {
      throw isAtlasError(error) ? error : new ConnectionError(this.#facts, describeFailure(error), { cause: error });
    } finally {
      this.#clock.hold(performance.now());
    }
  }
}

function cancel(reader: Reader): void {
  reader.cancel().catch(() => {
    // The connection is gone already: nothing is left to free.
  });
}
