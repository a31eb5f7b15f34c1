/** Bytes that come in chunks, taken in the pieces that a reader wants. */
export interface ByteSource {
  /** So many bytes; fewer at the end. */
  take(count: number): Promise<Uint8Array>;
  /** So many bytes as they come; ends early where the source does. */
  stream(count: number): AsyncGenerator<Uint8Array, void, undefined>;
  /** Ends the source. */
  close(): Promise<void>;
}

export function createByteSource(chunks: AsyncIterable<Uint8Array>): ByteSource {
  const iterator = chunks[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array(0);

  /** What is there, at most so many; nothing at the end. */
  async function some(count: number): Promise<Uint8Array> {
    while (rest.byteLength === 0) {
      const next = await iterator.next();
      if (next.done === true) return rest;
      rest = next.value;
    }
    const piece = rest.subarray(0, count);
    rest = rest.subarray(piece.byteLength);
    return piece;
  }

  async function* stream(count: number): AsyncGenerator<Uint8Array, void, undefined> {
    for (let left = count; left > 0; ) {
      const piece = await some(left);
      if (piece.byteLength === 0) return;
      left -= piece.byteLength;
      yield piece;
    }
  }

  return {
    stream,
    async take(count) {
      const pieces: Uint8Array[] = [];
      for await (const piece of stream(count)) pieces.push(piece);
      return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
    },
    close: async () => void (await iterator.return?.()),
  };
}
