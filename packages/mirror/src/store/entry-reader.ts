import { readFileSync, statSync } from "node:fs";
import { damaged } from "./damaged.ts";
import type { StoreEntry } from "./entries.ts";
import { isSha256 } from "./layout.ts";

/** Entries that are kept: some megabytes. */
const DEFAULT_MAX_KEPT = 4096;

/** An entry and the state of its file when it was read. */
interface Kept {
  readonly state: string;
  readonly entry: StoreEntry;
}

/**
 * Makes a reader of entry files. It keeps what it read, and reads again when the file is another one: each time it asks the system, on the thread
 * that asks, which takes a hundredth of the way to another thread. So what another process puts is seen at once.
 *
 * @param maxKept How many entries it keeps, those that were read last.
 * @returns Reads an entry; `undefined` if there is no such file. Throws a `DamagedError` for one that cannot be read.
 */
export function createEntryReader(maxKept: number = DEFAULT_MAX_KEPT): (path: string) => StoreEntry | undefined {
  /** In the order in which they were read. */
  const kept = new Map<string, Kept>();
  return (path) => {
    const facts = statSync(path, { throwIfNoEntry: false });
    if (facts === undefined) {
      kept.delete(path);
      return undefined;
    }
    const state = `${facts.ino} ${facts.mtimeMs} ${facts.size}`;
    const known = kept.get(path);
    if (known?.state === state) return known.entry;
    const entry = readEntry(path);
    if (entry === undefined) return undefined;
    kept.set(path, { state, entry });
    const [oldest] = kept.keys();
    if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
    return entry;
  };
}

function readEntry(path: string): StoreEntry | undefined {
  try {
    const entry = JSON.parse(readFileSync(path, "utf8")) as StoreEntry; // Written by put(), whole or not at all.
    if (!isSha256(entry.sha256)) throw new Error("It names no body");
    return entry;
  } catch (cause) {
    // Another process may have removed it since it was looked at.
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw damaged("entry", path, "it is damaged", cause);
  }
}
