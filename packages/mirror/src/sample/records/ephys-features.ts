import type { SampleCell } from "./cell-table.ts";
import { rounded, unit } from "./random.ts";

/** Features of a recording: from, to, decimals. The values are made up within ranges that such cells have. */
const RANGES = {
  adaptation: [0, 0.15, 5],
  avg_isi: [12, 110, 3],
  f_i_curve_slope: [0.05, 0.5, 5],
  fast_trough_v_long_square: [-60, -42, 3],
  input_resistance_mohm: [120, 320, 2],
  latency: [0.02, 0.12, 5],
  peak_t_ramp: [2, 9, 4],
  peak_v_long_square: [20, 45, 3],
  ri: [110, 300, 3],
  sag: [0.01, 0.3, 5],
  tau: [8, 28, 4],
  threshold_i_long_square: [30, 130, 1],
  threshold_v_long_square: [-45, -32, 3],
  upstroke_downstroke_ratio_long_square: [1.1, 4, 5],
  vrest: [-78, -65, 3],
} as const;

type Feature = keyof typeof RANGES;

/** Features of a cell by name: ms, mV, pA and MΩ as in the service's table. */
export type CellFeatures = Readonly<Record<Feature, number>>;

/**
 * Features of a cell of the sample.
 *
 * @example cellFeatures(cell).vrest < -60 // → true
 */
export function cellFeatures(cell: SampleCell): CellFeatures {
  const entries = Object.entries(RANGES).map(([name, [from, to, decimals]], index) => [
    name,
    rounded(from + (to - from) * unit(cell.id, index, 351), decimals),
  ]);
  // Its keys are those of the table above.
  return Object.fromEntries(entries) as CellFeatures;
}

/**
 * Columns of a cell's EphysFeature record, which bears the id of the specimen.
 *
 * @example featureColumns(cell).specimen_id === cell.id // → true
 */
export function featureColumns(cell: SampleCell): Readonly<Record<string, unknown>> {
  const flags = { has_burst: false, has_delay: cell.dendrite === "aspiny", has_pause: false };
  return { id: cell.id, specimen_id: cell.id, rheobase_sweep_number: 1, ...flags, ...cellFeatures(cell) };
}
