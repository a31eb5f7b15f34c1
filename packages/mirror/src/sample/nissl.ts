import { cellCover } from "./cells.ts";
import { type CellField, type Cytoarchitecture, cellsAt, cytoarchitecture } from "./cytoarchitecture.ts";
import type { FieldWindow } from "./field-window.ts";
import { hash2, smoothNoise } from "./noise.ts";
import { smoothStep } from "./numeric.ts";
import type { StainPixel } from "./stain.ts";

/** The slide beside the tissue. */
export const SLIDE_RGB: readonly [number, number, number] = [246, 245, 248];

const NEUROPIL_RGB = [226, 221, 236] as const;
const FIBRE_RGB = [231, 229, 240] as const;
const CELL_RGB = [84, 69, 143] as const;
const PITCH_VESSEL_UM = 430;
const UNIT = 1 / 0xffffffff;

const cells: CellField = { density: 0, radiusUm: 5, ground: 0 };
let last: Cytoarchitecture = cytoarchitecture(0);

/**
 * Colours one pixel as a cresyl violet stain would: cell bodies violet, fibres pale, fluid and slide white.
 *
 * @param field Tissue of the window.
 * @param pixel Which pixel, and where it lies on the section.
 * @param rgb Receives three bytes.
 * @param at Index of the first byte.
 * @example nisslPixel(field, pixel, rgb, 0)
 */
export function nisslPixel(field: FieldWindow, pixel: StainPixel, rgb: Uint8Array, at: number): void {
  const id = field.ids[pixel.index] ?? 0;
  if (last.id !== id) last = cytoarchitecture(id);
  if (last.arrangement === "fluid") {
    paint(rgb, at, SLIDE_RGB, SLIDE_RGB, 0);
    return;
  }
  const edgeUm = field.edgeUm[pixel.index] ?? 0;
  const depthUm = field.depthUm[pixel.index] ?? 0;
  const { uUm, vUm, pixelUm } = pixel;
  // Layers are never as straight as distances: fray them by a few cells.
  const fray = smoothNoise(uUm / 33, vUm / 33, 23);
  const bandUm = (field.bandUm[pixel.index] ?? 0) + 7 * fray;
  const layerUm = depthUm + 9 * fray + 16 * smoothNoise(uUm / 210, vUm / 210, 24);
  cellsAt(last, layerUm, field.spanUm[pixel.index] ?? 0, bandUm, cells);
  const tone = 1 + 0.1 * smoothNoise(uUm / 640, vUm / 640, 21) + 0.08 * smoothNoise(uUm / 150, vUm / 150, 22);
  let density = cells.density * tone;
  let ground = cells.ground + 0.02;
  const isWhite = last.arrangement === "white";
  if (isWhite) density *= 0.7 + 0.5 * streak(uUm, vUm);
  if (last.arrangement === "striatum") density *= 1 - 0.8 * bundle(uUm, vUm);
  if (last.arrangement === "bulb" && depthUm < 240) density *= glomerulus(uUm, vUm, depthUm);
  ground += 0.22 * (1 - smoothStep(0, 14, edgeUm));
  const cover = cellCover(uUm, vUm, pixelUm, density, cells.radiusUm);
  const hole = vessel(uUm, vUm);
  const stain = Math.min(1, ground + (1 - ground) * cover);
  if (hole > 0) paint(rgb, at, SLIDE_RGB, CELL_RGB, stain * (1 - hole));
  else paint(rgb, at, isWhite ? FIBRE_RGB : NEUROPIL_RGB, CELL_RGB, stain * (isWhite ? 0.75 : 0.92));
}

type Rgb = readonly [number, number, number];

function paint(rgb: Uint8Array, at: number, from: Rgb, to: Rgb, share: number): void {
  rgb[at] = from[0] + (to[0] - from[0]) * share;
  rgb[at + 1] = from[1] + (to[1] - from[1]) * share;
  rgb[at + 2] = from[2] + (to[2] - from[2]) * share;
}

/** Faint streaks along the fibres. */
function streak(uUm: number, vUm: number): number {
  return smoothNoise(uUm / 70 + vUm / 260, vUm / 24 - uUm / 90, 31);
}

/** Pale fibre bundles that pierce the striatum, 0 to 1. */
function bundle(uUm: number, vUm: number): number {
  const along = (uUm * 0.82 + vUm * 0.57) / 62;
  const across = (vUm * 0.82 - uUm * 0.57) / 46;
  return smoothStep(0.2, 0.5, smoothNoise(along, across, 41) + 0.25 * smoothNoise(uUm / 19, vUm / 21, 42));
}

/** Cells crowd round the glomeruli and spare their insides. */
function glomerulus(uUm: number, vUm: number, depthUm: number): number {
  if (depthUm < 90) return 1;
  const noise = smoothNoise(uUm / 58, vUm / 58, 51);
  return 1.5 - 1.4 * smoothStep(0, 0.35, Math.abs(noise) * (noise > 0 ? 1 : 0.4));
}

/** Blood vessels cut across: 1 inside the lumen, fading over its wall. */
function vessel(uUm: number, vUm: number): number {
  const iu = Math.floor(uUm / PITCH_VESSEL_UM);
  const iv = Math.floor(vUm / PITCH_VESSEL_UM);
  const h = hash2(iu, iv, 61);
  if (h * UNIT > 0.3) return 0;
  const g = hash2(iu, iv, 62);
  const eu = uUm - (iu + 0.2 + 0.6 * (g & 255) * (1 / 255)) * PITCH_VESSEL_UM;
  const ev = vUm - (iv + 0.2 + 0.6 * ((g >>> 8) & 255) * (1 / 255)) * PITCH_VESSEL_UM;
  const angle = (g >>> 24) * (Math.PI / 128);
  const along = (eu * Math.cos(angle) + ev * Math.sin(angle)) / (1 + ((g >>> 16) & 3));
  const across = ev * Math.cos(angle) - eu * Math.sin(angle);
  const radius = 6 + 9 * ((h >>> 4) & 15) * (1 / 15);
  return 1 - smoothStep(radius * 0.8, radius * 1.2, Math.sqrt(along * along + across * across));
}
