import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { show } from "../../check.ts";
import { createEmitter } from "../../http/emit.ts";
import type { Wire } from "../wire/wire.ts";
import { BufferPool } from "./buffers.ts";
import { type CheckedItem, checkItem } from "./check-item.ts";
import { createCounters } from "./counters.ts";
import type { Disk } from "./disk.ts";
import { downloadOne, type OneTools } from "./download-one.ts";
import { describeItemFailure, endsAllWriting } from "./failure-words.ts";
import { Folders } from "./folders.ts";
import { Gates } from "./gates.ts";
import type { Journal } from "./journal.ts";
import type { DownloadSettings } from "./settings.ts";
import type { DownloadedFile, DownloadItem, DownloadProgress, DownloadSummary, FailedDownload } from "./types.ts";

/** Items beside those that are being asked for: they are looked at, brought onto the disk, or handed on meanwhile. */
const SPARE_ITEMS = 32;
/** Items that may wait to be asked for again. */
const MAX_PAUSED = 1024;

/** What a run works with. */
export interface RunParts {
  readonly disk: Disk;
  readonly journal: Journal;
  readonly wire: Wire;
  readonly nowMs: () => number;
}

/** Why nothing more is written. */
class WritingEnded extends Error {}

/** The downloads of one call: what is under way, what came of it, and when there is room for more. */
export class Run<Item extends DownloadItem> {
  readonly #settings: DownloadSettings<Item>;
  readonly #parts: RunParts;
  readonly #folders: Folders;
  readonly #gates: Gates;
  readonly #pool = new BufferPool();
  readonly #counters = createCounters();
  readonly #failures: FailedDownload<Item>[] = [];
  readonly #abort = new AbortController();
  readonly #startMs: number;
  /** Names that are being dealt with. */
  readonly #active = new Map<string, { readonly item: CheckedItem; readonly done: Promise<void> }>();
  readonly #width: number;
  #busy = 0;
  #paused = 0;
  #wake: (() => void) | undefined;
  readonly #tellFailure: (failure: FailedDownload<Item>) => void;

