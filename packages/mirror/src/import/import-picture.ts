import { type SubImageRecord, tierCount, tierSize } from "@brainatlas/sdk/image";
import type { FolderStore } from "../store/folder-store.ts";
import { putImageRecords } from "../store/image-records.ts";
import type { PictureFacts } from "./picture-facts.ts";
import { putPicture, readFacts } from "./put-picture.ts";
import { DEFAULT_IMAGE_TYPE, inventRow, withAnnotatedPath } from "./rows.ts";
import { type ImportOptions, type ImportSummary, imageIdOf, imageModelOf, type PictureFile } from "./source.ts";

const MAX_DOWNSAMPLE = 16;

/** @throws {RangeError} If a number is no tier that a picture may be put as. */
export function checkDownsample(downsample: number): void {
  if (Number.isInteger(downsample) && downsample >= 0 && downsample <= MAX_DOWNSAMPLE) return;
  throw new RangeError(`Cannot use downsample ${downsample}; give a whole number from 0 to ${MAX_DOWNSAMPLE}`);
}

/**
 * Puts a picture as a pyramid of tiles, and the record of its image if there is none.
 *
 * The picture passes by in stripes and is never in memory as a whole, unless it is a progressive JPEG or an interlaced PNG.
 */
export async function importPicture(
  store: FolderStore,
  source: PictureFile,
  options: ImportOptions,
): Promise<ImportSummary> {
  const { downsample = 0, annotation = false } = options;
  const model = imageModelOf(options);
  checkDownsample(downsample);
  if (annotation && model !== undefined && model !== "AtlasImage") {
    throw new TypeError(
      `Cannot use annotation for a ${model}; give the model AtlasImage, since only plates are annotated`,
    );
  }
  const facts = await readFacts(source);
  const id = imageIdOf(source, options);
  const held = await store.record(id);
  const full = { width: facts.width * 2 ** downsample, height: facts.height * 2 ** downsample };
  const row =
    held?.row ?? inventRow({ id, ...full, resolution: options.resolution, annotated: annotation, bits: facts.bits });
  checkFits(row, facts, downsample, source);
  checkTier(row, downsample);

  const annotated = annotation ? withAnnotatedPath(row, options.imageType ?? DEFAULT_IMAGE_TYPE) : undefined;
  const target = annotated ?? { path: row.path, row };
  if (target.path === null)
    throw new Error(`Cannot import "${source.path}": the record of image ${id} names no path for it`);
  const place = { path: target.path, width: row.image_width, height: row.image_height, downsample };
  const entries = [await putPicture(store, source, facts, place)];
  if (held !== undefined && target.row === held.row) return { entries, models: {} };
  const image = { model: model ?? held?.model ?? "AtlasImage", row: target.row };
  return { entries, ...putImageRecords(await store.records(), [image]) };
}

/** @throws {RangeError} If an image has no tier that is halved so often. */
export function checkTier({ id, image_width, image_height }: SubImageRecord, downsample: number): void {
  const last = tierCount(image_width, image_height) - 1;
  if (downsample <= last) return;
  throw new RangeError(
    `Cannot use downsample ${downsample}: image ${id} of ${image_width} × ${image_height} pixels has tiers from 0 to ${last}; give one of these`,
  );
}

function checkFits(row: SubImageRecord, facts: PictureFacts, downsample: number, source: PictureFile): void {
  const width = tierSize(row.image_width, downsample);
  const height = tierSize(row.image_height, downsample);
  if (facts.width === width && facts.height === height) return;
  throw new Error(
    `Cannot import "${source.path}": it has ${facts.width} × ${facts.height} pixels, and image ${row.id} has ${width} × ${height} at downsample ${downsample}; give the downsample that it was made with`,
  );
}
