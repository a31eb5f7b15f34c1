// Every function of the queries, asked of the sample: a table says what each gives there.
import { createMirror, SAMPLE_BASE_URL, sampleStore } from "@brainatlas/mirror";
import { ApiError, BrainAtlas, NotMirroredError } from "@brainatlas/sdk";
import * as queries from "@brainatlas/sdk/queries";
import { rma, type TypedQuery } from "@brainatlas/sdk/rma";
import { describe, expect, test } from "vitest";

const requests: { method: string; url: URL }[] = [];
const mirror = createMirror({ store: sampleStore() });
const allen = new BrainAtlas({
  baseUrl: SAMPLE_BASE_URL,
  retries: 0,
  fetch(url, init) {
    requests.push({ method: init.method ?? "GET", url: new URL(url) });
    return mirror.fetch(url, init);
  },
});

/** What comes: rows with these values, the first of them first; none; the service has what this mirror does not hold. */
type Outcome = readonly [object, ...object[]] | "none" | "not mirrored" | "no such model";
type Case = readonly [query: TypedQuery<unknown>, outcome: Outcome, count?: number];

const {
  ages,
  alignments,
  atlasImages,
  atlases,
  cells,
  connectivity,
  donors,
  ecephys,
  equalizations,
  genes,
  manualAnnotations,
  microarray,
  neuronalModels,
  observatory,
  ontologies,
  planesOfSection,
  probes,
  products,
  referenceSpaces,
  sectionDataSets,
  sectionImages,
  specimens,
  structureGraphs,
  structureSets,
  structures,
  sweeps,
  unionizes,
  wellKnownFiles,
} = queries;

const CELL = 386049446;
/** A section of the data set 126862385. */
const SECTION = 70;
const [SETS_988, SETS_990, SETS_79904550] = [{ id: 988 }, { id: 990 }, { id: 79904550 }];
const PLATE = { data_set_id: 100048576, annotated: true };
const FEATURES = { specimen_id: CELL };
const FILE = { id: 269830017, download_link: "/api/v2/well_known_file_download/269830017" };

