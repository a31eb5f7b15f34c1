import { DecodeError } from "@brainatlas/sdk";

/** What packages/mirror/assembly/status.ts has, in words. */
const FOUND = [
  "nothing wrong",
  "bits that are no code of the Huffman table",
  "a block of more than 64 coefficients",
  "fewer bytes than its blocks need",
  "more Huffman codes of a length than there can be",
  "a difference that the Huffman table has no code for",
  "a coefficient that has no code where samples have 8 bits",
];

/**
 * Throws what the codec found.
 *
 * @throws {DecodeError} If the status is another than 0.
 */
export function checkStatus(status: number, what: string, at: number | string): void {
  if (status === 0) return;
  throw new DecodeError(what, { at, expected: "baseline JPEG", found: FOUND[status] ?? `status ${status}` });
}
