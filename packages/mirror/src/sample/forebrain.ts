import type { BrainstemSample } from "./brainstem.ts";
import { cortexArea, sheetPlace } from "./cortex-areas.ts";
import { type Ellipsoid, ellipsoid, nearestBody, signedDistance } from "./ellipsoid.ts";
import { type HippocampusSample, hippocampusAt } from "./hippocampus.ts";
import { type CurveTable, curveTable, readCurve, roundMin, smoothMin, smoothStep } from "./numeric.ts";
import { AXIS_Y_UM, dorsalHeight, type OutlineSample, readOutline } from "./outline.ts";
import { idOf } from "./structures.ts";
import type { Tissue } from "./tissue.ts";
import { TRACTS } from "./tracts.ts";
import { tubeAt } from "./tube.ts";
import { lateralVentricle } from "./ventricles.ts";

/** Half width of the fissure between the hemispheres; it opens over the midbrain. */
const FISSURE_CURVE: CurveTable = curveTable(
  [
    [1700, 30],
    [4200, 16],
    [8300, 18],
    [8700, 45],
    [9100, 120],
    [9600, 400],
    [10000, 850],
    [10350, 1500],
    [10600, 2050],
  ],
  50,
);
/** Height of the corpus callosum at the midline; below reference space where nothing crosses. */
const CALLOSUM_CURVE: CurveTable = curveTable(
  [
    [4050, 8600],
    [4200, 4500],
    [4350, 3500],
    [4700, 2850],
    [5200, 2450],
    [5800, 2100],
    [6500, 1720],
    [7200, 1480],
    [7650, 1450],
    [7850, 1540],
    [8010, 1800],
    [8120, 2700],
    [8250, 8600],
  ],
  25,
);
/** Thickness of the dorsal cortex. */
const CORTEX_CURVE: CurveTable = curveTable(
  [
    [1700, 900],
    [2600, 1200],
    [4000, 1280],
    [5500, 1180],
    [7000, 1020],
    [8500, 870],
    [10500, 760],
  ],
  50,
);
/** Mean radius of the sheet under which the hippocampus lies, for arc length per angle. */
const SHEET_RADIUS_CURVE: CurveTable = curveTable(
  [
    [6100, 2300],
    [7000, 2400],
    [7800, 2900],
    [8600, 3500],
    [9500, 3500],
  ],
  50,
);
/** Angle (radians from the top) at which the cortical shell ends at the base of the brain. */
const CORTEX_END_CURVE: CurveTable = curveTable(
  [
    [4700, 3.2],
    [5300, 2.85],
    [5800, 2.5],
    [6500, 2.42],
    [7500, 2.4],
    [8100, 2.28],
    [8600, 2.18],
    [9200, 2.08],
    [10000, 2.2],
  ],
  50,
);

/** Where the back of the hemisphere rests on the midbrain, and how round its edge is there, in µm. */
const TONGUE_X_UM = 8400;
const TONGUE_UM = 420;

const FA = idOf("fa");
const CC = idOf("cc");
const EC = idOf("ec");
const FI = idOf("fi");
const INT = idOf("int");
const LOT = idOf("lot");
const VL = idOf("VL");
const V3 = idOf("V3");
const AON = idOf("AON");
const ORB = idOf("ORB");
const SUB = idOf("SUB");
const TT = idOf("TT");
const CP = idOf("CP");

/** Depth of the cell layer in which the anterior olfactory nucleus's cortex-like ring is thickest, in µm. */
const OLFACTORY_SPAN_UM = 620;

const ANTERIOR_OLFACTORY = ellipsoid(AON, [2750, 5150, 1050], [950, 1050, 780]);
const TENIA = ellipsoid(TT, [3350, 5500, 0], [720, 1350, 650]);
const ORBITAL = ellipsoid(ORB, [2850, 3850, 1050], [850, 620, 950]);

