import sharp from "sharp";
import type { RawPicture } from "./picture.ts";

/** Quality of the service's own JPEGs: baseline, 85, 4:2:0, by its recorded answers. */
export const DEFAULT_QUALITY = 85;
/** Longest edge that the JPEG format can say. */
export const MAX_JPEG_EDGE_PX = 65_535;

/**
 * Encodes a picture as the service does: baseline JPEG, 4:2:0.
 *
 * @param quality 0 to 100; 0 is encoded as 1, the least that the encoder has.
 */
export async function encodeJpeg(picture: RawPicture, quality: number): Promise<Uint8Array<ArrayBuffer>> {
  const { data, width, height } = picture;
  const encoded = await sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false })
    .jpeg({ quality: Math.max(1, quality), chromaSubsampling: "4:2:0", progressive: false, optimiseCoding: false })
    .toBuffer();
  return new Uint8Array(encoded);
}
