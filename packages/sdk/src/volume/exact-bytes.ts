import { inflate } from "#platform";
import { DecodeError, isAtlasError } from "../errors.ts";
import { allocate } from "./voxels.ts";

/** Bytes, or chunks of them as they arrive. */
export type ByteSource = Uint8Array | AsyncIterable<Uint8Array>;

/** What is to be read, and how an error speaks of it. */
export interface ExactOptions {
  /** What is read, such as `the NRRD volume`. */
  readonly what: string;
  /** Where the bytes lie in their file, 0-based. */
  readonly offset: number;
  /** Bytes that there must be, no more and no less. */
  readonly sizeBytes: number;
  /** Bytes before them that are passed over. */
  readonly skipBytes?: number | undefined;
}

/** Forms of compressed bytes: `deflate` has the frame of zlib, `deflate-raw` none. */
export type Compression = "gzip" | "deflate" | "deflate-raw";

/** Deflate makes no more of a byte than this. */
const MAX_INFLATION = 1032;
/** Bytes that are handed to the decompressor at a time. */
const STEP_BYTES = 1 << 18;

/** Gathers chunks into bytes of a known number. */
class Gatherer {
  readonly #options: ExactOptions;
  readonly #bytes: Uint8Array<ArrayBuffer>;
  #toSkip: number;
  #filled = 0;

  constructor(options: ExactOptions) {
    this.#options = options;
    this.#bytes = allocate(options.sizeBytes);
    this.#toSkip = options.skipBytes ?? 0;
  }

  /** @throws {DecodeError} If it is more than there may be. */
  take(chunk: Uint8Array): void {
    const skipped = Math.min(this.#toSkip, chunk.length);
    this.#toSkip -= skipped;
    const rest = skipped === 0 ? chunk : chunk.subarray(skipped);
    if (rest.length > this.#bytes.length - this.#filled) throw this.#wrongLength("more");
    this.#bytes.set(rest, this.#filled);
    this.#filled += rest.length;
  }

  /** @throws {DecodeError} If it is less than there must be. */
  finish(): Uint8Array<ArrayBuffer> {
    if (this.#filled < this.#bytes.length) throw this.#wrongLength(`${this.#filled}`);
    return this.#bytes;
  }

  #wrongLength(found: string): DecodeError {
    const { what, offset, sizeBytes } = this.#options;
    return new DecodeError(what, { at: offset, expected: `${sizeBytes} bytes of voxels`, found });
  }
}

/** Bytes as they are, of which there must be an exact number; a view of what was given, where that was one piece. */
export async function readExactly(source: ByteSource, options: ExactOptions): Promise<Uint8Array> {
  const { what, offset, sizeBytes, skipBytes = 0 } = options;
  if (!(source instanceof Uint8Array)) {
    const gatherer = new Gatherer(options);
    for await (const chunk of source) gatherer.take(chunk);
    return gatherer.finish();
  }
  if (source.length - skipBytes === sizeBytes) return source.subarray(skipBytes);
  const found = String(Math.max(0, source.length - skipBytes));
  throw new DecodeError(what, { at: offset, expected: `${sizeBytes} bytes of voxels`, found });
}

/** The last bytes, of a known number; a view of what was given, where that was one piece. No more than so many are ever held. */
export async function readLast(source: ByteSource, options: ExactOptions): Promise<Uint8Array> {
  const { what, offset, sizeBytes } = options;
  if (source instanceof Uint8Array) return await readExactly(source.subarray(-sizeBytes), options);
  const ring = allocate(sizeBytes);
  let total = 0;
  for await (const chunk of source) {
    const part = chunk.subarray(-sizeBytes);
    const at = (total + chunk.length - part.length) % sizeBytes;
    ring.set(part.subarray(0, sizeBytes - at), at);
    ring.set(part.subarray(sizeBytes - at));
    total += chunk.length;
  }
  if (total < sizeBytes)
    throw new DecodeError(what, { at: offset, expected: `${sizeBytes} bytes of voxels`, found: `${total}` });
  // Turned twice in two parts, and once as a whole, what was written first comes first.
  const start = total % sizeBytes;
  ring.subarray(0, start).reverse();
  ring.subarray(start).reverse();
  return ring.reverse();
}

/**
 * Decompressed bytes, of which there must be an exact number: no more than that is ever held. A second stream behind the first
 * and anything else that follows is refused.
 *
 * @throws {DecodeError} If the stream is damaged or cut short, or there are more or fewer.
 */
export async function inflateExactly(
  source: ByteSource,
  format: Compression,
  options: ExactOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { what, offset, sizeBytes, skipBytes = 0 } = options;
  const fail = (expected: string, found: string, cause?: unknown): DecodeError =>
    new DecodeError(what, { at: offset, expected, found }, cause === undefined ? {} : { cause });
  if (source instanceof Uint8Array && sizeBytes + skipBytes > source.length * MAX_INFLATION) {
    throw fail(`${sizeBytes} bytes of voxels`, `${source.length} compressed bytes, which cannot be as many`);
  }
  const tail = new Tail();
  const gatherer = new Gatherer(options);
  // An error of the source, such as a broken connection, is none of the stream.
  let sourceError: { readonly error: unknown } | undefined;
  async function* watched(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of inSteps(source)) {
        tail.take(chunk);
        yield chunk;
      }
    } catch (error) {
      sourceError = { error };
      throw error;
    }
  }
  try {
    await inflate(format, watched(), (chunk) => gatherer.take(chunk));
  } catch (error) {
    if (sourceError !== undefined) throw sourceError.error;
    if (isAtlasError(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw fail(`a ${format} stream`, `what is none, or not all of one (${reason})`, error);
  }
  const bytes = gatherer.finish();
  // The trailer of gzip ends with the length of its own stream.
  if (format === "gzip" && tail.lastUint32() !== (sizeBytes + skipBytes) % 2 ** 32) {
    throw fail("one gzip stream, and nothing behind it", "more behind it, or another length in its trailer");
  }
  return bytes;
}

/** The last bytes of a stream. */
class Tail {
  #bytes: Uint8Array = new Uint8Array(0);

  take(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    const joined = chunk.length >= 4 ? [...chunk.subarray(-4)] : [...this.#bytes, ...chunk].slice(-4);
    this.#bytes = Uint8Array.from(joined);
  }

  /** They as a number, the lowest byte first. */
  lastUint32(): number {
    return [...this.#bytes].reduceRight((sum, byte) => sum * 256 + byte, 0);
  }
}

/** In pieces, so that a whole file is not held a second time while it waits. */
export async function* inSteps(source: ByteSource): AsyncGenerator<Uint8Array> {
  if (!(source instanceof Uint8Array)) {
    yield* source;
    return;
  }
  for (let start = 0; start < source.length; start += STEP_BYTES) yield source.subarray(start, start + STEP_BYTES);
}
