/** A bounded number of places, given in the order in which they are asked for. */
export class Places {
  #taken = 0;
  readonly #limit: () => number;
  readonly #waiting = new Set<() => void>();

  constructor(limit: () => number) {
    this.#limit = limit;
  }

  /** Whether nobody has a place, or waits for one. */
  get isEmpty(): boolean {
    return this.#taken + this.#waiting.size === 0;
  }

  /** Calls `take` when there is a place, at once if there is; the function returned takes it back, if it has not been called. */
  ask(take: () => void): () => void {
    const enter = (): void => {
      this.#taken += 1;
      take();
    };
    this.#waiting.add(enter);
    this.fill();
    return () => this.#waiting.delete(enter);
  }

  /** Gives a place back. */
  leave(): void {
    this.#taken -= 1;
    this.fill();
  }

  /** Gives away the places that there are by now. */
  fill(): void {
    for (const enter of this.#waiting) {
      if (this.#taken >= this.#limit()) return;
      this.#waiting.delete(enter);
      enter();
    }
  }
}
