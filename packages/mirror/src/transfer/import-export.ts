import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { writeFileWhole } from "@brainatlas/sdk/node";
import { admitContent, checkContent } from "../import/admit.ts";
import { type ImportSummary, importError, statFile } from "../import/source.ts";
import { checkBody, writeChunks } from "../store/body-chunks.ts";
import type { StoreEntry } from "../store/entries.ts";
import type { FolderStore } from "../store/folder-store.ts";
import { layOutStore, MARKER_FILE, type StoreLayout, sha256Of } from "../store/layout.ts";
import { markerFault, parseMarker } from "../store/marker.ts";
import { parseEntry } from "../store/parse-entry.ts";
import { readTar, type TarMember } from "../tar/read-tar.ts";
import { BLOCK_BYTES, readHeader } from "../tar/tar-header.ts";
import { isPyramid, pictureMisfit, pyramidFault } from "../upkeep/check-body.ts";
import { entryMember, MANIFEST_FILE, type ManifestMember, memberKind } from "./export-layout.ts";
import { mergeRecords } from "./merge-records.ts";
import { type Manifest, readManifest } from "./read-manifest.ts";

/** How an export is imported. */
export interface ImportExportOptions {
  /** Ends the work; what is put stays. The call rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Is told of the bytes that were read, and of how many the file has. */
  readonly onProgress?: ((readBytes: number, totalBytes: number) => void) | undefined;
}

/** Bytes that are read at once. */
const CHUNK_BYTES = 1024 * 1024;
/** Longest marker, and longest entry: names and headers are short. */
const MAX_MARKER_BYTES = 4096;
const MAX_ENTRY_BYTES = 1024 * 1024;

/** Whether a file begins as an export does. */
export async function isExport(path: string): Promise<boolean> {
  // What cannot be opened is told of by who wants to read it.
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return false;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BLOCK_BYTES), 0, BLOCK_BYTES, 0);
    return bytesRead === BLOCK_BYTES && readHeader(buffer).path === MARKER_FILE;
  } catch {
    return false;
  } finally {
    await file.close();
  }
}

/**
 * Puts what `exportStore()` wrote into a store: entries replace those of the same name, rows are written as those of the API are. A file that is
 * shorter than its manifest promises is refused before anything is put. Every byte is looked at before it has its name: of a file that is
 * damaged further on, what is put is whole, and the error says how much it is.
 *
 * @throws {Error} If the file is damaged, is no export, or of a version that this program does not know; or if it is synthetic and the
 *   store is not, or the other way round.
 * @example (await importExport(store, "atlas.tar")).models // → { AtlasImage: 132, … }
 */
export async function importExport(
  store: FolderStore,
  path: string,
  { signal, onProgress }: ImportExportOptions = {},
): Promise<ImportSummary> {
  const { size } = await statFile(path);
  const intake = new Intake(store, path, size, signal);
  try {
    let readBytes = 0;
    const chunks = createReadStream(path, { highWaterMark: CHUNK_BYTES });
    async function* told(): AsyncGenerator<Uint8Array, void, undefined> {
      for await (const chunk of chunks) {
        signal?.throwIfAborted();
        yield chunk;
        readBytes += chunk.length;
        onProgress?.(readBytes, size);
      }
    }
    for await (const member of readTar(told())) await intake.take(member);
    return intake.finish();
  } catch (cause) {
    signal?.throwIfAborted();
    throw intake.explain(cause);
  }
}

/** Takes the members of an export, one after the other. */
class Intake {
  readonly #store: FolderStore;
  readonly #path: string;
  readonly #sizeBytes: number;
  readonly #signal: AbortSignal | undefined;
  readonly #layout: StoreLayout;
  readonly #entries: StoreEntry[] = [];
  readonly #models = new Map<string, number>();
  #isMarked = false;
  #isMadeUp = false;
  #isAdmitted = false;
  #manifest: Manifest | undefined;
  readonly #seen = new Set<string>();

  constructor(store: FolderStore, path: string, sizeBytes: number, signal: AbortSignal | undefined) {
    this.#store = store;
    this.#path = path;
    this.#sizeBytes = sizeBytes;
    this.#signal = signal;
    this.#layout = layOutStore(store.directory);
  }

