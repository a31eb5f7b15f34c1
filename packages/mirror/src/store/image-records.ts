import { parseSubImageRecord, type SubImageRecord } from "@brainatlas/sdk/image";
import { CLASS, KEY, type RecordTable } from "../records/catalogue.ts";
import type { ModelRow } from "../records/model-row.ts";
import type { RecordDatabase } from "../records/record-database.ts";
import { sqlBuilder, toStatement } from "../records/statement.ts";
import { fromSql, type SqlRow } from "../records/values.ts";
import { type WriteSummary, writeRowsIn } from "../records/write-rows.ts";
import type { ImageModel, StoredRecord } from "./atlas-store.ts";

/** The row of one image, with its model. */
export interface ImageRow {
  readonly model: ImageModel;
  readonly row: SubImageRecord;
}

/** Table of images of all classes. */
export const IMAGES = "sub_images";
const ALTERNATES = "alternate_images";
/** Columns of an image without which no region of it can be told. */
export const IMAGE_SIZES: readonly string[] = ["image_width", "image_height", "width", "height", "x", "y"];

/**
 * The record of an image with its alternates. An image of which the sizes are not known, as of one that only rows that point at it tell of,
 * is none yet.
 */
export async function readImageRecord(database: RecordDatabase, id: number): Promise<StoredRecord | undefined> {
  const catalogue = await database.catalogue();
  const [images, alternates] = [catalogue.table(IMAGES), catalogue.table(ALTERNATES)];
  const [found] = lookUpRows(database, images, KEY, id);
  if (found === undefined || IMAGE_SIZES.some((name) => found.columns[name] == null)) return undefined;
  const others = lookUpRows(database, alternates, "sub_image_id", id);
  const row = {
    ...found.columns,
    ...(others.length > 0 && { alternate_images: others.map(({ columns }) => columns) }),
  };
  return { model: modelOf(found.className), row: parseSubImageRecord(row, `record ${id}`) };
}

/**
 * Puts rows of images. What an alternate was called until its record came is forgotten then.
 *
 * @param others Rows that are put with them, in the same transaction.
 */
export function putImageRecords(
  database: RecordDatabase,
  images: readonly ImageRow[],
  others: readonly ModelRow[] = [],
): WriteSummary {
  return database.write((writer) => {
    for (const { row } of images) {
      for (const { image_type } of row.alternate_images ?? []) {
        const madeUp = sqlBuilder.deleteFrom(ALTERNATES).where(KEY, "<", 0);
        const forget = madeUp.where("sub_image_id", "=", row.id).where("image_type", "=", image_type);
        writer.run(toStatement(forget.compile()));
      }
    }
    // Spread, as a type with an index takes no interface.
    return writeRowsIn(writer, [...images.map(({ model, row }) => ({ model, row: { ...row } })), ...others]);
  });
}

/** Images whose records are removed in one transaction. */
const REMOVED_AT_ONCE = 500;

/** Removes the records of images, with those of their alternates; what else is known of them stays, and what they belong to. */
export function removeImageRecords(database: RecordDatabase, ids: readonly number[]): void {
  for (let start = 0; start < ids.length; start += REMOVED_AT_ONCE) {
    const some = ids.slice(start, start + REMOVED_AT_ONCE);
    database.write((writer) => {
      writer.run(toStatement(sqlBuilder.deleteFrom(ALTERNATES).where("sub_image_id", "in", some).compile()));
      writer.run(toStatement(sqlBuilder.deleteFrom(IMAGES).where(KEY, "in", some).compile()));
    });
  }
}

interface FoundRow {
  readonly columns: Readonly<Record<string, unknown>>;
  readonly className: string;
}

/** Rows of a table by one key: the columns that are held, made-up ids last. */
function lookUpRows(database: RecordDatabase, table: RecordTable, key: string, value: number): FoundRow[] {
  const columns = [...table.columns.values()].filter(({ isHeld }) => isHeld);
  const query = sqlBuilder
    .selectFrom(table.name)
    .select([CLASS, ...columns.map(({ name }) => name)])
    .where(key, "=", value)
    .orderBy((each) => each(KEY, "<", 0))
    .orderBy(KEY);
  const rows = database.lookUp(toStatement(query.compile()));
  return rows.map(([className, ...values]: SqlRow) => ({
    className: String(className),
    columns: Object.fromEntries(columns.map(({ name, type }, index) => [name, fromSql(values[index] ?? null, type)])),
  }));
}

/** The other classes of the family have no download of their own. */
function modelOf(className: string): ImageModel {
  return className === "AtlasImage" || className === "SectionImage" ? className : "SubImage";
}
