import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { canonicalTarget } from "../store/answer-key.ts";
import { type AssetKind, assetMediaType, assetOfPath } from "../store/asset.ts";
import type { NewEntry, StoreEntry } from "../store/entries.ts";
import type { FolderStore } from "../store/folder-store.ts";
import { checkNrrd } from "./check-nrrd.ts";
import { checkMesh, checkNeuron } from "./check-text-asset.ts";
import { importGridZip, isZip } from "./import-grid-zip.ts";
import { nrrdPath } from "./nrrd-path.ts";
import {
  type AssetSource,
  assetIdOf,
  type ImportOptions,
  type ImportSummary,
  importError,
  statFile,
} from "./source.ts";

/** Bytes in which a header shows. */
const HEAD_BYTES = 65_536;

/**
 * Puts a file that is given out as it is: a volume (NRRD), a grid's zip, a mesh (OBJ), a neuron (SWC), or any file of which it is said what it is
 * (`file`, `urlPath`). Files of any length are copied; what is looked into is checked before it is put.
 *
 * @returns `undefined` if it is none of these.
 */
export async function importAsset(
  store: FolderStore,
  path: string,
  options: ImportOptions,
): Promise<ImportSummary | undefined> {
  const isTold = options.file !== undefined || options.urlPath !== undefined;
  const source = await openSource(path);
  if (isTold) return summaryOf([await copyTo(store, source, toldTarget(options))]);
  if (Buffer.from(source.head.subarray(0, 4)).toString("latin1") === "NRRD")
    return await importVolume(store, source, options);
  if (isZip(source)) return summaryOf(await importGridZip(store, source, options));
  if (/\.obj$/i.test(source.name)) return await importMesh(store, source, options);
  if (/\.swc$/i.test(source.name)) return await importNeuron(store, source, options);
  return undefined;
}

async function openSource(path: string): Promise<AssetSource> {
  const facts = await statFile(path);
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return {
      path,
      name: basename(path),
      folder: basename(dirname(path)),
      sizeBytes: facts.size,
      lastModified: facts.mtime.toISOString(),
      head: buffer.subarray(0, bytesRead),
    };
  } finally {
    await file.close();
  }
}

/** What a file is put as. */
interface Target {
  readonly kind: AssetKind | "answer";
  readonly name: string;
  /** @default the last part of the name */
  readonly fileName?: string;
}

/** What the caller says that a file is. */
function toldTarget({ file, urlPath }: ImportOptions): Target {
  if (file !== undefined && urlPath !== undefined) {
    throw new TypeError("Cannot use a file id and a path for one file; give one of them");
  }
  if (file !== undefined) {
    if (!Number.isSafeInteger(file) || file < 1) {
      throw new RangeError(`Cannot use file id ${file}; give a whole number of 1 or more`);
    }
    return { kind: "file", name: String(file) };
  }
  return entryOfPath(urlPath ?? "");
}

/**
 * The kind and name under which a store has what is served at a path of the API, or of the archive: a grid, a file, or an answer.
 *
 * @throws {TypeError} If it is none.
 * @example entryOfPath("/api/v2/well_known_file_download/7") // → { kind: "file", name: "7" }
 */
export function entryOfPath(path: string): { readonly kind: AssetKind | "answer"; readonly name: string } {
  if (!path.startsWith("/") || !URL.canParse(path, "http://x")) {
    throw new TypeError(
      `Cannot use path ${JSON.stringify(path)}; give one of the API's, such as /api/v2/svg/100960224`,
    );
  }
  // As a request for it will come: dots are taken out, and marks encoded.
  const { pathname, search } = new URL(path, "http://x");
  const target = pathname + search;
  return assetOfPath(target) ?? { kind: "answer", name: canonicalTarget(target) };
}

async function importVolume(store: FolderStore, source: AssetSource, options: ImportOptions): Promise<ImportSummary> {
  const { spacingUm } = await checkNrrd(source);
  const target = assetOfPath(nrrdPath(source, spacingUm, options));
  if (target === undefined)
    throw importError(source, "it is of no known kind; give the path that it is served at (--path)");
  return summaryOf([await copyTo(store, source, target)]);
}

async function importMesh(store: FolderStore, source: AssetSource, options: ImportOptions): Promise<ImportSummary> {
  const id = assetIdOf(
    source,
    options.id,
    leadingDigits(source),
    "it does not say whose surface it is; begin its name with the structure's id, as in 385.obj, or give --id",
  );
  await checkMesh(source);
  const name = `current-release/mouse_ccf/annotation/ccf_2017/structure_meshes/${id}.obj`;
  return summaryOf([await copyTo(store, source, { kind: "archive", name })]);
}

async function importNeuron(store: FolderStore, source: AssetSource, options: ImportOptions): Promise<ImportSummary> {
  const id = assetIdOf(
    source,
    options.id,
    leadingDigits(source),
    "it does not say which well-known file it is; begin its name with the id, or give the id (--file)",
  );
  await checkNeuron(source);
  return summaryOf([await copyTo(store, source, { kind: "file", name: String(id), fileName: source.name })]);
}

function leadingDigits({ name }: AssetSource): string | undefined {
  return /^\d{1,15}/.exec(name)?.[0];
}

/** Copies a file into a store, piece by piece. */
async function copyTo(store: FolderStore, source: AssetSource, { kind, name, fileName }: Target): Promise<StoreEntry> {
  const mediaType = assetMediaType(source.name);
  const shown = fileName ?? (kind === "file" ? source.name : name.slice(name.lastIndexOf("/") + 1));
  const details = kind === "answer" ? { status: 200, headers: { "content-type": mediaType } } : { fileName: shown };
  const entry: NewEntry = { kind, name, mediaType, lastModified: source.lastModified, source: source.name, details };
  return await store.entries.putChunks(entry, createReadStream(source.path));
}

function summaryOf(entries: readonly StoreEntry[]): ImportSummary {
  return { entries, models: {} };
}
