import type { ModelRow } from "../../records/model-row.ts";
import { idOf } from "../structures.ts";
import { animalRecords } from "./animals.ts";
import { LINES } from "./connectivity-table.ts";
import { rounded, unit } from "./random.ts";
import { record, stubs } from "./record.ts";

/** Containers: targeted structure, depth below the surface in µm, line. */
const CONTAINERS: readonly (readonly [id: number, structure: string, depthUm: number, line: string])[] = [
  [970_000_001, "VISp", 175, "Cux2-IRES-Cre"],
  [970_000_002, "VISl", 275, "Rbp4-Cre_KL100"],
  [970_000_003, "VISpm", 375, "Emx1-IRES-Cre"],
];

const SESSIONS = ["three_session_A", "three_session_B", "three_session_C"];
const BORN = "2015-09-23T00:00:00Z";
const RECORDED = "2016-01-01T00:00:00Z";
const CELLS_EACH = 4;

/** Columns of the cells' metrics, by the stimulus that they tell of; clients take such of type T out of rows, and find none. */
const MAPPINGS: readonly (readonly [id: number, column: string, stimulus: string])[] = [
  [5, "p_dg", "drifting_grating"],
  [9, "osi_sg", "static_grating"],
  [13, "p_sg", "static_grating"],
  [68, "peak_dff_dg", "drifting_grating"],
  [76, "reliability_ns", "natural_scene"],
];

/** Experiments of the brain observatory, and which stimuli its tables go by. */
export function* physiologyRecords(): Generator<ModelRow> {
  for (const [index, container] of CONTAINERS.entries()) yield* containerRecords(container, index);
  for (const [id, item, stimulus] of MAPPINGS) {
    yield record("ApiCamStimulusMapping", { id, item, item_type: "M", level: "R", stimulus_name: stimulus });
  }
}

function* containerRecords(container: (typeof CONTAINERS)[number], index: number): Generator<ModelRow> {
  const [id, acronym, depthUm, lineName] = container;
  const line = LINES.find(([, name]) => name === lineName)?.[0];
  const sessions = SESSIONS.map((stimulus, at) => [id + 100 + index * 10 + at, stimulus] as const);
  const shared = { specimen_id: id };
  const name = `Sample-Observatory-${index + 1}`;
  yield* animalRecords({ dataSetId: id, name, age: "P56", strain: null, line, dateOfBirth: BORN });
  yield record("IsiExperiment", {
    ...shared,
    id,
    name: `Sample intrinsic signal ${index + 1} (synthetic)`,
    date_of_acquisition: RECORDED,
    ophys_experiments: stubs(...sessions.map(([sessionId]) => sessionId)),
  });
  const target = { targeted_structure_id: idOf(acronym), imaging_depth: depthUm };
  yield record("ExperimentContainer", { ...shared, ...target, id, failed: false, isi_experiment_id: id });
  for (const [sessionId, stimulus] of sessions) {
    yield record("OphysExperiment", {
      ...shared,
      ...target,
      id: sessionId,
      name: `Sample session ${stimulus} (synthetic)`,
      stimulus_name: stimulus,
      experiment_container_id: id,
      fail_eye_tracking: true,
      date_of_acquisition: RECORDED,
      storage_directory: `/external/sample/ophys_${sessionId}/`,
    });
  }
  yield* metricRecords(container, index);
}

/** What the cells of a container respond to: made up, in the ranges that such measures have. */
function* metricRecords([id, area, depthUm, line]: (typeof CONTAINERS)[number], index: number): Generator<ModelRow> {
  for (let at = 0; at < CELLS_EACH; at += 1) {
    const cellId = id + 200 + index * CELLS_EACH + at;
    const share = (seed: number): number => rounded(unit(cellId, seed, 353), 4);
    yield record("ApiCamCellMetric", {
      cell_specimen_id: cellId,
      experiment_container_id: id,
      specimen_id: id,
      failed_experiment_container: false,
      all_stim: true,
      area,
      imaging_depth: depthUm,
      tld1_name: line,
      osi_dg: share(1),
      dsi_dg: share(2),
      osi_sg: share(3),
      p_dg: rounded(share(4) / 20, 5),
      p_ns: rounded(share(5) / 20, 5),
      p_sg: rounded(share(6) / 20, 5),
      peak_dff_dg: rounded(30 * share(7), 3),
      pref_dir_dg: Math.floor(8 * share(8)) * 45,
      pref_tf_dg: 2 ** Math.floor(4 * share(9)),
      reliability_dg: share(10),
      reliability_ns: share(11),
    });
  }
}