const CASES: Readonly<Record<string, readonly Case[]>> = {
  "ages.all": [[ages.all(), [{ name: "P56", days: 56 }]]],
  "ages.byName": [
    [ages.byName("P56"), [{ id: 15, organism_id: 2 }], 1],
    [ages.byName("p56"), "none"],
  ],
  "ages.ofOrganism": [
    [ages.ofOrganism("mouse"), [{ name: "E11.5", embryonic: true }]],
    [ages.ofOrganism("human"), "none"],
  ],
  "alignments.ofSectionImages": [
    [alignments.ofSectionImages(69750516), [{ alignment2d: { section_image_id: 69750516 } }], 1],
  ],
  "alignments.ofImagesOf": [[alignments.ofImagesOf(69782969), [{ alignment2d: { section_image_id: 69750516 } }]]],
  "alignments.ofDataSets": [
    [alignments.ofDataSets(69782969), [{ alignment3d: { aligned_id: 69782969, aligned_type: "DataSet" } }], 1],
  ],
  "atlasImages.inAtlas": [
    [atlasImages.inAtlas(1), [PLATE]],
    [atlasImages.inAtlas(138322605), "none"],
  ],
  "atlasImages.annotated": [
    [atlasImages.annotated(1), [PLATE]],
    [atlasImages.annotated(1, { imageType: "Atlas - Adult Mouse" }), [PLATE]],
    [atlasImages.annotated(1, { imageType: "Atlas - Nothing" }), "none"],
  ],
  "atlasImages.annotatedByType": [[atlasImages.annotatedByType(1), [PLATE]]],
  "atlasImages.drawn": [
    [atlasImages.drawn(1), [PLATE]],
    [atlasImages.drawn(1, { groupLabelIds: 28 }), [PLATE]],
    [atlasImages.drawn(1, { groupLabelIds: 31 }), "none"],
  ],
  "atlases.all": [[atlases.all(), [{ id: 1, name: "Mouse, P56, Coronal" }], 12]],
  "atlases.byId": [[atlases.byId([2, 1]), [{ id: 1 }, { id: 2, name: "Mouse, P56, Sagittal" }], 2]],
  "atlases.overview": [
    [
      atlases.overview({ ids: 138322605 }),
      [{ structure_graph: { id: 16, ontology: { id: 11 } }, graphic_group_labels: [{ id: 31 }, {}, {}, {}] }],
      1,
    ],
    [atlases.overview(), [{ id: 1, graphic_group_labels: [{ id: 28 }, { id: 159226751 }] }], 12],
  ],
  "cells.bySpecimenId": [[cells.bySpecimenId(CELL), [{ specimen__id: CELL, structure__acronym: "VISp" }], 1]],
  "cells.find": [
    [cells.find({ species: "mouse", area: "VISp" }), [{ specimen__id: CELL }]],
    [cells.find({ reconstructed: true }), [{ nr__reconstruction_type: "full" }]],
    [cells.find({ species: "human" }), "none"],
  ],
  "cells.ephysFeatures": [[cells.ephysFeatures({ specimenIds: CELL }), [FEATURES], 1]],
  "cells.morphologyFeatures": [[cells.morphologyFeatures(), [{ id: 491459171 }]]],
  "connectivity.dataSets": [
    [connectivity.dataSets({ ids: 126862385 }), [{ id: 126862385, section_thickness: 100 }], 1],
    [connectivity.dataSets({ ids: 986 }), "none"],
  ],
  "connectivity.detail": [[connectivity.detail(126862385), "not mirrored"]],
  "connectivity.experiments": [
    [connectivity.experiments({ structure: "MOs" }), [{ data_set_id: 122642490, name: "Syt6-Cre-585" }]],
    [connectivity.experiments({ structure: "mos" }), "none"],
    [connectivity.experiments({ transgenicLine: "Syt6-Cre_KI148" }), [{ data_set_id: 122642490 }]],
  ],
  "connectivity.injectionSummary": [
    [
      connectivity.injectionSummary(126862385),
      [{ specimen: { injections: [{ structure: { acronym: "VISp" }, age: { name: "P56" } }] }, products: [{ id: 5 }] }],
      1,
    ],
  ],
  "connectivity.injections": [
    [connectivity.injections(126862385), [{ specimen_id: 126862385, structure: { acronym: "VISp" } }], 1],
  ],
  "connectivity.projectionImage": [
    [connectivity.projectionImage(126862385, 71), "none"],
    [
      connectivity.projectionImage(126862385, SECTION),
      [{ equalization: {}, sub_images: [{ section_number: SECTION }] }],
      1,
    ],
  ],
  "donors.byId": [[donors.byId(15496), [{ name: "H0351.1015" }], 1]],
  "donors.byName": [[donors.byName("H0351.1015"), [{ id: 15496 }], 1]],
  "donors.ofProduct": [
    [donors.ofProduct("HumanMA"), [{ id: 15496 }], 1],
    [donors.ofProduct(2), [{ id: 15496 }], 1],
  ],
  "ecephys.channels": [[ecephys.channels({ probeIds: 792645497 }), "not mirrored"]],
  "ecephys.probes": [[ecephys.probes({ sessionIds: 779839471 }), "not mirrored"]],
  "ecephys.sessions": [[ecephys.sessions({ eyeTracking: true }), "not mirrored"]],
  "ecephys.unitMetrics": [[ecephys.unitMetrics({ ids: 849710462 }), "no such model"]],
  "ecephys.units": [[ecephys.units({ sessionIds: 779839471 }), "no such model"]],
  "equalizations.ofDataSets": [
    [equalizations.ofDataSets(100141599), [{ red_lower: 0, red_upper: 923, green_upper: 987, blue_upper: 4095 }], 1],
  ],
  "equalizations.ofSectionImages": [
    [equalizations.ofSectionImages(126862575), [{ section_data_set_id: 126862385, red_upper: 932 }], 1],
  ],
  "genes.byAcronym": [
    [genes.byAcronym("Pdyn", { organism: "mouse" }), [{ entrez_id: 18610 }], 1],
    [genes.byAcronym("Pdyn", { organism: "human" }), "none"],
    [genes.byAcronym(["Pdyn", "Snca", "PDYN"]), [{ acronym: "Pdyn" }, { acronym: "Snca" }], 2],
  ],
  "genes.byEntrezId": [[genes.byEntrezId(18610), [{ acronym: "Pdyn" }], 1]],
  "genes.byId": [[genes.byId(84193), [{ organism_id: 2 }], 1]],
  "genes.inOrganism": [
    [genes.inOrganism("human"), [{ acronym: "SLC6A2", chromosome: null }], 1],
    [genes.inOrganism("mouse", { chromosomeIds: 12 }), "none"],
  ],
  "genes.ofProduct": [[genes.ofProduct("Mouse"), [{ organism_id: 2 }]]],
  "manualAnnotations.dataSets": [
    [
      manualAnnotations.dataSets(15565, { intensity: ["High", "Low"], age: "E11.5" }),
      [{ specimen: { donor: { age: { name: "E11.5" } } }, plane_of_section: { name: "sagittal" } }],
    ],
    [manualAnnotations.dataSets(385), "none"],
  ],
  "manualAnnotations.ofDataSet": [
    [manualAnnotations.ofDataSet(911000002, { structureIds: 15565 }), [{ intensity_call: "High" }], 1],
  ],
  "microarray.samples": [[microarray.samples({ product: "HumanMA", structure: "DG" }), "not mirrored"]],
  "neuronalModels.biophysical": [[neuronalModels.biophysical({ specimenIds: CELL }), [{ id: 472451419 }]]],
  "neuronalModels.glif": [[neuronalModels.glif({ specimenIds: CELL }), "none"]],
  "neuronalModels.byId": [[neuronalModels.byId(472451419), [{ specimen_id: CELL }], 1]],
  "neuronalModels.forSimulation": [
    [
      neuronalModels.forSimulation(472451419),
      [{ specimen: { id: CELL, ephys_result: { failed: false } }, neuronal_model_template: {} }],
      1,
    ],
  ],
  "neuronalModels.glifOfSpecimens": [[neuronalModels.glifOfSpecimens(CELL), "not mirrored"]],
  "neuronalModels.templates": [[neuronalModels.templates(), [{}]]],
  "observatory.cellMetrics": [[observatory.cellMetrics(), [{}]]],
  "observatory.columnDefinitions": [[observatory.columnDefinitions({ model: "ApiCamCellMetric" }), "no such model"]],
  "observatory.columnModels": [[observatory.columnModels(), "no such model"]],
  "observatory.containerMetrics": [[observatory.containerMetrics({ ids: 511510753 }), "no such model"]],
  "observatory.experimentContainers": [
    [
      observatory.experimentContainers({ structure: "VISp" }),
      [{ targeted_structure: { acronym: "VISp" }, ophys_experiments: [{}, {}, {}], isi_experiment: {} }],
    ],
    [observatory.experimentContainers({ structure: "visp" }), "none"],
  ],
  "observatory.isiExperiments": [
    [observatory.isiExperiments(), [{ experiment_container: { targeted_structure: { acronym: "VISp" } } }]],
  ],
  "observatory.ophysExperiments": [
    [
      observatory.ophysExperiments({ structure: "VISp", session: "three_session_A" }),
      [{ stimulus_name: "three_session_A", experiment_container: {}, targeted_structure: { acronym: "VISp" } }],
    ],
  ],
  "observatory.stimulusMappings": [[observatory.stimulusMappings(), [{ item: expect.any(String) }]]],
  "ontologies.all": [[ontologies.all(), [{ id: 1, structure_graphs: [{ id: 1 }] }]]],
  "ontologies.byName": [[ontologies.byName("Human Brain Atlas"), [{ structure_graphs: [{ id: 10 }] }], 1]],
  "planesOfSection.all": [[planesOfSection.all(), [{ name: "coronal" }, { name: "sagittal" }], 12]],
  "planesOfSection.byName": [[planesOfSection.byName(["sagittal", "coronal"]), [{ id: 1 }, { id: 2 }], 2]],
  "probes.byId": [[probes.byId(1023146), [{ probe_type: "DNA" }], 1]],
  "probes.ofGene": [
    [probes.ofGene("SLC6A2", { product: "HumanMA", type: "DNA" }), [{ id: 1023146 }, { id: 1023147 }], 2],
    [probes.ofGene("slc6a2"), "none"],
  ],
  "products.all": [[products.all(), [{ id: 1, abbreviation: "Mouse" }]]],
  "products.byAbbreviation": [
    [products.byAbbreviation("HumanMA"), [{ id: 2 }], 1],
    [products.byAbbreviation("mouse"), "none"],
  ],
  "products.byId": [[products.byId(1), [{ species: "Mouse" }], 1]],
  "referenceSpaces.all": [[referenceSpaces.all(), [{ id: 9 }, { id: 10 }], 2]],
  "referenceSpaces.byId": [[referenceSpaces.byId([9, 10]), [{ name: "P56" }, {}], 2]],
  "referenceSpaces.transforms": [[referenceSpaces.transforms({ fromId: 10, toId: 9 }), "not mirrored"]],
  "sectionDataSets.byId": [[sectionDataSets.byId(986), [{ plane_of_section_id: 1 }], 1]],
  "sectionDataSets.find": [
    [
      sectionDataSets.find({ gene: "Snca", product: "Mouse", plane: "sagittal" }),
      [SETS_988, SETS_990, SETS_79904550],
      3,
    ],
    [
      sectionDataSets.find({ gene: "Gba", product: 1, plane: "coronal", age: "P56", treatment: "ISH" }),
      [{ id: 1611 }],
      1,
    ],
    [sectionDataSets.find({ gene: "SNCA" }), "none"],
    [sectionDataSets.find({ failed: true }), [{ failed: true }]],
  ],
  "sectionImages.byId": [[sectionImages.byId(69750516), [{ image_width: 14065, image_height: 7297 }], 1]],
  "sectionImages.ofDataSet": [[sectionImages.ofDataSet(69782969), [{ id: 69750516, section_number: 210 }], 1]],
  "specimens.byId": [[specimens.byId(CELL), [{ is_cell_specimen: true }], 1]],
  "specimens.byName": [[specimens.byName("Sample-Snca-986"), [{ id: 986 }], 1]],
  "specimens.ofDonor": [
    [specimens.ofDonor(986), [{ id: 986 }], 1],
    [specimens.ofDonor(15496), "none"],
  ],
  "specimens.withRecording": [
    [
      specimens.withRecording(CELL),
      [{ ephys_result: { well_known_files: [{ well_known_file_type: { name: "NWBDownload" } }] } }],
      1,
    ],
  ],
  "specimens.withReconstructions": [
    [
      specimens.withReconstructions(CELL),
      [{ neuron_reconstructions: [{ id: 491459171, well_known_files: [{ id: 491459173 }] }] }],
      1,
    ],
    [
      specimens.withReconstructions(CELL, { kind: "marker" }),
      [{ neuron_reconstructions: [{ well_known_files: [{ id: 496607103 }] }] }],
      1,
    ],
    [specimens.withReconstructions(986), "none"],
  ],
  "structureGraphs.all": [[structureGraphs.all(), [{ id: 1, root_structure_id: 997 }]]],
  "structureGraphs.byId": [[structureGraphs.byId(1), [{ ontology_id: 1 }], 1]],
  "structureGraphs.byName": [[structureGraphs.byName("Mouse Brain Atlas"), [{ id: 1 }], 1]],
  "structureSets.all": [[structureSets.all(), [{ description: "Coarse structures" }]]],
  "structureSets.byId": [[structureSets.byId(12), [{ name: "ABA - Differential Search" }], 1]],
  "structureSets.byName": [[structureSets.byName("Mouse Connectivity - Summary"), [{}]]],
  "structures.byAcronym": [
    [structures.byAcronym("VISp", { graphId: 1 }), [{ id: 385, name: "Primary visual area" }], 1],
    [structures.byAcronym("VISp", { graphId: 10 }), "none"],
  ],
  "structures.byId": [[structures.byId([567, 8]), [{ acronym: "grey" }, { acronym: "CH" }], 2]],
  "structures.byName": [[structures.byName("Thalamus"), [{ id: 549, acronym: "TH" }], 1]],
  "structures.centers": [
    [structures.centers(385), [{ reference_space_id: 9 }, { reference_space_id: 10 }], 2],
    [structures.centers(385, { referenceSpaceId: 10 }), [{ reference_space_id: 10 }], 1],
  ],
  "structures.childrenOf": [[structures.childrenOf(997), [{ id: 8 }, { id: 1009 }, { id: 73 }], 3]],
  "structures.inGraph": [
    [structures.inGraph(1), [{ id: 997 }, { id: 8 }, { id: 567 }, { id: 688 }, { id: 695 }]],
    [structures.inGraph("Mouse Brain Atlas"), [{ id: 997 }, { id: 8 }]],
    [structures.inGraph("Human Brain Atlas"), [{ graph_id: 10 }]],
  ],
  "structures.inSet": [
    [structures.inSet(167587189), [{ graph_id: 1 }]],
    [structures.inSet(688152357), [{}]],
  ],
  "sweeps.ofSpecimen": [
    [sweeps.ofSpecimen(CELL, { stimulus: "Long Square" }), [{ sweep_number: 0 }, { sweep_number: 1 }]],
    [sweeps.ofSpecimen(CELL, { stimulus: "long square" }), "none"],
  ],
  "unionizes.expression": [
    [unionizes.expression(69782969, { structureIds: 997 }), [{ structure_id: 997 }], 1],
    [unionizes.expression(126862385), "none"],
  ],
  "unionizes.projection": [
    [
      unionizes.projection(126862385, { hemisphere: "both", isInjection: false }),
      [{ hemisphere_id: 3, structure_id: 997 }],
    ],
    [unionizes.projection(126862385, { structureName: "Thalamus", hemisphere: "left" }), [{ structure_id: 549 }]],
    [unionizes.projection(986), "none"],
  ],
  "wellKnownFiles.byId": [[wellKnownFiles.byId(491459173), [{ attachable_id: 491459171 }], 1]],
  "wellKnownFiles.ofAttachable": [
    [wellKnownFiles.ofAttachable(156198187, { type: "ImagesResampledTo25MicronARA" }), [FILE], 1],
    [wellKnownFiles.ofAttachable(156198187, { type: "Nothing" }), "none"],
  ],
  "wellKnownFiles.types": [[wellKnownFiles.types(), [{ name: "ImagesResampledTo25MicronARA" }]]],
};

