import { createReadStream } from "node:fs";

/** A line of a file. */
export interface TextLine {
  readonly text: string;
  /** Where it begins, in bytes. */
  readonly offset: number;
  /** Where it ends, its line feed included. */
  readonly end: number;
  /** Whether a line feed ends it: not so the last one, when it is torn. */
  readonly isEnded: boolean;
}

/** Bytes of a line; what is longer is none of ours. */
export const MAX_LINE_BYTES: number = 1 << 20;
const BLOCK_BYTES = 1 << 20;
const LINE_FEED = 10;

/** The lines of a file, one by one, however long it is. A line that is too long comes as an empty one. */
export async function* readLines(path: string, signal?: AbortSignal): AsyncGenerator<TextLine, void, undefined> {
  let [kept, keptBytes, offset]: [Uint8Array[], number, number] = [[], 0, 0];
  const take = (last: Uint8Array, isEnded: boolean): TextLine => {
    const bytes = kept.length === 0 ? last : Buffer.concat([...kept, last]);
    const sizeBytes = keptBytes + last.length;
    const text = sizeBytes > MAX_LINE_BYTES ? "" : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
    const end = offset + sizeBytes + (isEnded ? 1 : 0);
    const line = { text, offset, end, isEnded };
    offset = end;
    [kept, keptBytes] = [[], 0];
    return line;
  };
  const blocks: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: BLOCK_BYTES, signal });
  try {
    for await (const block of blocks) {
      let start = 0;
      for (let end = block.indexOf(LINE_FEED); end >= 0; end = block.indexOf(LINE_FEED, start)) {
        yield take(block.subarray(start, end), true);
        start = end + 1;
      }
      const rest = block.subarray(start);
      keptBytes += rest.length;
      if (keptBytes <= MAX_LINE_BYTES) kept.push(rest);
      else kept = [];
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
  if (keptBytes > 0) yield take(new Uint8Array(0), false);
}
