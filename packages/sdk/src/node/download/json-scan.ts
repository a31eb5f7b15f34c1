/** Where a scan stands between two bytes. */
type State =
  /** A value has to come. */
  | "value"
  /** A value, or the end of the array that has just begun. */
  | "first value"
  /** A name has to come. */
  | "name"
  /** A name, or the end of the object that has just begun. */
  | "first name"
  | "colon"
  /** A comma, or the end of what is open; blanks alone, when nothing is. */
  | "after"
  | "string"
  | "escape"
  /** Within a number, or one of the three words. */
  | "scalar";

/** Depth that nobody has seen, and a hostile document may have. */
const MAX_DEPTH = 100_000;
/** The longest number or word that is looked at. */
const MAX_SCALAR_BYTES = 1024;

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OBJECT, OBJECT_END, ARRAY, ARRAY_END] = [0x7b, 0x7d, 0x5b, 0x5d];
const ESCAPED = new Set([...'"\\/bfnrtu'].map((letter) => letter.charCodeAt(0)));

/**
 * Tells whether bytes that come in blocks are one JSON document (RFC 8259), in memory that does not grow with it.
 *
 * What stands in strings is looked at no closer than it takes to find their ends.
 */
export class JsonScan {
  #state: State = "value";
  /** What is open, the innermost last: whether it is an object. */
  readonly #open: boolean[] = [];
  #isName = false;
  #scalar = "";
  #offset = 0;

  /** Whether the document is at its end. */
  get isComplete(): boolean {
    if (this.#state === "scalar") return this.#open.length === 0 && isScalar(this.#scalar);
    return this.#state === "after" && this.#open.length === 0;
  }

  /** Takes the next block; gives the offset of the first byte that cannot stand where it does. */
  take(block: Uint8Array): number | undefined {
    // The order mark that some writers begin with.
    const start = this.#offset === 0 && block[0] === 0xef && block[1] === 0xbb && block[2] === 0xbf ? 3 : 0;
    for (let at = start; at < block.length; at += 1) {
      if (this.#state === "string") {
        at = stringEnd(block, at);
        if (at === block.length) break;
      }
      if (!this.#step(block[at] ?? 0)) return this.#offset + at;
    }
    this.#offset += block.length;
    return undefined;
  }

  #step(byte: number): boolean {
    if (this.#state === "string") return this.#inString(byte);
    if (this.#state === "escape") {
      this.#state = "string";
      return ESCAPED.has(byte);
    }
    if (this.#state === "scalar") {
      if (isScalarByte(byte)) {
        this.#scalar += String.fromCharCode(byte);
        return this.#scalar.length <= MAX_SCALAR_BYTES;
      }
      if (!isScalar(this.#scalar)) return false;
      this.#state = "after";
    }
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) return true;
    return this.#atToken(byte);
  }

  #inString(byte: number): boolean {
    if (byte === BACKSLASH) this.#state = "escape";
    else if (byte === QUOTE) this.#state = this.#isName ? "colon" : "after";
    else return byte >= 0x20;
    return true;
  }

  #atToken(byte: number): boolean {
    switch (this.#state) {
      case "first name":
        return byte === OBJECT_END ? this.#close(true) : this.#beginName(byte);
      case "name":
        return this.#beginName(byte);
      case "colon":
        this.#state = "value";
        return byte === COLON;
      case "first value":
        return byte === ARRAY_END ? this.#close(false) : this.#beginValue(byte);
      case "value":
        return this.#beginValue(byte);
      default:
        return this.#afterValue(byte);
    }
  }

  #beginName(byte: number): boolean {
    [this.#state, this.#isName] = ["string", true];
    return byte === QUOTE;
  }

  #beginValue(byte: number): boolean {
    if (byte === OBJECT || byte === ARRAY) {
      this.#open.push(byte === OBJECT);
      this.#state = byte === OBJECT ? "first name" : "first value";
      return this.#open.length <= MAX_DEPTH;
    }
    if (byte === QUOTE) {
      [this.#state, this.#isName] = ["string", false];
      return true;
    }
    [this.#state, this.#scalar] = ["scalar", String.fromCharCode(byte)];
    return isScalarByte(byte);
  }

  #afterValue(byte: number): boolean {
    const isObject = this.#open.at(-1);
    if (isObject === undefined) return false;
    if (byte === OBJECT_END || byte === ARRAY_END) return this.#close(byte === OBJECT_END);
    this.#state = isObject ? "name" : "value";
    return byte === COMMA;
  }

  #close(isObject: boolean): boolean {
    this.#state = "after";
    return this.#open.pop() === isObject;
  }
}

/** Where a string stops to be plain. */
function stringEnd(block: Uint8Array, from: number): number {
  let at = from;
  for (; at < block.length; at += 1) {
    const byte = block[at] ?? 0;
    if (byte === QUOTE || byte === BACKSLASH || byte < 0x20) break;
  }
  return at;
}

function isScalar(text: string): boolean {
  return text === "true" || text === "false" || text === "null" || NUMBER.test(text);
}

/** Letters, digits, and the signs of numbers. */
function isScalarByte(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x61 && byte <= 0x7a) ||
    byte === 0x45 ||
    byte === 0x2d ||
    byte === 0x2b ||
    byte === 0x2e
  );
}
