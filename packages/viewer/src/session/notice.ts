import { type ReadonlySignal, signal } from "@preact/signals";
import { withoutTurns } from "../model/plain-words.ts";

/** Words, and how many notices there were up to them. */
export interface SaidWords {
  readonly words: string;
  readonly count: number;
}

/** Words for a moment. The same words once more are a notice of their own: they stay anew, and are heard anew. */
export class Notice {
  readonly #said = signal<SaidWords | undefined>(undefined);
  #count = 0;

  /** What is said now; another one at each notice. */
  get said(): ReadonlySignal<SaidWords | undefined> {
    return this.#said;
  }

  /** The words; `undefined` for none. */
  get value(): string | undefined {
    return this.#said.value?.words;
  }

  set value(words: string | undefined) {
    this.#count += 1;
    this.#said.value = words === undefined ? undefined : { words: withoutTurns(words), count: this.#count };
  }

  /** The words, read without following them. */
  peek(): string | undefined {
    return this.#said.peek()?.words;
  }
}
