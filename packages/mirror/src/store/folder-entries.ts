import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { writeFileWhole } from "@brainatlas/sdk/node";
import { checkBody, PART_FILE, readChunks, sweepParts, withPart, writeChunks, writePart } from "./body-chunks.ts";
import {
  ENTRY_KINDS,
  type EntryKind,
  type EntryStore,
  type FoundEntry,
  type NewEntry,
  type StoreEntry,
} from "./entries.ts";
import { createEntryReader } from "./entry-reader.ts";

/** File that marks a folder as a store and says its version. */
const MARKER_FILE = "brainatlas-store.json";
const FORMAT = "brainatlas-store";
/**
 * 3: pictures are pyramids; in 2 they were the files that were imported. Kinds of entries may be added without a new version: a program
 * that does not know one never asks for it.
 */
export const STORE_VERSION = 3;

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
  const objects = join(directory, "objects");
  if (create) await sweepParts(objects);
  const readEntry = createEntryReader();
  const bodyPath = (sha256: string): string => join(objects, sha256.slice(0, 2), sha256);
  const entryPath = (kind: EntryKind, name: string): string => {
    const hash = sha256Of(name);
    return join(directory, "entries", kind, hash.slice(0, 2), `${hash}.json`);
  };

  async function find(kind: EntryKind, name: string): Promise<StoreEntry | undefined> {
    return readEntry(entryPath(kind, name));
  }

  async function putEntry(
    { kind, name, mediaType, lastModified, source, details = {} }: NewEntry,
    body: Pick<StoreEntry, "sha256" | "sizeBytes">,
  ): Promise<StoreEntry> {
    const storedAt = new Date().toISOString();
    const entry: StoreEntry = { kind, name, mediaType, ...body, lastModified, storedAt, source, details };
    await writeIn(entryPath(kind, name), JSON.stringify(entry));
    return entry;
  }

  return {
    async get(kind, name): Promise<FoundEntry | undefined> {
      const entry = await find(kind, name);
      if (entry === undefined) return undefined;
      const path = bodyPath(entry.sha256);
      checkBody(path, entry.sizeBytes);
      const chunks = (start: number, end: number, signal?: AbortSignal) => readChunks(path, start, end, signal);
      return { entry, path, body: () => readFile(path), chunks };
    },
    async put(given, body) {
      const bytes = typeof body === "string" ? Buffer.from(body) : body;
      const sha256 = sha256Of(bytes);
      await writeIn(bodyPath(sha256), bytes);
      return await putEntry(given, { sha256, sizeBytes: bytes.byteLength });
    },
    async putChunks(given, body) {
      return await putEntry(given, await writeChunks(objects, body, bodyPath));
    },
    async putWritten(given, write) {
      return await putEntry(given, await writePart(objects, write, bodyPath));
    },
    async link(given, { sha256, sizeBytes }) {
      checkBody(bodyPath(sha256), sizeBytes);
      return await putEntry(given, { sha256, sizeBytes });
    },
    aside: (use) => withPart(objects, use),
    async *list(kind) {
      for (const each of kind === undefined ? ENTRY_KINDS : [kind]) {
        const found: StoreEntry[] = [];
        for (const path of await jsonFilesBelow(join(directory, "entries", each))) {
          const entry = readEntry(path);
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
      `Cannot open the store "${directory}": there is no store in that folder; import something into it first`,
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

async function writeMarker(directory: string, more: Readonly<Record<string, unknown>>): Promise<void> {
  await writeIn(
    join(directory, MARKER_FILE),
    `${JSON.stringify({ format: FORMAT, version: STORE_VERSION, ...more })}\n`,
  );
}

/** Marks a store as one whose content is made up. */
export async function markSynthetic(directory: string): Promise<void> {
  await writeMarker(directory, { synthetic: true });
}

/** Whether a store is marked as one whose content is made up. */
export async function isSynthetic(directory: string): Promise<boolean> {
  return parseMarker((await readIfThere(join(directory, MARKER_FILE))) ?? "").synthetic === true;
}

/** Whether a folder is marked as a store of this version. */
async function hasMarker(directory: string): Promise<boolean> {
  const marker = await readIfThere(join(directory, MARKER_FILE)).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Cannot open the store "${directory}": ${reason}; give another folder`, { cause });
  });
  if (marker === undefined) return false;
  const { format, version } = parseMarker(marker);
  if (format === FORMAT && version === STORE_VERSION) return true;
  const isOlder = typeof version === "number" && version < STORE_VERSION;
  const remedy = isOlder
    ? "import its content again into another folder"
    : "use the program that made it, or another folder";
  throw new Error(
    `Cannot open the store "${directory}": it is of version ${String(version)}, and this program knows ${STORE_VERSION}; ${remedy}`,
  );
}

function parseMarker(text: string): { format?: unknown; version?: unknown; synthetic?: unknown } {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

async function jsonFilesBelow(directory: string): Promise<string[]> {
  const names = await readdir(directory, { recursive: true }).catch(() => []);
  return names.filter((name) => name.endsWith(".json")).map((name) => join(directory, name));
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as { code?: unknown }).code === "ENOENT") return undefined;
    throw error;
  }
}

async function writeIn(path: string, bytes: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFileWhole(path, bytes);
}

/** Whether a folder holds a store. */
export async function isStore(directory: string): Promise<boolean> {
  return await stat(join(directory, MARKER_FILE)).then(
    () => true,
    () => false,
  );
}

function sha256Of(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}
