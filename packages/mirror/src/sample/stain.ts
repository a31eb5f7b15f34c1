import type { FieldWindow } from "./field-window.ts";

/** One pixel to be coloured. */
export interface StainPixel {
  /** Index into the arrays of the field window. */
  index: number;
  /** Middle of the pixel on the section box, in µm. */
  uUm: number;
  vUm: number;
  /** Width of the pixel, in µm. */
  pixelUm: number;
}

/** Colours one pixel of tissue or background; writes three bytes from `at`. */
export type Stain = (field: FieldWindow, pixel: StainPixel, rgb: Uint8Array, at: number) => void;
