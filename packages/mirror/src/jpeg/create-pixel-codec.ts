import { createBandWriters } from "./band-writer.ts";
import { createDecode } from "./decode-tiles.ts";
import { createEncoder } from "./encode-picture.ts";
import type { JpegCodec } from "./jpeg-codec.ts";
import { createPixelInstance } from "./pixel-instance.ts";
import { createRecode } from "./recode-tiles.ts";
import { createTileSlots } from "./tile-slots.ts";

/** Options of the part of a codec that decodes pixels and encodes them. */
export interface PixelCodecOptions {
  /**
   * How many decoded tiles are kept, 96 KiB each. A row of tiles that has more is kept as a whole.
   *
   * @default 10
   */
  readonly decodedTiles?: number | undefined;
}

/** Two rows of a region, no more than a processor's own cache holds: each tile is cut from soon after it was decoded. */
const DECODED_TILES = 10;

/** Makes the part of a codec that decodes pixels and encodes them. */
export function createPixelCodec(options: PixelCodecOptions = {}): Pick<JpegCodec, "recode" | "decode" | "encoder"> {
  const pixels = createPixelInstance();
  const slots = createTileSlots(pixels, options.decodedTiles ?? DECODED_TILES);
  const begin = createBandWriters(pixels);
  return {
    recode: createRecode(pixels, slots, begin),
    decode: createDecode(pixels, slots),
    encoder: createEncoder(pixels, begin),
  };
}
