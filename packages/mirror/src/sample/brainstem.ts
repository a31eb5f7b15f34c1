import { type Ellipsoid, ellipsoid, nearestBody, signedDistance } from "./ellipsoid.ts";
import { type CurveTable, curveTable, readCurve, smoothMin } from "./numeric.ts";
import { idOf } from "./structures.ts";

/** What {@link brainstemAt} writes. */
export interface BrainstemSample {
  /** Signed distance to the surface of the whole stem in µm, negative inside. */
  distanceUm: number;
  /** Signed distance to the thalamus in µm. */
  thalamusUm: number;
  /** Index of the nearest region, see {@link REGION_COUNT}. */
  region: number;
}

/** Regions in order: thalamus, hypothalamus, superior and inferior colliculus, tegmentum, pons, medulla, subthalamus, peduncle. */
const BODIES: readonly Ellipsoid[] = [
  ellipsoid(0, [7000, 4050, 0], [1350, 1120, 2750]),
  ellipsoid(0, [6650, 6200, 0], [1900, 1130, 1650]),
  ellipsoid(0, [9150, 2600, 450], [1150, 1250, 1350]),
  ellipsoid(0, [10250, 2300, 900], [720, 1050, 1080]),
  ellipsoid(0, [9000, 4150, 0], [1500, 1800, 2350]),
  ellipsoid(0, [9700, 5700, 0], [1150, 1550, 2350]),
  ellipsoid(0, [11500, 5900, 0], [2500, 1270, 2500]),
  ellipsoid(0, [7350, 5150, 700], [950, 480, 1400]),
  ellipsoid(0, [10550, 4400, 1300], [850, 850, 1250]),
];

/** Number of regions the brain stem is modelled by; the first two lie inside the cerebral outline. */
export const REGION_COUNT: number = BODIES.length;
/** Region index of the thalamus. */
export const THALAMUS = 0;
/** Region index of the hypothalamus; regions above it lie behind the cerebrum. */
export const HYPOTHALAMUS = 1;

/** Where two bodies of the stem meet, the surface is rounded over this width, in µm. */
const ROUNDING_UM = 320;
/** Back end of the stem, in µm. */
const END_X_UM = 13130;
/** Height the stem narrows about towards the spinal cord, in µm. */
const CORD_Y_UM = 5980;
/** Share of its height that the stem keeps towards the cord; its width keeps the root of it. */
const CORD_TAPER: CurveTable = curveTable(
  [
    [11400, 1],
    [11800, 0.95],
    [12200, 0.79],
    [12650, 0.56],
    [13130, 0.43],
  ],
  50,
);
const RETICULAR_SHELL_UM = 190;
const RT = idOf("RT");

type Row = readonly [string, number, number, number, number, number, number];

function bodies(rows: readonly Row[]): readonly Ellipsoid[] {
  return rows.map(([acronym, x, y, l, hx, hy, hl]) => ellipsoid(idOf(acronym), [x, y, l], [hx, hy, hl]));
}

const THALAMIC = bodies([
  ["VPM", 7150, 4250, 1700, 650, 600, 480],
  ["VPL", 6900, 4350, 2180, 700, 700, 330],
  ["VAL", 6450, 4350, 1200, 450, 600, 480],
  ["VM", 6800, 4980, 850, 650, 260, 550],
  ["LP", 7500, 3150, 1500, 700, 330, 620],
  ["LGd", 7600, 3300, 2350, 500, 420, 300],
  ["MD", 6800, 3850, 480, 620, 500, 380],
  ["PO", 7300, 3850, 1250, 600, 500, 380],
  ["AV", 6000, 3850, 1050, 350, 430, 400],
  ["MH", 6950, 2980, 170, 700, 230, 130],
  ["LH", 7050, 3180, 480, 600, 230, 200],
  ["RE", 6350, 5000, 150, 700, 330, 300],
]);

const HYPOTHALAMIC = bodies([
  ["LHA", 6800, 6000, 1250, 1100, 600, 400],
  ["VMH", 6850, 6750, 480, 450, 380, 330],
  ["DMH", 7100, 6150, 350, 400, 380, 330],
  ["AHN", 6150, 6250, 550, 500, 500, 380],
  ["PVH", 6150, 5650, 180, 380, 330, 170],
  ["MPO", 5350, 6250, 550, 550, 550, 420],
  ["PH", 7500, 5550, 330, 450, 550, 350],
  ["MBO", 7950, 6250, 450, 450, 550, 520],
  ["ZI", 7250, 5050, 1650, 900, 300, 800],
]);

