// Width of text in a terminal. Node's own measure is not public, and counting characters is wrong for combining marks, which
// take no column, and for East Asian letters and emoji, which take two (Unicode Standard Annex #11).

const SEGMENTER = new Intl.Segmenter("en", { granularity: "grapheme" });
/** Latin letters, by far the most of what there is to measure: one column each. */
const PLAIN = /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u02ff…−]*$/;
const INVISIBLE = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;

/**
 * Columns that a text of one line takes.
 *
 * @example textWidth("海馬") // → 4
 */
export function textWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const { segment } of SEGMENTER.segment(text)) width += graphemeWidth(segment);
  return width;
}

/**
 * A text cut to a number of columns, with an ellipsis for what is left out.
 *
 * @example fitText("Hippocampal formation", 8) // → "Hippoca…"
 */
export function fitText(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  let kept = "";
  let width = 1; // The ellipsis.
  for (const { segment } of SEGMENTER.segment(text)) {
    width += graphemeWidth(segment);
    if (width > columns) break;
    kept += segment;
  }
  return columns < 1 ? "" : `${kept.trimEnd()}…`;
}

/**
 * A text cut to a number of columns, with an ellipsis in its middle: what tells names apart is often at their end.
 *
 * @example fitMiddle("projection_density", 10) // → "proj…nsity"
 */
export function fitMiddle(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  const end = Math.ceil((columns - 1) / 2);
  const letters = Array.from(SEGMENTER.segment(text), ({ segment }) => segment);
  return columns < 1
    ? ""
    : `${take(letters, columns - 1 - end).join("")}…${take(letters.reverse(), end).reverse().join("")}`;
}

/** The first graphemes that fit into so many columns. */
function take(graphemes: readonly string[], columns: number): string[] {
  let width = 0;
  const end = graphemes.findIndex((each) => {
    width += graphemeWidth(each);
    return width > columns;
  });
  return graphemes.slice(0, end < 0 ? undefined : end);
}

function graphemeWidth(grapheme: string): number {
  if (INVISIBLE.test(grapheme)) return 0;
  return WIDE.test(grapheme) ? 2 : 1;
}
