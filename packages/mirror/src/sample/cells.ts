import { hash2 } from "./noise.ts";

/** Distance between places that may hold a cell, in µm. */
const PITCH_UM = 12;
/** Pixels wider than this show cells as grain only, in µm. */
const GRAIN_FROM_UM = 20;
const UNIT = 1 / 0xffffffff;
const BYTE = 1 / 255;

/**
 * Share of a pixel covered by cell bodies: round bodies at jittered places of a fixed lattice, blurred to the pixel.
 *
 * The lattice is tied to the section, so every tier shows the same cells.
 *
 * @param uUm Place on the section, in µm.
 * @param vUm Place on the section, in µm.
 * @param pixelUm Width of the pixel, in µm.
 * @param density Share of places that hold a cell, 0 to 1.
 * @param radiusUm Radius of a cell, in µm.
 * @returns 0 to 1.
 * @example cellCover(100, 100, 16, 0, 5) // → 0
 */
export function cellCover(uUm: number, vUm: number, pixelUm: number, density: number, radiusUm: number): number {
  if (density <= 0) return 0;
  const mean = (density * radiusUm * radiusUm * Math.PI) / (PITCH_UM * PITCH_UM);
  const sum = pixelUm > GRAIN_FROM_UM ? mean * grain(uUm, vUm, pixelUm) : bodies(uUm, vUm, pixelUm, density, radiusUm);
  return 1 - Math.exp(-1.25 * sum);
}

/**
 * Mean share of an area that cell bodies cover, as it looks from so far that none is seen alone.
 *
 * @param density Share of places that hold a cell, 0 to 1.
 * @param radiusUm Radius of a cell, in µm.
 * @returns 0 to 1.
 * @example meanCellCover(0, 5) // → 0
 */
export function meanCellCover(density: number, radiusUm: number): number {
  return 1 - Math.exp((-1.25 * density * radiusUm * radiusUm * Math.PI) / (PITCH_UM * PITCH_UM));
}

function grain(uUm: number, vUm: number, pixelUm: number): number {
  const noise = hash2(Math.round(uUm), Math.round(vUm), 5) * UNIT - 0.5;
  return 1 + (noise * 9) / pixelUm;
}

function bodies(uUm: number, vUm: number, pixelUm: number, density: number, radiusUm: number): number {
  const iu = Math.floor(uUm / PITCH_UM);
  const iv = Math.floor(vUm / PITCH_UM);
  const threshold = density * 255;
  const blur = 0.28 * pixelUm * pixelUm;
  let sum = 0;
  for (let dv = -1; dv <= 1; dv++) {
    for (let du = -1; du <= 1; du++) {
      const h = hash2(iu + du, iv + dv, 11);
      if ((h & 255) >= threshold) continue;
      const eu = (iu + du + ((h >>> 8) & 255) * BYTE) * PITCH_UM - uUm;
      const ev = (iv + dv + ((h >>> 16) & 255) * BYTE) * PITCH_UM - vUm;
      const size = radiusUm * (0.72 + 0.56 * (h >>> 24) * BYTE);
      const area = size * size;
      const wide = area + blur;
      // A smooth bump of radius 1.5 × wide^½ that holds the area of the cell at any blur.
      const t = 1 - (eu * eu + ev * ev) / (2.25 * wide);
      if (t > 0) sum += 1.33 * (area / wide) * t * t;
    }
  }
  return sum;
}
