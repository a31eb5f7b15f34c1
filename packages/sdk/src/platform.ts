import { UnsupportedError } from "./errors.ts";
import type { Pixels } from "./pixels.ts";

// What differs between runtimes. This is the browser's side; `node/platform.ts` has the same exports for Node, Deno and Bun,
// and the package's `#platform` import chooses.

/** Decodes with the browser's own decoder, colours as they are stored. */
export async function decode(bytes: Uint8Array, mediaType: string): Promise<Pixels> {
  if (typeof createImageBitmap !== "function" || typeof OffscreenCanvas !== "function") {
    throw new UnsupportedError("pixels()", "this runtime has no picture decoder; give one as the decoder option");
  }
  // The cast is safe: a Blob copies, whatever kind of buffer lies behind.
  const blob = new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mediaType });
  const bitmap = await createImageBitmap(blob, { colorSpaceConversion: "none", premultiplyAlpha: "none" });
  const { width, height } = bitmap;
  try {
    const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    if (context === null)
      throw new UnsupportedError("pixels()", `no canvas of ${width} × ${height} pixels is to be had`);
    context.drawImage(bitmap, 0, 0);
    return { data: context.getImageData(0, 0, width, height).data, width, height };
  } finally {
    bitmap.close();
  }
}

/** Browsers have no file system that a path names. */
export function writeFile(_path: string, _bytes: Uint8Array): Promise<void> {
  return Promise.reject(
    new UnsupportedError("save()", "this runtime has no file system; take bytes() and offer them as a download"),
  );
}

/**
 * Decompresses, and hands on each chunk as it comes.
 *
 * @param take What it throws ends the work.
 */
export async function inflate(
  format: "gzip" | "deflate" | "deflate-raw",
  source: AsyncIterable<Uint8Array>,
  take: (chunk: Uint8Array) => void,
): Promise<void> {
  const { readable, writable } = new DecompressionStream(format);
  const [reader, writer] = [readable.getReader(), writable.getWriter()];
  const written = (async () => {
    // The cast is safe: a stream copies, whatever kind of buffer lies behind.
    for await (const chunk of source) await writer.write(chunk as Uint8Array<ArrayBuffer>);
    await writer.close();
  })();
  const read = (async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      take(value);
    }
  })();
  try {
    await Promise.all([written, read]);
  } catch (error) {
    // Both are let go of, and what they still say is known already.
    await Promise.allSettled([writer.abort(error), reader.cancel(error), written, read]);
    throw error;
  }
}
