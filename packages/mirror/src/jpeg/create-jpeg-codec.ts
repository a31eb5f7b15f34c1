import { createPixelCodec, type PixelCodecOptions } from "./create-pixel-codec.ts";
import { createJoin } from "./join-tiles.ts";
import type { JpegCodec } from "./jpeg-codec.ts";

/** Makes a codec; each thread needs its own. */
export function createJpegCodec(options: PixelCodecOptions = {}): JpegCodec {
  return { join: createJoin(), ...createPixelCodec(options) };
}