  constructor(settings: DownloadSettings<Item>, parts: RunParts) {
    setMaxListeners(0, this.#abort.signal);
    this.#settings = settings;
    this.#parts = parts;
    this.#startMs = parts.nowMs();
    this.#folders = new Folders(parts.disk);
    this.#gates = new Gates(settings, parts);
    this.#width = parts.wire.capacity(settings.concurrency) + SPARE_ITEMS;
    this.#tellFailure = createEmitter(settings.onFailure);
  }

  get progress(): DownloadProgress {
    const elapsedMs = this.#parts.nowMs() - this.#startMs;
    return { ...this.#counters, active: this.#busy + this.#paused, connections: this.#gates.connections, elapsedMs };
  }

  get summary(): DownloadSummary<Item> {
    const { fetched, kept, receivedBytes, completeBytes } = this.#counters;
    const elapsedMs = this.#parts.nowMs() - this.#startMs;
    return { fetched, kept, failures: this.#failures, receivedBytes, completeBytes, elapsedMs };
  }

  /** Ends what is under way: with this as the reason of those that wait. */
  end(reason: unknown): void {
    this.#abort.abort(reason);
    this.#wake?.();
  }

  /** Waits until there is room for another item. */
  async room(): Promise<void> {
    while (this.#busy >= this.#width || this.#paused >= MAX_PAUSED) await this.#change();
  }

  /** Waits until nothing is under way. */
  async idle(): Promise<void> {
    while (this.#busy + this.#paused > 0) await this.#change();
  }

  /** Notes that the source has given its last item. */
  complete(): void {
    this.#counters.isComplete = true;
  }

  /** Brings what is told of and named onto the disk. */
  async sync(): Promise<void> {
    await this.#folders.sync();
    await this.#parts.journal.sync();
  }

  close(): void {
    this.#gates.close();
  }

  /** Begins with an item. */
  start(item: Item): void {
    this.#counters.found += 1;
    this.#busy += 1;
    void this.#take(item).finally(() => {
      this.#busy -= 1;
      this.#wake?.();
    });
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  async #take(item: Item): Promise<void> {
    let checked: CheckedItem<Item>;
    try {
      checked = checkItem(item);
    } catch (error) {
      // The message of a wrong item names it.
      return this.#fail({ item, reason: error instanceof Error ? error.message : String(error), error, attempts: 0 });
    }
    const { folded, name, url } = checked;
    for (let other = this.#active.get(folded); other !== undefined; other = this.#active.get(folded)) {
      if (other.item.url !== url || other.item.name !== name) return this.#failTwice(checked, other.item);
      await other.done;
    }
    const done = this.#deal(checked).finally(() => this.#active.delete(folded));
    this.#active.set(folded, { item: checked, done });
    await done;
  }

  async #deal(item: CheckedItem<Item>): Promise<void> {
    const startedAt = new Date().toISOString();
    let attempts = 0;
    const onAttempt = (): void => {
      attempts += 1;
    };
    try {
      const entry = await this.#parts.journal.find(item.name);
      if (entry?.isOfThisRun && (entry.line.url !== item.url || entry.line.name !== item.name)) {
        return this.#failTwice(item, entry.line);
      }
      const file = await downloadOne(
        item,
        entry,
        this.#toolsFor(item, () => attempts, onAttempt),
      );
      await this.#handOn(item, file);
    } catch (error) {
      if (this.#isAborted) return;
      const ends = this.#endsWriting(error, item);
      const reason = describeItemFailure(item.name, item.url, error);
      this.#fail({ item: item.item, reason, error, attempts });
      if (ends) return;
      const { name, url } = item;
      const finishedAt = new Date().toISOString();
      await this.#parts.journal
        .append({ name, url, status: "failed", attempts, startedAt, finishedAt, reason })
        .catch((fault: unknown) => this.#endsWriting(fault, item));
    }
  }

  /** Whether the caller has ended the run: then what fails is nobody's fault. */
  get #isAborted(): boolean {
    return this.#settings.signal?.aborted === true;
  }

  async #handOn(item: CheckedItem<Item>, file: DownloadedFile<Item>): Promise<void> {
    try {
      await this.#settings.onFile?.(file);
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      const reason = `Cannot hand on ${show(item.name)} from ${item.url}: ${words}`;
      return this.#fail({ item: item.item, reason, error, attempts: file.attempts });
    }
    this.#counters[file.isKept ? "kept" : "fetched"] += 1;
    this.#counters.completeBytes += file.sizeBytes;
  }

  /** Ends all writing after an error that the next file would meet as well. */
  #endsWriting(error: unknown, { name }: CheckedItem): boolean {
    if (error instanceof WritingEnded) return true;
    if (!endsAllWriting(error)) return false;
    const words = error instanceof Error ? error.message : String(error);
    this.end(
      new WritingEnded(
        `the run ended when ${show(name)} could not be written (${words}); mend that, and run it again to go on`,
      ),
    );
    return true;
  }

  #failTwice({ item, name, url }: CheckedItem<Item>, other: { readonly name: string; readonly url: string }): void {
    const same =
      other.name === name
        ? "has that name too"
        : `has the name ${show(other.name)}, which some systems do not tell apart`;
    const error = new RangeError(
      `Cannot download ${show(name)} from ${url}: ${other.url} ${same}; give each file its own name`,
    );
    this.#fail({ item, reason: error.message, error, attempts: 0 });
  }

  #fail(failure: FailedDownload<Item>): void {
    this.#counters.failed += 1;
    printStacks(failure.error);
    this.#failures.push(failure);
    this.#tellFailure(failure);
  }

  #toolsFor(item: CheckedItem<Item>, attempts: () => number, onAttempt: () => void): OneTools {
    const { disk, journal, wire, nowMs } = this.#parts;
    const onBytes = (count: number): void => {
      this.#counters.receivedBytes += count;
    };
    return {
      settings: this.#settings,
      disk,
      journal,
      wire,
      nowMs,
      folders: this.#folders,
      partTools: { disk, pool: this.#pool, onBytes },
      gate: this.#gates.of(item.origin),
      signal: this.#abort.signal,
      attempts,
      onAttempt,
      onRetry: (error, delayMs) => this.#tellRetry(item, attempts(), error, delayMs),
      pause: (delayMs) => this.#pause(delayMs),
    };
  }

  #tellRetry({ item, name, url }: CheckedItem<Item>, attempt: number, error: unknown, delayMs: number): void {
    createEmitter(this.#settings.onRetry)({ item, attempt, delayMs, reason: describeItemFailure(name, url, error) });
  }

  async #pause(delayMs: number): Promise<void> {
    const { signal } = this.#abort;
    this.#busy -= 1;
    this.#paused += 1;
    this.#wake?.();
    try {
      await sleep(delayMs, undefined, { signal }).catch(() => signal.throwIfAborted());
    } finally {
      this.#busy += 1;
      this.#paused -= 1;
    }
  }
}

/** Until it is printed, the stack of an error holds the connection that it came from, and that its buffer: of many failures, that is much. */
function printStacks(error: unknown): void {
  for (let each = error; each instanceof Error; each = each.cause) void each.stack;
}
