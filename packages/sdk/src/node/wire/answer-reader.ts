import { ChunkedFrame } from "./chunked.ts";
import { type Framing, framingOf } from "./framing.ts";
import { type AnswerHead, parseHead } from "./head.ts";
import { HeadCollector } from "./head-collector.ts";
import { WireFault } from "./wire-fault.ts";

/** Takes the parts of an answer; a promise says that no more may come before it is settled. */
export interface AnswerSteps {
  onHead(head: AnswerHead, framing: Framing): Promise<void> | undefined;
  /** Bytes that are valid during the call only. */
  onBody(bytes: Uint8Array): Promise<void> | undefined;
  onEnd(): Promise<void> | undefined;
}

/** Most interim answers (status 1xx) before the real one. */
const MAX_INTERIM = 20;

type State = "head" | "body" | "end" | "complete";

/** Reads one answer from bytes as they come, whatever way they are cut. It does no I/O and holds no bytes of a body. */
export class AnswerReader {
  /** What has to be settled before the next `read()`. */
  wait: Promise<void> | undefined;
  /** Whether anything of the answer came. */
  hasBegun = false;
  framing: Framing | undefined;
  receivedBytes = 0;
  #state: State = "head";
  #interim = 0;
  #chunked: ChunkedFrame | undefined;
  readonly #head: HeadCollector;
  readonly #steps: AnswerSteps;

  constructor(steps: AnswerSteps, maxHeadBytes: number) {
    this.#steps = steps;
    this.#head = new HeadCollector(maxHeadBytes);
  }

  get isComplete(): boolean {
    return this.#state === "complete";
  }

  /** Bytes of the body that are still to come, where that is known. */
  get remainingBytes(): number | undefined {
    const size = this.framing?.sizeBytes;
    return size === undefined ? undefined : size - this.receivedBytes;
  }

  /**
   * Reads until the bytes given are at their end, the answer is complete, or something has to be waited for.
   *
   * @returns Index behind the last byte that was read.
   * @throws {WireFault} If this is no answer of HTTP/1.
   */
  read(bytes: Uint8Array, from: number): number {
    this.wait = undefined;
    let at = from;
    while (this.wait === undefined && !this.isComplete) {
      if (this.#state === "end") {
        this.#state = "complete";
        this.wait = this.#steps.onEnd();
      } else if (at === bytes.length) break;
      else at = this.#state === "head" ? this.#readHead(bytes, at) : this.#readBody(bytes, at);
    }
    return at;
  }

  /**
   * Says that the connection has ended in order: a body without a length is complete by that.
   *
   * @throws {WireFault} If the answer is not.
   */
  finish(): void {
    if (this.#state === "body" && this.framing?.body === "close") this.#state = "end";
    else if (this.#state === "body") throw new WireFault(this.#describeShortBody());
    else if (this.#state === "head") throw new WireFault("the connection was broken off");
  }

  #describeShortBody(): string {
    const size = this.framing?.sizeBytes;
    return `the body ended after ${this.receivedBytes}${size === undefined ? " bytes, before its last chunk" : ` of ${size} bytes`}`;
  }

  #readHead(bytes: Uint8Array, from: number): number {
    this.hasBegun = true;
    const at = this.#head.read(bytes, from);
    const text = this.#head.take();
    if (text === undefined) return at;
    const head = parseHead(text);
    if (head.status < 200) this.#passInterim(head.status);
    else this.#beginBody(head);
    return at;
  }

  #passInterim(status: number): void {
    this.#interim += 1;
    if (status === 101) throw new WireFault("the server changes to another protocol, which was not asked for");
    if (this.#interim > MAX_INTERIM) throw new WireFault(`more than ${MAX_INTERIM} interim answers came`);
  }

  #beginBody(head: AnswerHead): void {
    const framing = framingOf(head);
    this.framing = framing;
    this.#chunked = framing.body === "chunked" ? new ChunkedFrame() : undefined;
    this.#state = framing.sizeBytes === 0 ? "end" : "body";
    this.wait = this.#steps.onHead(head, framing);
  }

  #readBody(bytes: Uint8Array, from: number): number {
    const chunked = this.#chunked;
    if (chunked === undefined) {
      const at = this.#giveBytes(bytes, from, this.remainingBytes ?? bytes.length);
      if (this.remainingBytes === 0) this.#state = "end";
      return at;
    }
    if (chunked.remainingBytes === 0) {
      const at = chunked.read(bytes, from);
      if (chunked.isComplete) this.#state = "end";
      return at;
    }
    const at = this.#giveBytes(bytes, from, chunked.remainingBytes);
    chunked.remainingBytes -= at - from;
    return at;
  }

  #giveBytes(bytes: Uint8Array, from: number, limit: number): number {
    const at = Math.min(bytes.length, from + limit);
    this.receivedBytes += at - from;
    this.wait = this.#steps.onBody(from === 0 && at === bytes.length ? bytes : bytes.subarray(from, at));
    return at;
  }
}
