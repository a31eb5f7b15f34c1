import {
  type BrainstemSample,
  brainstemAt,
  brainstemNucleus,
  cordTaper,
  HYPOTHALAMUS,
  untapered,
} from "./brainstem.ts";
import { type CerebellumSample, cerebellumAt } from "./cerebellum.ts";
import { forebrainAt } from "./forebrain.ts";
import { bulbDepth } from "./olfactory-bulb.ts";
import { idOf } from "./structures.ts";
import { createTissue, FAR_UM, type Tissue } from "./tissue.ts";
import { TRACTS } from "./tracts.ts";
import { tubeAt } from "./tube.ts";
import { midlineVentricle } from "./ventricles.ts";

/** Extent of reference space in µm: posterior, inferior, right. */
export const EXTENT_UM: readonly [number, number, number] = [13200, 8000, 11400];

/** The plane of symmetry, in µm from the left. */
export const MIDLINE_Z_UM = 5700;

/** Nothing of the brain lies outside this box: anterior, posterior, superior, inferior, half width. */
const FIRST_X_UM = 180;
const LAST_X_UM = 13195;
const FIRST_Y_UM = 150;
const LAST_Y_UM = 7680;
const HALF_WIDTH_UM = 5350;

/** Clear space between hemisphere and midbrain, and between cerebellum and what lies before it, in µm. */
const CLEFT_UM = 32;

/** Lining of the ventricles: tissue this near to them counts as surface, in µm. */
const EPENDYMA_UM = 13;

const MOB = idOf("MOB");
const OLFACTORY_SPAN_UM = 900;
/** The layers of the bulb are this much thinner than nominal, which leaves room for its core. */
const BULB_THINNING = 1.35;

const NO_STEM: BrainstemSample = { distanceUm: FAR_UM, thalamusUm: FAR_UM, region: 0 };
const stem: BrainstemSample = { distanceUm: 0, thalamusUm: 0, region: 0 };
const folia: CerebellumSample = { id: 0, depthUm: 0, isCleft: false };
const scratch: Tissue = createTissue();

/**
 * Structure of the sample brain at a point of reference space 9.
 *
 * Axes run anterior to posterior, superior to inferior, left to right; the brain is symmetric about z = 5700.
 *
 * @param xUm Posterior, in µm, 0 to 13200.
 * @param yUm Inferior, in µm, 0 to 8000.
 * @param zUm Right, in µm, 0 to 11400.
 * @returns Structure id, 0 outside the brain.
 * @example structureAt(9100, 900, 8300) // → 385
 */
export function structureAt(xUm: number, yUm: number, zUm: number): number {
  tissueAt(xUm, yUm, zUm, scratch);
  return scratch.id;
}

/**
 * Structure and layer distances of the sample brain at a point of reference space 9.
 *
 * @param xUm Posterior, in µm.
 * @param yUm Inferior, in µm.
 * @param zUm Right, in µm.
 * @param out Receives the result; reused by the caller.
 * @example tissueAt(9100, 900, 8300, tissue) // tissue.depthUm: depth below the pia
 */
export function tissueAt(xUm: number, yUm: number, zUm: number, out: Tissue): void {
  out.id = 0;
  out.depthUm = 0;
  out.spanUm = 0;
  out.bandUm = FAR_UM;
  out.edgeUm = 0;
  const lateral = Math.abs(zUm - MIDLINE_Z_UM);
  if (xUm < FIRST_X_UM || xUm > LAST_X_UM || yUm < FIRST_Y_UM || yUm > LAST_Y_UM || lateral > HALF_WIDTH_UM) return;
  // Long waves bend every border; none moves the midline, which keeps both halves joined.
  const free = lateral / (lateral + 350);
  const a = xUm * 0.0019 + lateral * 0.0011;
  const b = yUm * 0.0023 - lateral * 0.0013;
  const x = xUm + 55 * Math.sin(b + 0.4) + 22 * Math.sin(yUm * 0.0071 + lateral * 0.0052);
  const y = yUm + 50 * Math.sin(a + 1.1) + 20 * Math.sin(xUm * 0.0067 - lateral * 0.0059) + 7 * Math.sin(xUm * 0.021);
  const l = lateral + free * (60 * Math.sin(a + b) + 24 * Math.sin(yUm * 0.0063 + xUm * 0.0057));
  place(x, y, l, out);
}

function place(x: number, y: number, lateral: number, out: Tissue): void {
  if (x < 2900 && bulb(x, y, lateral, out)) return;
  if (x < 4700) {
    forebrainAt(x, y, lateral, NO_STEM, out);
    return;
  }
  const taper = cordTaper(x);
  const stemY = untapered(y, taper);
  const stemLateral = lateral / Math.sqrt(taper);
  brainstemAt(x, stemY, stemLateral, stem);
  if (x > 9700 && hindbrain(x, y, lateral, out)) return;
  if (stem.distanceUm < 0) {
    out.edgeUm = -stem.distanceUm;
    if (lateral < 1300 && midlineVentricle(x, y, Math.max(0, lateral - EPENDYMA_UM)) !== 0) out.edgeUm = 0;
    out.id =
      midlineVentricle(x, y, lateral) ||
      tubeAt(TRACTS, x, stemY, stemLateral) ||
      brainstemNucleus(stem.region, stem.thalamusUm, x, stemY, stemLateral);
    return;
  }
  if (x > 10800) return;
  if (x > 8000 && stem.distanceUm < CLEFT_UM && stem.region > HYPOTHALAMUS) return;
  forebrainAt(x, y, lateral, stem, out);
}

function bulb(x: number, y: number, lateral: number, out: Tissue): boolean {
  const depth = bulbDepth(x, y, lateral);
  if (depth <= 0) return false;
  out.id = MOB;
  out.depthUm = depth * BULB_THINNING;
  out.spanUm = OLFACTORY_SPAN_UM;
  out.edgeUm = depth;
  return true;
}

/** Cerebellum and fourth ventricle; false leaves the point to the stem. */
function hindbrain(x: number, y: number, lateral: number, out: Tissue): boolean {
  if (y > 3900 && y < 5000) {
    const ventricle = midlineVentricle(x, y, lateral);
    if (ventricle !== 0) {
      out.id = ventricle;
      return true;
    }
  }
  if (stem.distanceUm < 0 && (y > 4700 || x < 10900)) return false;
  cerebellumAt(x, y, lateral, folia);
  if (folia.id === 0) return folia.isCleft && stem.distanceUm >= 0;
  if (stem.distanceUm < CLEFT_UM && (x < 10900 || folia.depthUm < 300)) return stem.distanceUm >= 0;
  out.id = folia.id;
  out.depthUm = folia.depthUm;
  out.edgeUm = folia.depthUm;
  return true;
}
