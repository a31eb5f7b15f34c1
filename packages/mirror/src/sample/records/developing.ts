import type { ModelRow } from "../../records/model-row.ts";
import { DEVELOPING_EXPERIMENTS } from "./experiment-table.ts";
import { UNDRAWN_STRUCTURES } from "./ontology-table.ts";
import { pick } from "./random.ts";
import { FIRST_SAMPLE_ID, record } from "./record.ts";

const DEVELOPING_GRAPH = 17;
const ROOT = 15564;
const LEVELS = ["Low", "Medium", "High"];
const PATTERNS = ["Full", "Regional", "Gradient"];
const UNDETECTED = "Undetected";

/** Calls of experts on the developing mouse: made up, one a structure and experiment. */
export function* annotationRecords(): Generator<ModelRow> {
  let id = FIRST_SAMPLE_ID;
  const structures = UNDRAWN_STRUCTURES.filter(([own, graph]) => graph === DEVELOPING_GRAPH && own !== ROOT);
  for (const { id: dataSetId, failed } of DEVELOPING_EXPERIMENTS) {
    if (failed) continue;
    for (const [structureId] of structures) {
      const isDetected = pick([true, true, true, false], dataSetId, structureId, 321);
      yield record("ManualAnnotation", {
        id: id++,
        structure_id: structureId,
        section_data_set_id: dataSetId,
        annotation_plan_name: "Sample plan (synthetic)",
        intensity_call: isDetected ? pick(LEVELS, dataSetId, structureId, 322) : UNDETECTED,
        density_call: isDetected ? pick(LEVELS, dataSetId, structureId, 323) : UNDETECTED,
        pattern_call: isDetected ? pick(PATTERNS, dataSetId, structureId, 324) : UNDETECTED,
      });
    }
  }
}
