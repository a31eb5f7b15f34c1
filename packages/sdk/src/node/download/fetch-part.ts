import { ConnectionError, isAtlasError } from "../../errors.ts";
import type { Wire, WireAsk, WireHead, WireSink } from "../wire/wire.ts";
import { SurplusFault } from "../wire/wire-fault.ts";
import type { CheckedItem } from "./check-item.ts";
import { broken, type Judgement, judgeHead, tooLong, wrongSize } from "./judge-head.ts";
import type { OriginGate } from "./origin-gate.ts";
import type { PartFile } from "./part-file.ts";
import type { DownloadLimits } from "./settings.ts";
import { askedDelay, isOverload } from "./tries.ts";

/** What an attempt needs of its run. */
export interface FetchTools {
  readonly settings: DownloadLimits;
  readonly wire: Wire;
  readonly gate: OriginGate;
  readonly signal: AbortSignal;
  readonly nowMs: () => number;
  /** Looks at the head before anything of the body is taken. What it throws ends the attempt. */
  readonly onHead: (head: WireHead, totalBytes: number | undefined) => void | Promise<void>;
}

const MAX_REDIRECTS = 10;

/**
 * Asks once for a file, or for what follows the bytes that are there.
 *
 * @returns The head of the answer, when the part file holds all of it. It is that of a refusal (416), when the part file held it already.
 */
export function fetchPart(item: CheckedItem, part: PartFile, tools: FetchTools): Promise<WireHead> {
  return new Attempt(item, part, tools).send();
}

class Attempt {
  readonly #item: CheckedItem;
  readonly #part: PartFile;
  readonly #tools: FetchTools;
  #opening: Promise<WireSink | undefined> | undefined;
  #judgement: Judgement | undefined;

  constructor(item: CheckedItem, part: PartFile, tools: FetchTools) {
    this.#item = item;
    this.#part = part;
    this.#tools = tools;
  }

  async send(): Promise<WireHead> {
    const { gate, wire, nowMs } = this.#tools;
    const sentMs = nowMs();
    try {
      const head = await wire.get(this.#ask(), (each) => {
        this.#opening = this.#open(each);
        return this.#opening;
      });
      checkEnd(head, this.#item, this.#part, this.#judgement);
      gate.answered();
      return head;
    } catch (error) {
      // The request may have ended while its sink was still being opened.
      await this.#opening?.catch(() => {});
      this.#tellGate(error, sentMs);
      if (this.#judgement?.take === "none" || isSurplus(error)) await this.#part.restart(undefined);
      throw error;
    }
  }

  #ask(): WireAsk {
    const { settings, signal } = this.#tools;
    const { timeoutMs, minBytesPerSecond } = settings;
    const headers = { ...settings.headers, "accept-encoding": "identity", ...rangeOf(this.#part) };
    return { url: this.#item.url, headers, timeoutMs, minBytesPerSecond, maxRedirects: MAX_REDIRECTS, signal };
  }

  async #open(head: WireHead): Promise<WireSink | undefined> {
    const { settings, gate, onHead } = this.#tools;
    const part = this.#part;
    const maxBytes = Math.min(settings.maxFileBytes, this.#item.maxBytes);
    const judgement = judgeHead(head, this.#item, part, maxBytes);
    this.#judgement = judgement;
    if (judgement.take === "none") throw judgement.error;
    if (judgement.take === "all") return undefined;
    await onHead(head, part.source?.totalBytes ?? judgement.endBytes);
    if (judgement.take === "whole") await part.restart(judgement.source);
    else part.goOn(judgement.source);
    return boundedSink(part, gate, (total) => {
      const error = overrun(head, this.#item, total, judgement.endBytes, maxBytes);
      // What came before of such an answer is not trusted either.
      if (error !== undefined) this.#judgement = { take: "none", error };
      return error;
    });
  }

  #tellGate(error: unknown, sentMs: number): void {
    const { gate, signal } = this.#tools;
    // A body that breaks off says more of its file, or of the way, than of how much the server is asked.
    const isCut = this.#judgement !== undefined && isAtlasError(error, "ATLAS_CONNECTION");
    if (!isCut && isOverload(error) && !signal.aborted) gate.troubled(sentMs);
    const delayMs = askedDelay(error);
    if (delayMs !== undefined) gate.hold(delayMs);
  }
}

/** Whether more came than was promised: then the promise was wrong, or the bytes are those of another answer. */
function isSurplus(error: unknown): boolean {
  return isAtlasError(error, "ATLAS_CONNECTION") && error.cause instanceof SurplusFault;
}

function rangeOf({ receivedBytes, source }: PartFile): Record<string, string> {
  const ifRange = source?.validator.ifRange;
  if (receivedBytes === 0 || ifRange === undefined) return {};
  return { range: `bytes=${receivedBytes}-`, "if-range": ifRange };
}

/** Ends a body that is longer than it may be. */
function boundedSink(part: PartFile, gate: OriginGate, check: (totalBytes: number) => Error | undefined): WireSink {
  return {
    write(bytes) {
      gate.received(bytes.length);
      const error = check(part.receivedBytes + bytes.length);
      return error === undefined ? part.write(bytes) : Promise.reject(error);
    },
  };
}

/** The error of so many bytes, if they are more than they may be. */
function overrun(
  head: WireHead,
  item: CheckedItem,
  total: number,
  endBytes: number | undefined,
  maxBytes: number,
): Error | undefined {
  const { url, sizeBytes } = item;
  if (sizeBytes !== undefined && total > sizeBytes) return wrongSize(url, sizeBytes, total);
  if (total > maxBytes) return tooLong(url, item, maxBytes);
  if (endBytes === undefined || total <= endBytes) return undefined;
  return broken(head, `the body goes on behind byte ${endBytes}, where it says to end`);
}

function checkEnd(head: WireHead, item: CheckedItem, part: PartFile, judgement: Judgement | undefined): void {
  const facts = { method: "GET", url: head.url, attempts: 1 };
  if (judgement === undefined) throw new ConnectionError(facts, "the answer ended without its head");
  const { receivedBytes } = part;
  const total = part.source?.totalBytes ?? item.sizeBytes;
  if (total === undefined || receivedBytes === total) return;
  if (part.source?.totalBytes === undefined) throw wrongSize(head.url, total, receivedBytes);
  throw new ConnectionError(facts, `the body broke off after ${receivedBytes} of ${total} bytes`);
}
