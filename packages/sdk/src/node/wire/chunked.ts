import { parseFields } from "./head.ts";
import { WireFault } from "./wire-fault.ts";

/** Longest line with the size of a chunk, extensions included, and longest trailer, in bytes. */
const MAX_LINE_BYTES = 4096;
const MAX_TRAILER_BYTES = 65_536;
/** All extensions of one body together, in bytes: nobody uses them but to keep a reader busy. */
const MAX_EXTENSION_BYTES = 65_536;

const SIZE_LINE = /^([0-9A-Fa-f]{1,13})(?:[\t ]*;[\t\x20-\x7e\x80-\xff]*)?$/;
const CR = 13;
const LF = 10;

/** What stands between the bytes of a chunked body (RFC 9112 §7.1), read as it comes; bytes of the body are the reader's own affair. */
export class ChunkedFrame {
  /** Bytes of the current chunk that are still to come. */
  remainingBytes = 0;
  isComplete = false;
  #line = "";
  #isLast = false;
  #followsChunk = false;
  #extensionBytes = 0;
  #trailerBytes = 0;
  readonly #trailer: string[] = [];

  /**
   * Reads on between two chunks: until the bytes of one begin, the body is complete, or the bytes given are at their end.
   *
   * @returns Index behind the last byte that was read.
   * @throws {WireFault} If this is no chunked body.
   */
  read(bytes: Uint8Array, from: number): number {
    let at = from;
    while (at < bytes.length && this.remainingBytes === 0 && !this.isComplete) {
      at = this.#readLine(bytes, at);
    }
    return at;
  }

  #readLine(bytes: Uint8Array, from: number): number {
    const feed = bytes.indexOf(LF, from);
    const end = feed === -1 ? bytes.length : feed + 1;
    if (this.#line.length + end - from > (this.#isLast ? MAX_TRAILER_BYTES : MAX_LINE_BYTES)) {
      throw new WireFault("a line between chunks of the body is too long");
    }
    for (let index = from; index < end; index += 1) this.#line += String.fromCharCode(bytes[index] ?? 0);
    if (feed === -1) return end;
    const { length } = this.#line;
    if (this.#line.charCodeAt(length - 2) !== CR) throw new WireFault("a line between chunks of the body is malformed");
    const line = this.#line.slice(0, -2);
    this.#line = "";
    this.#takeLine(line);
    return end;
  }

  #takeLine(line: string): void {
    if (this.#followsChunk) {
      if (line !== "") throw new WireFault("a chunk of the body is longer than it says");
      this.#followsChunk = false;
    } else if (this.#isLast) this.#takeTrailer(line);
    else this.#takeSize(line);
  }

  #takeSize(line: string): void {
    const digits = SIZE_LINE.exec(line)?.[1];
    if (digits === undefined) throw new WireFault("a chunk of the body has no size");
    this.#extensionBytes += line.length - digits.length;
    if (this.#extensionBytes > MAX_EXTENSION_BYTES)
      throw new WireFault("the chunks of the body have endless extensions");
    this.remainingBytes = Number.parseInt(digits, 16);
    this.#isLast = this.remainingBytes === 0;
    this.#followsChunk = !this.#isLast;
  }

  #takeTrailer(line: string): void {
    this.#trailerBytes += line.length + 2;
    if (this.#trailerBytes > MAX_TRAILER_BYTES) throw new WireFault("the trailer of the body is too long");
    if (line !== "") this.#trailer.push(line);
    else {
      parseFields(this.#trailer); // What it says is not needed: only that it is one.
      this.isComplete = true;
    }
  }
}
