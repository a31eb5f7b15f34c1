/** Reads until a body ends, or has more than that; the rest is left to be read. */
export async function readUpTo(
  chunks: AsyncIterator<Uint8Array, void, undefined>,
  maxBytes: number,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; isWhole: boolean }> {
  const read: Uint8Array[] = [];
  let sizeBytes = 0;
  while (sizeBytes <= maxBytes) {
    const { done, value } = await chunks.next();
    if (done === true) return { bytes: Buffer.concat(read), isWhole: true };
    read.push(value);
    sizeBytes += value.byteLength;
  }
  return { bytes: Buffer.concat(read), isWhole: false };
}
