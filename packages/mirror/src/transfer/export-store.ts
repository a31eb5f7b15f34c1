import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { readChunks } from "../store/body-chunks.ts";
import type { EntryKind, StoreEntry } from "../store/entries.ts";
import type { FolderStore } from "../store/folder-store.ts";
import { hashFile } from "../store/hash-file.ts";
import { layOutStore, MARKER_FILE, RECORDS_FILE, sha256Of } from "../store/layout.ts";
import { markerText } from "../store/marker.ts";
import { type NewTarMember, writeTar } from "../tar/write-tar.ts";
import { readImageOwners } from "../upkeep/image-owners.ts";
import {
  bodyMember,
  EXPORT_FORMAT,
  EXPORT_VERSION,
  entryMember,
  MANIFEST_FILE,
  type ManifestMember,
} from "./export-layout.ts";
import { snapshotRecords } from "./snapshot-records.ts";

/** Kinds that an export can be narrowed to. */
export type ExportKind = EntryKind | "records";

/** What of a store is exported. */
export interface ExportOptions {
  /**
   * Pictures, drawings and grids of these atlases alone, by their ids, with all of the records.
   * @default of all
   */
  readonly atlases?: readonly number[] | undefined;
  /**
   * Entries of these kinds alone, and the records only if they are among them.
   * @default all
   */
  readonly kinds?: readonly ExportKind[] | undefined;
  /** Ends the work; the call rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Is told of the bytes that are written, and of how many. */
  readonly onProgress?: ((writtenBytes: number, totalBytes: number) => void) | undefined;
}

/** What was exported. */
export interface ExportSummary {
  readonly entries: number;
  readonly bodies: number;
  readonly hasRecords: boolean;
  readonly sizeBytes: number;
}

/** A member with what the manifest says of it. */
interface Planned extends ManifestMember {
  content(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/**
 * Exports a store as one file, which `importExport()` takes: a tar (POSIX) that any program unpacks to the folder of a store. It begins with the
 * store's marker and a manifest with the SHA-256 of all that follows: the records as they are at one moment, then each body once, before the
 * first entry that names it. The same content gives the same bytes, in the same order. Others may use the store meanwhile; memory grows with
 * the number of entries alone.
 *
 * @param write Takes the bytes; it rejects if they cannot be kept.
 * @throws {Error} If a body is damaged, or was removed meanwhile.
 * @throws {RangeError} If the records tell of no such atlas.
 * @example await exportStore(store, (chunks) => writeFileWhole("atlas.tar", chunks))
 */
export async function exportStore(
  store: FolderStore,
  write: (chunks: AsyncIterable<Uint8Array>) => Promise<void>,
  options: ExportOptions = {},
): Promise<ExportSummary> {
  const entries = await chooseEntries(store, options);
  const hasRecords = options.kinds === undefined || options.kinds.includes("records");
  const bodies = new Set(entries.map(({ sha256 }) => sha256)).size;
  return await store.entries.aside(async (snapshot) => {
    const records = hasRecords ? [await planRecords(store, snapshot)] : [];
    const planned = [...records, ...planEntries(store, entries, options.signal)];
    const members = [...headOf(store, planned), ...planned];
    const totalBytes = members.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    let sizeBytes = 0;
    async function* told(): AsyncGenerator<Uint8Array, void, undefined> {
      for await (const chunk of writeTar(members.map(toMember))) {
        options.signal?.throwIfAborted();
        sizeBytes += chunk.byteLength;
        options.onProgress?.(sizeBytes, totalBytes);
        yield chunk;
      }
    }
    await write(told());
    return { entries: entries.length, bodies, hasRecords, sizeBytes };
  });
}

async function chooseEntries(store: FolderStore, { atlases, kinds, signal }: ExportOptions): Promise<StoreEntry[]> {
  const owners = atlases && (await readImageOwners(await store.records()));
  const dataSets = owners?.dataSetsOf(atlases ?? []);
  const chosen: StoreEntry[] = [];
  for await (const entry of store.list()) {
    signal?.throwIfAborted();
    if (kinds !== undefined && !kinds.includes(entry.kind)) continue;
    if (dataSets !== undefined && owners?.dataSetsWith(entry).some((id) => dataSets.has(id)) !== true) continue;
    chosen.push(entry);
  }
  return chosen;
}

async function planRecords(store: FolderStore, snapshot: string): Promise<Planned> {
  await snapshotRecords(layOutStore(store.directory).records, snapshot);
  const sizeBytes = (await stat(snapshot)).size;
  const sha256 = (await hashFile(snapshot)) ?? "";
  return { path: RECORDS_FILE, sizeBytes, sha256, content: () => readChunks(snapshot, 0, sizeBytes) };
}

/** Each body once, and the entries that name it after it. */
function* planEntries(
  store: FolderStore,
  entries: readonly StoreEntry[],
  signal: AbortSignal | undefined,
): Generator<Planned> {
  const layout = layOutStore(store.directory);
  const done = new Set<string>();
  for (const entry of entries) {
    const { kind, name, sha256, sizeBytes } = entry;
    if (!done.has(sha256)) {
      const content = () => checkedBody(entry, layout.body(sha256), signal);
      yield { path: bodyMember(sha256), sizeBytes, sha256, content };
    }
    done.add(sha256);
    yield planText(entryMember(kind, sha256Of(name)), JSON.stringify(entry));
  }
}

function planText(path: string, text: string): Planned {
  const bytes = Buffer.from(text);
  return { path, sizeBytes: bytes.length, sha256: sha256Of(bytes), content: () => [bytes] };
}

/** The marker and the manifest. */
function headOf({ synthetic }: FolderStore, planned: readonly Planned[]): Planned[] {
  const marker = planText(MARKER_FILE, markerText(synthetic === true));
  const lines = [
    { format: EXPORT_FORMAT, version: EXPORT_VERSION, members: planned.length },
    ...planned.map(({ path, sizeBytes, sha256 }) => ({ path, sizeBytes, sha256 })),
  ];
  return [marker, planText(MANIFEST_FILE, lines.map((line) => `${JSON.stringify(line)}\n`).join(""))];
}

function toMember({ path, sizeBytes, content }: Planned): NewTarMember {
  return { path, sizeBytes, content: content() };
}

/** A body, which is looked at on its way. */
async function* checkedBody(
  { kind, name, sha256, sizeBytes }: StoreEntry,
  path: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of readChunks(path, 0, sizeBytes, signal)) {
      hash.update(chunk);
      yield chunk;
    }
  } catch (cause) {
    signal?.throwIfAborted();
    throw exportError(kind, name, cause instanceof Error ? cause.message : String(cause), cause);
  }
  if (hash.digest("hex") !== sha256) throw exportError(kind, name, "its bytes are not those that were put");
}

function exportError(kind: EntryKind, name: string, reason: string, cause?: unknown): Error {
  const remedy = '"brainatlas store verify" says what else is damaged, and can remove it';
  return new Error(`Cannot export the ${kind} "${name}": ${reason}; ${remedy}`, { cause });
}
