import { existsSync } from "node:fs";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { writeFileWhole } from "@brainatlas/sdk/node";
import {
  type BodyUse,
  checkBody,
  readChunks,
  sweepParts,
  type WrittenBody,
  withPart,
  writeChunks,
  writePart,
} from "./body-chunks.ts";
import {
  ENTRY_KINDS,
  type EntryKind,
  type EntryStore,
  type FoundEntry,
  type NewEntry,
  type StoreEntry,
} from "./entries.ts";
import { createEntryReader } from "./entry-reader.ts";
import { filesBelow } from "./files-below.ts";
import { layOutStore, sha256Of } from "./layout.ts";
import { hasMarker, raiseVersion, writeMarker } from "./marker.ts";
import { PART_FILE } from "./part-file.ts";
import { withSpare } from "./spare-body.ts";

/** Time in which a process puts a body back that another, which prunes, took before it had its entry. */
export const PUT_BACK_MS = 50;

/**
 * Entries in a folder: bodies under the SHA-256 of their content, entries under that of their name.
 *
 * Neither ever becomes part of a path as it is, so no name leads out of the folder. A body is written before the entry that
 * names it, both aside and then renamed.
 *
 * @param create Whether to make a store of a folder that is missing or empty.
 * @throws {Error} If the folder is no store, or one of a version that this program does not know.
 */
export async function openFolderEntries(directory: string, create: boolean): Promise<EntryStore> {
  await checkMarker(directory, create);
  const { objects, entries, body: bodyPath, entry: entryPath } = layOutStore(directory);
  if (create) await sweepParts(objects);
  const readEntry = createEntryReader();
  let raised: Promise<void> | undefined;

  async function find(kind: EntryKind, name: string): Promise<StoreEntry | undefined> {
    return readEntry(entryPath(kind, name));
  }

  async function putEntry(
    { kind, name, mediaType, lastModified, source, details = {}, storedAt = new Date().toISOString() }: NewEntry,
    body: WrittenBody,
  ): Promise<StoreEntry> {
    const entry: StoreEntry = { kind, name, mediaType, ...body, lastModified, storedAt, source, details };
    raised ??= raiseVersion(directory).catch((error: unknown) => {
      raised = undefined; // To be tried again by the next.
      throw error;
    });
    await raised;
    await writeIn(entryPath(kind, name), JSON.stringify(entry));
    return entry;
  }

  const namedAs = (given: NewEntry): BodyUse<StoreEntry> => ({ path: bodyPath, name: (body) => putEntry(given, body) });

  /** An entry whose body is there; one that another process removes meanwhile is none, and a body that is being put back is waited for. */
  async function findWhole(kind: EntryKind, name: string): Promise<StoreEntry | undefined> {
    for (let before: StoreEntry | undefined; ; await setTimeout(PUT_BACK_MS)) {
      const entry = await find(kind, name);
      if (entry === undefined) return undefined;
      try {
        checkBody(bodyPath(entry.sha256), entry.sizeBytes);
        return entry;
      } catch (error) {
        if (entry.sha256 === before?.sha256 && entry.storedAt === before.storedAt) throw error;
        before = entry;
      }
    }
  }

  return {
    async get(kind, name): Promise<FoundEntry | undefined> {
      const entry = await findWhole(kind, name);
      if (entry === undefined) return undefined;
      const path = bodyPath(entry.sha256);
      const chunks = (start: number, end: number, signal?: AbortSignal) => readChunks(path, start, end, signal);
      return { entry, path, body: () => readFile(path), chunks };
    },
    async put(given, body) {
      const bytes = typeof body === "string" ? Buffer.from(body) : body;
      const sha256 = sha256Of(bytes);
      const path = bodyPath(sha256);
      await writeIn(path, bytes);
      const entry = await putEntry(given, { sha256, sizeBytes: bytes.byteLength });
      // Who prunes may have seen the body before the entry.
      if (!existsSync(path)) await writeIn(path, bytes);
      return entry;
    },
    putChunks: (given, body) => writeChunks(objects, body, namedAs(given)),
    putWritten: (given, write) => writePart(objects, write, namedAs(given)),
    async link(given, { sha256, sizeBytes }) {
      const path = bodyPath(sha256);
      checkBody(path, sizeBytes);
      return await withSpare(objects, path, path, () => putEntry(given, { sha256, sizeBytes }));
    },
    aside: (use) => withPart(objects, use),
    async *list(kind) {
      for (const each of kind === undefined ? ENTRY_KINDS : [kind]) {
        const found: StoreEntry[] = [];
        for (const name of await filesBelow(entries, each)) {
          const entry = name.endsWith(".json") ? readEntry(join(entries, name)) : undefined;
          if (entry !== undefined) found.push(entry);
        }
        yield* found.sort((a, b) => (a.name < b.name ? -1 : 1));
      }
    },
  };
}

async function checkMarker(directory: string, create: boolean): Promise<void> {
  if (await hasMarker(directory)) return;
  if (!create) {
    throw new Error(
      `Cannot open the store "${directory}": there is no store in that folder; "brainatlas pull" and "brainatlas store import" make one`,
    );
  }
  const names = await readdir(directory).catch(() => []);
  // Another process may be writing the marker of the same store.
  if (names.some((name) => !PART_FILE.test(name))) {
    // Another process may have made it a store in between.
    if (await hasMarker(directory)) return;
    throw new Error(
      `Cannot make a store of "${directory}": the folder holds other files; give an empty one or a new name`,
    );
  }
  await writeMarker(directory, {});
}

async function writeIn(path: string, bytes: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFileWhole(path, bytes);
}
