import { readZip } from "@brainatlas/sdk/volume";
import { writeZip, type ZipFile } from "../zip/write-zip.ts";
import { type Asset, type AssetKind, assetOfBytes, expressionGridName, parseExpressionGridName } from "./asset.ts";
import type { EntryStore, FoundEntry } from "./entries.ts";

/** The asset of a name; a zip of several volumes is put together from those that are held. */
export async function readAsset(entries: EntryStore, kind: AssetKind, name: string): Promise<Asset | undefined> {
  const found = await entries.get(kind, name);
  if (found !== undefined) return heldAsset(found);
  return kind === "grid" ? await joinedGrid(entries, name) : undefined;
}

function heldAsset({ entry, chunks }: FoundEntry): Asset {
  const { fileName = entry.name } = entry.details;
  return {
    mediaType: entry.mediaType,
    fileName: String(fileName),
    sizeBytes: entry.sizeBytes,
    lastModified: new Date(entry.lastModified ?? entry.storedAt),
    tag: entry.sha256,
    isComputed: entry.details.isComputed === true,
    read: chunks,
  };
}

/** A zip of the volumes that are asked for: each is held in a zip of its own, which the import made. */
async function joinedGrid(entries: EntryStore, name: string): Promise<Asset | undefined> {
  const request = parseExpressionGridName(name);
  if (request === undefined || request.include.length === 0) return undefined;
  const files: ZipFile[] = [];
  let lastModified = new Date(0);
  for (const volume of request.include) {
    const found = await entries.get("grid", expressionGridName({ dataSetId: request.dataSetId, include: [volume] }));
    if (found === undefined) return undefined;
    const modified = new Date(found.entry.lastModified ?? found.entry.storedAt);
    if (modified > lastModified) lastModified = modified;
    for (const { name: file, read } of readZip(await found.body())) files.push({ name: file, bytes: await read() });
  }
  return assetOfBytes(writeZip(files, lastModified), { fileName: name, lastModified });
}
