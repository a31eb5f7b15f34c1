import { type CurveTable, curveTable, readCurve, smoothMin } from "./numeric.ts";

/** Centre height, half height, centre beside the midline and half width of a bulb along x, all in µm. */
const CENTRE_Y: CurveTable = curveTable(
  [
    [250, 4480],
    [1000, 4620],
    [1800, 4600],
    [2600, 4750],
    [3000, 5000],
  ],
  50,
);
const HALF_Y: CurveTable = curveTable(
  [
    [230, 60],
    [330, 450],
    [600, 800],
    [1100, 1140],
    [1700, 1390],
    [2200, 1380],
    [2600, 960],
    [2850, 60],
  ],
  25,
);
const CENTRE_LATERAL: CurveTable = curveTable(
  [
    [250, 800],
    [1000, 970],
    [2000, 1000],
    [2800, 950],
  ],
  50,
);
const HALF_LATERAL: CurveTable = curveTable(
  [
    [230, 60],
    [330, 420],
    [600, 720],
    [1100, 960],
    [1700, 980],
    [2200, 900],
    [2600, 600],
    [2850, 60],
  ],
  25,
);

/**
 * Depth below the surface of the olfactory bulb.
 *
 * @param xUm Posterior, in µm.
 * @param yUm Inferior, in µm.
 * @param lateralUm Distance from the midline, in µm.
 * @returns µm, at or below 0 outside.
 * @example bulbDepth(1400, 4400, 950) > 500 // → true
 */
export function bulbDepth(xUm: number, yUm: number, lateralUm: number): number {
  if (xUm < 230 || xUm > 2850) return -1;
  const halfY = readCurve(HALF_Y, xUm);
  const halfLateral = readCurve(HALF_LATERAL, xUm);
  const b = (yUm - readCurve(CENTRE_Y, xUm)) / halfY;
  // The lower half narrows to a keel, the upper one is broad.
  const width = halfLateral * (1 - 0.22 * b - 0.06 * b * b);
  const c = (lateralUm - readCurve(CENTRE_LATERAL, xUm) + 60 * b) / width;
  const value = Math.sqrt(b * b + c * c);
  if (value >= 1) return -1;
  const slope = Math.sqrt((b * b) / (halfY * halfY) + (c * c) / (width * width));
  const across = slope === 0 ? Math.min(halfY, width) : (value * (1 - value)) / slope;
  const ends = Math.min(xUm - 230, (2850 - xUm) * 0.6);
  return Math.min(smoothMin(across, ends * 1.2 + 20, 300), halfLateral);
}
