import { createHash } from "node:crypto";
import { join } from "node:path";
import type { EntryKind } from "./entries.ts";

/** File that marks a folder as a store and says its version. */
export const MARKER_FILE = "brainatlas-store.json";
/** File of the records, in SQL. */
export const RECORDS_FILE = "records.db";
/** The file beside it that holds what was written last. */
export const RECORDS_LOG: string = `${RECORDS_FILE}-wal`;

/** Folder of the working files of pulls. */
export const PULLS_FOLDER = "pulls";

/** Where the parts of a store lie. No name ever becomes part of a path as it is, so none leads out of the folder. */
export interface StoreLayout {
  readonly directory: string;
  readonly marker: string;
  readonly records: string;
  /** Folder of the bodies; files that are being written lie in it, too. */
  readonly objects: string;
  readonly entries: string;
  /** Folder in which pulls have their working files. */
  readonly pulls: string;
  /** Path of a body by its SHA-256. */
  body(sha256: string): string;
  /** Path of an entry. */
  entry(kind: EntryKind, name: string): string;
}

/** Where the parts of the store in a folder lie. */
export function layOutStore(directory: string): StoreLayout {
  const objects = join(directory, "objects");
  const entries = join(directory, "entries");
  return {
    directory,
    marker: join(directory, MARKER_FILE),
    records: join(directory, RECORDS_FILE),
    objects,
    entries,
    pulls: join(directory, PULLS_FOLDER),
    body: (sha256) => join(objects, sha256.slice(0, 2), sha256),
    entry(kind, name) {
      const hash = sha256Of(name);
      return join(entries, kind, hash.slice(0, 2), `${hash}.json`);
    },
  };
}

/** Whether a value is a SHA-256 as bodies are named by, hexadecimal in lower case. */
export function isSha256(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}

/** SHA-256 of bytes, hexadecimal. */
export function sha256Of(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}
