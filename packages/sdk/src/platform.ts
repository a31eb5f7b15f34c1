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
  const chunks = source[Symbol.asyncIterator]();
  const written = (async () => {
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
      // The cast is safe: a stream copies, whatever kind of buffer lies behind.
      await writer.write(next.value as Uint8Array<ArrayBuffer>);
    }
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
    // The source may stand still: neither what it still gives nor its end is waited for. What the others still say is known.
    void Promise.allSettled([written, chunks.return?.()]);
    await Promise.allSettled([writer.abort(error), reader.cancel(error), read]);
    throw error;
  }
}
