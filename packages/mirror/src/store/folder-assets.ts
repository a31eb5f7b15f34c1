import { type ExpressionGridRequest, readZip } from "@brainatlas/sdk/volume";
import { createLimiter, type Limiter } from "../pixels/limiter.ts";
import { writeZip, type ZipFile } from "../zip/write-zip.ts";
import { type Asset, type AssetKind, assetOfBytes, expressionGridName, parseExpressionGridName } from "./asset.ts";
import { type ByteCache, createByteCache } from "./byte-cache.ts";
import { type EntryStore, type FoundEntry, lastModifiedOf } from "./entries.ts";
import { readKept } from "./kept.ts";

/** Zips that are kept once they are put together: one has some MB. */
const MAX_KEPT_BYTES = 32 * 1024 * 1024;
const MAX_WAITING = 64;

/** By what they are put together of, so that all stores may share it. */
const joined: ByteCache<Asset> = createByteCache(MAX_KEPT_BYTES, ({ sizeBytes }) => sizeBytes);
const run: Limiter = createLimiter(2, MAX_WAITING);

/**
 * The asset of a name; a zip of several volumes is put together from those that are held.
 *
 * @param signal Ends the wait for one that is put together.
 * @throws {BusyError} If too many wait to be put together.
 */
export async function readAsset(
  entries: EntryStore,
  kind: AssetKind,
  name: string,
  signal?: AbortSignal,
): Promise<Asset | undefined> {
  const found = await entries.get(kind, name);
  const request = kind === "grid" ? parseExpressionGridName(name) : undefined;
  if (request === undefined || request.include.length === 0) return found && heldAsset(found);
  const parts = await readParts(entries, request);
  if (found !== undefined && isCurrent(found, parts)) return heldAsset(found);
  return parts && (await joinedGrid(name, parts, signal));
}

function heldAsset({ entry, chunks }: FoundEntry): Asset {
  const { fileName = entry.name } = entry.details;
  return {
    mediaType: entry.mediaType,
    fileName: String(fileName),
    sizeBytes: entry.sizeBytes,
    lastModified: lastModifiedOf(entry),
    tag: entry.sha256,
    etag: typeof entry.details.etag === "string" ? entry.details.etag : undefined,
    freshness: readKept(entry.details),
    isComputed: entry.details.isComputed === true,
    read: chunks,
  };
}

/** The zips of single volumes; `undefined` if one of them is not held. */
async function readParts(
  entries: EntryStore,
  { dataSetId, include }: ExpressionGridRequest,
): Promise<FoundEntry[] | undefined> {
  const parts: FoundEntry[] = [];
  for (const volume of include) {
    const found = await entries.get("grid", expressionGridName({ dataSetId, include: [volume] }));
    if (found === undefined) return undefined;
    parts.push(found);
  }
  return parts;
}

/** Whether a zip is what its volumes were last taken of, or the zip of one: later ones may have replaced some of them. */
function isCurrent({ entry }: FoundEntry, parts: readonly FoundEntry[] | undefined): boolean {
  if (parts === undefined) return true;
  return parts.every((part) => part.entry.name === entry.name || part.entry.details.takenOf === entry.sha256);
}

/** A zip of the volumes that are asked for: each is held in a zip of its own, which the import made. */
async function joinedGrid(name: string, parts: readonly FoundEntry[], signal?: AbortSignal): Promise<Asset> {
  const lastModified = new Date(Math.max(...parts.map(({ entry }) => lastModifiedOf(entry).getTime())));
  const key = [name, lastModified.getTime(), ...parts.map(({ entry }) => entry.sha256)].join(" ");
  const make = (unwanted: AbortSignal): Promise<Asset> =>
    run(async () => {
      const files: ZipFile[] = [];
      for (const { body } of parts) {
        for (const file of readZip(await body())) files.push({ name: file.name, bytes: await file.read() });
      }
      unwanted.throwIfAborted();
      return await assetOfBytes(await writeZip(files, lastModified), { fileName: name, lastModified });
    }, unwanted);
  return await joined.get(key, make, signal);
}
