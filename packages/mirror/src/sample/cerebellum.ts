import { ellipsoid, signedDistance } from "./ellipsoid.ts";
import { idOf } from "./structures.ts";

/** What {@link cerebellumAt} writes. */
export interface CerebellumSample {
  /** Structure id, 0 outside. */
  id: number;
  /** Depth below the folded surface in µm. */
  depthUm: number;
}

/** A lobule in the sagittal plane: a club from the core to its tip. */
interface Leaf {
  readonly vermisId: number;
  readonly hemisphereId: number;
  readonly alongX: number;
  readonly alongY: number;
  readonly lengthUm: number;
  readonly baseUm: number;
  readonly tipUm: number;
}

const CORE_X_UM = 11450;
const CORE_Y_UM = 3750;
const CORE_RADIUS_UM = 800;
const HALF_WIDTH_UM = 4150;
/** The vermis ends here; lobules beyond it belong to the hemisphere. */
const VERMIS_HALF_UM = 950;
const ARBOR_DEPTH_UM = 330;

/** Lobules: names in vermis and hemisphere, direction in degrees (0 posterior, 90 up), length and radii in µm. */
const LEAVES: readonly Leaf[] = (
  [
    ["LING", "LING", 190, 620, 200, 220],
    ["CENT", "CENT", 152, 1050, 330, 350],
    ["CENT", "SIM", 128, 1500, 380, 430],
    ["CUL", "SIM", 103, 2150, 420, 520],
    ["CUL", "SIM", 80, 2330, 400, 470],
    ["DEC", "AN", 52, 1980, 420, 580],
    ["FOTU", "AN", 24, 1560, 330, 400],
    ["PYR", "PRM", -3, 1330, 390, 450],
    ["UVU", "COPY", -38, 1180, 390, 460],
    ["NOD", "COPY", -78, 780, 350, 380],
  ] as const
).map(([vermis, hemisphere, degrees, lengthUm, baseUm, tipUm]) => ({
  vermisId: idOf(vermis),
  hemisphereId: idOf(hemisphere),
  alongX: Math.cos((degrees * Math.PI) / 180),
  alongY: -Math.sin((degrees * Math.PI) / 180),
  lengthUm,
  baseUm,
  tipUm,
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
 * @example cerebellumAt(11450, 3750, 200, sample) // sample.id → 728
 */
export function cerebellumAt(xUm: number, yUm: number, lateralUm: number, out: CerebellumSample): void {
  out.id = 0;
  out.depthUm = 0;
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
  const swing = 0.14 * Math.sin(lateralUm / 620) + 0.1 * reach - 0.16 * bend * bend + 0.05 * Math.sin(bend * 7);
  const cos = Math.cos(swing);
  const sin = Math.sin(swing);
  const dx = (xUm - CORE_X_UM - 150 * reach) / scale;
  const dy = (yUm - CORE_Y_UM + 150 * reach) / scale;
  // Lobules lean: the pattern turns a little with distance from the core.
  const px = dx * cos + dy * sin;
  const py = dy * cos - dx * sin;
  const fromCore = Math.sqrt(px * px + py * py);
  if (fromCore > 3100) return;
  let nearest: Leaf | undefined;
  let nearestDepth = Number.NEGATIVE_INFINITY;
  for (const leaf of LEAVES) {
    const leafDepthUm = leafDepth(leaf, px, py);
    if (leafDepthUm > nearestDepth) {
      nearestDepth = leafDepthUm;
      nearest = leaf;
    }
  }
  if (nearest === undefined) return;
  const coreDepth = CORE_RADIUS_UM - fromCore;
  const plainDepth = Math.max(coreDepth, nearestDepth) * scale;
  const depth = Math.max(coreDepth, nearestDepth - foldDent(nearest, px, py)) * scale;
  if (depth <= 0) return;
  out.depthUm = depth;
  out.id = plainDepth > ARBOR_DEPTH_UM ? nucleusOr(ARB, xUm, yUm, lateralUm) : lobuleOf(nearest, lateralUm);
}

function lobuleOf(leaf: Leaf, lateralUm: number): number {
  return lateralUm < VERMIS_HALF_UM ? leaf.vermisId : leaf.hemisphereId;
}

function leafDepth(leaf: Leaf, px: number, py: number): number {
  const along = px * leaf.alongX + py * leaf.alongY;
  if (along < -400) return Number.NEGATIVE_INFINITY;
  const across = px * leaf.alongY - py * leaf.alongX;
  const t = Math.min(1, Math.max(0, along / leaf.lengthUm));
  const beyond = along - t * leaf.lengthUm;
  return leaf.baseUm + (leaf.tipUm - leaf.baseUm) * t - Math.sqrt(across * across + beyond * beyond);
}

/** Secondary folds: sharp dents at about equal steps along a lobule's surface, offset on its two faces. */
function foldDent(leaf: Leaf, px: number, py: number): number {
  const along = px * leaf.alongX + py * leaf.alongY;
  const across = px * leaf.alongY - py * leaf.alongX;
  const beyond = Math.max(0, along - leaf.lengthUm);
  const surface = Math.min(along, leaf.lengthUm) + Math.atan2(beyond, Math.abs(across)) * leaf.tipUm;
  const ridge = 1 - Math.abs(Math.sin(((surface + (across > 0 ? 190 : 0)) * Math.PI) / 430));
  return ridge * ridge * ridge * 140 * Math.min(1, Math.max(0, along / leaf.lengthUm) * 1.6);
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
