import { Buffer } from "node:buffer";

/** What has to be settled before more is read, and the index up to which was read by then. */
export interface Pause {
  readonly wait: Promise<void>;
  readonly at: number;
}

/** Reads what a connection brings. */
export interface IntakeSteps {
  /** Takes bytes: all of them, unless it gives a pause. */
  read(bytes: Uint8Array): Pause | undefined;
  /** Takes the end, after which nothing comes. */
  end(): Pause | undefined;
  /** Takes what one of these has thrown, or a pause was rejected with. */
  fail(error: unknown): void;
  /** A pause begins. */
  onHold(): void;
  /** A pause is over. */
  onRelease(): void;
  /** Nothing is left over: more is wanted. */
  onHungry(): void;
}

const NOTHING = new Uint8Array(0);

/** Hands on what comes, and keeps what comes within a pause until it is over. */
export class Intake {
  #isHeld = false;
  #hasEnded = false;
  #isClosed = false;
  /** Bytes that came within a pause, as copies of our own. */
  #rest: Uint8Array[] = [];
  readonly #steps: IntakeSteps;

  constructor(steps: IntakeSteps) {
    this.#steps = steps;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Whether bytes wait until a pause is over. */
  get hasRest(): boolean {
    return this.#rest.length > 0;
  }

  /**
   * Takes bytes that are valid during the call only.
   *
   * @returns Whether more are wanted now.
   */
  receive(bytes: Uint8Array): boolean {
    if (this.#isClosed) return false;
    if (this.#isHeld) this.#rest.push(Buffer.from(bytes));
    else this.#give(bytes, false);
    return !this.#isHeld;
  }

  /** The other side sends no more. */
  end(): void {
    this.#hasEnded = true;
    if (!this.#isHeld && !this.#isClosed) this.#giveEnd();
  }

  /** Nothing is handed on any more. */
  close(): void {
    this.#isClosed = true;
    this.#rest = [];
  }

  #give(bytes: Uint8Array, isOwn: boolean): void {
    try {
      const pause = this.#steps.read(bytes);
      if (pause === undefined) return;
      const rest = bytes.subarray(pause.at);
      this.#hold(pause.wait, isOwn ? rest : Buffer.from(rest));
    } catch (error) {
      this.#steps.fail(error);
    }
  }

  #giveEnd(): void {
    try {
      const pause = this.#steps.end();
      if (pause !== undefined) this.#hold(pause.wait, NOTHING);
    } catch (error) {
      this.#steps.fail(error);
    }
  }

  #hold(wait: Promise<void>, rest: Uint8Array): void {
    this.#isHeld = true;
    if (rest.length > 0) this.#rest.unshift(rest);
    if (!this.#isClosed) this.#steps.onHold();
    wait.then(
      () => this.#release(),
      (error) => this.#steps.fail(error),
    );
  }

  #release(): void {
    if (this.#isClosed) return;
    this.#isHeld = false;
    this.#steps.onRelease();
    // Once at least: an answer may be complete without another byte.
    do this.#give(this.#rest.shift() ?? NOTHING, true);
    while (!this.#isHeld && !this.#isClosed && this.#rest.length > 0);
    if (this.#isHeld || this.#isClosed) return;
    if (this.#hasEnded) this.#giveEnd();
    else this.#steps.onHungry();
  }
}
