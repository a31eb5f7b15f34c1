/** What a file counts for beside its bytes: a request costs a server something, however small its answer. */
const FILE_WORK = 16 * 1024;
/** Shortest and longest time that a rate is measured over, in ms. */
const MIN_WINDOW_MS = 50;
const MAX_WINDOW_MS = 1000;
/** Answers for each connection that a rate is measured over, unless the longest time ends it. */
const ANSWERS_A_CONNECTION = 2;
/** The part of what more connections would give at best that they have to give. */
const MIN_GAIN = 0.1;
/** Pause before more are tried again after they did not help, in ms; it doubles each time. */
const FIRST_PAUSE_MS = 1000;
const MAX_PAUSE_MS = 30_000;

/** More connections, on trial. */
interface Trial {
  readonly from: number;
  readonly rateBefore: number;
  /** Windows that showed no gain. */
  misses: number;
}

/**
 * How many connections a server is asked over at once. It reads no clock and asks nobody: it is told what happened, and when.
 *
 * It begins with a few and doubles while that brings more bytes and files a second; what brings nothing is taken back, and tried again later. On a
 * sign of overload it halves, once for all requests that were under way by then, and from there grows by one at a time.
 */
export class Pace {
  readonly #ceiling: number;
  #connections: number;
  #isSlow = false;
  #trial: Trial | undefined;
  #nextTrialMs = 0;
  #pauseMs = FIRST_PAUSE_MS;
  #lastCutMs = Number.NEGATIVE_INFINITY;
  #startMs: number;
  #work = 0;
  #answers = 0;
  /** Answers after which another request was waiting already. */
  #busyAnswers = 0;

  /** @param first Connections at the start. */
  constructor(ceiling: number, first: number, nowMs: number) {
    this.#ceiling = ceiling;
    this.#connections = Math.min(ceiling, first);
    this.#startMs = nowMs;
  }

  /** Connections that are allowed at present. */
  get connections(): number {
    return this.#connections;
  }

  /** Bytes of a body arrived. */
  received(bytes: number, nowMs: number): void {
    this.#work += bytes;
    if (nowMs - this.#startMs >= MAX_WINDOW_MS) this.#closeWindow(nowMs);
  }

  /** A request was answered well; `isBusy` when another one was waiting for its place. */
  answered(isBusy: boolean, nowMs: number): void {
    this.#work += FILE_WORK;
    this.#answers += 1;
    if (isBusy) this.#busyAnswers += 1;
    const elapsedMs = nowMs - this.#startMs;
    const isEnough = elapsedMs >= MIN_WINDOW_MS && this.#answers >= this.#connections * ANSWERS_A_CONNECTION;
    if (isEnough || elapsedMs >= MAX_WINDOW_MS) this.#closeWindow(nowMs);
  }

  /** The server gave a sign of overload to a request that was sent at `sentMs`. */
  troubled(sentMs: number, nowMs: number): void {
    if (sentMs <= this.#lastCutMs) return;
    this.#lastCutMs = nowMs;
    this.#connections = Math.max(1, Math.floor(this.#connections / 2));
    this.#isSlow = true;
    this.#trial = undefined;
    this.#nextTrialMs = nowMs + FIRST_PAUSE_MS;
    this.#reset(nowMs);
  }

  #closeWindow(nowMs: number): void {
    const rate = this.#work / (nowMs - this.#startMs);
    // Few answers come of large files, whose places are all taken as a rule.
    const isFull = this.#answers === 0 || this.#busyAnswers * 2 >= this.#answers;
    this.#reset(nowMs);
    if (!isFull) return;
    if (this.#trial !== undefined) this.#judge(this.#trial, rate, nowMs);
    else if (nowMs >= this.#nextTrialMs) this.#grow(rate);
  }

  #judge(trial: Trial, rate: number, nowMs: number): void {
    const gain = MIN_GAIN * (this.#connections / trial.from - 1);
    if (rate >= trial.rateBefore * (1 + gain)) {
      this.#trial = undefined;
      this.#pauseMs = FIRST_PAUSE_MS;
      if (this.#isSlow) this.#wait(nowMs);
      else this.#grow(rate);
      return;
    }
    trial.misses += 1;
    if (trial.misses < 2) return;
    this.#connections = trial.from;
    this.#trial = undefined;
    this.#wait(nowMs);
    this.#pauseMs = Math.min(MAX_PAUSE_MS, this.#pauseMs * 2);
  }

  #wait(nowMs: number): void {
    this.#nextTrialMs = nowMs + this.#pauseMs;
  }

  #grow(rate: number): void {
    if (this.#connections >= this.#ceiling) return;
    const from = this.#connections;
    this.#connections = Math.min(this.#ceiling, this.#isSlow ? from + 1 : from * 2);
    this.#trial = { from, rateBefore: rate, misses: 0 };
  }

  #reset(nowMs: number): void {
    [this.#startMs, this.#work, this.#answers, this.#busyAnswers] = [nowMs, 0, 0, 0];
  }
}
