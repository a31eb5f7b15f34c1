import { type CurveTable, curveTable, readCurve } from "./numeric.ts";
import { idOf } from "./structures.ts";
import { FAR_UM } from "./tissue.ts";

/** What {@link hippocampusAt} writes. */
export interface HippocampusSample {
  /** Structure id, 0 outside. */
  id: number;
  /** Distance to the nearest packed layer (pyramidal or granule) in µm. */
  bandUm: number;
}

interface Segment {
  readonly u: number;
  readonly v: number;
  readonly du: number;
  readonly dv: number;
  readonly along: number;
}

/** Extent from the medial end along the curved sheet under the cortical white matter, in µm, by position along x. */
const START_CURVE: CurveTable = curveTable(
  [
    [6100, 150],
    [7000, 170],
    [7400, 280],
    [7800, 560],
    [8100, 800],
    [8500, 1150],
    [9300, 1700],
  ],
  50,
);
const LENGTH_CURVE: CurveTable = curveTable(
  [
    [6150, 450],
    [6350, 1100],
    [6650, 2050],
    [7000, 2850],
    [7400, 3600],
    [7800, 4800],
    [8200, 6200],
    [8600, 6700],
    [9100, 5900],
    [9500, 4900],
    [9900, 4400],
    [10300, 3400],
  ],
  50,
);
const THICKNESS_CURVE: CurveTable = curveTable(
  [
    [6100, 100],
    [6300, 650],
    [6600, 1050],
    [7000, 1350],
    [7800, 1650],
    [8500, 1950],
    [9100, 1850],
    [9500, 1700],
    [9900, 1400],
    [10300, 800],
  ],
  50,
);

/** The pyramidal layer from its medial start round the bend into the hilus: fractions of length and of thickness. */
const PYRAMIDAL = segments(
  [
    [0, 0.46],
    [0.07, 0.31],
    [0.2, 0.21],
    [0.45, 0.17],
    [0.7, 0.2],
    [0.87, 0.31],
    [0.955, 0.5],
    [0.94, 0.68],
    [0.86, 0.8],
    [0.74, 0.79],
    [0.62, 0.7],
    [0.52, 0.66],
  ],
  3,
);
/** The granule layer: upper blade from the side, apex near the midline, lower blade back. */
const GRANULE = segments(
  [
    [0.68, 0.53],
    [0.52, 0.46],
    [0.36, 0.48],
    [0.2, 0.6],
    [0.11, 0.75],
    [0.13, 0.85],
    [0.24, 0.87],
    [0.4, 0.82],
    [0.54, 0.86],
    [0.63, 0.94],
  ],
  3,
);

const CA1 = idOf("CA1");
const CA1SP = idOf("CA1sp");
const CA3 = idOf("CA3");
const CA3SP = idOf("CA3sp");
const DG_MO = idOf("DG-mo");
const DG_SG = idOf("DG-sg");
const DG_PO = idOf("DG-po");
const SUB = idOf("SUB");
const ALV = idOf("alv");

/** Thickness of the white sheet on the hippocampus. */
const ALVEUS_UM = 45;

const PYRAMIDAL_HALF_UM = 32;
const GRANULE_HALF_UM = 38;
/** Fraction along the pyramidal layer where CA1 passes into CA3. */
const CA3_FROM = 0.56;

function segments(points: readonly (readonly [number, number])[], pieces: number): readonly Segment[] {
  const at = (i: number): readonly [number, number] => points[Math.min(points.length - 1, Math.max(0, i))] ?? [0, 0];
  const smooth: [number, number][] = [];
  for (let i = 0; i + 1 < points.length; i++) {
    for (let k = 0; k < pieces; k++) smooth.push(catmull(at(i - 1), at(i), at(i + 1), at(i + 2), k / pieces));
  }
  const end = at(points.length - 1);
  smooth.push([end[0], end[1]]);
  const count = smooth.length - 1;
  return smooth.slice(1).map(([u1, v1], i) => {
    const [u, v] = smooth[i] ?? [0, 0];
    return { u, v, du: u1 - u, dv: v1 - v, along: (i + 0.5) / count };
  });
}

type Point = readonly [number, number];

