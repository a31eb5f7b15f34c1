import { ASSET_KINDS, type AssetKind } from "./asset.ts";

/** What kind of thing an entry holds. */
export const ENTRY_KINDS: readonly EntryKind[] = ["picture", "drawing", "answer", ...ASSET_KINDS];
export type EntryKind = "picture" | "drawing" | "answer" | AssetKind;

/** One thing in a store: which it is, and what its body is known to be. */
export interface StoreEntry {
  readonly kind: EntryKind;
  /** Name within its kind: an image id for a drawing, a server path, a path with a query, or what `assetOfPath()` gives. */
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** SHA-256 of the body, hexadecimal. */
  readonly sha256: string;
  /** When the content last changed at its source, ISO 8601. */
  readonly lastModified: string | undefined;
  /** When it was put into the store, ISO 8601. */
  readonly storedAt: string;
  /** Where it came from: a URL, or the name of a file. */
  readonly source: string | undefined;
  /** What its kind needs beside the body. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** When the content of an entry last changed, as far as that is known: else when it was put. */
export function lastModifiedOf({ lastModified, storedAt }: Pick<StoreEntry, "lastModified" | "storedAt">): Date {
  return new Date(lastModified ?? storedAt);
}

/** What is said of a body when it is put. */
export interface NewEntry {
  readonly kind: EntryKind;
  readonly name: string;
  readonly mediaType: string;
  readonly lastModified?: string | undefined;
  readonly source?: string | undefined;
  readonly details?: Readonly<Record<string, unknown>>;
  /**
   * When it was put into the store that it comes from, ISO 8601.
   * @default now
   */
  readonly storedAt?: string | undefined;
}

/** An entry with a way to its body. */
export interface FoundEntry {
  readonly entry: StoreEntry;
  /** Path of the body on this machine. What lies there never changes: another content has another path. */
  readonly path: string;
  body(): Promise<Uint8Array<ArrayBuffer>>;
  /** Bytes from `start` to before `end` of the body, in chunks: of this very body, also when another takes its name meanwhile. */
  chunks(start: number, end: number, signal?: AbortSignal): AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** Bodies by kind and name. Writes are whole or not at all; a reader beside a writer sees the old or the new. */
export interface EntryStore {
  /** @throws {DamagedError} If the entry cannot be read, or its body is not there or not as long as the entry says. */
  get(kind: EntryKind, name: string): Promise<FoundEntry | undefined>;
  put(entry: NewEntry, body: Uint8Array | string): Promise<StoreEntry>;
  /** Puts a body that comes in chunks; memory stays flat, whatever its length. */
  putChunks(entry: NewEntry, body: AsyncIterable<Uint8Array>): Promise<StoreEntry>;
  /**
   * Puts a body that something writes to a file itself, of any length.
   *
   * @param write Writes the whole body to the path that it is given, which lies in the store; when it throws, nothing is put.
   */
  putWritten(entry: NewEntry, write: (path: string) => Promise<void>): Promise<StoreEntry>;
  /** Puts the body of an entry that is held under another name too; it is not copied. */
  link(entry: NewEntry, held: StoreEntry): Promise<StoreEntry>;
  /** Gives the path of a file in the store that goes with the use: for what has to lie somewhere on its way. */
  aside<T>(use: (path: string) => Promise<T>): Promise<T>;
  /** All entries, of one kind if that is given, in order of their names. */
  list(kind?: EntryKind): AsyncIterable<StoreEntry>;
}