const SUBCORTICAL: readonly Ellipsoid[] = (
  [
    ["CP", 5300, 4000, 2350, 1500, 1450, 1300],
    ["CP", 6900, 4000, 3250, 900, 1300, 420],
    ["ACB", 4150, 5700, 1250, 800, 850, 850],
    ["LS", 4900, 3900, 380, 950, 1350, 420],
    ["MS", 4850, 5150, 60, 450, 1000, 170],
    ["SI", 5350, 6350, 1650, 900, 480, 900],
    ["BST", 5450, 5250, 850, 450, 750, 380],
    ["GPe", 6100, 4750, 2250, 560, 620, 430],
    ["GPi", 6550, 5300, 2050, 380, 350, 380],
    ["CEA", 6600, 5700, 2700, 600, 480, 430],
    ["MEA", 6850, 6550, 2050, 750, 650, 430],
    ["BLA", 7050, 5950, 3330, 850, 680, 330],
    ["BMA", 6900, 6550, 2850, 800, 450, 430],
    ["CLA", 4500, 4850, 3050, 1300, 420, 190],
    ["EP", 5700, 5900, 3350, 1700, 550, 230],
  ] as const
).map(([acronym, x, y, l, hx, hy, hl]) => ellipsoid(idOf(acronym), [x, y, l], [hx, hy, hl]));

const outline: OutlineSample = { radiusUm: 0, obliquity: 1 };
const hippocampus: HippocampusSample = { id: 0, bandUm: 0 };

/**
 * Cerebral hemisphere, brain stem and bulb excluded.
 *
 * @param xUm Posterior, in µm.
 * @param yUm Inferior, in µm.
 * @param lateralUm Distance from the midline, in µm.
 * @param stem Distances to the brain stem.
 * @param out Receives the tissue; its id stays 0 outside.
 * @example forebrainAt(9150, 900, 2600, stem, tissue) // tissue.id → 385
 */
export function forebrainAt(xUm: number, yUm: number, lateralUm: number, stem: BrainstemSample, out: Tissue): void {
  const up = AXIS_Y_UM - yUm;
  const angle = Math.atan2(lateralUm, up);
  readOutline(xUm, angle, outline);
  const outer = (outline.radiusUm - Math.sqrt(lateralUm * lateralUm + up * up)) * outline.obliquity;
  if (outer <= 0) return;
  const thickness = readCurve(CORTEX_CURVE, xUm) * cortexFactor(angle);
  const top = dorsalHeight(xUm);
  const dip = readCurve(CALLOSUM_CURVE, xUm) - top - thickness;
  const inner =
    lateralUm < 1300 ? outer - dip * (1 - smoothStep(100, 1300, lateralUm)) * dorsalShare(xUm, angle) : outer;
  const isOpen = xUm < 4150 || xUm > 8200 || inner < thickness;
  const wall = lateralUm - readCurve(FISSURE_CURVE, xUm);
  const convex = isOpen && lateralUm < 3000 ? smoothMin(outer, wall, 320) : outer;
  // Behind, the hemisphere ends in a rounded tongue on the midbrain.
  const depth = xUm > TONGUE_X_UM ? roundMin(convex, stem.distanceUm - 20, TONGUE_UM) : convex;
  if (depth <= 0) return;
  out.edgeUm = depth;
  if (xUm < 4300 && frontal(xUm, yUm, lateralUm, depth, thickness, out)) return;
  if (inner < thickness && angle < readCurve(CORTEX_END_CURVE, xUm)) {
    // Layers of the medial wall are thinner than those of the convexity.
    const layered = isOpen && lateralUm < 2000 ? smoothMin(outer, wall * 2.1, 320) : outer;
    out.depthUm = Math.min(layered, thickness);
    out.spanUm = thickness;
    const isTract = xUm > 2600 && xUm < 5600 && outer < 120 * (1 - ((angle - 2.05) / 0.17) ** 2);
    out.id = isTract ? LOT : cortexArea(xUm, sheetPlace(angle, lateralUm, AXIS_Y_UM - top, isOpen ? outer - wall : 0));
    return;
  }
  if (xUm > 8000 && angle > readCurve(CORTEX_END_CURVE, xUm)) return;
  const white = whiteThickness(xUm, angle, lateralUm);
  const below = inner - thickness - white;
  if (below < 0 && angle < 2.3) {
    out.id = xUm < 4350 ? FA : angle < 1.05 ? CC : EC;
    return;
  }
  deep(xUm, yUm, lateralUm, angle, below, stem.thalamusUm, out);
}

/** The medial wall reaches the base only before the callosum; behind its front the septum and basal forebrain follow. */
function dorsalShare(xUm: number, angle: number): number {
  return Math.max(1 - smoothStep(4050, 4300, xUm), 1 - smoothStep(1.2, 1.9, angle));
}

