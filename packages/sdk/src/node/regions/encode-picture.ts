import { createReadStream } from "node:fs";
import { extname, join } from "node:path";
import type { Sharp } from "sharp";
import { show } from "../../check.ts";
import { loadSharp } from "../load-sharp.ts";
import { writeFileWhole } from "../write-file-whole.ts";

/** Longest edge that a JPEG can have. */
const MAX_JPEG_PX = 65_535;
/** From here on a TIFF has offsets of 8 bytes. */
const BIG_BYTES = 2 ** 32;
const TILE_PX = 256;

/** A picture as it is to be written. */
export interface PictureForm {
  readonly width: number;
  readonly height: number;
  /** Quality of a JPEG. */
  readonly quality: number;
}

type Encode = (picture: Sharp, form: PictureForm) => Sharp;

/** Codes of its own would take all of the picture in memory. */
const asJpeg: Encode = (picture, { quality }) => picture.jpeg({ quality, optimiseCoding: false });
const asTiff: Encode = (picture, { width, height }) =>
  picture.tiff({
    compression: "deflate",
    predictor: "horizontal",
    tile: true,
    tileWidth: TILE_PX,
    tileHeight: TILE_PX,
    bigtiff: width * height * 4 >= BIG_BYTES,
  });

const ENCODERS: Readonly<Record<string, Encode>> = {
  ".jpeg": asJpeg,
  ".jpg": asJpeg,
  ".png": (picture) => picture.png(),
  ".tif": asTiff,
  ".tiff": asTiff,
};

/** @throws {RangeError} If the ending of a path is of no format that can be written. */
export function checkEnding(path: string): void {
  if (Object.hasOwn(ENCODERS, endingOf(path))) return;
  throw new RangeError(`Cannot write a picture to ${show(path)}; give a name that ends in .png, .tif or .jpg`);
}

/** @throws {RangeError} If a picture is larger than the format of its file allows. */
export function checkSize(path: string, { width, height }: Pick<PictureForm, "width" | "height">): void {
  if (ENCODERS[endingOf(path)] !== asJpeg || Math.max(width, height) <= MAX_JPEG_PX) return;
  throw new RangeError(
    `Cannot write ${width} × ${height} pixels to ${show(path)}: a JPEG has at most ${MAX_JPEG_PX} a side; give a name that ends in .png or .tif`,
  );
}

/**
 * Writes the picture of a file as one of another format, by the ending of its name; memory does not grow with it.
 *
 * @param from Path of the picture.
 * @param folder Where it may put a file meanwhile.
 * @throws {Error} If the file cannot be written; names it.
 */
export async function encodePicture(from: string, to: string, form: PictureForm, folder: string): Promise<void> {
  const { default: sharp } = await loadSharp("downloadInRegions()");
  const encode = ENCODERS[endingOf(to)];
  if (encode === undefined) return checkEnding(to);
  const encoded = join(folder, "encoded");
  try {
    await encode(sharp(from, { limitInputPixels: false, sequentialRead: true }), form).toFile(encoded);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Cannot write ${show(to)}: ${reason}`, { cause });
  }
  await writeFileWhole(to, createReadStream(encoded));
}

function endingOf(path: string): string {
  return extname(path).toLowerCase();
}
