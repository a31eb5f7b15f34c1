import { ellipsoid, signedDistance } from "./ellipsoid.ts";
import { type CurveTable, curveTable, readCurve, roundMin, smoothStep } from "./numeric.ts";
import { idOf } from "./structures.ts";

/** What {@link cerebellumAt} writes. */
export interface CerebellumSample {
  /** Structure id, 0 outside. */
  id: number;
  /** Depth below the folded surface in µm. */
  depthUm: number;
  /** Whether the point lies in a fissure or close to the surface: outside, but nothing else can lie there. */
  isCleft: boolean;
}

/** A lobule: a sector of the sagittal plane, named apart in vermis and hemisphere. */
interface Lobule {
  readonly vermisId: number;
  readonly hemisphereId: number;
  /** Direction where it begins, in degrees: 0 posterior, 90 up. */
  readonly fromDeg: number;
}

/** A fissure: a cut from the surface towards the core. */
interface Fissure {
  readonly alongX: number;
  readonly alongY: number;
  /** Distance from the core where it ends, in µm. */
  readonly innerUm: number;
}

const CORE_X_UM = 11450;
const CORE_Y_UM = 3750;
const HALF_WIDTH_UM = 4150;
/** The vermis ends here; lobules beyond it belong to the hemisphere. */
const VERMIS_HALF_UM = 950;
const ARBOR_DEPTH_UM = 262;
/** Half the clear space of a fissure. */
const FISSURE_HALF_UM = 15;
/** Clear space kept before the surface. */
const CLEFT_UM = 70;
/** Rounding of a lobule where a fissure opens to the surface. */
const SHOULDER_UM = 290;
/** The cortex is this much thinner than its layers are nominally, more so in the necks of the lobules: room for white branches. */
const THINNING = 1.36;
const NECK_THINNING = 0.5;

/** Distance from core to surface by direction in degrees, in µm. */
const REACH: CurveTable = curveTable(
  [
    [-110, 500],
    [-85, 950],
    [-62, 1250],
    [-40, 1480],
    [-15, 1650],
    [10, 1640],
    [32, 1920],
    [52, 2440],
    [75, 2850],
    [98, 2780],
    [118, 2330],
    [140, 1700],
    [165, 1200],
    [190, 850],
    [215, 450],
  ],
  2,
);

const LOBULES: readonly Lobule[] = (
  [
    ["LING", "CENT", 168],
    ["CENT", "CENT", 142],
    ["CUL", "SIM", 68],
    ["DEC", "AN", 44],
    ["FOTU", "AN", -3],
    ["PYR", "PRM", -29],
    ["UVU", "COPY", -60],
    ["NOD", "COPY", -180],
  ] as const
).map(([vermis, hemisphere, fromDeg]) => ({ vermisId: idOf(vermis), hemisphereId: idOf(hemisphere), fromDeg }));

/** Fissures: direction in degrees and inner end in µm; deep ones alternate with shallower ones, so that no branch pinches off. */
const FISSURES: readonly Fissure[] = (
  [
    [168, 700],
    [142, 760],
    [117, 860],
    [92, 1130],
    [68, 640],
    [44, 980],
    [21, 720],
    [-3, 900],
    [-29, 660],
    [-60, 640],
    [80, 2150],
    [104, 2150],
    [56, 2270],
  ] as const
).map(([degrees, innerUm]) => ({
  alongX: Math.cos((degrees * Math.PI) / 180),
  alongY: -Math.sin((degrees * Math.PI) / 180),
  innerUm,
}));

const PARAFLOCCULUS = ellipsoid(idOf("PFL"), [11000, 5300, 3550], [850, 1150, 720]);
const ARB = idOf("arb");
const FN = idOf("FN");
const IP = idOf("IP");
const DN = idOf("DN");
const NUCLEI = [
  ellipsoid(FN, [11550, 3850, 700], [430, 300, 500]),
  ellipsoid(IP, [11450, 3950, 1650], [400, 330, 560]),
  ellipsoid(DN, [11250, 4150, 2450], [380, 330, 380]),
];

/**
 * Cerebellum: lobules as clubs round a core, their cortex measured from the folded surface.
 *
 * @param xUm Posterior, in µm.
 * @param yUm Inferior, in µm.
 * @param lateralUm Distance from the midline, in µm.
 * @param out Receives structure and depth.
 * @example cerebellumAt(11450, 3400, 200, sample) // sample.id → 728
 */
