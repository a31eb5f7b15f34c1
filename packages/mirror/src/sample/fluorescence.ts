import { cellCover } from "./cells.ts";
import { type CellField, cellsAt, cytoarchitecture } from "./cytoarchitecture.ts";
import type { FieldWindow } from "./field-window.ts";
import { smoothNoise } from "./noise.ts";
import { smoothStep } from "./numeric.ts";
import type { StainPixel } from "./stain.ts";
import { idOf, isWithin, SAMPLE_STRUCTURES } from "./structures.ts";

/** Density of labelled axons, by structure and all below it, 0 to 1; the first match counts. */
const LEVELS: readonly (readonly [acronym: string, level: number])[] = [
  ["VPM", 0.75],
  ["PO", 0.9],
  ["RT", 0.5],
  ["CP", 0.55],
  ["SSs", 0.75],
  ["SSp", 0.45],
  ["MOp", 0.4],
  ["ZI", 0.6],
  ["int", 0.7],
  ["cpd", 0.8],
  ["cc", 0.35],
  ["ec", 0.45],
  ["SCm", 0.35],
  ["PG", 0.6],
  ["Isocortex", 0.06],
  ["TH", 0.08],
  ["VS", 0],
  ["root", 0.02],
];

const LEVEL_BY_ID: ReadonlyMap<number, number> = new Map(
  SAMPLE_STRUCTURES.map((row) => [row.id, LEVELS.find(([acronym]) => isWithin(row.id, idOf(acronym)))?.[1] ?? 0]),
);

/**
 * Density of labelled axons in a structure on the injected side, as it is drawn.
 *
 * @param structureId Structure of the sample brain.
 * @returns 0 to 1; 0 elsewhere.
 * @example axonLevel(733) // → 0.75
 */
export function axonLevel(structureId: number): number {
  return LEVEL_BY_ID.get(structureId) ?? 0;
}

/** Centre of the injection on the section, as shares of the box, and its radius in µm. */
const BOX_WIDTH_UM = 11900;
const INJECTION = { uUm: 0.83 * BOX_WIDTH_UM, vUm: 2350, radiusUm: 430 } as const;

const cells: CellField = { density: 0, radiusUm: 5, ground: 0 };

/** Uneven fields of axons: three scales of noise, each turned against the last so that no lattice shows. */
function clouds(uUm: number, vUm: number): number {
  const wide = smoothNoise((uUm * 0.8 + vUm * 0.6) / 330, (vUm * 0.8 - uUm * 0.6) / 330, 91);
  const middle = smoothNoise((uUm * 0.5 - vUm * 0.87) / 140, (vUm * 0.5 + uUm * 0.87) / 140, 92);
  return 0.6 * wide + 0.4 * middle + 0.3 * smoothNoise(uUm / 55, vUm / 55, 94);
}

/** Labelled axons (and injected cells) in one pixel, 0 to 1. */
function axonsAt(field: FieldWindow, pixel: StainPixel): number {
  const { uUm, vUm } = pixel;
  const level = LEVEL_BY_ID.get(field.ids[pixel.index] ?? 0) ?? 0;
  const far = Math.hypot(uUm - INJECTION.uUm, vUm - INJECTION.vUm);
  const core = 1 - smoothStep(INJECTION.radiusUm * 0.5, INJECTION.radiusUm * 1.5, far);
  // The uninjected side gets a third of the label.
  const side = 0.3 + 0.7 * smoothStep(0.42 * BOX_WIDTH_UM, 0.56 * BOX_WIDTH_UM, uUm);
  const cloud = smoothStep(-0.5, 0.7, clouds(uUm, vUm));
  const fibre = 1 - smoothStep(0, 0.16, Math.abs(smoothNoise(uUm / 34 + vUm / 80, vUm / 30, 93)));
  const axons = level * side * cloud * (0.25 + 0.75 * fibre);
  return Math.min(1, axons + core * (0.75 + 0.25 * fibre) * (level > 0 ? 1 : 0));
}

/**
 * Colours one pixel of a connectivity section: dim red and blue autofluorescence, green axons.
 *
 * @param field Tissue of the window.
 * @param pixel Which pixel, and where it lies on the section.
 * @param rgb Receives three bytes.
 * @param at Index of the first byte.
 * @example fluorescencePixel(field, pixel, rgb, 0)
 */
export function fluorescencePixel(field: FieldWindow, pixel: StainPixel, rgb: Uint8Array, at: number): void {
  const structure = cytoarchitecture(field.ids[pixel.index] ?? 0);
  const { index, uUm, vUm, pixelUm } = pixel;
  cellsAt(structure, field.depthUm[index] ?? 0, field.spanUm[index] ?? 0, field.bandUm[index] ?? 0, cells);
  const glow = structure.arrangement === "fluid" ? 0.12 : structure.arrangement === "white" ? 0.62 : 1;
  const shade = cellCover(uUm, vUm, pixelUm, cells.density, cells.radiusUm);
  const tone = glow * (1 + 0.12 * smoothNoise(uUm / 500, vUm / 500, 95)) * (1 - 0.45 * shade);
  const axons = axonsAt(field, pixel);
  rgb[at] = Math.min(255, 62 * tone + 60 * axons);
  rgb[at + 1] = Math.min(255, 26 * tone + 230 * axons);
  rgb[at + 2] = Math.min(255, 58 * tone + 20 * axons);
}

/**
 * Colours one pixel of the projection mask: segmented axons as heat on black.
 *
 * @param field Tissue of the window.
 * @param pixel Which pixel, and where it lies on the section.
 * @param rgb Receives three bytes.
 * @param at Index of the first byte.
 * @example projectionPixel(field, pixel, rgb, 0)
 */
export function projectionPixel(field: FieldWindow, pixel: StainPixel, rgb: Uint8Array, at: number): void {
  const axons = axonsAt(field, pixel);
  const heat = axons < 0.14 ? 0 : axons;
  rgb[at] = Math.min(255, heat * 420);
  rgb[at + 1] = Math.max(0, Math.min(255, heat * 420 - 130));
  rgb[at + 2] = Math.max(0, Math.min(255, heat * 420 - 300));
}
