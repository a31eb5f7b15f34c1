import { idOf } from "./structures.ts";

const VL = idOf("VL");
const V3 = idOf("V3");
const AQ = idOf("AQ");
const V4 = idOf("V4");

/**
 * Ventricle of the midline (third, aqueduct, fourth) at a point inside the brain stem or between it and the cerebellum.
 *
 * @param xUm Posterior, in µm.
 * @param yUm Inferior, in µm.
 * @param lateralUm Distance from the midline, in µm.
 * @returns Structure id, 0 when the point is not in one.
 * @example midlineVentricle(9000, 3200, 0) // → 140
 */
export function midlineVentricle(xUm: number, yUm: number, lateralUm: number): number {
  if (lateralUm > 1300) return 0;
  if (xUm > 5250 && xUm < 7950) return thirdVentricle(xUm, yUm, lateralUm);
  if (xUm >= 7950 && xUm < 10650 && aqueduct(xUm, yUm, lateralUm) !== 0) return AQ;
  return xUm > 10210 && xUm < 12290 ? fourthVentricle(xUm, yUm, lateralUm) : 0;
}

function thirdVentricle(xUm: number, yUm: number, lateralUm: number): number {
  // A slit below the fused thalami, wider at its floor, and a small trough above them.
  const floor = 7080 - Math.abs(xUm - 6700) * 0.12;
  if (yUm > 5250 && yUm < floor) {
    const half = 26 + 40 * Math.max(0, 1 - Math.abs(yUm - floor + 250) / 250);
    return lateralUm < half ? V3 : 0;
  }
  const trough = 3330;
  if (yUm < trough && xUm > 5900) return lateralUm < (trough - yUm) * 0.35 ? V3 : 0;
  return 0;
}

function aqueduct(xUm: number, yUm: number, lateralUm: number): number {
  const wide = Math.min(1, Math.max(0, (xUm - 9300) / 1200));
  const centre = 3050 + 250 * Math.sin((xUm - 8000) / 1100) + wide * 250;
  const b = (yUm - centre) / (170 + 130 * wide);
  const c = lateralUm / (105 + 260 * wide);
  return b * b + c * c < 1 ? AQ : 0;
}

function fourthVentricle(xUm: number, yUm: number, lateralUm: number): number {
  const along = (xUm - 11250) / 1040;
  const across = lateralUm / 1250;
  const size = 1 - along * along - across * across;
  if (size <= 0) return 0;
  const centre = 4480 + (xUm - 10650) * 0.12 + lateralUm * 0.08;
  return Math.abs(yUm - centre) < 235 * Math.sqrt(size) ? V4 : 0;
}

/**
 * Lateral ventricle between septum and striatum.
 *
 * @param xUm Posterior, in µm.
 * @param yUm Inferior, in µm.
 * @param lateralUm Distance from the midline, in µm.
 * @param belowUm Depth below the white matter of the roof, in µm.
 * @returns Structure id, 0 when the point is not in it.
 * @example lateralVentricle(5700, 3200, 1010, 400) // → 81
 */
export function lateralVentricle(xUm: number, yUm: number, lateralUm: number, belowUm: number): number {
  if (xUm < 3900 || xUm > 6700 || yUm > 4900 || belowUm < 0) return 0;
  const open = 40 + 190 * Math.exp(-(((xUm - 5700) / 750) ** 2));
  const taper = Math.max(0.2, 1 - belowUm / 1900);
  const wall = 830 + 0.12 * (xUm - 5000) + 140 * Math.sin((yUm - 2500) / 700) + belowUm * 0.04;
  const ends = Math.min(1, (xUm - 3900) / 300, (6700 - xUm) / 250, (4900 - yUm) / 250);
  if (Math.abs(lateralUm - wall) < open * taper * ends) return VL;
  // The roof: a flat space between callosum and septum, wider towards the hippocampus.
  const roof = (40 + 150 * Math.max(0, (xUm - 4800) / 1500)) * Math.min(1, Math.max(0, (xUm - 4500) / 400));
  return lateralUm > 120 && lateralUm < wall && belowUm < roof * ends ? VL : 0;
}
