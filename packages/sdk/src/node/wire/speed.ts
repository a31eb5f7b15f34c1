/** Bytes that may be under way before a request that is sent ahead, whatever was measured. */
const MIN_BYTES = 65_536;
const MAX_BYTES = 4 * 1024 * 1024;
/** Weight of the newest measurement. */
const NEWEST = 0.3;

/** How fast a connection answers, by what was measured on it. */
export class Speed {
  #latencyMs: number | undefined;
  #bytesPerMs: number | undefined;
  #begunAt: number | undefined;
  #headAt = 0;

  /** Bytes that arrive while a request is on its way and its answer begins: the bandwidth-delay product. */
  get bytesInFlight(): number {
    const product = (this.#latencyMs ?? 0) * (this.#bytesPerMs ?? 0);
    return Math.min(Math.max(product, MIN_BYTES), MAX_BYTES);
  }

  /** A request is the first in line; one that was sent ahead tells nothing of the latency. */
  begin(nowMs: number, isSentNow: boolean): void {
    this.#begunAt = isSentNow ? nowMs : undefined;
  }

  /** The head of its answer is there. */
  takeHead(nowMs: number): void {
    this.#headAt = nowMs;
    if (this.#begunAt !== undefined) this.#latencyMs = blend(this.#latencyMs, nowMs - this.#begunAt);
  }

  /** Its body is there. One that came along with its head tells nothing of the rate. */
  takeBody(nowMs: number, sizeBytes: number): void {
    const passedMs = nowMs - this.#headAt;
    if (sizeBytes < MIN_BYTES || passedMs <= 0) return;
    this.#bytesPerMs = blend(this.#bytesPerMs, sizeBytes / passedMs);
  }
}

/** A moving average. */
export function blend(mean: number | undefined, newest: number): number {
  return mean === undefined ? newest : mean + NEWEST * (newest - mean);
}