const MIDBRAIN = bodies([
  ["SCs", 9200, 1450, 750, 1000, 420, 1000],
  ["SCm", 9250, 2300, 950, 1000, 520, 950],
  ["IC", 10350, 2150, 1200, 620, 1000, 850],
  ["PAG", 9300, 3100, 250, 1300, 720, 480],
  ["MRN", 9050, 3950, 1300, 950, 700, 800],
  ["RN", 8700, 4400, 720, 380, 340, 330],
  ["SNr", 8500, 5200, 1700, 600, 380, 580],
  ["VTA", 8300, 5250, 650, 480, 380, 420],
  ["APN", 8050, 3250, 1300, 430, 650, 420],
]);

const PONTINE = bodies([
  ["PG", 9000, 6550, 600, 420, 420, 650],
  ["PRNr", 9450, 5250, 950, 520, 800, 560],
  ["PRNc", 10250, 5850, 750, 450, 950, 560],
  ["TRN", 9450, 6250, 420, 420, 420, 420],
  ["PB", 10350, 4400, 1550, 500, 600, 550],
  ["PCG", 10500, 4500, 420, 350, 500, 420],
  ["PSV", 10150, 5650, 2100, 500, 800, 330],
]);

const MEDULLARY = bodies([
  ["MV", 11250, 4850, 900, 750, 380, 600],
  ["NTS", 12300, 5150, 700, 700, 260, 520],
  ["SPVO", 11150, 5900, 1950, 450, 750, 380],
  ["SPVI", 12050, 5850, 1900, 450, 800, 450],
  ["SPVC", 12850, 5750, 1500, 450, 800, 500],
  ["GRN", 11200, 6250, 430, 900, 700, 420],
  ["IRN", 11700, 5950, 1000, 1100, 650, 350],
  ["PARN", 11400, 6200, 1450, 900, 650, 330],
  ["MDRN", 12750, 6350, 800, 450, 750, 700],
  ["IO", 11850, 7020, 400, 600, 230, 430],
]);

const NUCLEI: readonly (readonly Ellipsoid[])[] = [
  THALAMIC,
  HYPOTHALAMIC,
  MIDBRAIN,
  MIDBRAIN,
  MIDBRAIN,
  PONTINE,
  MEDULLARY,
  HYPOTHALAMIC,
  PONTINE,
];

/**
 * Share of its height that the stem keeps on its way to the spinal cord.
 *
 * @param xUm Posterior, in µm.
 * @returns 1 before the taper begins.
 * @example cordTaper(9000) // → 1
 */
export function cordTaper(xUm: number): number {
  return readCurve(CORD_TAPER, xUm);
}

/**
 * Height in the stem as it would be without the taper.
 *
 * @param yUm Inferior, in µm.
 * @param taper See {@link cordTaper}.
 * @returns Inferior, in µm.
 * @example untapered(4000, 1) // → 4000
 */
export function untapered(yUm: number, taper: number): number {
  return CORD_Y_UM + (yUm - CORD_Y_UM) / taper;
}

/**
 * Measures a point against the brain stem.
 *
 * @param xUm Posterior, in µm.
 * @param yUm Inferior, in µm.
 * @param lateralUm Distance from the midline, in µm.
 * @param out Receives distances and the nearest region.
 * @example brainstemAt(7000, 4000, 500, sample) // sample.region → THALAMUS
 */
export function brainstemAt(xUm: number, yUm: number, lateralUm: number, out: BrainstemSample): void {
  let surface = 9000;
  let best = 9000;
  out.region = 0;
  out.thalamusUm = 9000;
  for (let i = 0; i < REGION_COUNT; i++) {
    const body = BODIES[i];
    if (body === undefined || Math.abs(xUm - body.x) > body.halfX + ROUNDING_UM) continue;
    if (Math.abs(yUm - body.y) > body.halfY + ROUNDING_UM) continue;
    const distance = signedDistance(body, xUm, yUm, lateralUm);
    if (i === THALAMUS) out.thalamusUm = distance;
    if (distance < best) {
      best = distance;
      out.region = i;
    }
    surface = smoothMin(surface, distance, ROUNDING_UM);
  }
  // The cord is cut where reference space ends; the cut is rounded.
  out.distanceUm = xUm > END_X_UM - 900 ? -smoothMin(-surface, END_X_UM - xUm, 620) : surface;
}

/**
 * Nucleus of the brain stem at a point inside it.
 *
 * @param region Region index that {@link brainstemAt} found.
 * @param thalamusUm Signed distance to the thalamus, in µm.
 * @param xUm Posterior, in µm.
 * @param yUm Inferior, in µm.
 * @param lateralUm Distance from the midline, in µm.
 * @returns Structure id.
 * @example brainstemNucleus(0, -900, 6800, 3850, 480) // → 362
 */
export function brainstemNucleus(
  region: number,
  thalamusUm: number,
  xUm: number,
  yUm: number,
  lateralUm: number,
): number {
  if (region === THALAMUS && thalamusUm > -RETICULAR_SHELL_UM && lateralUm > 900 && yUm > 3500 && xUm < 7600) return RT;
  return nearestBody(NUCLEI[region] ?? THALAMIC, xUm, yUm, lateralUm);
}