/** Functions of all namespaces. */
const NAMES = Object.entries(queries).flatMap(([space, functions]) =>
  Object.keys(functions).map((name) => `${space}.${name}`),
);

test("every function of the queries is in the table, and nothing else", () => {
  expect(NAMES.length).toBeGreaterThan(75);
  expect(Object.keys(CASES).sort()).toEqual(NAMES.sort());
});

describe("the sample answers", () => {
  const rows = Object.entries(CASES).flatMap(([name, cases]) => cases.map((each) => [name, each] as const));
  test.each(rows.map(([name, each]) => [name, String(each[0]), each] as const))(
    "%s, as %s",
    async (_, __, [query, outcome, count]) => {
      const reading = allen.rows(query).all();
      if (outcome === "not mirrored") {
        await expect(reading).rejects.toBeInstanceOf(NotMirroredError);
      } else if (outcome === "no such model") {
        await expect(reading).rejects.toBeInstanceOf(ApiError);
        await expect(reading).rejects.toMatchObject({ serverMessage: expect.stringContaining("Cannot find model") });
      } else if (outcome === "none") {
        expect(await reading).toEqual([]);
        expect(await allen.rows(query).first()).toBeUndefined();
        expect(await allen.rows(query).whyEmpty()).not.toBe("");
      } else {
        const found = await reading;
        expect(found.slice(0, outcome.length)).toMatchObject(outcome);
        if (count !== undefined) expect(found).toHaveLength(count);
        expect(await allen.rows(query).first()).toEqual(found[0]);
        // A pipeline says no number of the pages that it has not.
        expect(await allen.rows(query).count()).toBe(found.length);
      }
    },
  );
});