function catmull(a: Point, b: Point, c: Point, d: Point, t: number): [number, number] {
  const mix = (k: 0 | 1): number => {
    const linear = (c[k] - a[k]) * t;
    const square = (2 * a[k] - 5 * b[k] + 4 * c[k] - d[k]) * t * t;
    return 0.5 * (2 * b[k] + linear + square + (3 * b[k] - a[k] - 3 * c[k] + d[k]) * t * t * t);
  };
  return [mix(0), mix(1)];
}

/** The piece of a layer nearest to a point: share of the layer's length, and on which side the point lies. */
interface Nearest {
  along: number;
  side: number;
}

const onGranule: Nearest = { along: 0, side: 0 };
const onPyramidal: Nearest = { along: 0, side: 0 };

/** Distance in µm to a layer drawn in fractions. */
function layerDistance(
  layer: readonly Segment[],
  u: number,
  v: number,
  lengthUm: number,
  thickUm: number,
  nearest: Nearest,
): number {
  let best = Number.POSITIVE_INFINITY;
  for (const s of layer) {
    const px = (u - s.u) * lengthUm;
    const py = (v - s.v) * thickUm;
    const dx = s.du * lengthUm;
    const dy = s.dv * thickUm;
    const t = Math.min(1, Math.max(0, (px * dx + py * dy) / (dx * dx + dy * dy)));
    const ex = px - t * dx;
    const ey = py - t * dy;
    const square = ex * ex + ey * ey;
    if (square < best) {
      best = square;
      nearest.along = s.along;
      nearest.side = dx * py - dy * px;
    }
  }
  return Math.sqrt(best);
}

/**
 * Hippocampal formation in its own bent coordinates.
 *
 * @param xUm Posterior, in µm.
 * @param alongUm Along the sheet from the midline to the side and down, in µm.
 * @param belowUm Below the white matter that covers it, in µm.
 * @param out Receives structure and distance to the nearest packed layer.
 * @example hippocampusAt(7200, 1000, 300, sample) // sample.id → 382 or 407
 */
export function hippocampusAt(xUm: number, alongUm: number, belowUm: number, out: HippocampusSample): void {
  out.id = 0;
  if (xUm < 6150 || xUm > 10320) return;
  const lengthUm = readCurve(LENGTH_CURVE, xUm);
  const thickUm = readCurve(THICKNESS_CURVE, xUm);
  const raw = (alongUm - readCurve(START_CURVE, xUm)) / lengthUm;
  const v = belowUm / thickUm;
  if (raw < 0 || raw > 1 || v < 0 || v > 1) return;
  // The bend of CA3 wraps round the front end as it does round the side.
  const front = Math.min(1, Math.max(0, (xUm - 6130) / 560));
  const u = 1 - (1 - raw ** 0.85) * Math.sqrt(front);
  const isOutside = Math.abs(2 * u - 1) ** 5 + Math.abs(2 * v - 1) ** 5 > 1;
  if (v < 0.5 && (isOutside || belowUm < ALVEUS_UM)) {
    out.id = ALV;
    out.bandUm = FAR_UM;
    return;
  }
  if (isOutside) return;
  if (xUm > 8500 && xUm + u * 500 > 9350) {
    out.id = SUB;
    out.bandUm = Math.abs(belowUm - 0.3 * thickUm);
    return;
  }
  const granuleUm = layerDistance(GRANULE, u, v, lengthUm, thickUm, onGranule);
  const isHilus = onGranule.side < 0 && u < 0.66;
  const pyramidalUm = layerDistance(PYRAMIDAL, u, v, lengthUm, thickUm, onPyramidal);
  out.bandUm = Math.min(granuleUm, pyramidalUm + 6);
  if (granuleUm < GRANULE_HALF_UM) out.id = DG_SG;
  else if (pyramidalUm < PYRAMIDAL_HALF_UM) out.id = onPyramidal.along < CA3_FROM ? CA1SP : CA3SP;
  else if (isHilus && granuleUm < pyramidalUm * 1.2) out.id = DG_PO;
  else if (granuleUm < pyramidalUm * 0.8) out.id = DG_MO;
  else out.id = onPyramidal.along < CA3_FROM ? CA1 : CA3;
}
