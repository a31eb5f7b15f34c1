import { stat } from "node:fs/promises";
import type { Sharp } from "sharp";
import { MAX_JPEG_PX } from "../jpeg/jpeg-limits.ts";
import type { PictureFile } from "./source.ts";

/** What is known of a picture before its pixels are read. */
export interface PictureFacts {
  readonly width: number;
  readonly height: number;
  /** Of a channel. */
  readonly bits: 8 | 16;
}

const FORMATS: readonly string[] = ["jpeg", "png", "tiff"];
/** Most pixels that are taken, five times what the largest plates have; at some ten million a second they take minutes. */
const MAX_PIXELS = 2 ** 32;
/** Most pixels that are taken of a picture that has to be decoded as a whole: some 800 MB of memory. */
const MAX_WHOLE_PIXELS = 2 ** 28;
/** Pixels that are taken of any file: more, in few seconds, than a file of few bytes should be able to ask for. */
const UNDOUBTED_PIXELS = 2 ** 28;
/** Larger pictures have a byte of their file for at most so many pixels: plates have one for one to ten. */
const MAX_PIXELS_A_BYTE = 256;

/**
 * Reads the header of a picture and tells whether it is one that can be taken.
 *
 * A progressive JPEG and an interlaced PNG are decoded as a whole, in memory; the others pass by in stripes.
 *
 * @throws {Error} If it is no JPEG, PNG or TIFF, too large, or of a form that no pyramid holds; the message is the reason alone.
 */
export async function readPictureFacts({ contentPath }: PictureFile): Promise<PictureFacts> {
  const { format, width, height, depth, hasAlpha, isProgressive } = await (await openPicture(contentPath)).metadata();
  if (!FORMATS.includes(format)) throw new Error(`a picture of type ${format}, not JPEG, PNG or TIFF`);
  if (depth !== "uchar" && depth !== "ushort") throw new Error(`values of type ${depth}, not of 8 or 16 bits`);
  const bits = depth === "ushort" ? 16 : 8;
  if (bits === 16 && hasAlpha) throw new Error("16 bits a channel with transparency, which is taken of 8 bits alone");
  if (bits === 8 && Math.max(width, height) > MAX_JPEG_PX) {
    throw new Error(`${width} × ${height} pixels, and JPEG tiles are written for edges of at most ${MAX_JPEG_PX} here`);
  }
  checkSize(width * height, (await stat(contentPath)).size, isProgressive);
  return { width, height, bits };
}

function checkSize(pixels: number, sizeBytes: number, isProgressive: boolean): void {
  if (pixels > MAX_PIXELS) throw new Error(`${pixels} pixels, more than ${MAX_PIXELS}`);
  if (isProgressive && pixels > MAX_WHOLE_PIXELS) {
    throw new Error(
      `${pixels} pixels that are interlaced and so have to be decoded at once, more than ${MAX_WHOLE_PIXELS}; save it without interlacing`,
    );
  }
  if (pixels > UNDOUBTED_PIXELS && pixels > MAX_PIXELS_A_BYTE * sizeBytes) {
    throw new Error(
      `${pixels} pixels in ${sizeBytes} bytes, more than ${MAX_PIXELS_A_BYTE} a byte, which no plate has`,
    );
  }
}

/** Opens a picture so that its pixels pass by in stripes; what is damaged or cut off is an error. */
export async function openPicture(path: string): Promise<Sharp> {
  // Loaded only now: it is large, and a mirror of pyramids serves without it.
  const { default: sharp } = await import("sharp");
  return sharp(path, { limitInputPixels: false, sequentialRead: true, failOn: "warning" });
}
