import { concatBytes } from "../jpeg/concat-bytes.ts";

/** Chunks of bytes, or bands of whole rows of interleaved RGB. */
export type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** All pieces as one. */
export async function gather(pieces: Pieces): Promise<Uint8Array<ArrayBuffer>> {
  const kept: Uint8Array[] = [];
  for await (const piece of pieces) kept.push(piece);
  return concatBytes(kept);
}
