import { DecodeError } from "@brainatlas/sdk";
import type { HuffmanTable } from "./read-tables.ts";

/** Differences of 0 to 11 bits (ITU-T T.81, table F.1). */
const SIZES = 12;

/**
 * A table of first coefficients that has a code for every difference, and the codes that it had.
 *
 * A table that was made for its tiles may lack some, and where tiles meet there are differences that none of them had. Longer codes
 * are added behind the last one.
 *
 * @throws {DecodeError} If the table has no place left for them.
 */
export function completeDcTable({ counts, symbols }: HuffmanTable): HuffmanTable {
  const missing = Array.from({ length: SIZES }, (_, size) => size).filter((size) => !symbols.includes(size));
  if (missing.length === 0) return { counts, symbols };
  let free = 1;
  for (let length = 1; length <= 16; length += 1) {
    free = free * 2 - (counts[length - 1] ?? 0);
    const isLast = counts.subarray(length).every((count) => count === 0);
    // A code of nothing but ones is not used (T.81, C.2).
    if (!isLast || free <= missing.length) continue;
    const completed = Uint8Array.from(counts);
    completed[length - 1] = (counts[length - 1] ?? 0) + missing.length;
    return { counts: completed, symbols: Uint8Array.from([...symbols, ...missing]) };
  }
  const found = `a Huffman table without differences of ${missing} bits`;
  throw new DecodeError("JPEG tables", { at: "DHT", expected: "a table that they can be added to", found });
}
