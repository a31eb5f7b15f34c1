import { type AlternateImage, parseSubImageRecord, type SubImageRecord } from "@brainatlas/sdk/image";
import type { RecordTable } from "../records/catalogue.ts";
import type { ModelRow } from "../records/model-row.ts";
import { fromSql, toSql } from "../records/values.ts";
import type { ImageModel } from "../store/atlas-store.ts";
import type { StoreEntry } from "../store/entries.ts";
import type { FolderStore } from "../store/folder-store.ts";
import { IMAGE_SIZES, IMAGES, type ImageRow, putImageRecords } from "../store/image-records.ts";
import type { GivenRow } from "./given-row.ts";
import type { ImportSummary, NamedSource } from "./source.ts";

/** Whether rows are whole rows of images, which pictures are served by. */
export function areImages(rows: readonly GivenRow[]): boolean {
  return rows.length > 0 && rows.every(({ row }) => IMAGE_SIZES.every((name) => name in row));
}

/** The service has images of which it knows no size: no region of such a one can be told, and the record is no less true. */
function hasSizes(row: Readonly<Record<string, unknown>>): boolean {
  return !IMAGE_SIZES.some((name) => row[name] === null);
}

/** A row with its columns as they are typed: XML and CSV have numbers as text. */
function typedImage({ row }: GivenRow, table: RecordTable): Readonly<Record<string, unknown>> {
  const columns = Object.entries(row).map(([name, value]): [string, unknown] => {
    const type = table.columns.get(name)?.type;
    const isText = typeof value === "string" && type !== undefined;
    return [name, isText ? fromSql(toSql(value, type, `"${name}" of image ${row.id}`), type) : value];
  });
  return Object.fromEntries(columns);
}

/**
 * Puts rows of images. All are checked before the first is put.
 *
 * @param model Class of the images; by default that of the held record, else what the row tells.
 */
export async function importImages(
  store: FolderStore,
  source: NamedSource,
  rows: readonly GivenRow[],
  model: ImageModel | undefined,
): Promise<ImportSummary> {
  const database = await store.records();
  const table = (await database.catalogue()).table(IMAGES);
  const entries: StoreEntry[] = [];
  const images: ImageRow[] = [];
  const others: ModelRow[] = [];
  for (const [index, given] of rows.entries()) {
    const typed = typedImage(given, table);
    if (!hasSizes(typed)) {
      others.push({ model: model ?? "SubImage", row: typed });
      continue;
    }
    const row = parseSubImageRecord(typed, `"${source.path}" row ${index}`);
    const held = await store.record(row.id);
    images.push({ model: model ?? held?.model ?? modelOf(row), row });
    // Before the rows: a picture that is found under two paths does no harm.
    if (held !== undefined) entries.push(...(await movePictures(store, held.row, row)));
  }
  return { entries, ...putImageRecords(database, images, others) };
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
    if (found !== undefined) put.push(await store.entries.link({ ...found.entry, name: newPath }, found.entry));
  }
  return put;
}

function sameType(row: SubImageRecord, { image_type }: AlternateImage): AlternateImage | undefined {
  return row.alternate_images?.find((alternate) => alternate.image_type === image_type);
}
