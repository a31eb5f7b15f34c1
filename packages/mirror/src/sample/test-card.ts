/** Server path of the test card. */
export const TEST_CARD_PATH = "/external/sample/test_card.aff";
/** Edge of the test card, and of its squares, in pixels. */
export const TEST_CARD_PX = 1000;
const SQUARE_PX = 100;
const SQUARES = TEST_CARD_PX / SQUARE_PX;

/** Red, green and blue, 0 to 255. */
type Rgb = readonly [number, number, number];

/**
 * Colours of the test card's squares, by column and row: no two alike.
 *
 * @example testCardColours()[0]?.[0] // → [40, 112, 130]
 */
export function testCardColours(): readonly (readonly Rgb[])[] {
  return Array.from({ length: SQUARES }, (_, column) =>
    Array.from({ length: SQUARES }, (_, row) => colourOf(column, row)),
  );
}

/** Red goes by the column and green by the row; steps that share no factor with the number of squares part neighbours. */
function colourOf(column: number, row: number): Rgb {
  const level = (index: number): number => 40 + 18 * (index % SQUARES);
  return [level(3 * column), level(7 * row + 4), level(7 * column + 9 * row + 5)];
}

/**
 * A picture to try viewers and servers with, in the layout of the IIIF validator's: ten by ten squares of one colour each. An arrow at the
 * upper left, and letters at the edges between squares, tell which side is which; the middles of the squares are left plain.
 */
export function testCardSvg(): string {
  const squares = testCardColours().flatMap((column, x) =>
    column.map(
      ([red, green, blue], y) =>
        `<rect x="${x * SQUARE_PX}" y="${y * SQUARE_PX}" width="${SQUARE_PX}" height="${SQUARE_PX}" fill="rgb(${red},${green},${blue})"/>`,
    ),
  );
  const size = `width="${TEST_CARD_PX}" height="${TEST_CARD_PX}"`;
  return [`<svg ${size} xmlns="http://www.w3.org/2000/svg">`, ...squares, MARKS, "</svg>"].join("\n");
}

/** Drawn within 8 pixels of the edges of squares. */
const MARKS = [
  '<g fill="white" stroke="none">',
  // An arrow that points at the upper left corner, and a bar along the upper edge.
  '<path d="M1,1h10l-3,3l4,4l-3,3l-4,-4l-4,4z"/>',
  '<path d="M104,1h92v4h-92z"/>',
  // Two bars at the right edge, three below.
  '<path d="M995,104h4v40h-4zM995,156h4v40h-4z"/>',
  '<path d="M104,995h26v4h-26zM137,995h26v4h-26zM170,995h26v4h-26z"/>',
  "</g>",
].join("");
