import { AnswerClock } from "./answer-clock.ts";
import { AnswerReader } from "./answer-reader.ts";
import type { ConnectionOwner } from "./connection-owner.ts";
import type { Exchange } from "./exchange.ts";
import type { Framing } from "./framing.ts";
import type { AnswerHead } from "./head.ts";
import { Intake, type Pause } from "./intake.ts";
import { openSocket } from "./open-socket.ts";
import { Speed } from "./speed.ts";
import type { Target } from "./target.ts";
import { SurplusFault, WireFault } from "./wire-fault.ts";

/** Longest body that is cheaper to let in unread than a new connection. */
const SKIPPED_BYTES = 65_536;
/** Longest time that a connection is kept without a request, in ms. */
const IDLE_MS = 30_000;
const NOTHING = new Uint8Array(0);
const BROKEN_OFF = "the connection was broken off";
const SURPLUS = "more bytes came than the answer says that it has";

/** A connection to one origin: requests in the order in which they were sent, of which the first is being answered. */
export class Connection {
  readonly speed: Speed = new Speed();
  /** Answers that were taken, after each of which the connection was kept. */
  answered = 0;
  /** Whether the last answer was of HTTP/1.1, whose servers answer requests in order. */
  isPersistent = false;
  readonly #owner: ConnectionOwner;
  readonly #socket: ReturnType<typeof openSocket>;
  readonly #clock: AnswerClock;
  readonly #intake: Intake;
  readonly #exchanges: Exchange[] = [];
  #reader: AnswerReader;
  #isOpen = false;
  #isGone = false;
  #isReading = false;
  /** Whether there may be room for another request, which is told when nothing is left to be read. */
  #hasRoom = false;
  /** Set while an answer is complete, and what is behind it would be bytes that nobody asked for. */
  #settling: NodeJS.Immediate | undefined;

