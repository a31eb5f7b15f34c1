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
  /** Is told that the item will be asked for again, and why. */
  readonly onRetry: (error: unknown, delayMs: number) => void;
  /** Waits before the next attempt; rejects with the signal's reason. */
  readonly pause: (delayMs: number) => Promise<void>;
  /** Looks at the complete part file. What it throws makes the attempt a failure. */
  readonly check: (part: PartFile, head: WireHead) => Promise<void>;
}

/**
 * Fetches an item into its part file, as often as it may be asked for, and goes on where the last attempt broke off.
 *
 * @returns The head of the answer that gave the last of it; `undefined` when all of it was there before.
 */
export async function fetchItem(item: CheckedItem, part: PartFile, tools: ItemTools): Promise<WireHead | undefined> {
  const tries = new Tries(tools.settings.limits);
  let last: WireHead | undefined;
  const onHead: FetchTools["onHead"] = (head, totalBytes) => {
    last = head;
    return tools.onHead(head, totalBytes);
  };
  for (;;) {
    const delayMs = await tryOnce(item, part, tries, { ...tools, onHead });
    if (delayMs === undefined) return last;
    await tools.pause(delayMs);
  }
}

/**
 * Gives the pause before the next try, in ms; `undefined` when the part file is complete and checked.
 *
 * The error ends here: as long as it is held, its stack holds the connection that it came from, and that a buffer.
 */
async function tryOnce(item: CheckedItem, part: PartFile, tries: Tries, tools: ItemTools): Promise<number | undefined> {
  const { gate, signal } = tools;
  await enter(item, tools);
  tools.onAttempt();
  try {
    const head = await fetchPart(item, part, tools).finally(() => gate.leave());
    await checkWhole(part, head, tools);
    return undefined;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const delayMs = tries.next(error, part.receivedBytes);
    if (delayMs === undefined) throw error;
    await part.rest();
    tools.onRetry(error, delayMs);
    return delayMs;
  }
}

async function checkWhole(part: PartFile, head: WireHead, { check, signal }: ItemTools): Promise<void> {
  try {
    await check(part, head);
  } catch (error) {
    // What was not looked at to its end may be right.
    if (!signal.aborted) await part.restart(undefined);
    throw error;
  }
}

/** Waits for a place at the gate. */
async function enter(item: CheckedItem, tools: ItemTools): Promise<void> {
  checkOpen(item, tools);
  await tools.gate.enter(tools.signal);
  try {
    checkOpen(item, tools);
  } catch (error) {
    tools.gate.leave();
    throw error;
  }
}

/** The server may want to be left alone for longer than the run waits. */
function checkOpen({ url }: CheckedItem, { gate: { closedMs } }: ItemTools): void {
  if (closedMs === 0) return;
  const reason = `the server asked to be left alone for ${Math.ceil(closedMs / 1000)} s more`;
  throw new ConnectionError({ method: "GET", url, attempts: 1 }, reason);
}
