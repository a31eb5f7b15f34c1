import { expect, test } from "vitest";
import { parseRma } from "../rma/parse.ts";
import { cells, connectivity, ecephys, neuronalModels, observatory, sweeps, wellKnownFiles } from "./index.ts";

const NAMESPACES = { cells, connectivity, ecephys, neuronalModels, observatory, sweeps, wellKnownFiles };

const ROWS: [name: string, query: { toString(): string; toQuery(): unknown }, text: string][] = [
  [
    "cells.bySpecimenId",
    cells.bySpecimenId([324466858, 386049446]),
    "model::ApiCellTypesSpecimenDetail,rma::criteria,[specimen__id$in324466858,386049446],rma::options[order$eq'specimen__id']",
  ],
  [
    "cells.ephysFeatures",
    cells.ephysFeatures(),
    "model::EphysFeature,rma::criteria,specimen(ephys_result[failed$eqfalse])",
  ],
  [
    "cells.ephysFeatures",
    cells.ephysFeatures({ specimenIds: 386049446 }),
    "model::EphysFeature,rma::criteria,[specimen_id$in386049446],specimen(ephys_result[failed$eqfalse])",
  ],
  ["cells.find", cells.find(), "model::ApiCellTypesSpecimenDetail,rma::options[order$eq'specimen__id']"],
  [
    "cells.find",
    cells.find({ species: "human", layer: ["2/3", "5"], dendriteType: "spiny", model: "glif" }),
    "model::ApiCellTypesSpecimenDetail,rma::criteria,[donor__species$il'Homo Sapiens'][structure__layer$in'2/3','5'][tag__dendrite_type$in'spiny'][m__glif$gt0],rma::options[order$eq'specimen__id']",
  ],
  [
    "cells.find",
    cells.find({ area: ["VISp", "VISl"], line: "Sst-IRES-Cre", reporterStatus: "positive", reconstructed: true }),
    "model::ApiCellTypesSpecimenDetail,rma::criteria,[structure_parent__acronym$in'VISp','VISl'][line_name$in'Sst-IRES-Cre'][cell_reporter_status$in'positive'][nr__reconstruction_type$nenull],rma::options[order$eq'specimen__id']",
  ],
  [
    "cells.morphologyFeatures",
    cells.morphologyFeatures(),
    "model::NeuronReconstruction,rma::criteria,specimen(ephys_result[failed$eqfalse])",
  ],
  [
    "cells.morphologyFeatures",
    cells.morphologyFeatures().except("tags"),
    "model::NeuronReconstruction,rma::criteria,specimen(ephys_result[failed$eqfalse]),rma::options[except$eq'tags']",
  ],
  [
    "connectivity.dataSets",
    connectivity.dataSets({ ids: [126862385, 180719293] }),
    "model::SectionDataSet,rma::criteria,[failed$eqfalse][id$in126862385,180719293],products[id$in5,31]",
  ],
  [
    "connectivity.detail",
    connectivity.detail(126862385),
    "model::SectionDataSet,rma::criteria,[id$in126862385],rma::include,specimen(stereotaxic_injections(primary_injection_structure,structures,stereotaxic_injection_coordinates)),equalization,sub_images,rma::options[order$eq'sub_images.section_number']",
  ],
  [
    "connectivity.experiments",
    connectivity.experiments(),
    "model::ApiConnectivity,rma::options[order$eq'data_set_id']",
  ],
  [
    "connectivity.experiments",
    connectivity.experiments({ ids: 122642490, structure: ["MOs", "MOp"], transgenicLine: "Syt6-Cre_KI148" }),
    "model::ApiConnectivity,rma::criteria,[data_set_id$in122642490][structure_abbrev$in'MOs','MOp'][transgenic_line$in'Syt6-Cre_KI148'],rma::options[order$eq'data_set_id']",
  ],
  [
    "connectivity.experiments",
    connectivity.experiments({ structureIds: [985, 993], strain: "C57BL/6J", productIds: [5, 31] }),
    "model::ApiConnectivity,rma::criteria,[structure_id$in985,993][strain$in'C57BL/6J'][product_id$in5,31],rma::options[order$eq'data_set_id']",
  ],
  [
    "connectivity.injectionSummary",
    connectivity.injectionSummary(126862385),
    "model::SectionDataSet,rma::criteria,[id$in126862385],rma::include,specimen(donor(transgenic_mouse(transgenic_lines)),injections(structure,age)),equalization,products",
  ],
  [
    "connectivity.injections",
    connectivity.injections([113817886]),
    "model::Injection,rma::criteria,[specimen_id$in113817886],rma::include,structure",
  ],
  [
    "connectivity.projectionImage",
    connectivity.projectionImage(126862385, 0),
    "model::SectionDataSet,rma::criteria,[id$in126862385],rma::include,equalization,sub_images[section_number$eq0]",
  ],
  ["ecephys.channels", ecephys.channels(), "model::EcephysChannel,rma::include,structure"],
  [
    "ecephys.channels",
    ecephys.channels({ ids: 849709694, probeIds: 792645497, sessionIds: 779839471 }),
    "model::EcephysChannel,rma::criteria,[id$in849709694][ecephys_probe_id$in792645497],ecephys_probe[ecephys_session_id$in779839471],rma::include,structure",
  ],
  [
    "ecephys.probes",
    ecephys.probes({ ids: 792645497, sessionIds: [779839471] }),
    "model::EcephysProbe,rma::criteria,[id$in792645497][ecephys_session_id$in779839471]",
  ],
  [
    "ecephys.sessions",
    ecephys.sessions(),
    "model::EcephysSession,rma::include,specimen(donor(age)),well_known_files(well_known_file_type)",
  ],
  [
    "ecephys.sessions",
    ecephys.sessions({ ids: 779839471, eyeTracking: false, stimulus: "brain_observatory_1.1" }),
    "model::EcephysSession,rma::criteria,[id$in779839471][fail_eye_tracking$eqtrue][stimulus_name$in'brain_observatory_1.1'],rma::include,specimen(donor(age)),well_known_files(well_known_file_type)",
  ],
  [
    "ecephys.unitMetrics",
    ecephys.unitMetrics({ ids: [849710462], sessionIds: 779839471 }),
    "model::EcephysUnitMetricBundle,rma::criteria,[ecephys_unit_id$in849710462],ecephys_unit(ecephys_channel(ecephys_probe(ecephys_session[id$in779839471])))",
  ],
  [
    "ecephys.units",
    ecephys.units({ ids: 849710462, channelIds: 849709694, probeIds: 792645497, sessionIds: 779839471 }),
    "model::EcephysUnit,rma::criteria,[id$in849710462][ecephys_channel_id$in849709694],ecephys_channel(ecephys_probe[id$in792645497]),ecephys_channel(ecephys_probe(ecephys_session[id$in779839471]))",
  ],
  [
    "neuronalModels.biophysical",
    neuronalModels.biophysical(),
    "model::NeuronalModel,rma::criteria,[neuronal_model_template_id$in329230710,491455321]",
  ],
  [
    "neuronalModels.biophysical",
    neuronalModels.biophysical({ specimenIds: [386049446, 469753383], kind: "allActive" }),
    "model::NeuronalModel,rma::criteria,[neuronal_model_template_id$in491455321][specimen_id$in386049446,469753383]",
  ],
  [
    "neuronalModels.byId",
    neuronalModels.byId([472451419, 472299294]),
    "model::NeuronalModel,rma::criteria,[id$in472451419,472299294],rma::include,well_known_files(well_known_file_type)",
  ],
  [
    "neuronalModels.forSimulation",
    neuronalModels.forSimulation(472451419),
    "model::NeuronalModel,rma::criteria,[id$in472451419],rma::include,neuronal_model_template(well_known_files(well_known_file_type)),specimen(ephys_result(well_known_files(well_known_file_type)),neuron_reconstructions(well_known_files(well_known_file_type)),ephys_sweeps),well_known_files(well_known_file_type)",
  ],
  [
    "neuronalModels.glif",
    neuronalModels.glif(),
    "model::NeuronalModel,rma::criteria,[neuronal_model_template_id$in395310469,395310479,395310475,471355161,395310498]",
  ],
  [
    "neuronalModels.glif",
    neuronalModels.glif({ specimenIds: 386049446, level: 4 }),
    "model::NeuronalModel,rma::criteria,[neuronal_model_template_id$in471355161][specimen_id$in386049446]",
  ],
  [
    "neuronalModels.glifOfSpecimens",
    neuronalModels.glifOfSpecimens([386049446]),
    "model::Specimen,rma::criteria,[id$in386049446],rma::include,neuronal_models(well_known_files,neuronal_model_template[id$in395310469,395310479,395310475,471355161,395310498],neuronal_model_runs(well_known_files))",
  ],
  ["neuronalModels.templates", neuronalModels.templates(), "model::NeuronalModelTemplate"],
  [
    "observatory.cellMetrics",
    observatory.cellMetrics(),
    "model::ApiCamCellMetric,rma::options[order$eq'cell_specimen_id']",
  ],
  [
    "observatory.cellMetrics",
    observatory.cellMetrics({ cellSpecimenIds: [517394843], containerIds: 511498500 }),
    "model::ApiCamCellMetric,rma::criteria,[cell_specimen_id$in517394843][experiment_container_id$in511498500],rma::options[order$eq'cell_specimen_id']",
  ],
  ["observatory.columnDefinitions", observatory.columnDefinitions(), "model::ApiColumnDefinition"],
  [
    "observatory.columnDefinitions",
    observatory.columnDefinitions({ model: "ApiTbiDonorMetric" }),
    "model::ApiColumnDefinition,rma::criteria,[api_class_name$in'ApiTbiDonorMetric']",
  ],
  [
    "observatory.columnModels",
    observatory.columnModels(),
    "model::ApiColumnDefinition,rma::options[tabular$eq'distinct api_class_name'][order$eq'api_class_name']",
  ],
  ["observatory.containerMetrics", observatory.containerMetrics(), "model::ApiCamExperimentContainerMetric"],
  [
    "observatory.containerMetrics",
    observatory.containerMetrics({ ids: 511510753 }),
    "model::ApiCamExperimentContainerMetric,rma::criteria,[id$in511510753]",
  ],
  [
    "observatory.experimentContainers",
    observatory.experimentContainers({ ids: [511510753] }),
    "model::ExperimentContainer,rma::criteria,[id$in511510753],rma::include,ophys_experiments,isi_experiment,specimen(donor(conditions,age,transgenic_lines)),targeted_structure",
  ],
  [
    "observatory.experimentContainers",
    observatory.experimentContainers({ structure: ["VISp", "VISal"], imagingDepthUm: 275, failed: true }),
    "model::ExperimentContainer,rma::criteria,[failed$eqtrue][imaging_depth$in275],targeted_structure[acronym$in'VISp','VISal'],rma::include,ophys_experiments,isi_experiment,specimen(donor(conditions,age,transgenic_lines)),targeted_structure",
  ],
  [
    "observatory.isiExperiments",
    observatory.isiExperiments(),
    "model::IsiExperiment,rma::include,experiment_container(ophys_experiments,targeted_structure)",
  ],
  [
    "observatory.isiExperiments",
    observatory.isiExperiments({ ids: 503316697 }),
    "model::IsiExperiment,rma::criteria,[id$in503316697],rma::include,experiment_container(ophys_experiments,targeted_structure)",
  ],
  [
    "observatory.ophysExperiments",
    observatory.ophysExperiments({ containerIds: 511510753, structure: "VISp", session: ["three_session_A"] }),
    "model::OphysExperiment,rma::criteria,[experiment_container_id$in511510753][stimulus_name$in'three_session_A'],targeted_structure[acronym$in'VISp'],rma::include,experiment_container,well_known_files(well_known_file_type),targeted_structure,specimen(donor(age,transgenic_lines))",
  ],
  [
    "observatory.ophysExperiments",
    observatory.ophysExperiments({ ids: 502066273 }),
    "model::OphysExperiment,rma::criteria,[id$in502066273],rma::include,experiment_container,well_known_files(well_known_file_type),targeted_structure,specimen(donor(age,transgenic_lines))",
  ],
  ["observatory.stimulusMappings", observatory.stimulusMappings(), "model::ApiCamStimulusMapping"],
  [
    "observatory.stimulusMappings",
    observatory.stimulusMappings({ ids: [15, 43] }),
    "model::ApiCamStimulusMapping,rma::criteria,[id$in15,43]",
  ],
  [
    "sweeps.ofSpecimen",
    sweeps.ofSpecimen(386049446),
    "model::EphysSweep,rma::criteria,[specimen_id$in386049446],rma::options[order$eq'sweep_number,id']",
  ],
  [
    "sweeps.ofSpecimen",
    sweeps.ofSpecimen([386049446], { stimulus: ["Long Square", "Ramp"] }),
    "model::EphysSweep,rma::criteria,[specimen_id$in386049446][stimulus_name$in'Long Square','Ramp'],rma::options[order$eq'sweep_number,id']",
  ],
  ["wellKnownFiles.byId", wellKnownFiles.byId(491459173), "model::WellKnownFile,rma::criteria,[id$in491459173]"],
  [
    "wellKnownFiles.ofAttachable",
    wellKnownFiles.ofAttachable(156198187, { type: "ImagesResampledTo25MicronARA" }),
    "model::WellKnownFile,rma::criteria,[attachable_id$in156198187],well_known_file_type[name$in'ImagesResampledTo25MicronARA']",
  ],
  [
    "wellKnownFiles.ofAttachable",
    wellKnownFiles.ofAttachable([792645497], { type: "EcephysLfpNwb", attachableType: "EcephysProbe" }),
    "model::WellKnownFile,rma::criteria,[attachable_id$in792645497][attachable_type$eq'EcephysProbe'],well_known_file_type[name$in'EcephysLfpNwb']",
  ],
  ["wellKnownFiles.types", wellKnownFiles.types(), "model::WellKnownFileType"],
];

test.each(ROWS)("%s() prints its query, case %#", (_, query, text) => {
  expect(String(query)).toBe(text);
  expect(parseRma(text)).toEqual(query.toQuery());
});

test("every query of these resources is tried", () => {
  const names = Object.entries(NAMESPACES).flatMap(([space, each]) =>
    Object.keys(each).map((name) => `${space}.${name}`),
  );
  expect([...new Set(ROWS.map(([name]) => name))].sort()).toEqual(names.sort());
});
