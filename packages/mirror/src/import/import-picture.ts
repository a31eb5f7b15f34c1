import { type SubImageRecord, tierSize } from "@brainatlas/sdk/image";
import sharp from "sharp";
import type { FolderStore } from "../store/folder-store.ts";
import { putImageRecords } from "../store/image-records.ts";
import { DEFAULT_IMAGE_TYPE, inventRow, withAnnotatedPath } from "./rows.ts";
import { type ImportOptions, type ImportSource, type ImportSummary, imageIdOf, imageModelOf } from "./source.ts";

const MEDIA_TYPES: Readonly<Record<string, string>> = { jpeg: "image/jpeg", png: "image/png", tiff: "image/tiff" };
/** Largest picture that is taken, in pixels: more than any plate, less than what would hold up a server. */
const MAX_IMPORT_PIXELS = 2 ** 30;
const MAX_DOWNSAMPLE = 16;

/** Puts a picture, and the record of its image if there is none. */
export async function importPicture(
  store: FolderStore,
  source: ImportSource,
  options: ImportOptions,
): Promise<ImportSummary> {
  const { downsample = 0, annotation = false } = options;
  const model = imageModelOf(options);
  if (!Number.isInteger(downsample) || downsample < 0 || downsample > MAX_DOWNSAMPLE) {
    throw new RangeError(`Cannot use downsample ${downsample}; give a whole number from 0 to ${MAX_DOWNSAMPLE}`);
  }
  if (annotation && model !== undefined && model !== "AtlasImage") {
    throw new TypeError(
      `Cannot use annotation for a ${model}; give the model AtlasImage, since only plates are annotated`,
    );
  }
  const facts = await readPictureFacts(source);
  const id = imageIdOf(source, options);
  const held = await store.record(id);
  const full = { width: facts.width * 2 ** downsample, height: facts.height * 2 ** downsample };
  const row = held?.row ?? inventRow({ id, ...full, resolution: options.resolution, annotated: annotation });
  checkFits(row, facts, downsample, source);

  const annotated = annotation ? withAnnotatedPath(row, options.imageType ?? DEFAULT_IMAGE_TYPE) : undefined;
  const target = annotated ?? { path: row.path, row };
  if (target.path === null)
    throw new Error(`Cannot import "${source.path}": the record of image ${id} names no path for it`);
  const details = { width: row.image_width, height: row.image_height, downsample };
  const { lastModified, name } = source;
  const picture = {
    kind: "picture",
    name: target.path,
    mediaType: facts.mediaType,
    lastModified,
    source: name,
    details,
  } as const;
  const entries = [await store.entries.put(picture, source.bytes)];
  if (held !== undefined && target.row === held.row) return { entries, models: {} };
  const image = { model: model ?? held?.model ?? "AtlasImage", row: target.row };
  return { entries, ...putImageRecords(await store.records(), [image]) };
}

interface PictureFacts {
  readonly width: number;
  readonly height: number;
  readonly mediaType: string;
}

/** Decodes the whole picture once: a truncated or damaged one is not put. */
async function readPictureFacts(source: ImportSource): Promise<PictureFacts> {
  try {
    const { format, width, height } = await sharp(source.bytes, { limitInputPixels: false }).metadata();
    const mediaType = MEDIA_TYPES[format];
    if (mediaType === undefined) throw new Error(`a picture of type ${format}, not JPEG, PNG or TIFF`);
    if (width * height > MAX_IMPORT_PIXELS)
      throw new Error(`${width} × ${height} pixels, more than ${MAX_IMPORT_PIXELS}`);
    await sharp(source.bytes, { limitInputPixels: false, failOn: "truncated", sequentialRead: true }).stats();
    return { width, height, mediaType };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Cannot import "${source.path}": it is no whole picture (${reason}); give a JPEG, PNG or TIFF`, {
      cause,
    });
  }
}

function checkFits(row: SubImageRecord, facts: PictureFacts, downsample: number, source: ImportSource): void {
  const width = tierSize(row.image_width, downsample);
  const height = tierSize(row.image_height, downsample);
  if (facts.width === width && facts.height === height) return;
  throw new Error(
    `Cannot import "${source.path}": it has ${facts.width} × ${facts.height} pixels, and image ${row.id} has ${width} × ${height} at downsample ${downsample}; give the downsample that it was made with`,
  );
}
