import type { ModelRow } from "../../records/model-row.ts";
import { idOf } from "../structures.ts";
import { animalRecords } from "./animals.ts";
import { LINES } from "./connectivity-table.ts";
import { record, stubs } from "./record.ts";

/** Containers: targeted structure, depth below the surface in µm, line. */
const CONTAINERS: readonly (readonly [id: number, structure: string, depthUm: number, line: string])[] = [
  [970_000_001, "VISp", 175, "Cux2-IRES-Cre"],
  [970_000_002, "VISl", 275, "Rbp4-Cre_KL100"],
  [970_000_003, "VISpm", 375, "Emx1-IRES-Cre"],
];

const SESSIONS = ["three_session_A", "three_session_B", "three_session_C"];
const RECORDED = "2016-01-01T00:00:00Z";

const STIMULI = ["drifting_gratings", "static_gratings", "natural_scenes", "natural_movie_one", "locally_sparse_noise"];

/** Experiments of the brain observatory, and which stimuli its tables go by. */
export function* physiologyRecords(): Generator<ModelRow> {
  for (const [index, container] of CONTAINERS.entries()) yield* containerRecords(container, index);
  for (const [index, name] of STIMULI.entries()) {
    const item = { item: `sample_${name}`, item_type: "T", level: "R", stimulus_name: name };
    yield record("ApiCamStimulusMapping", { id: 970_000_001 + index, ...item });
  }
}

function* containerRecords(container: (typeof CONTAINERS)[number], index: number): Generator<ModelRow> {
  const [id, acronym, depthUm, lineName] = container;
  const line = LINES.find(([, name]) => name === lineName)?.[0];
  const sessions = SESSIONS.map((stimulus, at) => [id + 100 + index * 10 + at, stimulus] as const);
  const shared = { specimen_id: id };
  yield* animalRecords({ dataSetId: id, name: `Sample-Observatory-${index + 1}`, age: "P56", strain: null, line });
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
}
