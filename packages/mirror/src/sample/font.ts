/** Rows of a 5 × 7 dot font for the letters of the margin text, top row first, leftmost dot is bit 4. */
const GLYPHS: Readonly<Record<string, readonly number[]>> = {
  " ": [0, 0, 0, 0, 0, 0, 0],
  "·": [0, 0, 0, 4, 0, 0, 0],
  a: [0, 0, 14, 1, 15, 17, 15],
  b: [16, 16, 30, 17, 17, 17, 30],
  c: [0, 0, 14, 16, 16, 17, 14],
  e: [0, 0, 14, 17, 31, 16, 14],
  h: [16, 16, 30, 17, 17, 17, 17],
  i: [4, 0, 12, 4, 4, 4, 14],
  l: [12, 4, 4, 4, 4, 4, 14],
  m: [0, 0, 26, 21, 21, 21, 21],
  n: [0, 0, 30, 17, 17, 17, 17],
  p: [0, 0, 30, 17, 30, 16, 16],
  r: [0, 0, 22, 25, 16, 16, 16],
  s: [0, 0, 15, 16, 14, 1, 30],
  t: [8, 8, 28, 8, 8, 9, 6],
  y: [0, 0, 17, 17, 15, 1, 14],
};

/** Dots from one letter to the next and from top to bottom. */
export const ADVANCE_DOTS = 6;
export const HEIGHT_DOTS = 7;

/**
 * Whether a dot of a line of text is set.
 *
 * @param text The line; letters without a glyph are blank.
 * @param column Dot column, 0-based from the line's left.
 * @param row Dot row, 0-based from its top.
 * @returns True for ink.
 * @example isInk("i", 2, 0) // → true
 */
export function isInk(text: string, column: number, row: number): boolean {
  const glyph = GLYPHS[text[Math.floor(column / ADVANCE_DOTS)] ?? " "];
  const bit = 4 - (column % ADVANCE_DOTS);
  return bit >= 0 && (((glyph?.[row] ?? 0) >> bit) & 1) === 1;
}