function cortexFactor(angle: number): number {
  return (
    1 - 0.1 * smoothStep(0.9, 1.5, angle) - 0.28 * smoothStep(1.65, 2.0, angle) - 0.15 * smoothStep(2.2, 2.6, angle)
  );
}

function whiteThickness(xUm: number, angle: number, lateralUm: number): number {
  const side = 1 - 0.5 * smoothStep(0.7, 1.5, angle) - 0.4 * smoothStep(1.8, 2.2, angle);
  const ends = smoothStep(3000, 3900, xUm) * (1 - 0.6 * smoothStep(8800, 9800, xUm));
  const crest = 110 * Math.exp(-(((lateralUm - 900) / 420) ** 2));
  // Where the callosum turns down in front and ends behind it is thickest: genu and splenium.
  const turns = 1.3 * Math.exp(-(((xUm - 4330) / 260) ** 2)) + 0.9 * Math.exp(-(((xUm - 7650) / 330) ** 2));
  return (235 + crest) * side * ends * (1 + turns * (1 - smoothStep(500, 1300, lateralUm)));
}

function frontal(xUm: number, yUm: number, lateralUm: number, depth: number, thickness: number, out: Tissue): boolean {
  const olfactory = -signedDistance(ANTERIOR_OLFACTORY, xUm, yUm, lateralUm);
  if (olfactory > 0) {
    out.id = tubeAt(TRACTS, xUm, yUm, lateralUm) || AON;
    out.depthUm = Math.min(olfactory, depth);
    out.spanUm = OLFACTORY_SPAN_UM;
    return true;
  }
  if (signedDistance(TENIA, xUm, yUm, lateralUm) < 0) {
    out.id = TT;
    out.depthUm = depth;
    out.spanUm = OLFACTORY_SPAN_UM;
    return true;
  }
  if (depth > 120 && signedDistance(ORBITAL, xUm, yUm, lateralUm) < 0) {
    out.id = ORB;
    out.depthUm = Math.min(depth, thickness, Math.max(60, -olfactory));
    out.spanUm = thickness;
    return true;
  }
  return false;
}

function deep(
  xUm: number,
  yUm: number,
  lateralUm: number,
  angle: number,
  below: number,
  thalamusUm: number,
  out: Tissue,
): void {
  hippocampusAt(xUm, angle * readCurve(SHEET_RADIUS_CURVE, xUm), below, hippocampus);
  if (hippocampus.id !== 0) {
    out.bandUm = hippocampus.bandUm;
    out.id = below < 55 && angle > 1.25 ? VL : hippocampus.id;
    return;
  }
  if (xUm > 8250) return;
  const tract = tubeAt(TRACTS, xUm, yUm, lateralUm);
  if (tract !== 0) {
    out.id = tract;
    return;
  }
  const roof = xUm < 6500 ? 2200 : 480 - lateralUm * 0.13;
  const front = 5930 + 80 * Math.sin((yUm - 2200) / 380);
  if (xUm > front && angle < 1.15 && lateralUm < 700 + (xUm - 5950) * 1.6 && (thalamusUm < roof || lateralUm < 500)) {
    const trough = 40 + 100 * smoothStep(2000, 2900, yUm);
    out.id = lateralUm < trough && yUm > 1900 ? V3 : (below < 170 && xUm < 6700) || xUm < front + 55 ? VL : FI;
    return;
  }
  if (xUm > 7400 && angle < 1.25) {
    out.id = SUB;
    return;
  }
  out.id = lateralVentricle(xUm, yUm, lateralUm, below) || basal(xUm, yUm, lateralUm, thalamusUm);
}

/** Striatum, pallidum, amygdala and septum share what is left; the thalamus is wrapped in the internal capsule. */
function basal(xUm: number, yUm: number, lateralUm: number, thalamusUm: number): number {
  const capsuleUm = 230 + 90 * Math.sin(yUm / 300);
  if (thalamusUm < capsuleUm && yUm < 5800 && xUm > 5700 && lateralUm > 1000) return INT;
  const id = nearestBody(SUBCORTICAL, xUm, yUm, lateralUm);
  // The striatum ends before the thalamus does; fibres fill the space between the two and the hippocampus.
  const isBehind = id === CP && lateralUm < 900 + (xUm - 5950) * 1.9 + 220 * Math.sin(yUm / 430) && xUm > 5900;
  return isBehind ? (yUm < 4100 ? FI : INT) : id;
}
