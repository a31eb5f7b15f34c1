/** Chunks of bytes, or bands of whole rows of interleaved RGB. */
export type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** All pieces as one. */
export async function gather(pieces: Pieces): Promise<Uint8Array<ArrayBuffer>> {
  const kept: Uint8Array[] = [];
  let total = 0;
  for await (const piece of pieces) {
    kept.push(piece);
    total += piece.length;
  }
  const whole = new Uint8Array(total);
  let at = 0;
  for (const piece of kept) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
