import { ConnectionError, isAtlasError } from "../../errors.ts";
import type { Wire, WireHead, WireSink } from "../wire/wire.ts";
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
export async function fetchPart(item: CheckedItem, part: PartFile, tools: FetchTools): Promise<WireHead> {
  const { gate, wire, settings, signal, nowMs } = tools;
  const sentMs = nowMs();
  let opening: Promise<WireSink | undefined> | undefined;
  let judgement: Judgement | undefined;
  const open = (head: WireHead): Promise<WireSink | undefined> => {
    opening = (async () => {
      judgement = judgeHead(head, item, part, settings.maxFileBytes);
      if (judgement.take === "none") throw judgement.error;
      if (judgement.take === "all") return undefined;
      await tools.onHead(head, part.source?.totalBytes ?? judgement.endBytes);
      if (judgement.take === "whole") await part.restart(judgement.source);
      else part.goOn(judgement.source);
      const { endBytes } = judgement;
      return boundedSink(part, gate, (total) => {
        const error = overrun(head, item, total, endBytes, settings.maxFileBytes);
        // What came before of such an answer is not trusted either.
        if (error !== undefined) judgement = { take: "none", error };
        return error;
      });
    })();
    return opening;
  };
  try {
    const headers = { ...settings.headers, "accept-encoding": "identity", ...rangeOf(part) };
    const ask = { url: item.url, headers, timeoutMs: settings.timeoutMs, maxRedirects: MAX_REDIRECTS, signal };
    const head = await wire.get(ask, open).catch((error: unknown) => {
      // A body that breaks off says more of its file, or of the way, than of how much the server is asked.
      const isCut = judgement !== undefined && isAtlasError(error, "ATLAS_CONNECTION");
      if (!isCut && isOverload(error) && !signal.aborted) gate.troubled(sentMs);
      throw error;
    });
    checkEnd(head, item, part, judgement);
    gate.answered();
    return head;
  } catch (error) {
    // The request may have ended while its sink was still being opened.
    await opening?.catch(() => {});
    if (judgement?.take === "none") await part.restart(undefined);
    const delayMs = askedDelay(error);
    if (delayMs !== undefined) gate.hold(delayMs);
    throw error;
  }
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
  { url, sizeBytes }: CheckedItem,
  total: number,
  endBytes: number | undefined,
  maxFileBytes: number,
): Error | undefined {
  if (sizeBytes !== undefined && total > sizeBytes) return wrongSize(url, sizeBytes, total);
  if (total > maxFileBytes) return tooLong(url, maxFileBytes);
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
