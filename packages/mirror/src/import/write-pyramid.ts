import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { TILE_PX } from "@brainatlas/sdk/image";
import type { TiffOptions } from "sharp";
import { DEFAULT_QUALITY } from "../jpeg/jpeg-limits.ts";
import { partName } from "../store/part-file.ts";
import { fillTiles } from "../tiff/fill-tiles.ts";
import { openPyramid } from "../tiff/open-pyramid.ts";
import type { PyramidTier } from "../tiff/pyramid.ts";
import { type Padding, paddingOf } from "./padding.ts";
import { openPicture, type PictureFacts } from "./picture-facts.ts";

/** From here on the file has offsets of 8 bytes; the pyramid of a picture has fewer bytes than 4 for each value of it. */
const BIG_BYTES = 2 ** 32;

/**
 * Writes a picture as the pyramid that a store holds: what is transparent on white, grey in three channels, 8 bits a channel as JPEG with halved
 * colour, 16 bits without loss. Turns that a camera notes (EXIF) are not applied. What becomes JPEG is enlarged by its last column and row to
 * whole squares of all tiers; what is read of it lies within the picture's own size.
 *
 * Memory does not grow with the picture, unless it is interlaced.
 *
 * @param from Path of the picture.
 * @param to Path that the pyramid is written to.
 * @throws {Error} If the picture is damaged or cut off; what was written is worth nothing then.
 */
export async function writePyramid(from: string, facts: PictureFacts, to: string): Promise<void> {
  const padding = facts.bits === 16 ? undefined : paddingOf(facts);
  if (padding === undefined) return await write(from, facts, to);
  const padded = join(dirname(to), partName());
  try {
    await writePadded(from, padding, padded);
    await write(padded, { ...facts, ...(await fillTiles(padded)) }, to);
  } finally {
    await rm(padded, { force: true });
  }
}

/** Writes a picture as uncompressed tiles, which are to be filled. */
async function writePadded(from: string, { width, height, tileWidth, tileHeight }: Padding, to: string): Promise<void> {
  const picture = await openPicture(from);
  await picture
    .flatten({ background: "white" })
    .toColourspace("srgb")
    .tiff({ compression: "none", tile: true, tileWidth, tileHeight, bigtiff: width * height * 4 >= BIG_BYTES })
    .toFile(to);
}

async function write(from: string, facts: PictureFacts, to: string): Promise<void> {
  const { width, height, bits } = facts;
  const is16 = bits === 16;
  const encoding: TiffOptions = is16
    ? { compression: "deflate", predictor: "horizontal" }
    : { compression: "jpeg", quality: DEFAULT_QUALITY };
  const picture = await openPicture(from);
  await picture
    .flatten({ background: "white" })
    .toColourspace(is16 ? "rgb16" : "srgb")
    .tiff({
      ...encoding,
      tile: true,
      pyramid: true,
      tileWidth: TILE_PX,
      tileHeight: TILE_PX,
      bigtiff: (width * height * 4 * bits) / 8 >= BIG_BYTES,
    })
    .toFile(to);
  checkPyramid(to, facts);
}

/** What is put is what will be read: its tiers go down to one of a single tile, or to where there is nothing to halve. */
function checkPyramid(path: string, { width, height, bits }: PictureFacts): void {
  const file = openPyramid(path);
  file.close();
  const { encoding, tiers } = file.pyramid;
  const [first, last] = [tiers[0], tiers.at(-1)];
  const isWhole = first?.width === width && first.height === height && last !== undefined && isLast(last);
  if (isWhole && (encoding === "jpeg") === (bits === 8)) return;
  const found = tiers.map((tier) => `${tier.width} × ${tier.height}`).join(", ");
  throw new Error(`its pyramid has the tiers ${found}, encoded as ${encoding}`);
}

function isLast({ width, height, columns, rows }: PyramidTier): boolean {
  return columns * rows === 1 || Math.min(width, height) === 1;
}
