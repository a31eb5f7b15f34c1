import type { ImageSize } from "@brainatlas/sdk/image";
import sharp, { type Sharp } from "sharp";
import type { PictureFinish } from "./picture-job.ts";
import { dropTiffUnit, withPngScale } from "./pixel-scale.ts";

/** Interleaved pixels of 8 bits: RGB. */
export interface RawPicture extends ImageSize {
  readonly data: Uint8Array;
}

/** Brightness from which a pixel of two tones is white, 0 to 255. */
const HALF_BRIGHT = 128;
const UM_PER_MM = 1000;

/**
 * Scales, mirrors, turns and tones a picture, in this order (IIIF Image API 3.0 §4), and encodes it; one that is to be a JPEG is given as
 * pixels. What a turn uncovers is transparent where the format can be, and white otherwise.
 */
export async function finishPicture(
  picture: RawPicture,
  finish: PictureFinish,
  quality: number,
): Promise<Uint8Array | RawPicture> {
  const turned = await turn(await mirror(await scale(picture, finish), finish), finish);
  const toned = tone(turned, finish);
  switch (finish.format) {
    case "jpg": {
      const opaque = toned.flatten({ background: "white" }).raw({ depth: "uchar" });
      const { data, info } = await opaque.toBuffer({ resolveWithObject: true });
      return { data: info.channels === 1 ? triple(data) : data, width: info.width, height: info.height };
    }
    case "png":
      return await encodePng(toned, finish);
    case "webp":
      // Nothing but black and white would not survive a loss.
      return await toned.webp({ quality: Math.max(1, quality), lossless: finish.tone === "bitonal" }).toBuffer();
    case "tif":
      return await encodeTiff(toned, finish);
  }
}

async function encodePng(picture: Sharp, finish: PictureFinish): Promise<Buffer> {
  const few = isTwoToned(finish) ? { palette: true, colours: 2, dither: 0 } : {};
  const png = await oneChannel(picture, finish)
    .png({ compressionLevel: 6, ...few })
    .toBuffer();
  return withPngScale(png, knownUm(finish));
}

async function encodeTiff(picture: Sharp, finish: PictureFinish): Promise<Buffer> {
  const pixelUm = knownUm(finish);
  const perMm = pixelUm === undefined ? 1 : UM_PER_MM / pixelUm;
  const form = isTwoToned(finish)
    ? ({ predictor: "none", bitdepth: 1 } as const)
    : ({ predictor: "horizontal" } as const);
  const tiff = await oneChannel(picture, finish)
    .tiff({ compression: "deflate", ...form, xres: perMm, yres: perMm, resolutionUnit: "cm" })
    .toBuffer();
  return pixelUm === undefined ? dropTiffUnit(tiff) : tiff;
}

function oneChannel(picture: Sharp, { tone }: PictureFinish): Sharp {
  return tone === "color" ? picture : picture.toColourspace("b-w");
}

/** Whether a bit a pixel is enough: corners that show through are a third tone. */
function isTwoToned({ tone, turnDeg }: PictureFinish): boolean {
  return tone === "bitonal" && turnDeg % 90 === 0;
}

/** Of no microscope and of no body are pixels that the formats could not say. */
function knownUm({ pixelUm }: PictureFinish): number | undefined {
  return pixelUm !== undefined && pixelUm >= 0.001 && pixelUm <= 1e5 ? pixelUm : undefined;
}

/** The library gives grey pixels with one channel. */
function triple(grey: Uint8Array): Uint8Array {
  const rgb = new Uint8Array(grey.length * 3);
  for (const [index, value] of grey.entries()) rgb.fill(value, index * 3, index * 3 + 3);
  return rgb;
}

/** Each step by itself: in one chain the library has an order of its own. */
function read({ data, width, height }: RawPicture, channels: 3 | 4 = 3): Sharp {
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
}

async function scale(picture: RawPicture, { width, height }: PictureFinish): Promise<RawPicture> {
  if (picture.width === width && picture.height === height) return picture;
  const data = await read(picture).resize(width, height, { fit: "fill", fastShrinkOnLoad: false }).raw().toBuffer();
  return { data, width, height };
}

async function mirror(picture: RawPicture, { isMirrored }: PictureFinish): Promise<RawPicture> {
  return isMirrored ? { ...picture, data: await read(picture).flop().raw().toBuffer() } : picture;
}

async function turn(picture: RawPicture, { turnDeg, format }: PictureFinish): Promise<Sharp> {
  const angle = turnDeg % 360;
  if (angle === 0) return read(picture);
  const alpha = format === "jpg" || angle % 90 === 0 ? 1 : 0;
  const turning = read(picture).rotate(angle, { background: { r: 255, g: 255, b: 255, alpha } });
  const { data, info } = await turning.raw().toBuffer({ resolveWithObject: true });
  return read({ data, width: info.width, height: info.height }, info.channels === 4 ? 4 : 3);
}

function tone(picture: Sharp, { tone }: PictureFinish): Sharp {
  if (tone === "gray") return picture.grayscale();
  return tone === "bitonal" ? picture.grayscale().threshold(HALF_BRIGHT) : picture;
}
