/** How many pages are remembered, a few megabytes. */
const REMEMBERED_PAGES = 100_000;

/** Tells pages that came before from fresh ones by all that is in their rows, where no ids tell. */
export class SeenPages {
  readonly #inAnyOrder: boolean;
  /** Oldest first, as sets keep the order of their growth. */
  readonly #prints = new Set<number>();
  /** Looked at only when the next page is in doubt. */
  #previous: readonly unknown[] = [];

  /** @param inAnyOrder Whether pages of the same rows in another order are the same. */
  constructor(inAnyOrder: boolean) {
    this.#inAnyOrder = inAnyOrder;
  }

  /** Remembers the page that came last. */
  add(rows: readonly unknown[]): void {
    this.#previous = rows;
  }

  /** Whether a page was added before or, where order does not count, is a piece of the one added last. */
  has(rows: readonly unknown[]): boolean {
    const previous = this.#textsOf(this.#previous);
    this.#remember(hashText(previous.join("\n")));
    const texts = this.#textsOf(rows);
    if (this.#prints.has(hashText(texts.join("\n")))) return true;
    if (!this.#inAnyOrder) return false;
    const known = new Set(previous);
    return texts.every((text) => known.has(text));
  }

  #textsOf(rows: readonly unknown[]): string[] {
    const texts = rows.map((row) => JSON.stringify(row));
    return this.#inAnyOrder ? texts.sort() : texts;
  }

  #remember(print: number): void {
    this.#prints.add(print);
    if (this.#prints.size <= REMEMBERED_PAGES) return;
    const [oldest = 0] = this.#prints;
    this.#prints.delete(oldest);
  }
}

/** A number of 53 bits that two texts hardly share by chance: two 32-bit hashes after Fowler, Noll and Vo, of other factors. */
function hashText(text: string): number {
  let low = 0x811c9dc5;
  let high = 0x1000193;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x1000193);
    high = Math.imul(high ^ code, 0x5bd1e995);
  }
  return (high >>> 11) * 2 ** 32 + (low >>> 0);
}
