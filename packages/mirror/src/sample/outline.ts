import { spline } from "./numeric.ts";

/** Height of the axis the cerebral outline is measured from, in µm from the top of reference space. */
export const AXIS_Y_UM = 4000;

/** What {@link readOutline} writes: the cerebral surface along one direction from the axis. */
export interface OutlineSample {
  /** Distance from the axis to the surface, in µm. */
  radiusUm: number;
  /** Factor from radial distance to distance perpendicular to the surface, 0 to 1. */
  obliquity: number;
}

/** Directions from the axis, in degrees: 0 up, 90 to the side, 180 down. */
const ANGLES_DEG = [0, 14, 32, 52, 72, 90, 108, 126, 144, 162, 180];
const STATIONS_UM = [1650, 1850, 2100, 2500, 3000, 3800, 4800, 6000, 7200, 8400, 9200, 9900, 10350, 10600];

/** Radii in µm, a row a station, a column a direction: a design after the rough extent of an adult mouse's hemispheres. */
const RADII_UM = [
  [100, 100, 150, 200, 150, 100, 100, 100, 100, 100, 100],
  [1200, 1250, 1350, 1350, 1000, 800, 700, 600, 600, 600, 600],
  [1750, 1900, 2200, 2250, 1900, 1600, 1500, 1500, 1500, 1300, 1200],
  [2050, 2230, 2650, 2800, 2600, 2300, 2100, 2200, 2300, 2200, 2100],
  [2300, 2450, 2900, 3100, 3100, 2900, 2700, 2700, 2700, 2600, 2400],
  [2750, 2900, 3150, 3400, 3700, 3700, 3500, 3500, 3500, 3200, 2700],
  [3100, 3250, 3500, 3900, 4300, 4500, 4300, 4100, 4000, 3500, 3000],
  [3500, 3600, 3950, 4400, 4800, 4900, 4700, 4600, 4300, 3200, 3100],
  [3750, 3850, 4150, 4650, 5000, 5100, 5000, 4900, 3800, 3000, 3000],
  [3800, 3900, 4200, 4700, 5100, 5150, 5000, 4500, 2000, 900, 800],
  [3480, 3600, 4100, 4600, 4950, 4950, 4600, 3700, 1500, 700, 600],
  [2750, 3050, 3650, 4250, 4550, 4500, 3900, 2600, 900, 500, 400],
  [1400, 1800, 2700, 3400, 3800, 3700, 2900, 1300, 400, 300, 300],
  [100, 100, 200, 300, 400, 300, 200, 100, 100, 100, 100],
];

const START_UM = 1650;
const STEP_UM = 50;
const COLUMNS = 180;
const ROWS = 181;
const DEGREES_PER_COLUMN = 180 / COLUMNS;
const WIDTH = COLUMNS + 1;

const SMOOTH_RADII: Float32Array = buildRadii();
const OBLIQUITY_TABLE: Float32Array = buildObliquity(SMOOTH_RADII);
const RADIUS_TABLE: Float32Array = SMOOTH_RADII.map(withWaves);

function buildRadii(): Float32Array {
  const mirrored = [-14, ...ANGLES_DEG, 198];
  const rings = RADII_UM.map((row) => [row[1] ?? 0, ...row, row.at(-2) ?? 0]);
  const columns = Array.from({ length: WIDTH }, (_, c) =>
    rings.map((ring) => spline(mirrored, ring, c * DEGREES_PER_COLUMN)),
  );
  const table = new Float32Array(WIDTH * ROWS);
  for (let r = 0; r < ROWS; r++) {
    const x = START_UM + r * STEP_UM;
    for (let c = 0; c < WIDTH; c++) {
      table[r * WIDTH + c] = Math.max(60, spline(STATIONS_UM, columns[c] ?? [], x));
    }
  }
  return table;
}

/** Gentle unevenness of the surface, left out of the obliquity so that the layers below stay smooth. */
function withWaves(radiusUm: number, index: number): number {
  const x = START_UM + Math.floor(index / WIDTH) * STEP_UM;
  const c = index % WIDTH;
  return radiusUm * (1 + 0.003 * Math.sin(x / 520 + c / 9) + 0.0015 * Math.sin(x / 310 - c / 6));
}

function buildObliquity(radii: Float32Array): Float32Array {
  const table = new Float32Array(radii.length);
  const at = (r: number, c: number): number =>
    radii[Math.min(ROWS - 1, Math.max(0, r)) * WIDTH + Math.min(COLUMNS, Math.max(0, c))] ?? 0;
  for (let r = 0; r < ROWS; r++) {
    for (let c = 0; c < WIDTH; c++) {
      const alongX = (at(r + 2, c) - at(r - 2, c)) / (4 * STEP_UM);
      const around = (at(r, c + 2) - at(r, c - 2)) / (4 * DEGREES_PER_COLUMN * (Math.PI / 180) * at(r, c));
      table[r * WIDTH + c] = 1 / Math.sqrt(1 + alongX * alongX + around * around);
    }
  }
  return table;
}

/**
 * Reads the cerebral surface in one direction from the axis (midline, height {@link AXIS_Y_UM}).
 *
 * @param xUm Posterior, in µm; the ends clamp.
 * @param angleRad 0 up, π/2 to the side, π down.
 * @param out Receives radius and obliquity.
 * @example readOutline(7200, 0, sample) // sample.radiusUm near 3750
 */
export function readOutline(xUm: number, angleRad: number, out: OutlineSample): void {
  const row = Math.min(ROWS - 1.001, Math.max(0, (xUm - START_UM) / STEP_UM));
  const column = Math.min(COLUMNS - 0.001, Math.max(0, angleRad * (COLUMNS / Math.PI)));
  const r = Math.floor(row);
  const c = Math.floor(column);
  const fr = row - r;
  const fc = column - c;
  const i = r * WIDTH + c;
  const w00 = (1 - fr) * (1 - fc);
  const w01 = (1 - fr) * fc;
  const w10 = fr * (1 - fc);
  const w11 = fr * fc;
  out.radiusUm = mix(RADIUS_TABLE, i, w00, w01, w10, w11);
  out.obliquity = mix(OBLIQUITY_TABLE, i, w00, w01, w10, w11);
}

function mix(table: Float32Array, i: number, w00: number, w01: number, w10: number, w11: number): number {
  const top = (table[i] ?? 0) * w00 + (table[i + 1] ?? 0) * w01;
  return top + (table[i + WIDTH] ?? 0) * w10 + (table[i + WIDTH + 1] ?? 0) * w11;
}

/**
 * Height of the cerebral surface beside the midline.
 *
 * @param xUm Posterior, in µm.
 * @returns µm from the top of reference space.
 * @example dorsalHeight(7200) // about 250
 */
export function dorsalHeight(xUm: number): number {
  const row = Math.min(ROWS - 1.001, Math.max(0, (xUm - START_UM) / STEP_UM));
  const r = Math.floor(row);
  const low = RADIUS_TABLE[r * WIDTH] ?? 0;
  return AXIS_Y_UM - low - ((RADIUS_TABLE[(r + 1) * WIDTH] ?? 0) - low) * (row - r);
}
