import type { Clock, Watch } from "./clock.ts";
import type { HopAsk } from "./follow.ts";

/** Time that a rate is measured over, in ms. */
export const RATE_WINDOW_MS = 60_000;

/** How long an answer is waited for: for its head, for each next piece of its body, and for a body that comes in drops. */
export class AnswerClock {
  readonly #watch: Watch;
  #bytesPerSecond = 0;
  #startMs = 0;
  #heldMs: number | undefined;
  #bytes = 0;

  /** @param expire Called with a limit, in ms, when nothing came within it. */
  constructor(clock: Clock, expire: (timeoutMs: number) => void) {
    this.#watch = clock.watch(expire);
  }

  /** Something is waited for. */
  start(timeoutMs: number): void {
    this.#watch.start(timeoutMs);
  }

  /** The head is there: its body is waited for. */
  takeHead(ask: Pick<HopAsk, "minBytesPerSecond"> | undefined, nowMs: number): void {
    this.#watch.touch();
    this.#bytesPerSecond = ask?.minBytesPerSecond ?? 0;
    [this.#startMs, this.#heldMs, this.#bytes] = [nowMs, undefined, 0];
  }

  /**
   * Bytes of the body came.
   *
   * @returns Why they are too few; `undefined` when they are not, or it is too early to be told.
   */
  takeBytes(count: number, nowMs: number): string | undefined {
    this.#watch.touch();
    this.#bytes += count;
    const passedMs = nowMs - this.#startMs;
    if (passedMs < RATE_WINDOW_MS) return undefined;
    const isEnough = this.#bytes * 1000 >= this.#bytesPerSecond * passedMs;
    [this.#startMs, this.#bytes] = [nowMs, 0];
    return isEnough ? undefined : `the body came slower than ${this.#bytesPerSecond} bytes a second`;
  }

  /** Nothing is wanted for a time, which does not count. */
  hold(nowMs: number): void {
    this.#watch.rest();
    this.#heldMs = nowMs;
  }

  /** More is wanted again; without a limit nothing is waited for. */
  release(timeoutMs: number | undefined, nowMs: number): void {
    this.#startMs += nowMs - (this.#heldMs ?? nowMs);
    this.#heldMs = undefined;
    if (timeoutMs !== undefined) this.#watch.start(timeoutMs);
  }

  /** Nothing is waited for. */
  rest(): void {
    this.#watch.rest();
  }
}
