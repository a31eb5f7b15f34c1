import type { HuffmanTable } from "./read-tables.ts";

// By symbol: how many zeros come before a coefficient, then how many bits it has, two digits in all.
const LUMINANCE_SYMBOLS =
  "01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a4344" +
  "45464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4" +
  "b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa";
const COLOUR_SYMBOLS =
  "000102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f11718191a262728292a35363738393a43" +
  "4445464748494a535455565758595a636465666768696a737475767778797a82838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2" +
  "b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa";
const DC_SYMBOLS = "000102030405060708090a0b";

/** The Huffman tables that serve any picture (ITU-T T.81, tables K.3 to K.6): of luminance, then of colour. */
export const STANDARD_DC: readonly HuffmanTable[] = [
  table([0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], DC_SYMBOLS),
  table([0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0], DC_SYMBOLS),
];
export const STANDARD_AC: readonly HuffmanTable[] = [
  table([0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125], LUMINANCE_SYMBOLS),
  table([0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 119], COLOUR_SYMBOLS),
];

/** Whether a table has a code for all that the standard ones have codes for: enough for any picture. */
export function isComplete(table: HuffmanTable, standard: HuffmanTable): boolean {
  const symbols = new Set(table.symbols);
  return standard.symbols.every((symbol) => symbols.has(symbol));
}

/**
 * Codes by symbol as the encoder takes them: the code, room for the bits that follow it, and in the last 5 bits the length of both.
 */
export function packCodes({ counts, symbols }: HuffmanTable): Uint32Array {
  const packed = new Uint32Array(256);
  let code = 0;
  let index = 0;
  for (const [shorter, count] of counts.entries()) {
    for (const symbol of symbols.subarray(index, index + count)) {
      const following = symbol & 15;
      packed[symbol] = (code << (following + 5)) | (shorter + 1 + following);
      code += 1;
    }
    index += count;
    code <<= 1;
  }
  return packed;
}

function table(counts: readonly number[], symbols: string): HuffmanTable {
  return { counts: Uint8Array.from(counts), symbols: Uint8Array.from(Buffer.from(symbols, "hex")) };
}