  constructor(target: Target, owner: ConnectionOwner) {
    this.#owner = owner;
    this.#reader = this.#createReader();
    this.#clock = new AnswerClock(owner.clock, (timeoutMs) => this.#expire(timeoutMs));
    this.#intake = new Intake({
      read: (bytes) => this.#readAnswers(bytes),
      end: () => this.#end(),
      fail: (error) => this.#break(error),
      onHold: () => this.#clock.hold(performance.now()),
      onRelease: () => this.#clock.release(this.#exchanges[0]?.ask.timeoutMs, performance.now()),
      onHungry: () => this.#socket.resume(),
    });
    this.#socket = openSocket(target, owner.secure, {
      onOpen: () => this.#open(),
      onBytes: (bytes) => this.#receive(bytes),
      onEnd: () => this.#intake.end(),
      onClose: (error) => {
        // After an end in order, what has come is still to be read.
        if (error !== undefined || !this.#intake.hasEnded) this.destroy(error ?? new WireFault(BROKEN_OFF), false);
      },
    });
  }

  /** Requests that are under way on it. */
  get load(): number {
    return this.#exchanges.length;
  }

  /** Bytes of the body under way that are still to come; `undefined` where that is unknown or nothing is under way yet. */
  get remainingBytes(): number | undefined {
    return this.#reader.remainingBytes;
  }

  /** Whether the answer under way has begun and leaves no other behind it. */
  get isClosing(): boolean {
    return this.#reader.framing?.isKept === false;
  }

  get isBegun(): boolean {
    return this.#reader.framing !== undefined;
  }

  /** Whether bytes are there that came before a request that would be sent now: they must not become its answer. */
  get hasUnread(): boolean {
    return this.#isReading || this.#intake.hasRest;
  }

  /** Sends a request, at once or behind those that are under way. */
  send(exchange: Exchange): void {
    exchange.isSentAhead = this.#exchanges.length > 0;
    exchange.onAbort = () => {
      // Nobody waits for this answer any more: the connection ends, unless another one is being read.
      if (this.#exchanges[0] === exchange) this.#leave();
    };
    this.#exchanges.push(exchange);
    if (!exchange.isSentAhead) this.#begin(exchange);
    if (this.#isOpen) this.#socket.write(exchange.requestText, "latin1");
  }

  /**
   * Ends the connection. What has to be sent again is handed back.
   *
   * @param isOrderly Whether the server had announced it, or it is ended for reasons of our own.
   */
  destroy(cause: unknown, isOrderly: boolean): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#clock.rest();
    this.#socket.destroy();
    this.#intake.close();
    const [first, ...behind] = this.#exchanges.splice(0);
    const isSurplus = cause instanceof SurplusFault;
    if (this.#settling !== undefined && !isSurplus) first?.finish();
    clearImmediate(this.#settling);
    const isRefusal = isSurplus || (!isOrderly && (behind.length > 0 || first?.isSentAhead === true));
    const again = behind.filter(({ isSettled }) => !isSettled);
    if (first !== undefined && !first.isSettled) {
      if (this.#mayResend(first)) again.unshift(first);
      else first.failConnection(cause);
    }
    first?.sink?.drop();
    this.#owner.onEnd(this, again, isRefusal);
  }

  /** Before anything of its answer came, a request on a connection that was kept may have crossed its end. */
  #mayResend(exchange: Exchange): boolean {
    if (this.#reader.hasBegun || this.answered === 0) return false;
    if (exchange.isSentAhead) return true;
    if (exchange.needsFresh) return false;
    exchange.needsFresh = true;
    return true;
  }

  #createReader(): AnswerReader {
    return new AnswerReader(
      {
        onHead: (head, framing) => this.#takeHead(head, framing),
        onBody: (bytes) => this.#takeBody(bytes),
        onEnd: () => this.#exchanges[0]?.sink?.end(),
      },
      this.#owner.maxHeadBytes,
    );
  }

  #open(): void {
    this.#isOpen = true;
    const [first] = this.#exchanges;
    if (first === undefined) return;
    this.#clock.start(first.ask.timeoutMs);
    this.speed.begin(performance.now(), true);
    for (const { requestText } of this.#exchanges) this.#socket.write(requestText, "latin1");
  }

  /** The request is the first in line from now on: its clock starts. */
  #begin(exchange: Exchange): void {
    exchange.sends += 1;
    this.#socket.ref();
    this.speed.begin(performance.now(), !exchange.isSentAhead);
    this.#clock.start(exchange.ask.timeoutMs);
  }

  #receive(bytes: Uint8Array): boolean {
    const [first] = this.#exchanges;
    // A head, and what nobody wants, get no more time than one wait, however they come.
    if (first !== undefined && this.isBegun && !first.isSettled) {
      const fault = this.#clock.takeBytes(bytes.length, performance.now());
      if (fault !== undefined) this.#break(new WireFault(fault));
    }
    return this.#intake.receive(bytes);
  }

  #readAnswers(bytes: Uint8Array): Pause | undefined {
    this.#isReading = true;
    const pause = this.#readThrough(bytes);
    this.#isReading = false;
    const isAllRead = (pause?.at ?? bytes.length) === bytes.length && !this.#intake.hasRest;
    if (this.#hasRoom && isAllRead) this.#tellRoom();
    return pause;
  }

  #readThrough(bytes: Uint8Array): Pause | undefined {
    for (let at = 0; !this.#isGone; ) {
      if (this.#exchanges[0] === undefined) {
        if (at < bytes.length) throw new SurplusFault(SURPLUS);
        return undefined;
      }
      at = this.#reader.read(bytes, at);
      const { wait } = this.#reader;
      if (wait !== undefined) return { wait, at };
      if (this.#isGone || !this.#reader.isComplete) return undefined;
      if (this.#exchanges.length === 1 && this.#settle(at < bytes.length)) return undefined;
      this.#finishAnswer();
    }
    return undefined;
  }

  /**
   * Waits one turn of the event loop with the end of an answer behind which nothing was asked for: what has come by then was not asked for either,
   * and would be taken as the answer to the next request (RFC 9112 §6.3).
   *
   * @returns Whether there is anything to wait for.
   */
  #settle(hasSurplus: boolean): boolean {
    if (hasSurplus || this.#intake.hasRest) throw new SurplusFault(SURPLUS);
    if (this.#intake.hasEnded) return false;
    this.#settling ??= setImmediate(() => {
      this.#finishAnswer();
      this.#tellRoom();
    });
    return true;
  }

  #tellRoom(): void {
    this.#hasRoom = false;
    if (!this.#isGone) this.#owner.onRoom();
  }

  #takeHead(head: AnswerHead, framing: Framing): Promise<void> | undefined {
    const [exchange] = this.#exchanges;
    const nowMs = performance.now();
    this.speed.takeHead(nowMs);
    this.#clock.takeHead(exchange?.ask, nowMs);
    this.isPersistent = head.minorVersion > 0;
    if (exchange === undefined || exchange.isSettled) return undefined;
    const opened = exchange.open(head);
    if (opened === undefined) this.#skipIfUnread(exchange, framing);
    return opened?.then(() => this.#skipIfUnread(exchange, framing));
  }

  /** A long body that nobody wants costs more than a new connection. */
  #skipIfUnread(exchange: Exchange, framing: Framing): void {
    if (exchange.sink !== undefined) return;
    if (framing.body === "close" || (framing.sizeBytes ?? 0) > SKIPPED_BYTES) this.#leave();
  }

  #takeBody(bytes: Uint8Array): Promise<void> | undefined {
    const [exchange] = this.#exchanges;
    if (exchange?.sink === undefined || exchange.isSettled) {
      if (this.#reader.receivedBytes > SKIPPED_BYTES) this.#leave();
      return undefined;
    }
    const written = exchange.sink.write(bytes);
    if (this.#reader.framing?.body === "length") this.#hasRoom = true;
    return written;
  }

  #finishAnswer(): void {
    clearImmediate(this.#settling);
    this.#settling = undefined;
    const exchange = this.#exchanges.shift();
    const { framing, receivedBytes } = this.#reader;
    this.#clock.rest();
    this.speed.takeBody(performance.now(), receivedBytes);
    this.#owner.onBody(receivedBytes);
    this.#reader = this.#createReader();
    exchange?.finish();
    const [next] = this.#exchanges;
    if (framing?.isKept !== true || next?.isSettled) {
      this.#leave();
      return;
    }
    this.answered += 1;
    this.#hasRoom = true;
    if (next === undefined) {
      // Nothing is under way: the process may exit, and the connection is not kept for ever.
      this.#socket.unref();
      this.#clock.start(IDLE_MS);
    } else this.#begin(next);
  }

  /** The other side sends no more: what has come is all of the answer. */
  #end(): Pause | undefined {
    // A server that closes with requests unread takes back what it has sent and not delivered (RFC 9112 §9.6): the end may come too early.
    const isDoubtful = this.#reader.framing?.body === "close" && this.#exchanges.length > 1;
    if (isDoubtful) throw new WireFault("the body ended with the connection, while more was asked for: it may be cut");
    if (this.#exchanges.length > 0) this.#reader.finish();
    const pause = this.#readAnswers(NOTHING);
    if (pause === undefined) this.destroy(new WireFault(BROKEN_OFF), false);
    return pause;
  }

  /** The answer cannot be used, or its sink has failed: that is told to whom it was for. */
  #break(error: unknown): void {
    if (!(error instanceof WireFault)) this.#exchanges[0]?.fail(error);
    this.destroy(error, !(error instanceof WireFault));
  }

  /** Ends a connection that is of no more use, through nobody's fault. */
  #leave(): void {
    this.destroy(new WireFault("the connection was closed"), true);
  }

  #expire(timeoutMs: number): void {
    const [first] = this.#exchanges;
    first?.failTimeout(timeoutMs);
    this.destroy(new WireFault("the connection stood still"), false);
  }
}
