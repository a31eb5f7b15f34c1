import type { Pixels } from "../pixels.ts";
import { loadSharp } from "./load-sharp.ts";
import { writeFileWhole } from "./write-file-whole.ts";

/** Decodes with sharp, which the user installs: this package has no dependencies. */
export async function decode(bytes: Uint8Array, _mediaType: string): Promise<Pixels> {
  const { default: sharp } = await loadSharp("pixels()", ", or give a decoder option");
  const { data, info } = await sharp(bytes, { limitInputPixels: false, failOn: "truncated" })
    .toColourspace("srgb")
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength),
    width: info.width,
    height: info.height,
  };
}

/** Writes a file that has its name only when it is complete. */
export function writeFile(path: string, bytes: Uint8Array): Promise<void> {
  return writeFileWhole(path, bytes);
}

/** The runtime's own streams give 16 KiB at a time, which takes ten times as long for a volume of long runs. */
const INFLATED_BYTES = 1 << 20;

/** Decompresses, and hands on each chunk as it comes. */
export async function inflate(
  format: "gzip" | "deflate" | "deflate-raw",
  source: AsyncIterable<Uint8Array>,
  take: (chunk: Uint8Array) => void,
): Promise<void> {
  // Loaded by those alone who decompress.
  const [zlib, { pipeline }] = await Promise.all([import("node:zlib"), import("node:stream/promises")]);
  const create = { gzip: zlib.createGunzip, deflate: zlib.createInflate, "deflate-raw": zlib.createInflateRaw }[format];
  const inflated = create({ chunkSize: INFLATED_BYTES });
  let givenBytes = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      givenBytes += chunk.length;
      yield chunk;
    }
  }
  await new Promise<void>((resolve, reject) => {
    pipeline(counted(), inflated, async (chunks: AsyncIterable<Uint8Array>) => {
      try {
        for await (const chunk of chunks) take(chunk);
      } catch (error) {
        // At once: the pipeline itself waits for its source, which may stand still.
        reject(error);
        throw error;
      }
    }).then(resolve, reject);
  });
  // What stands behind the stream is passed over in silence, when it begins with a zero.
  const behind = givenBytes - inflated.bytesWritten;
  if (behind > 0) throw new Error(`${behind} bytes follow it`);
}
