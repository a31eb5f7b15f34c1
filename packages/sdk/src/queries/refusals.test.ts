import { describe, expect, test } from "vitest";
import * as queries from "./index.ts";
import {
  ages,
  atlasImages,
  cells,
  connectivity,
  ecephys,
  genes,
  manualAnnotations,
  neuronalModels,
  observatory,
  planesOfSection,
  sectionDataSets,
  structures,
  sweeps,
  unionizes,
  wellKnownFiles,
} from "./index.ts";

describe("a query refuses before anything is sent", () => {
  test.each<[string, () => unknown, new (message: string) => Error, string]>([
    ["no ids", () => structures.byId([]), RangeError, "at least one"],
    ["a negative id", () => structures.byId(-1), RangeError, "Cannot use ids -1"],
    ["an id of 0", () => sectionDataSets.byId(0), RangeError, "1 or more"],
    ["half an id", () => sectionDataSets.byId([1, 1.5]), RangeError, "1.5"],
    ["an id as text", () => sectionDataSets.byId("1" as never), RangeError, '"1"'],
    ["no acronyms", () => structures.byAcronym([]), RangeError, "at least one"],
    ["an empty acronym", () => structures.byAcronym(" "), RangeError, "not empty"],
    ["an acronym that is a number", () => structures.byAcronym(385 as never), TypeError, "give text"],
    ["a quote in an acronym", () => structures.byAcronym("5'"), RangeError, "single quote"],
    [
      "ids and names of graphs",
      () => structures.inGraph([1, "Mouse Brain Atlas"] as never),
      TypeError,
      "either ids or names",
    ],
    ["no sets", () => structures.inSet([]), RangeError, "at least one"],
    [
      "a gene of two kinds",
      () => sectionDataSets.find({ gene: ["Pdyn", 15] as never }),
      TypeError,
      "either ids or names",
    ],
    ["an unknown plane", () => sectionDataSets.find({ plane: "corronal" as never }), RangeError, 'give "coronal"'],
    ["a plane in other case", () => planesOfSection.byName("Sagittal" as never), RangeError, 'give "sagittal"'],
    [
      "a plane like no other",
      () => sectionDataSets.find({ plane: "?" as never }),
      RangeError,
      "one of: coronal, sagittal",
    ],
    ["a plane that is no text", () => sectionDataSets.find({ plane: 1 as never }), RangeError, "Cannot use plane 1"],
    ["failed as text", () => sectionDataSets.find({ failed: "false" as never }), TypeError, 'true, false or "any"'],
    ["failed as a number", () => observatory.experimentContainers({ failed: 0 as never }), TypeError, '"any"'],
    [
      "an unknown hemisphere",
      () => unionizes.projection(1, { hemisphere: "rigth" as never }),
      RangeError,
      'give "right"',
    ],
    ["isInjection as text", () => unionizes.projection(1, { isInjection: "no" as never }), TypeError, "true or false"],
    [
      "a structure given twice",
      () => unionizes.projection(1, { structureIds: 385, structureName: "Thalamus" }),
      TypeError,
      "give one of them",
    ],
    ["no bound", () => unionizes.projection(1, { normalizedVolumeAbove: Number.NaN }), RangeError, "finite"],
    ["an unknown organism", () => genes.byAcronym("Pdyn", { organism: "mose" as never }), RangeError, 'give "mouse"'],
    ["an organism that is none", () => ages.ofOrganism("cat" as never), RangeError, "human, mouse"],
    ["an unknown call", () => manualAnnotations.dataSets(1, { intensity: "high" as never }), RangeError, 'give "High"'],
    ["an unknown pattern", () => manualAnnotations.dataSets(1, { pattern: "Ful" as never }), RangeError, 'give "Full"'],
    ["an unknown species", () => cells.find({ species: "mous" as never }), RangeError, 'give "mouse"'],
    ["an unknown dendrite", () => cells.find({ dendriteType: "spinny" as never }), RangeError, 'give "spiny"'],
    ["an unknown kind of model", () => cells.find({ model: "GLIF" as never }), RangeError, 'give "glif"'],
    ["reconstructed as text", () => cells.find({ reconstructed: "yes" as never }), TypeError, "true or false"],
    ["an unknown level", () => neuronalModels.glif({ level: 6 as never }), RangeError, "from 1 to 5"],
    [
      "an unknown kind",
      () => neuronalModels.biophysical({ kind: "all" as never }),
      RangeError,
      "perisomatic, allActive",
    ],
    [
      "an unknown session",
      () => observatory.ophysExperiments({ session: "session_A" as never }),
      RangeError,
      "three_session_A",
    ],
    ["eye tracking as text", () => ecephys.sessions({ eyeTracking: "yes" as never }), TypeError, "true or false"],
    ["an empty stimulus", () => sweeps.ofSpecimen(1, { stimulus: "" }), RangeError, "not empty"],
    [
      "structures by acronym and id at once",
      () => connectivity.experiments({ structure: "MOs", structureIds: 993 }),
      TypeError,
      "Cannot use structure and structureIds together",
    ],
    ["half a section", () => connectivity.projectionImage(1, 0.5), RangeError, "sectionNumber"],
    ["an empty type", () => wellKnownFiles.ofAttachable(1, { type: [] }), RangeError, "at least one"],
    ["an empty image type", () => atlasImages.annotated(1, { imageType: "" }), RangeError, "imageType"],
  ])("%s", (_, make, type, words) => {
    expect(make).toThrow(type);
    expect(make).toThrow(words);
  });
});

test("each list of ids refuses to be empty", () => {
  for (const space of Object.values(queries)) {
    for (const [name, make] of Object.entries(space as Record<string, (ids: unknown) => unknown>)) {
      if (/^(by\w*Id|of[A-Z]\w*)$/.test(name)) expect(() => make([]), name).toThrow(Error);
    }
  }
});

test("queries are immutable, and may be chained further", () => {
  const query = sectionDataSets.find({ gene: "Pdyn" });
  const before = String(query);
  expect(String(query.where("id", "gt", 5).include("genes").limit(3))).toBe(
    "model::SectionDataSet,rma::criteria,[failed$eqfalse][id$gt5],genes[acronym$in'Pdyn'],rma::include,genes,rma::options[num_rows$eq3]",
  );
  expect(String(query)).toBe(before);
  expect(Object.isFrozen(query)).toBe(true);
});
