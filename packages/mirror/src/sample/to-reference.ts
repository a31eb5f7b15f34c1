import { sampleDataSet } from "./data-sets.ts";
import type { ReferenceMap, SamplePlate } from "./plate.ts";

/**
 * Composes a plate's 2-D and its data set's 3-D alignment into one map from box pixels to reference space.
 *
 * @param plate The plate.
 * @returns Nine numbers, rows X, Y, Z of (px, py, 1), in µm; px and py are full-resolution pixels relative to the box.
 * @example toReference(plate).matrix[2] // X of the box's corner, in µm
 */
export function toReference(plate: SamplePlate): ReferenceMap {
  const set = sampleDataSet(plate.record.data_set_id);
  const tsv = (i: number): number => plate.alignment2d[`tsv_0${i}`] ?? 0;
  const tvr = (i: number): number => set.alignment3d[`tvr_${String(i).padStart(2, "0")}`] ?? 0;
  const depthUm = plate.record.section_number * set.section_thickness;
  const matrix = new Float64Array(9);
  for (let row = 0; row < 3; row++) {
    const a = tvr(row * 3);
    const b = tvr(row * 3 + 1);
    matrix[row * 3] = a * tsv(0) + b * tsv(2);
    matrix[row * 3 + 1] = a * tsv(1) + b * tsv(3);
    matrix[row * 3 + 2] = a * tsv(4) + b * tsv(5) + tvr(row * 3 + 2) * depthUm + tvr(9 + row);
  }
  return { matrix };
}
