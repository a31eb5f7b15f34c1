import type { ModelRow } from "../../records/model-row.ts";
import type { SampleDataSet } from "../data-sets.ts";
import { record } from "./record.ts";

/**
 * Alignment of a data set's stack with reference space.
 *
 * @param set Data set that has pictures.
 * @returns Record with the data set's own id.
 * @example alignment3dRecord(sampleDataSet(100048576)).row.aligned_type // → "DataSet"
 */
export function alignment3dRecord(set: SampleDataSet): ModelRow {
  return record("Alignment3d", { id: set.id, aligned_id: set.id, aligned_type: "DataSet", ...set.alignment3d });
}
