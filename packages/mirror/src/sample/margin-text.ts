import { ADVANCE_DOTS, HEIGHT_DOTS, isInk } from "./font.ts";
import type { PlateRecord } from "./plate.ts";

/** What every picture of the sample says of itself. */
export const MARGIN_LINE = "brainatlas sample · synthetic";

/** Width of a dot of the margin text, in µm: ten pixels of height at downsample 4 of a 1.05 µm scan. */
const DOT_UM = 25;
const MARGIN_DOTS = 6;

/** What the margin text goes by. */
export interface MarginPlate {
  readonly record: Pick<PlateRecord, "height" | "resolution">;
}

/** Place of the margin text in full-resolution pixels relative to the section box. */
export interface MarginBox {
  readonly left: number;
  readonly top: number;
  readonly dotPx: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Place of the margin text of a plate: the lower left corner of its section box.
 *
 * @param plate The plate, of which the record counts.
 * @returns Box and dot size in full-resolution pixels relative to the section box.
 * @example marginBox(plate).left // → 144
 */
export function marginBox(plate: MarginPlate): MarginBox {
  const dotPx = Math.max(1, Math.round(DOT_UM / plate.record.resolution));
  const height = HEIGHT_DOTS * dotPx;
  const left = MARGIN_DOTS * dotPx;
  return {
    left,
    top: plate.record.height - height - 3 * dotPx,
    dotPx,
    width: MARGIN_LINE.length * ADVANCE_DOTS * dotPx,
    height,
  };
}

/**
 * Share of a tier pixel covered by the margin text.
 *
 * @param box Place of the text.
 * @param px Full-resolution column of the pixel's corner, relative to the section box.
 * @param py Full-resolution row of the pixel's corner, relative to the section box.
 * @param sizePx Width of the pixel in full-resolution pixels.
 * @returns 0 to 1.
 * @example marginCover(marginBox(plate), -100, -100, 16) // → 0
 */
export function marginCover(box: MarginBox, px: number, py: number, sizePx: number): number {
  if (py + sizePx <= box.top || py >= box.top + box.height) return 0;
  if (px + sizePx <= box.left || px >= box.left + box.width) return 0;
  const steps = sizePx === 1 ? 1 : 4;
  let hits = 0;
  for (let j = 0; j < steps; j++) {
    const row = Math.floor((py + ((j + 0.5) * sizePx) / steps - box.top) / box.dotPx);
    if (row < 0 || row >= HEIGHT_DOTS) continue;
    for (let i = 0; i < steps; i++) {
      const column = Math.floor((px + ((i + 0.5) * sizePx) / steps - box.left) / box.dotPx);
      if (column >= 0 && isInk(MARGIN_LINE, column, row)) hits++;
    }
  }
  return hits / (steps * steps);
}

/**
 * The margin text as an SVG fragment for pictures rasterised from a drawing.
 *
 * @param plate The plate.
 * @returns A `<text>` element in full-resolution pixels relative to the section box.
 * @example marginText(plate).startsWith("<text") // → true
 */
export function marginText(plate: MarginPlate): string {
  const box = marginBox(plate);
  const baseline = box.top + box.height;
  const style = `font-family="monospace" font-size="${10 * box.dotPx}" fill="#404040"`;
  return `<text x="${box.left}" y="${baseline}" ${style} textLength="${box.width}" lengthAdjust="spacingAndGlyphs">${MARGIN_LINE}</text>`;
}