  async take(member: TarMember): Promise<void> {
    if (!this.#isMarked) return await this.#takeMarker(member);
    if (this.#manifest === undefined) return await this.#takeManifest(member);
    const known = this.#manifest.get(member.path);
    if (known === undefined) throw new Error(`it holds ${quote(member.path)}, which its manifest does not name`);
    if (this.#seen.has(member.path)) throw new Error(`it holds ${quote(member.path)} twice`);
    this.#seen.add(member.path);
    if (known.sizeBytes !== member.sizeBytes) throw damage(member.path);
    const kind = memberKind(member.path);
    if (kind === "body") await this.#takeBody(member, known);
    else if (kind === "entry") await this.#takeEntry(member, known);
    else await this.#takeRecords(member, known);
  }

  finish(): ImportSummary {
    if (this.#manifest === undefined) throw new Error("it is cut off before its manifest");
    const missing = this.#manifest.size - this.#seen.size;
    if (missing > 0)
      throw new Error(`it lacks ${missing} of the ${this.#manifest.size} members that its manifest names`);
    const models = [...this.#models].sort(([a], [b]) => (a < b ? -1 : 1));
    return { entries: this.#entries, models: Object.fromEntries(models) };
  }

  /** The error in words, with what has been put. */
  explain(cause: unknown): Error {
    // Such words name the file already.
    if (cause instanceof Error && cause.message.startsWith("Cannot import")) return cause;
    const rows = [...this.#models.values()].reduce((sum, count) => sum + count, 0);
    const put = `${this.#entries.length} entries and ${rows} rows of it are put, and whole`;
    const nothing = this.#entries.length === 0 && rows === 0;
    const reason = cause instanceof Error ? cause.message : String(cause);
    return importError({ path: this.#path }, `${reason}; ${nothing ? "nothing of it is put" : put}`, cause);
  }

  async #takeMarker({ path, sizeBytes, content }: TarMember): Promise<void> {
    if (path !== MARKER_FILE || sizeBytes > MAX_MARKER_BYTES) throw new Error("it is no export of a store");
    const text = (await read(content)).toString();
    const fault = markerFault(text);
    if (fault !== undefined) throw new Error(fault);
    this.#isMadeUp = parseMarker(text).synthetic === true;
    await checkContent(this.#store, { path: this.#path }, this.#isMadeUp);
    this.#isMarked = true;
  }

  /** To be called when the first is known to be whole: no store is marked for what is refused. */
  async #admit(): Promise<void> {
    if (!this.#isAdmitted) await admitContent(this.#store, { path: this.#path }, this.#isMadeUp);
    this.#isAdmitted = true;
  }

  async #takeManifest({ path, content }: TarMember): Promise<void> {
    if (path !== MANIFEST_FILE) throw new Error("it has no manifest after its marker");
    this.#manifest = await readManifest(content, this.#sizeBytes);
  }

  async #takeBody({ path, content }: TarMember, { sha256 }: ManifestMember): Promise<void> {
    await writeChunks(this.#layout.objects, content, {
      // Before it has its name.
      path: (found) => {
        if (found !== sha256) throw damage(path);
        return this.#layout.body(found);
      },
      name: async (body) => body,
    });
  }

  async #takeEntry({ path, sizeBytes, content }: TarMember, { sha256 }: ManifestMember): Promise<void> {
    if (sizeBytes > MAX_ENTRY_BYTES) throw new Error(`its entry ${quote(path)} is longer than any`);
    const bytes = await read(content);
    if (sha256Of(bytes) !== sha256) throw damage(path);
    const entry = entryOf(path, bytes.toString());
    if (isPyramid(entry)) {
      const body = this.#layout.body(entry.sha256);
      const fault = pyramidFault(body, false) ?? pictureMisfit(body, entry);
      if (fault !== undefined) throw new Error(`the picture "${entry.name}" in it is damaged: ${fault}`);
    }
    // An entry without its body is refused here, before the store is marked.
    checkBody(this.#layout.body(entry.sha256), entry.sizeBytes);
    await this.#admit();
    this.#entries.push(await this.#store.entries.link(entry, entry));
  }

  async #takeRecords({ path, content }: TarMember, { sha256 }: ManifestMember): Promise<void> {
    await this.#store.entries.aside(async (aside) => {
      const hash = createHash("sha256");
      await writeFileWhole(aside, hashed(content, hash));
      if (hash.digest("hex") !== sha256) throw damage(path);
      const onRows = (model: string, count: number): void =>
        void this.#models.set(model, (this.#models.get(model) ?? 0) + count);
      const begin = (): Promise<void> => this.#admit();
      await mergeRecords(await this.#store.records(), aside, { begin, onRows, signal: this.#signal });
    });
  }
}

async function* hashed(
  content: AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of content) {
    hash.update(chunk);
    yield chunk;
  }
}

/** An entry as a member has it, which lies where its name says. */
function entryOf(path: string, text: string): StoreEntry {
  let entry: StoreEntry;
  try {
    entry = parseEntry(text);
  } catch (cause) {
    throw new Error(`its entry ${quote(path)} is damaged: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
  if (entryMember(entry.kind, sha256Of(entry.name)) === path) return entry;
  throw new Error(`its entry ${quote(path)} lies under the name of another`);
}

async function read(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function damage(path: string): Error {
  return new Error(`its member ${quote(path)} is not what its manifest says`);
}

function quote(path: string): string {
  return JSON.stringify(path.slice(0, 200));
}