test("a list of 300 acronyms goes by POST, and finds what its pieces find by GET", async () => {
  const drawn = await allen.rows(structures.inGraph(1).only("acronym")).all();
  const acronyms = drawn.map(({ acronym }) => String(acronym));
  for (let made = 1; acronyms.length < 300; made += 1) acronyms.splice(made * 3, 0, `no such structure, ${made}`);
  const listOf = (some: readonly string[]) => rma("Structure").where("acronym", "in", some);
  requests.length = 0;
  const whole = await allen.rows(listOf(acronyms)).all();
  expect(requests.map(({ method, url }) => method + url.search)).toEqual(["POST"]);
  requests.length = 0;
  const pieces: unknown[] = [];
  for (let start = 0; start < 300; start += 20) {
    pieces.push(...(await allen.rows(listOf(acronyms.slice(start, start + 20))).all()));
  }
  expect(new Set(requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
  const ids = (rows: readonly unknown[]): number[] =>
    rows.map((row) => (row as { id: number }).id).sort((one, other) => one - other);
  expect(ids(whole)).toEqual(ids(pieces));
  expect(whole.length).toBeGreaterThanOrEqual(drawn.length);
  expect(await allen.rows(listOf(acronyms), { pageSize: 37 }).all()).toEqual(whole);
});
