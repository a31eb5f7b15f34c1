import { Buffer } from "node:buffer";
import { WireFault } from "./wire-fault.ts";

const BLANK_LINE = "\r\n\r\n";
const BEGINNING = "HTTP/1.";

/** Collects the bytes of a head until the empty line that ends it. */
export class HeadCollector {
  #pieces = "";
  #head: string | undefined;
  readonly #maxBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /**
   * Takes bytes up to the end of the head.
   *
   * @returns Index behind the last byte that was taken.
   * @throws {WireFault} If it is longer than allowed, or does not begin as an answer of HTTP/1: then waiting for its end would be vain.
   */
  read(bytes: Uint8Array, from: number): number {
    const known = this.#pieces.length;
    const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const blank = view.indexOf(BLANK_LINE, from);
    const to = Math.min(
      blank === -1 ? view.length : blank + BLANK_LINE.length,
      from + this.#maxBytes + BLANK_LINE.length - known,
    );
    // One character a byte, so that an index into the text is one into the bytes.
    const added = view.toString("latin1", from, to);
    const text = this.#pieces + added;
    const end = text.indexOf(BLANK_LINE, Math.max(0, known - BLANK_LINE.length + 1));
    const isEndless = end === -1 ? text.length >= this.#maxBytes + BLANK_LINE.length : end > this.#maxBytes;
    if (isEndless) throw new WireFault(`the head of the answer is longer than ${this.#maxBytes} bytes`);
    if (!text.startsWith(BEGINNING) && !BEGINNING.startsWith(text)) {
      throw new WireFault(`the answer is no HTTP/1 (it begins with ${JSON.stringify(text.slice(0, 40))})`);
    }
    this.#pieces = end === -1 ? text : "";
    this.#head = end === -1 ? undefined : text.slice(0, end);
    return end === -1 ? from + added.length : from + end + BLANK_LINE.length - known;
  }

  /** The head without its empty line, once, if it is there whole. */
  take(): string | undefined {
    const head = this.#head;
    this.#head = undefined;
    return head;
  }
}
