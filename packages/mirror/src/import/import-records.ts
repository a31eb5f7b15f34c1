import { type AlternateImage, parseSubImageRecord, type SubImageRecord } from "@brainatlas/sdk/image";
import type { ImageModel } from "../store/atlas-store.ts";
import type { StoreEntry } from "../store/entries.ts";
import { type FolderStore, putRecord } from "../store/folder-store.ts";
import type { ImportOptions, ImportSource } from "./source.ts";

/** Puts rows of images: an answer of the API, a list of rows, or one row. All are checked before the first is put. */
export async function importRecords(
  store: FolderStore,
  source: ImportSource,
  document: unknown,
  options: ImportOptions,
): Promise<StoreEntry[]> {
  const rows = rowsOf(document, source).map((row, index) => parseSubImageRecord(row, `"${source.path}" row ${index}`));
  if (rows.length === 0) throw new Error(`Cannot import "${source.path}": it holds no rows; give an answer with some`);
  const put: StoreEntry[] = [];
  for (const row of rows) {
    const held = await store.record(row.id);
    if (held !== undefined) put.push(...(await movePictures(store, held.row, row)));
    put.push(await putRecord(store.entries, options.model ?? held?.model ?? modelOf(row), row, source.name));
  }
  return put;
}

function rowsOf(document: unknown, source: ImportSource): unknown[] {
  if (Array.isArray(document)) return document;
  const { success, msg } = Object(document) as Record<string, unknown>;
  if (success === undefined) return [document];
  if (success === true && Array.isArray(msg)) return msg;
  throw new Error(`Cannot import "${source.path}": it is an answer without rows; give one whose msg is a list`);
}

function modelOf(row: SubImageRecord): ImageModel {
  return row.annotated === true || row.alternate_images !== undefined ? "AtlasImage" : "SectionImage";
}

/** Pictures that were put before the record said where they lie: they are to be found under its paths from now on. */
async function movePictures(store: FolderStore, from: SubImageRecord, to: SubImageRecord): Promise<StoreEntry[]> {
  const moves: [string | null | undefined, string | null | undefined][] = [[from.path, to.path]];
  for (const alternate of from.alternate_images ?? []) moves.push([alternate.path, sameType(to, alternate)?.path]);
  const put: StoreEntry[] = [];
  for (const [oldPath, newPath] of moves) {
    if (!oldPath || !newPath || oldPath === newPath) continue;
    const found = await store.entries.get("picture", oldPath);
    if (found !== undefined) put.push(await store.entries.put({ ...found.entry, name: newPath }, await found.body()));
  }
  return put;
}

function sameType(row: SubImageRecord, { image_type }: AlternateImage): AlternateImage | undefined {
  return row.alternate_images?.find((alternate) => alternate.image_type === image_type);
}
