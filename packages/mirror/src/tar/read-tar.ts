import { type ByteSource, createByteSource } from "./byte-source.ts";
import { type PaxFields, readPax } from "./pax.ts";
import { BLOCK_BYTES, readHeader } from "./tar-header.ts";
import { padding } from "./write-tar.ts";

/** A file of a tar. */
export interface TarMember {
  readonly path: string;
  readonly sizeBytes: number;
  /** Its bytes, to be read once and before the next member; what is not read is passed over. Throws where the tar ends before them. */
  readonly content: AsyncIterable<Uint8Array>;
}

/** Most that fields before a header may have: they say a path and a size. */
const MAX_PAX_BYTES = 65_536;

/**
 * Reads a tar as `writeTar()` writes it, piece by piece. All but files is refused: links, devices, folders; the paths are for the caller to judge.
 *
 * @throws {Error} If it is damaged, or ends before its end; the message is the reason alone.
 */
export async function* readTar(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TarMember, void, undefined> {
  const source = createByteSource(chunks);
  try {
    for (let more: PaxFields = {}; ; ) {
      const block = await source.take(BLOCK_BYTES);
      if (isZero(block) && block.byteLength === BLOCK_BYTES) return await readEnd(source);
      if (block.byteLength < BLOCK_BYTES) throw new Error(CUT_OFF);
      const header = readHeader(block);
      if (header.type === "pax") {
        more = await readFields(source, header.sizeBytes);
        continue;
      }
      const { path, sizeBytes } = { path: more.path ?? header.path, sizeBytes: more.sizeBytes ?? header.sizeBytes };
      more = {};
      const rest = { left: sizeBytes };
      yield { path, sizeBytes, content: counted(source.stream(sizeBytes), rest, path) };
      // What the reader left.
      for await (const piece of source.stream(rest.left)) rest.left -= piece.byteLength;
      if (rest.left > 0 || (await source.take(padding(sizeBytes))).byteLength < padding(sizeBytes)) throw cutOff(path);
    }
  } finally {
    await source.close();
  }
}

const CUT_OFF = "it is cut off";

function cutOff(path: string): Error {
  return new Error(`${CUT_OFF} in its member ${JSON.stringify(path)}`);
}

/** Counts what is still to come of a content, and does not let it end before. */
async function* counted(
  content: AsyncIterable<Uint8Array>,
  rest: { left: number },
  path: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const piece of content) {
    rest.left -= piece.byteLength;
    yield piece;
  }
  if (rest.left > 0) throw cutOff(path);
}

async function readFields(source: ByteSource, sizeBytes: number): Promise<PaxFields> {
  if (sizeBytes > MAX_PAX_BYTES)
    throw new Error(`it has fields of ${sizeBytes} bytes before a header, more than any file needs`);
  const length = sizeBytes + padding(sizeBytes);
  const bytes = await source.take(length);
  if (bytes.byteLength < length) throw new Error(CUT_OFF);
  return readPax(bytes.subarray(0, sizeBytes));
}

/** After the first block of zeros come others, and nothing else. */
async function readEnd(source: ByteSource): Promise<void> {
  let sizeBytes = 0;
  for await (const piece of source.stream(Number.POSITIVE_INFINITY)) {
    sizeBytes += piece.byteLength;
    if (!isZero(piece)) throw new Error("something follows its end");
  }
  if (sizeBytes < BLOCK_BYTES) throw new Error(CUT_OFF);
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}
