import { fieldWindow } from "./field-window.ts";
import { marginBox, marginCover } from "./margin-text.ts";
import type { SamplePlate } from "./plate.ts";
import type { StainPixel } from "./stain.ts";
import { type PictureKind, stainOf } from "./stains.ts";
import { toReference } from "./to-reference.ts";

/** A window of a stored file. */
export interface FileWindow {
  /** Corner in full-resolution pixels of the file; rounded down to whole tier pixels. */
  readonly left: number;
  readonly top: number;
  /** Size in tier pixels. */
  readonly width: number;
  readonly height: number;
  /** Tier pixels are 2^downsample full-resolution pixels wide. */
  readonly downsample: number;
}

/**
 * Pixels of a window of a stored file: the section inside its box, blank slide outside.
 *
 * Any two windows of a tier agree on the pixels they share.
 *
 * @param plate The plate.
 * @param kind The primary picture, the expression mask or the projection mask.
 * @param window Place and tier.
 * @returns Interleaved 8-bit RGB, row by row.
 * @example renderWindow(plate, "primary", { left: 0, top: 0, width: 1, height: 1, downsample: 0 }).length // → 3
 */
export function renderWindow(plate: SamplePlate, kind: PictureKind, window: FileWindow): Uint8Array {
  const { width, height, downsample } = window;
  const { record } = plate;
  const scale = 2 ** downsample;
  const { stain, slide, ink } = stainOf(plate, kind);
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < rgb.length; i++) rgb[i] = slide[i % 3] ?? 0;
  const left = Math.floor(window.left / scale);
  const top = Math.floor(window.top / scale);
  // Only pixels whose middle lies inside the section box hold tissue.
  const x0 = Math.max(left, Math.ceil(record.x / scale - 0.5));
  const y0 = Math.max(top, Math.ceil(record.y / scale - 0.5));
  const x1 = Math.min(left + width, Math.ceil((record.x + record.width) / scale - 0.5));
  const y1 = Math.min(top + height, Math.ceil((record.y + record.height) / scale - 0.5));
  if (x1 <= x0 || y1 <= y0) return rgb;
  const { matrix } = toReference(plate);
  const request = {
    matrix,
    originX: -record.x,
    originY: -record.y,
    left: x0,
    top: y0,
    width: x1 - x0,
    height: y1 - y0,
    downsample,
  };
  const field = fieldWindow(request, true);
  const box = marginBox(plate);
  const pixel: StainPixel = { index: 0, uUm: 0, vUm: 0, pixelUm: scale * record.resolution };
  for (let y = y0; y < y1; y++) {
    pixel.index = field.first + (y - y0) * field.stride;
    pixel.vUm = ((y + 0.5) * scale - record.y) * record.resolution;
    let at = ((y - top) * width + x0 - left) * 3;
    for (let x = x0; x < x1; x++) {
      if (field.ids[pixel.index] !== 0) {
        pixel.uUm = ((x + 0.5) * scale - record.x) * record.resolution;
        stain(field, pixel, rgb, at);
      } else {
        const cover = marginCover(box, x * scale - record.x, y * scale - record.y, scale);
        for (let c = 0; cover > 0 && c < 3; c++)
          rgb[at + c] = (slide[c] ?? 0) + ((ink[c] ?? 0) - (slide[c] ?? 0)) * cover;
      }
      pixel.index++;
      at += 3;
    }
  }
  return rgb;
}
