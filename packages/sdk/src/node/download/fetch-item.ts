import { ConnectionError } from "../../errors.ts";
import type { WireHead } from "../wire/wire.ts";
import type { CheckedItem } from "./check-item.ts";
import { type FetchTools, fetchPart } from "./fetch-part.ts";
import type { PartFile } from "./part-file.ts";
import { Tries } from "./tries.ts";

/** What the fetching of an item needs, beside what an attempt does. */
export interface ItemTools extends FetchTools {
  /** Counts a request. */
  readonly onAttempt: () => void;
  /** Waits before the next attempt; rejects with the signal's reason. */
  readonly pause: (error: unknown, delayMs: number) => Promise<void>;
  /** Looks at the complete part file. What it throws makes the attempt a failure. */
  readonly check: (part: PartFile, head: WireHead) => Promise<void>;
}

/**
 * Fetches an item into its part file, as often as it may be asked for, and goes on where the last attempt broke off.
 *
 * @returns The head of the answer that gave the last of it.
 */
export async function fetchItem(item: CheckedItem, part: PartFile, tools: ItemTools): Promise<WireHead> {
  const { gate, signal, settings } = tools;
  const tries = new Tries(settings.limits);
  let last: WireHead | undefined;
  const onHead: FetchTools["onHead"] = (head, totalBytes) => {
    last = head;
    return tools.onHead(head, totalBytes);
  };
  for (;;) {
    checkOpen(item, tools);
    await gate.enter(signal);
    try {
      checkOpen(item, tools);
    } catch (error) {
      gate.leave();
      throw error;
    }
    tools.onAttempt();
    let failure: unknown;
    try {
      const head = await fetchPart(item, part, { ...tools, onHead }).finally(() => gate.leave());
      await checkWhole(part, head, tools);
      return last ?? head;
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      failure = error;
    }
    const delayMs = tries.next(failure, part.receivedBytes);
    if (delayMs === undefined) throw failure;
    // Without a way to go on, what arrived is of no use.
    if (part.source?.validator.ifRange === undefined) await part.restart(undefined);
    await tools.pause(failure, delayMs);
  }
}

async function checkWhole(part: PartFile, head: WireHead, { check }: ItemTools): Promise<void> {
  try {
    await check(part, head);
  } catch (error) {
    await part.restart(undefined);
    throw error;
  }
}

/** The server may want to be left alone for longer than the run waits. */
function checkOpen({ url }: CheckedItem, { gate, settings }: ItemTools): void {
  const { closedMs } = gate;
  if (closedMs <= settings.limits.maxBackoffMs) return;
  const reason = `the server asked to be left alone for ${Math.ceil(closedMs / 1000)} s more`;
  throw new ConnectionError({ method: "GET", url, attempts: 1 }, reason);
}
