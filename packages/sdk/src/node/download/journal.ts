import { join } from "node:path";
import { foldName, MANIFEST_NAME } from "./check-name.ts";
import { codeOf, type Disk } from "./disk.ts";
import { parseLine, printLine } from "./manifest-line.ts";
import { NameIndex } from "./name-index.ts";
import { MAX_LINE_BYTES, readLines } from "./read-lines.ts";
import type { ManifestLine } from "./types.ts";

/** What the journal knows of a name. */
export interface JournalEntry {
  readonly line: ManifestLine;
  /** Whether this run has dealt with the name already. */
  readonly isOfThisRun: boolean;
}

/** Bytes that are read of a line at first; most are shorter. */
const FIRST_BYTES = 1024;

/** A line that waits to be written. */
interface Waiting {
  readonly line: ManifestLine;
  readonly bytes: Buffer;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The manifest as a journal: read once at the start, then appended to.
 *
 * Of a name it keeps where its line begins, no more. The last line that is done counts: one that failed after it changes nothing of the
 * file that is there. Damaged lines are passed over: the files that they told of are looked at as anybody's.
 */
export class Journal {
  /** Whether there was no manifest before: then nothing of ours is there. */
  readonly isNew: boolean;
  readonly #disk: Disk;
  readonly #file: number;
  /** Where the line of a name begins; below 0, one less than its negative, when this run has dealt with the name. */
  readonly #index: NameIndex;
  #end: number;
  /** Whether the last line has no end, so that the next one has to begin with it. */
  #isTorn: boolean;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #isDirty = false;

  private constructor(disk: Disk, file: number, state: JournalState | undefined) {
    this.#disk = disk;
    this.#file = file;
    this.isNew = state === undefined;
    this.#index = state?.index ?? new NameIndex();
    this.#end = state?.end ?? 0;
    this.#isTorn = state?.isTorn ?? false;
  }

  /** Opens that of a directory, or begins one. */
  static async open(directory: string, disk: Disk, signal?: AbortSignal): Promise<Journal> {
    const path = join(directory, MANIFEST_NAME);
    const state = await readState(path, signal);
    return new Journal(disk, await disk.open(path, "a+"), state);
  }

  /** What is known of a name. */
  async find(name: string): Promise<JournalEntry | undefined> {
    const value = this.#index.get(foldName(name));
    if (value === undefined) return undefined;
    const isOfThisRun = value < 0;
    const line = parseLine(await this.#readAt(isOfThisRun ? -1 - value : value));
    return line !== undefined && foldName(line.name) === foldName(name) ? { line, isOfThisRun } : undefined;
  }

  /** Notes that this run has dealt with a name whose line is there already. */
  mark(name: string): void {
    const value = this.#index.get(foldName(name));
    if (value !== undefined && value >= 0) this.#index.set(foldName(name), -1 - value);
  }

  /** Adds a line. Those that come while one is being written follow it together. */
  append(line: ManifestLine): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ line, bytes: Buffer.from(printLine(line)), resolve, reject });
      this.#writing ??= this.#write();
    });
  }

  /** Has all lines on the disk. */
  async sync(): Promise<void> {
    await this.#writing;
    if (!this.#isDirty) return;
    this.#isDirty = false;
    try {
      await this.#disk.syncData(this.#file);
    } catch (error) {
      this.#isDirty = true;
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#disk.close(this.#file);
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        await this.#writeGroup(group);
        for (const { resolve } of group) resolve();
      } catch (error) {
        // A part of it may be there.
        this.#isTorn = true;
        this.#end = await this.#lengthAfterFault();
        for (const { reject } of group) reject(error);
      }
    }
    this.#writing = undefined;
  }

  async #writeGroup(group: readonly Waiting[]): Promise<void> {
    const head = Buffer.from(this.#isTorn ? "\n" : "");
    const bytes = Buffer.concat([head, ...group.map((each) => each.bytes)]);
    await this.#disk.write(this.#file, bytes, null);
    this.#isTorn = false;
    this.#isDirty = true;
    let offset = this.#end + head.length;
    for (const each of group) {
      if (!(await this.#isHad(each.line))) this.#index.set(foldName(each.line.name), -1 - offset);
      offset += each.bytes.length;
    }
    this.#end = offset;
  }

  /** Whether a line tells of a failure, and one before it that is done still counts. */
  async #isHad({ status, name }: ManifestLine): Promise<boolean> {
    return status === "failed" && (await this.find(name))?.line.status === "done";
  }

  /** How long the file is once a write failed: some of it may have been written. */
  async #lengthAfterFault(): Promise<number> {
    const block = Buffer.alloc(MAX_LINE_BYTES);
    let end = this.#end;
    for (;;) {
      const count = await this.#disk.read(this.#file, block, end).catch(() => 0);
      end += count;
      if (count < block.length) return end;
    }
  }

  async #readAt(offset: number): Promise<string> {
    for (let room = FIRST_BYTES; room <= MAX_LINE_BYTES * 2; room *= 8) {
      const bytes = Buffer.allocUnsafe(room);
      const count = await this.#disk.read(this.#file, bytes, offset);
      const end = bytes.subarray(0, count).indexOf(10);
      if (end >= 0 || count < room) return bytes.toString("utf8", 0, end >= 0 ? end : count);
    }
    return "";
  }
}

interface JournalState {
  readonly index: NameIndex;
  readonly end: number;
  readonly isTorn: boolean;
}

async function readState(path: string, signal: AbortSignal | undefined): Promise<JournalState | undefined> {
  const index = new NameIndex();
  let [end, isTorn] = [0, false];
  try {
    for await (const { text, offset, end: stop, isEnded } of readLines(path, signal)) {
      [end, isTorn] = [stop, !isEnded];
      const line = parseLine(text);
      if (line === undefined) continue;
      const folded = foldName(line.name);
      if (line.status === "done" || index.get(folded) === undefined) index.set(folded, offset);
    }
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
  return { index, end, isTorn };
}
