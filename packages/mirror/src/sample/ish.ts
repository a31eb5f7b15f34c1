import { cellCover } from "./cells.ts";
import { type CellField, cellsAt, cytoarchitecture } from "./cytoarchitecture.ts";
import type { FieldWindow } from "./field-window.ts";
import { hash2, smoothNoise } from "./noise.ts";
import type { StainPixel } from "./stain.ts";
import { idOf, isWithin, SAMPLE_STRUCTURES } from "./structures.ts";

/** Share of cells that express the sample gene, by structure and all below it; the first match counts. */
const LEVELS: readonly (readonly [acronym: string, level: number])[] = [
  ["DG-sg", 0.9],
  ["CP", 0.78],
  ["ACB", 0.9],
  ["OT", 0.8],
  ["CEA", 0.75],
  ["LS", 0.3],
  ["PVH", 0.85],
  ["VMH", 0.5],
  ["CBX", 0.06],
  ["HIP", 0.12],
  ["Isocortex", 0.16],
  ["OLF", 0.14],
  ["TH", 0.04],
  ["HY", 0.2],
  ["fiber tracts", 0.01],
  ["VS", 0],
  ["root", 0.06],
];

const LEVEL_BY_ID: ReadonlyMap<number, number> = new Map(
  SAMPLE_STRUCTURES.map((row) => [row.id, LEVELS.find(([acronym]) => isWithin(row.id, idOf(acronym)))?.[1] ?? 0]),
);

/**
 * Share of cells of a structure that express the drawn gene.
 *
 * @param structureId Structure of the sample brain.
 * @returns 0 to 1; 0 elsewhere.
 * @example ishLevel(632) // → 0.9
 */
export function ishLevel(structureId: number): number {
  return LEVEL_BY_ID.get(structureId) ?? 0;
}

const TISSUE_RGB = [228, 225, 226] as const;
const COUNTER_RGB = [190, 186, 198] as const;
const SIGNAL_RGB = [74, 62, 118] as const;
const UNIT = 1 / 0xffffffff;

const cells: CellField = { density: 0, radiusUm: 5, ground: 0 };

/** Strength of the sample gene's signal in one pixel, 0 to 1; leaves the cells of the pixel in `cells`. */
function signalAt(field: FieldWindow, pixel: StainPixel): number {
  const id = field.ids[pixel.index] ?? 0;
  const structure = cytoarchitecture(id);
  const depthUm = field.depthUm[pixel.index] ?? 0;
  const spanUm = field.spanUm[pixel.index] ?? 0;
  cellsAt(structure, depthUm, spanUm, field.bandUm[pixel.index] ?? 0, cells);
  let level = LEVEL_BY_ID.get(id) ?? 0;
  // In cortex the gene marks scattered cells of layer 5 and of deep layer 6.
  if (spanUm > 0) level *= 0.35 + 1.6 * bump(depthUm / spanUm, 0.56, 0.1) + 1.1 * bump(depthUm / spanUm, 0.9, 0.06);
  const patch = 1 + 0.3 * smoothNoise(pixel.uUm / 260, pixel.vUm / 260, 71);
  const radiusUm = cells.radiusUm + 0.6;
  return cellCover(
    pixel.uUm + 5003,
    pixel.vUm + 3001,
    pixel.pixelUm,
    Math.min(1, level * patch) * Math.min(1, cells.density * 1.7),
    radiusUm,
  );
}

function bump(value: number, middle: number, width: number): number {
  const t = (value - middle) / width;
  return Math.exp(-t * t);
}

/**
 * Colours one pixel as a colorimetric in-situ hybridisation: pale tissue, dark purple cells where the gene is expressed.
 *
 * @param field Tissue of the window.
 * @param pixel Which pixel, and where it lies on the section.
 * @param rgb Receives three bytes.
 * @param at Index of the first byte.
 * @example ishPixel(field, pixel, rgb, 0)
 */
export function ishPixel(field: FieldWindow, pixel: StainPixel, rgb: Uint8Array, at: number): void {
  const signal = signalAt(field, pixel);
  const isFluid = cells.density === 0;
  const counter = isFluid
    ? 0
    : cellCover(pixel.uUm, pixel.vUm, pixel.pixelUm, cells.density, cells.radiusUm) * 0.55 + cells.ground * 0.3;
  for (let c = 0; c < 3; c++) {
    const tissue = isFluid
      ? 244
      : (TISSUE_RGB[c] ?? 0) + ((COUNTER_RGB[c] ?? 0) - (TISSUE_RGB[c] ?? 0)) * Math.min(1, counter);
    rgb[at + c] = tissue + ((SIGNAL_RGB[c] ?? 0) - tissue) * signal * 0.92;
  }
}

/**
 * Colours one pixel of the expression mask: expressing cells from blue (weak) over green to red (strong) on black.
 *
 * @param field Tissue of the window.
 * @param pixel Which pixel, and where it lies on the section.
 * @param rgb Receives three bytes.
 * @param at Index of the first byte.
 * @example expressionPixel(field, pixel, rgb, 0)
 */
export function expressionPixel(field: FieldWindow, pixel: StainPixel, rgb: Uint8Array, at: number): void {
  const signal = signalAt(field, pixel);
  const noise = hash2(Math.round(pixel.uUm), Math.round(pixel.vUm), 81) * UNIT * 0.06;
  const heat = signal < 0.12 + noise ? 0 : Math.min(1, signal * 1.15);
  rgb[at] = heat === 0 ? 0 : 255 * ramp(heat, 0.45, 0.75);
  rgb[at + 1] = heat === 0 ? 0 : 255 * ramp(heat, 0.1, 0.45) * (1 - ramp(heat, 0.75, 1));
  rgb[at + 2] = heat === 0 ? 0 : 255 * (1 - ramp(heat, 0.3, 0.55));
}

function ramp(value: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}
