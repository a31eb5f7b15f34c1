import { fieldWindow } from "./field-window.ts";
import { marginBox, marginCover } from "./margin-text.ts";
import type { SamplePlate } from "./plate.ts";
import type { StainPixel } from "./stain.ts";
import { type PictureKind, type StainSet, stainOf } from "./stains.ts";
import { toReference } from "./to-reference.ts";

/** Pixels sampled at a time, which bounds the memory of large windows to some 20 MB. */
const BAND_PIXELS = 2 ** 20;

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
  const colors = stainOf(plate, kind);
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < rgb.length; i++) rgb[i] = colors.slide[i % 3] ?? 0;
  const left = Math.floor(window.left / scale);
  const top = Math.floor(window.top / scale);
  // Only pixels whose middle lies inside the section box hold tissue.
  const x0 = Math.max(left, Math.ceil(record.x / scale - 0.5));
  const y0 = Math.max(top, Math.ceil(record.y / scale - 0.5));
  const x1 = Math.min(left + width, Math.ceil((record.x + record.width) / scale - 0.5));
  const y1 = Math.min(top + height, Math.ceil((record.y + record.height) / scale - 0.5));
  if (x1 <= x0 || y1 <= y0) return rgb;
  const job: Job = { plate, colors, rgb, left, top, width, downsample, x0, x1, matrix: toReference(plate).matrix };
  const rows = Math.max(32, Math.floor(BAND_PIXELS / (x1 - x0)));
  for (let y = y0; y < y1; y += rows) paintBand(job, y, Math.min(y1, y + rows));
  return rgb;
}

interface Job {
  readonly plate: SamplePlate;
  readonly colors: StainSet;
  readonly rgb: Uint8Array;
  /** The window's corner and width in tier pixels of the file. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly downsample: number;
  /** Columns inside the section box. */
  readonly x0: number;
  readonly x1: number;
  readonly matrix: Float64Array;
}

function paintBand(job: Job, fromY: number, toY: number): void {
  const { x0, x1, rgb, downsample } = job;
  const { record } = job.plate;
  const scale = 2 ** downsample;
  const size = { left: x0, top: fromY, width: x1 - x0, height: toY - fromY };
  const field = fieldWindow({ matrix: job.matrix, originX: -record.x, originY: -record.y, downsample, ...size }, true);
  const box = marginBox(job.plate);
  const pixel: StainPixel = { index: 0, uUm: 0, vUm: 0, pixelUm: scale * record.resolution };
  for (let y = fromY; y < toY; y++) {
    pixel.index = field.first + (y - fromY) * field.stride;
    pixel.vUm = ((y + 0.5) * scale - record.y) * record.resolution;
    let at = ((y - job.top) * job.width + x0 - job.left) * 3;
    for (let x = x0; x < x1; x++) {
      if (field.ids[pixel.index] !== 0) {
        pixel.uUm = ((x + 0.5) * scale - record.x) * record.resolution;
        job.colors.stain(field, pixel, rgb, at);
      } else {
        paintMargin(job.colors, marginCover(box, x * scale - record.x, y * scale - record.y, scale), rgb, at);
      }
      pixel.index++;
      at += 3;
    }
  }
}

function paintMargin(colors: StainSet, cover: number, rgb: Uint8Array, at: number): void {
  if (cover === 0) return;
  for (let c = 0; c < 3; c++) {
    const slide = colors.slide[c] ?? 0;
    rgb[at + c] = slide + ((colors.ink[c] ?? 0) - slide) * cover;
  }
}
