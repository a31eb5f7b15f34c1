/** Why bytes are no complete JPEG. */
export interface JpegFault {
  /** Offset of the first byte that is wrong. */
  readonly at: number;
  readonly expected: string;
  readonly found: string;
}

/** How far from the end the end marker is looked for: some writers pad. */
const END_SEARCH_BYTES = 64;

/**
 * Says what is wrong with a JPEG's first and last bytes, without decoding it; `undefined` when it starts and ends as one.
 *
 * @example jpegFault(new Uint8Array([0xff, 0xd8, 0xff, 0xd9])) // → undefined
 */
export function jpegFault(bytes: Uint8Array): JpegFault | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) {
    return { at: 0, expected: "the start of a JPEG (FF D8)", found: printStart(bytes) };
  }
  for (let index = bytes.length - 2; index >= Math.max(2, bytes.length - END_SEARCH_BYTES); index -= 1) {
    if (bytes[index] === 0xff && bytes[index + 1] === 0xd9) return undefined;
  }
  return { at: bytes.length, expected: "the end of a JPEG (FF D9)", found: "the end of the body" };
}

function printStart(bytes: Uint8Array): string {
  if (bytes.length === 0) return "nothing";
  return [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(" ");
}
