import { crc32 } from "node:zlib";

/** Bytes before the first chunk of a PNG. */
const PNG_SIGNATURE_BYTES = 8;
/** Length, type and checksum of a chunk. */
const CHUNK_FRAME_BYTES = 12;
const UM_PER_METRE = 1e6;
const RESOLUTION_UNIT_TAG = 296;
const NO_UNIT = 1;

/**
 * A PNG with the size of its pixels, in place of the one that it has (PNG §11.3.4.3, pHYs).
 *
 * @param png A complete one.
 * @param pixelUm Edge of a pixel, in µm; without it the PNG says nothing of it.
 */
export function withPngScale(png: Buffer, pixelUm: number | undefined): Buffer {
  const parts = [png.subarray(0, PNG_SIGNATURE_BYTES)];
  for (let at = PNG_SIGNATURE_BYTES; at < png.length; ) {
    const type = png.toString("latin1", at + 4, at + 8);
    const end = type === "IDAT" ? png.length : at + CHUNK_FRAME_BYTES + png.readUInt32BE(at);
    if (type !== "pHYs") parts.push(png.subarray(at, end));
    if (type === "IHDR" && pixelUm !== undefined) parts.push(scaleChunk(pixelUm));
    at = end;
  }
  return Buffer.concat(parts);
}

function scaleChunk(pixelUm: number): Buffer {
  const chunk = Buffer.alloc(9 + CHUNK_FRAME_BYTES);
  const perMetre = Math.round(UM_PER_METRE / pixelUm);
  chunk.writeUInt32BE(9, 0);
  chunk.write("pHYs", 4, "latin1");
  chunk.writeUInt32BE(perMetre, 8);
  chunk.writeUInt32BE(perMetre, 12);
  // The unit: metres.
  chunk[16] = 1;
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 17)), 17);
  return chunk;
}

/**
 * Makes a TIFF say in place that its resolution has no unit (TIFF 6.0, ResolutionUnit): nothing but that pixels are square.
 *
 * @param tiff A complete little-endian one, whose first directory has the unit.
 */
export function dropTiffUnit(tiff: Buffer): Buffer {
  const directory = tiff.readUInt32LE(4);
  for (let entry = 0; entry < tiff.readUInt16LE(directory); entry += 1) {
    const at = directory + 2 + entry * 12;
    if (tiff.readUInt16LE(at) === RESOLUTION_UNIT_TAG) tiff.writeUInt16LE(NO_UNIT, at + 8);
  }
  return tiff;
}
