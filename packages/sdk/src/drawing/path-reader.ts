/** What a path's data is not. */
export class PathFault extends Error {
  /** Index in the text, from 0. */
  readonly offset: number;
  readonly expected: string;

  constructor(offset: number, expected: string) {
    super(`expected ${expected} at character ${offset}`);
    this.offset = offset;
    this.expected = expected;
  }
}

const MINUS = 45;
const PLUS = 43;
const POINT = 46;
const COMMA = 44;

/** Reads path data piece by piece: command letters, and numbers that blanks, commas or nothing may part. */
export class PathReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Index of what is read next. */
  get offset(): number {
    return this.#at;
  }

  /** The next letter, which says what is drawn; `undefined` at the end. */
  command(): string | undefined {
    this.#skipBlanks();
    if (this.#at >= this.#text.length) return undefined;
    const letter = this.#text.charAt(this.#at);
    if (!/[a-z]/i.test(letter)) throw new PathFault(this.#at, "a command");
    this.#at += 1;
    return letter;
  }

  /** Whether a number stands next; a comma before it is passed over. */
  hasNumber(): boolean {
    this.#skipBlanks();
    if (this.#code(this.#at) === COMMA) {
      this.#at += 1;
      this.#skipBlanks();
      if (!this.#startsNumber()) throw new PathFault(this.#at, "a number");
      return true;
    }
    return this.#startsNumber();
  }

  /** The next number. */
  number(): number {
    if (!this.hasNumber()) throw new PathFault(this.#at, "a number");
    const start = this.#at;
    if (this.#isSign(this.#at)) this.#at += 1;
    const digits = this.#skipDigits() + (this.#code(this.#at) === POINT ? this.#skipFraction() : 0);
    if (digits === 0) throw new PathFault(start, "a number");
    this.#skipExponent();
    return Number(this.#text.slice(start, this.#at));
  }

  #skipFraction(): number {
    this.#at += 1;
    return this.#skipDigits();
  }

  /** An `e` without digits after it is none. */
  #skipExponent(): void {
    const start = this.#at;
    if ((this.#code(start) | 32) !== 101) return;
    this.#at += this.#isSign(start + 1) ? 2 : 1;
    if (this.#skipDigits() === 0) this.#at = start;
  }

  #skipDigits(): number {
    const start = this.#at;
    while (isDigit(this.#code(this.#at))) this.#at += 1;
    return this.#at - start;
  }

  #skipBlanks(): void {
    for (let code = this.#code(this.#at); code === 32 || (code >= 9 && code <= 13); code = this.#code(this.#at)) {
      this.#at += 1;
    }
  }

  #startsNumber(): boolean {
    const code = this.#code(this.#at);
    return isDigit(code) || code === POINT || this.#isSign(this.#at);
  }

  #isSign(at: number): boolean {
    const code = this.#code(at);
    return code === MINUS || code === PLUS;
  }

  #code(at: number): number {
    return at < this.#text.length ? this.#text.charCodeAt(at) : 0;
  }
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
