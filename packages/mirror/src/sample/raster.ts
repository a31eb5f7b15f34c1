import { fieldWindow } from "./field-window.ts";
import type { SamplePlate } from "./plate.ts";
import { toReference } from "./to-reference.ts";

/** A window of a section box. */
export interface RasterWindow {
  /** Corner in full-resolution pixels relative to the section box. */
  readonly left: number;
  readonly top: number;
  /** Size in tier pixels. */
  readonly width: number;
  readonly height: number;
  /** Tier pixels are 2^downsample full-resolution pixels wide. */
  readonly downsample: number;
}

/**
 * Structure ids of a window of a section.
 *
 * @param plate The plate.
 * @param window Place and tier; the corner is rounded down to whole tier pixels.
 * @returns Ids row by row, 0 outside the brain.
 * @example rasterLabels(plate, { left: 0, top: 0, width: 969, height: 489, downsample: 4 }).length // → 473841
 */
export function rasterLabels(plate: SamplePlate, window: RasterWindow): Int32Array {
  const { width, height, downsample } = window;
  const scale = 2 ** downsample;
  const left = Math.floor(window.left / scale);
  const top = Math.floor(window.top / scale);
  const { matrix } = toReference(plate);
  const field = fieldWindow({ matrix, originX: 0, originY: 0, left, top, width, height, downsample }, false);
  const labels = new Int32Array(width * height);
  for (let row = 0; row < height; row++) {
    const from = field.first + row * field.stride;
    labels.set(field.ids.subarray(from, from + width), row * width);
  }
  return labels;
}
