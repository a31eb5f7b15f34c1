import { parseSwc } from "@brainatlas/sdk/morphology";
import type { ModelRow } from "../../records/model-row.ts";
import { neuronSwc } from "../files/neuron.ts";
import { idOf } from "../structures.ts";
import { animalRecords } from "./animals.ts";
import { CELLS, MODEL_TEMPLATES, type SampleCell } from "./cell-table.ts";
import { LINES } from "./connectivity-table.ts";
import { cellFeatures, featureColumns } from "./ephys-features.ts";
import { rounded, unit } from "./random.ts";
import { record } from "./record.ts";

const VISUAL = idOf("VISp");
const FIRST_SWEEP_ID = 900_000_001;
const STEPS_PA = [-50, 50, 150, 250];
const REST_MV = -70;

/** Recorded cells: animal, recording, sweeps, features, reconstruction, model and summary. */
export function* cellRecords(): Generator<ModelRow> {
  for (const [id, name] of MODEL_TEMPLATES) {
    yield record("NeuronalModelTemplate", { id, name, description: "Record of the sample atlas (synthetic)" });
  }
  let sweepId = FIRST_SWEEP_ID;
  for (const [index, cell] of CELLS.entries()) {
    const firstSweepId = sweepId;
    yield* specimenOf(cell, index);
    for (const [number, amplitude] of STEPS_PA.entries()) yield sweep(sweepId++, cell, number, amplitude);
    yield record("EphysFeature", { ...featureColumns(cell), rheobase_sweep_id: firstSweepId + 1 });
    if (cell.reconstructionId !== undefined) yield reconstruction(cell.reconstructionId, cell);
    if (cell.modelId !== undefined) {
      const name = `Sample model of cell ${index + 1} (synthetic)`;
      const templateId = MODEL_TEMPLATES[index % MODEL_TEMPLATES.length]?.[0] ?? null;
      yield record("NeuronalModel", {
        id: cell.modelId,
        name,
        specimen_id: cell.id,
        neuronal_model_template_id: templateId,
      });
    }
    yield summary(cell, index);
  }
}

const specimenName = (index: number): string => `Sample-Cell-${index + 1} (synthetic)`;
const donorName = (index: number): string => `Sample-Cell-Donor-${index + 1}`;

function* specimenOf(cell: SampleCell, index: number): Generator<ModelRow> {
  yield record("EphysResult", { id: cell.id, failed: false, sampling_rate: 200_000 });
  yield* animalRecords({
    dataSetId: cell.id,
    name: donorName(index),
    specimenName: specimenName(index),
    age: "P56",
    strain: null,
    sex: index % 2 === 0 ? "M" : "F",
    line: LINES.find(([, name]) => name === cell.line)?.[0],
    specimen: { is_cell_specimen: true, ephys_result_id: cell.id, structure_id: VISUAL, hemisphere: sideOf(index) },
  });
}

const sideOf = (index: number): string => (index % 2 === 0 ? "left" : "right");

function sweep(id: number, cell: SampleCell, number: number, amplitude: number): ModelRow {
  const spikes = Math.max(0, Math.round((amplitude - cellFeatures(cell).threshold_i_long_square) / 12));
  return record("EphysSweep", {
    id,
    specimen_id: cell.id,
    sweep_number: number,
    num_spikes: spikes,
    stimulus_name: "Long Square",
    stimulus_description: "Sample step (synthetic)",
    stimulus_units: "Amps",
    stimulus_start_time: 1.02,
    stimulus_duration: 1,
    stimulus_absolute_amplitude: amplitude,
    pre_vm_mv: REST_MV,
    post_vm_mv: REST_MV,
    vm_delta_mv: 0,
  });
}

/** Measures of the file that goes with it. */
function reconstruction(id: number, cell: SampleCell): ModelRow {
  const { nodes, stems, bifurcations, branches, tips, ...lengths } = parseSwc(neuronSwc(cell)).measures();
  return record("NeuronReconstruction", {
    id,
    specimen_id: cell.id,
    neuron_reconstruction_type: "full",
    number_branches: branches,
    number_bifurcations: bifurcations,
    number_tips: tips,
    number_stems: stems,
    number_nodes: nodes,
    max_euclidean_distance: rounded(lengths.maxEuclideanUm, 3),
    total_length: rounded(lengths.totalLengthUm, 1),
    average_contraction: rounded(0.8 + 0.15 * unit(cell.id, 3, 341), 4),
    tags: "Sample (synthetic)",
  });
}

/** Layers are no structures of the sample: the area stands for them, as well as for what they lie in, by which cells are found. */
function summary(cell: SampleCell, index: number): ModelRow {
  const features = cellFeatures(cell);
  const { adaptation, avg_isi, f_i_curve_slope, fast_trough_v_long_square, peak_t_ramp, ri, tau, vrest } = features;
  return record("ApiCellTypesSpecimenDetail", {
    specimen__id: cell.id,
    specimen__name: specimenName(index),
    specimen__hemisphere: sideOf(index),
    structure__id: VISUAL,
    structure__acronym: "VISp",
    structure__name: "Primary visual area",
    structure__layer: cell.layer,
    structure_parent__id: VISUAL,
    structure_parent__acronym: "VISp",
    line_name: cell.line,
    cell_reporter_status: "positive",
    donor__id: cell.id,
    donor__name: donorName(index),
    donor__species: "Mus musculus",
    tag__dendrite_type: cell.dendrite,
    tag__apical: cell.dendrite === "spiny" ? "intact" : "NA",
    nr__reconstruction_type: cell.reconstructionId === undefined ? null : "full",
    ef__adaptation: adaptation,
    ef__avg_isi: avg_isi,
    ef__avg_firing_rate: rounded(1000 / avg_isi, 4),
    ef__f_i_curve_slope: f_i_curve_slope,
    ef__fast_trough_v_long_square: fast_trough_v_long_square,
    ef__peak_t_ramp: peak_t_ramp,
    ef__ri: ri,
    ef__tau: tau,
    ef__threshold_i_long_square: features.threshold_i_long_square,
    ef__upstroke_downstroke_ratio_long_square: features.upstroke_downstroke_ratio_long_square,
    ef__vrest: vrest,
  });
}