export function cerebellumAt(xUm: number, yUm: number, lateralUm: number, out: CerebellumSample): void {
  out.id = 0;
  out.depthUm = 0;
  out.isCleft = false;
  if (xUm < 9700 || yUm > 6700) return;
  folia(xUm, yUm, lateralUm, out);
  if (lateralUm > 2600 && yUm > 3900) paraflocculus(xUm, yUm, lateralUm, out);
}

function folia(xUm: number, yUm: number, lateralUm: number, out: CerebellumSample): void {
  const reach = lateralUm / HALF_WIDTH_UM;
  if (reach >= 1 || yUm > 5600) return;
  // The groove beside the vermis and the rounding of the side shrink the sagittal pattern about its core.
  const groove = (lateralUm - 1000) / 170;
  const scale = (1 - reach * reach * reach * reach) ** 0.55 * (1 - 0.06 * Math.exp(-groove * groove));
  const bend = Math.hypot(xUm - CORE_X_UM, yUm - CORE_Y_UM) / 2400;
  const swing = 0.14 * Math.sin(lateralUm / 620) + 0.1 * reach - 0.09 * bend * bend + 0.03 * Math.sin(bend * 7);
  const cos = Math.cos(swing);
  const sin = Math.sin(swing);
  const dx = (xUm - CORE_X_UM - 150 * reach) / scale;
  const dy = (yUm - CORE_Y_UM + 120 * reach - 800 * reach * reach) / scale;
  // Lobules lean: the pattern turns a little with distance from the core.
  const px = dx * cos + dy * sin;
  const py = dy * cos - dx * sin;
  const fromCore = Math.sqrt(px * px + py * py);
  if (fromCore > 3000) return;
  const degrees = Math.atan2(-py, px) * (180 / Math.PI);
  const direction = degrees < -110 ? degrees + 360 : degrees;
  const surface = (readCurve(REACH, direction) - fromCore) * 0.93;
  out.isCleft = surface > -CLEFT_UM;
  if (surface <= 0) return;
  const thinning = THINNING + NECK_THINNING * (1 - smoothStep(900, 1800, fromCore));
  const depth = roundMin(surface, fissureDistance(px, py, fromCore), SHOULDER_UM) * scale * thinning;
  if (depth <= 0) return;
  out.depthUm = depth;
  out.id = depth > ARBOR_DEPTH_UM ? nucleusOr(ARB, xUm, yUm, lateralUm) : lobuleAt(direction, lateralUm);
}

function fissureDistance(px: number, py: number, fromCore: number): number {
  let best = 1e12;
  for (const fissure of FISSURES) {
    const { alongX, alongY, innerUm } = fissure;
    const along = px * alongX + py * alongY;
    if (along < 0 || fromCore < innerUm - 700) continue;
    const across = px * alongY - py * alongX;
    const before = Math.min(0, along - innerUm);
    const square = across * across + before * before;
    if (square < best) best = square;
  }
  return Math.sqrt(best) - FISSURE_HALF_UM;
}

function lobuleAt(direction: number, lateralUm: number): number {
  for (const lobule of LOBULES) {
    if (direction >= lobule.fromDeg) return lateralUm < VERMIS_HALF_UM ? lobule.vermisId : lobule.hemisphereId;
  }
  return ARB;
}

function nucleusOr(otherwise: number, xUm: number, yUm: number, lateralUm: number): number {
  for (const body of NUCLEI) if (signedDistance(body, xUm, yUm, lateralUm) < 0) return body.id;
  return otherwise;
}

function paraflocculus(xUm: number, yUm: number, lateralUm: number, out: CerebellumSample): void {
  const fold = Math.abs(Math.sin(((yUm + 0.4 * xUm) * Math.PI) / 700));
  const depth = -signedDistance(PARAFLOCCULUS, xUm, yUm, lateralUm) - (1 - fold) ** 3 * 200;
  if (depth <= 0 || depth < out.depthUm) return;
  out.depthUm = depth;
  out.id = depth > ARBOR_DEPTH_UM ? ARB : PARAFLOCCULUS.id;
}
