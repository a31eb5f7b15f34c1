import { ConnectionError, isAtlasError, type RequestFacts, TimeoutError } from "../../errors.ts";
import { describeFailure } from "../../http/failure.ts";
import { onAbort } from "../../http/on-abort.ts";
import { decodedSink, type EndingSink } from "./decoded-sink.ts";
import type { HopAsk, OpenHop } from "./follow.ts";
import type { AnswerHead } from "./head.ts";
import { printRequest } from "./request-text.ts";
import { WireFault } from "./wire-fault.ts";

/** One request on its way to its answer, whichever connection carries it. */
export class Exchange {
  readonly ask: HopAsk;
  readonly requestText: string;
  /** Settles when the answer has been taken. */
  readonly done: Promise<void>;
  /** How often it was written to a connection in earnest; what was sent ahead in vain does not count. */
  sends = 0;
  /** Whether it was written to its connection while the answer to another was still to come. */
  isSentAhead = false;
  /** Whether only a connection that has carried nothing yet will do. */
  needsFresh = false;
  isSettled = false;
  sink: EndingSink | undefined;
  /** Called when the signal ends it, with itself. */
  onAbort: ((exchange: Exchange) => void) | undefined;
  readonly #open: OpenHop;
  readonly #unfollow: (() => void) | undefined;
  #resolve: () => void = () => {};
  #reject: (reason: unknown) => void = () => {};

  constructor(ask: HopAsk, open: OpenHop) {
    this.ask = ask;
    this.requestText = printRequest(ask.target, ask.headers);
    this.#open = open;
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    const { signal } = ask;
    this.#unfollow = signal && onAbort(signal, () => this.#abort(signal.reason));
  }

  get facts(): RequestFacts {
    return { method: "GET", url: this.ask.target.url, attempts: Math.max(this.sends, 1) };
  }

  /** Opens the sink of the answer; without one its body is not wanted, and it is settled. */
  open(head: AnswerHead): Promise<void> | undefined {
    const take = (sink: Awaited<ReturnType<OpenHop>>): void => {
      if (this.isSettled) return;
      if (sink === undefined) this.finish();
      else this.sink = decodedSink(sink, head);
    };
    const opened = this.#open(head);
    if (opened instanceof Promise) return opened.then(take);
    take(opened);
    return undefined;
  }

  finish(): void {
    if (!this.#settle()) return;
    this.#resolve();
  }

  /** Ends it with what went wrong on the way. */
  fail(error: unknown): void {
    if (!this.#settle()) return;
    this.#reject(error);
  }

  failConnection(cause: unknown): void {
    const reason = cause instanceof WireFault ? cause.message : describeFailure(cause);
    this.fail(isAtlasError(cause) ? cause : new ConnectionError(this.facts, reason, { cause }));
  }

  failTimeout(timeoutMs: number): void {
    this.fail(new TimeoutError(this.facts, timeoutMs, "attempt"));
  }

  #abort(reason: unknown): void {
    this.fail(reason);
    this.onAbort?.(this);
  }

  #settle(): boolean {
    if (this.isSettled) return false;
    this.isSettled = true;
    this.#unfollow?.();
    return true;
  }
}
