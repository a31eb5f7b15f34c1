import { smoothStep } from "./numeric.ts";
import { idOf } from "./structures.ts";

/** Seed of one area on the unrolled cortical sheet. */
interface AreaSeed {
  readonly id: number;
  readonly xUm: number;
  readonly sheetUm: number;
  readonly halfXUm: number;
  readonly halfSheetUm: number;
}

/**
 * Seeds: acronym, place along the anterior-posterior axis, place across the sheet (0 at the dorsal shoulder of the
 * midline, negative down the medial wall, positive to the side and round to the base), half extents; all in µm.
 */
const SEEDS: readonly (readonly [string, number, number, number, number])[] = [
  ["FRP", 2000, 2300, 580, 1500],
  ["MOs", 3100, 1700, 1500, 850],
  ["MOs", 4750, 1080, 1250, 560],
  ["MOp", 4500, 3050, 1600, 800],
  ["SSp", 5950, 3400, 1350, 980],
  ["SSp", 4700, 4600, 1000, 700],
  ["SSs", 6300, 5000, 1300, 650],
  ["GU", 4700, 5800, 900, 330],
  ["VISC", 6300, 5900, 900, 330],
  ["AUDp", 7900, 4700, 800, 600],
  ["VISp", 9150, 2650, 1200, 850],
  ["VISl", 9200, 3900, 900, 480],
  ["VISpm", 8500, 1550, 800, 420],
  ["PTLp", 7450, 2400, 600, 900],
  ["ACAd", 4500, -120, 1600, 520],
  ["ACAv", 5000, -950, 1500, 480],
  ["PL", 2950, -250, 900, 700],
  ["ILA", 3500, -1800, 850, 1000],
  ["RSPd", 8000, 900, 2000, 430],
  ["RSPd", 9700, 1200, 800, 600],
  ["RSPv", 7900, -150, 1700, 600],
  ["TEa", 8400, 5250, 1100, 330],
  ["ECT", 8300, 5750, 1300, 260],
  ["PERI", 8300, 6150, 1300, 200],
  ["ENT", 9300, 6900, 900, 900],
  ["ENT", 10000, 5900, 500, 900],
  ["AI", 3300, 5000, 1000, 700],
  ["AI", 5000, 6350, 1900, 330],
  ["ORB", 2300, 5500, 700, 1300],
  ["PIR", 4300, 7300, 1800, 750],
  ["PIR", 6700, 7350, 1500, 650],
  ["OT", 4400, 9300, 900, 900],
  ["COA", 7300, 8500, 1300, 550],
  ["TT", 3000, 9300, 600, 1200],
];

const AREAS: readonly AreaSeed[] = SEEDS.map(([acronym, xUm, sheetUm, halfXUm, halfSheetUm]) => ({
  id: idOf(acronym),
  xUm,
  sheetUm,
  halfXUm,
  halfSheetUm,
}));

/** Micrometres of sheet per radian round the cerebral axis. */
const SHEET_UM_PER_RAD = 3500;

/** Over this distance past the shoulder the measure changes from angle to depth, in µm. */
const SHOULDER_UM = 500;

/**
 * Place across the unrolled cortical sheet.
 *
 * @param angleRad Direction from the cerebral axis, 0 up.
 * @param lateralUm Distance from the midline, in µm.
 * @param topRadiusUm Distance of the dorsal surface from that axis, in µm.
 * @param medialUm How much nearer the wall of the fissure is than the outer surface, in µm; at most 0 on the convexity.
 * @returns µm across the sheet, see the seeds for the zero.
 * @example sheetPlace(0, 0, 3000, 0) // → 0
 */
export function sheetPlace(angleRad: number, lateralUm: number, topRadiusUm: number, medialUm: number): number {
  const convex = SHEET_UM_PER_RAD * angleRad;
  if (medialUm <= 0) return convex;
  // At the base the wall meets the convexity in an edge, not in a bend.
  const base = smoothStep(1.3, 1.8, angleRad);
  const from = 350 * base;
  const to = from + SHOULDER_UM * (1 - base) + 1;
  // On the medial wall the sheet runs straight down, however close the cerebral axis is.
  const shoulder = SHEET_UM_PER_RAD * Math.atan2(lateralUm, Math.max(lateralUm, topRadiusUm - lateralUm));
  return convex + (shoulder - medialUm - convex) * smoothStep(from, to, medialUm);
}

/**
 * Cortical area at a place of the sheet.
 *
 * @param xUm Posterior, in µm.
 * @param sheetUm Across the sheet, see {@link sheetPlace}.
 * @returns Structure id.
 * @example cortexArea(9150, 2650) // → 385
 */
export function cortexArea(xUm: number, sheetUm: number): number {
  let best = Number.POSITIVE_INFINITY;
  let id = 0;
  for (const area of AREAS) {
    const a = (xUm - area.xUm) / area.halfXUm;
    const b = (sheetUm - area.sheetUm) / area.halfSheetUm;
    const value = a * a + b * b;
    if (value < best) {
      best = value;
      id = area.id;
    }
  }
  return id;
}
