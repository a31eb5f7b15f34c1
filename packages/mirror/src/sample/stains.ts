import { fluorescencePixel, projectionPixel } from "./fluorescence.ts";
import { expressionPixel, ishPixel } from "./ish.ts";
import { nisslPixel, SLIDE_RGB } from "./nissl.ts";
import type { SamplePlate } from "./plate.ts";
import type { Stain } from "./stain.ts";

/** Which of a plate's pictures: as scanned, or a mask computed from it. */
export type PictureKind = "primary" | "expression" | "projection";

/** How to colour a picture: tissue, what surrounds it, and the margin text. */
export interface StainSet {
  readonly stain: Stain;
  readonly slide: readonly [number, number, number];
  readonly ink: readonly [number, number, number];
}

const BLACK = [0, 0, 0] as const;
const DARK_INK = [96, 96, 104] as const;
const PALE_INK = [150, 150, 150] as const;
const ISH_SLIDE = [244, 244, 244] as const;

/**
 * Stain of one of a plate's pictures. A mask the plate has no signal for is black.
 *
 * @param plate The plate.
 * @param kind Which picture.
 * @returns Colouring of tissue, slide and text.
 * @example stainOf(plate, "primary").slide
 */
export function stainOf(plate: SamplePlate, kind: PictureKind): StainSet {
  if (kind !== "primary") return { stain: maskOf(plate, kind), slide: BLACK, ink: PALE_INK };
  switch (plate.stain) {
    case "nissl":
      return { stain: nisslPixel, slide: SLIDE_RGB, ink: DARK_INK };
    case "ish":
      return { stain: ishPixel, slide: ISH_SLIDE, ink: DARK_INK };
    case "fluorescence":
      return { stain: fluorescencePixel, slide: BLACK, ink: PALE_INK };
  }
}

function maskOf(plate: SamplePlate, kind: PictureKind): Stain {
  if (kind === "expression" && plate.stain === "ish") return expressionPixel;
  if (kind === "projection" && plate.stain === "fluorescence") return projectionPixel;
  return (_field, _pixel, rgb, at) => rgb.fill(0, at, at + 3);
}
