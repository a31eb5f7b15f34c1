import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { ENTRY_KINDS, type StoreEntry } from "../store/entries.ts";
import { filesBelow, isMissing, unreadable } from "../store/files-below.ts";
import { MARKER_FILE, PULLS_FOLDER, RECORDS_FILE, type StoreLayout } from "../store/layout.ts";
import { parseEntry } from "../store/parse-entry.ts";
import { PART_FILE } from "../store/part-file.ts";
import { MANIFEST_FILE } from "../transfer/export-layout.ts";

/** A file of a store, as the system sees it. */
export interface FoundFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** When it was last written, in ms since 1970. */
  readonly writtenMs: number;
}

/** An entry with its file, or why the file is none that can be read. */
export interface FoundEntryFile extends FoundFile {
  readonly entry: StoreEntry | undefined;
  /** Why there is no entry. */
  readonly fault: string | undefined;
}

/** All files of a store, in order of their paths. */
export interface FoundFiles {
  readonly entries: readonly FoundEntryFile[];
  /** Bodies by their SHA-256, as their names say it. */
  readonly bodies: ReadonlyMap<string, FoundFile>;
  /** Files that are being written, or were when their process ended. */
  readonly parts: readonly FoundFile[];
  /** Files that are none of a store's. */
  readonly foreign: readonly FoundFile[];
}

const BODY = /^([0-9a-f]{2})[/\\](\1[0-9a-f]{62})$/;
const ENTRY = /^([a-z]+)[/\\]([0-9a-f]{2})[/\\](\2[0-9a-f]{62})\.json$/;

/**
 * Looks at all files of a store. Others may write meanwhile: what is removed before it is looked at is left out.
 *
 * @throws {Error} If a folder cannot be read, or a file not be looked at.
 */
export async function scanStore(layout: StoreLayout, signal?: AbortSignal): Promise<FoundFiles> {
  const bodies = new Map<string, FoundFile>();
  const entries: FoundEntryFile[] = [];
  const parts: FoundFile[] = [];
  const foreign: FoundFile[] = [];
  const sortOut = (file: FoundFile): void => void (PART_FILE.test(basename(file.path)) ? parts : foreign).push(file);
  for (const name of await filesBelow(layout.entries)) {
    signal?.throwIfAborted();
    const file = await lookAt(join(layout.entries, name));
    if (file === undefined) continue;
    const [, kind] = ENTRY.exec(name) ?? [];
    if (!ENTRY_KINDS.some((each) => each === kind)) sortOut(file);
    else entries.push(...(await readEntryFile(layout, file)));
  }
  for (const name of await filesBelow(layout.objects)) {
    signal?.throwIfAborted();
    const file = await lookAt(join(layout.objects, name));
    if (file === undefined) continue;
    const [, , sha256] = BODY.exec(name) ?? [];
    if (sha256 === undefined) sortOut(file);
    else bodies.set(sha256, file);
  }
  for (const name of await strangersIn(layout.directory)) {
    const file = await lookAt(join(layout.directory, name));
    if (file !== undefined) sortOut(file);
  }
  return { entries, bodies, parts, foreign };
}

/**
 * The bodies that entries name at this moment.
 *
 * @throws {Error} If an entry cannot be read: it may name any body.
 */
export async function namedBodies({ entries }: Pick<StoreLayout, "entries">, known: EntryReader): Promise<Set<string>> {
  const named = new Set<string>();
  for (const name of await filesBelow(entries)) {
    if (!ENTRY.test(name)) continue;
    const entry = known(join(entries, name));
    if (entry !== undefined) named.add(entry.sha256);
  }
  return named;
}

/** Reads an entry file; `undefined` if it is gone, and an error if it is none. */
export type EntryReader = (path: string) => StoreEntry | undefined;

async function readEntryFile(layout: StoreLayout, file: FoundFile): Promise<FoundEntryFile[]> {
  const text = await readFile(file.path, "utf8").catch((error: NodeJS.ErrnoException) => error);
  if (typeof text !== "string") {
    return text.code === "ENOENT" ? [] : [{ ...file, entry: undefined, fault: `the system refuses it (${text.code})` }];
  }
  try {
    const entry = parseEntry(text);
    if (layout.entry(entry.kind, entry.name) === file.path) return [{ ...file, entry, fault: undefined }];
    return [{ ...file, entry: undefined, fault: "it lies under the name of another" }];
  } catch (error) {
    return [{ ...file, entry: undefined, fault: error instanceof Error ? error.message : String(error) }];
  }
}

async function lookAt(path: string): Promise<FoundFile | undefined> {
  try {
    const { size, mtimeMs } = await stat(path);
    return { path, sizeBytes: size, writtenMs: mtimeMs };
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw unreadable(path, cause);
  }
}

/** Names in a store's own folder that are no part of it. */
async function strangersIn(directory: string): Promise<string[]> {
  // The manifest is there when an export was unpacked by another program.
  const own = [MARKER_FILE, MANIFEST_FILE, PULLS_FOLDER, "entries", "objects"];
  const names = await readdir(directory);
  return names.filter((name) => !own.includes(name) && !name.startsWith(RECORDS_FILE)).sort();
}
