import type { ImageSize } from "@brainatlas/sdk/image";
import type { JpegCodec } from "../jpeg/jpeg-codec.ts";
import { DEFAULT_QUALITY } from "../jpeg/jpeg-limits.ts";
import { gather, type Pieces } from "./gather.ts";
import type { PictureFinish } from "./picture-job.ts";

/** How bands become bytes. */
export interface EncodeOptions {
  readonly quality?: number | undefined;
  readonly finish?: PictureFinish | undefined;
}

/** A picture in bands of interleaved RGB, as bytes of its format. */
export async function* encodeBands(
  bands: Pieces,
  size: ImageSize,
  { quality = DEFAULT_QUALITY, finish }: EncodeOptions,
  codec: JpegCodec,
): AsyncGenerator<Uint8Array> {
  if (finish !== undefined) {
    // Loaded only now: it is large, and most pictures are given without it.
    const { finishPicture } = await import("./finish-picture.ts");
    const finished = await finishPicture({ data: await gather(bands), ...size }, finish, quality);
    if (finished instanceof Uint8Array) return yield finished;
    return yield* encodeBands([finished.data], finished, { quality }, codec);
  }
  const encoder = codec.encoder(size.width, size.height, quality);
  for await (const band of bands) {
    const bytes = encoder.write(band);
    if (bytes.length > 0) yield bytes;
  }
  yield encoder.end();
}
