import type { ModelRow } from "../../records/model-row.ts";
import { idOf, isWithin, SAMPLE_STRUCTURES, type SampleStructure } from "../structures.ts";
import { FIRST_SAMPLE_ID, record } from "./record.ts";

type Membership = (structure: SampleStructure) => boolean;
type SetSpec = readonly [id: number, name: string | null, description: string, isMember: Membership];

const GREY = idOf("grey");
/** Levels of the ontology below this one are layers and the like. */
const FINEST_AREA_LEVEL = 9;

const PARENTS_OF_AREAS: ReadonlySet<number | null> = new Set(
  SAMPLE_STRUCTURES.filter((row) => row.st_level <= FINEST_AREA_LEVEL).map((row) => row.parent_structure_id),
);

const all: Membership = () => true;
const none: Membership = () => false;
const grey: Membership = ({ id }) => isWithin(id, GREY);
/** Areas and nuclei of grey matter that do not overlap: the finest division which is not one into layers. */
const summary: Membership = (row) =>
  grey(row) && row.st_level <= FINEST_AREA_LEVEL && !PARENTS_OF_AREAS.has(row.id) && row.id !== GREY;
const oneOf = (acronyms: string): Membership => {
  const ids = new Set(acronyms.split(" ").map(idOf));
  return ({ id }) => ids.has(id);
};
const summaryOf =
  (acronym: string): Membership =>
  (row) =>
    summary(row) && isWithin(row.id, idOf(acronym));

const MAJOR = oneOf("Isocortex OLF HPF CTXsp STR PAL TH HY MB P MY CB");

/** Sets that documentation and public programs name, with those members that the sample has; no name where none is known. */
const SETS: readonly SetSpec[] = [
  [2, null, "Coarse structures", MAJOR],
  [3, null, "Areal structures", ({ parent_structure_id }) => parent_structure_id === idOf("Isocortex")],
  [10, null, "Fine structures", summary],
  [12, "ABA - Differential Search", "Structures of the differential search", grey],
  [112905813, null, "Injection structures", none],
  [112905828, null, "Projection structures", all],
  [114512891, null, "Injection structures", grey],
  [114512892, null, "Primary injection structures", none],
  [167587189, "Brain – Summary Structures", "Structures at a middle level, none within another", summary],
  [184527634, "Mouse Connectivity - Target Search", "Structures for target searches", grey],
  [396673091, null, "Structures of the cell types", oneOf("VISp")],
  [514166994, null, "Targets of the brain observatory", oneOf("VISp VISl VISpm")],
  ...[667481440, 667481445, 667481446, 667481449, 667481450].map(
    (id): SetSpec => [id, null, "A layer of Isocortex: the sample has no layers", none],
  ),
  [687527670, "Brain – Major Divisions", "The major divisions of the brain", MAJOR],
  [687527945, "Mouse Connectivity - Summary", "Structures at a middle level, none within another", summary],
  [688152357, "Isocortex", "Summary structures of Isocortex", summaryOf("Isocortex")],
  [688152358, "Olfactory areas", "Summary structures of OLF", summaryOf("OLF")],
  [688152359, "Hippocampal formation", "Summary structures of HPF", summaryOf("HPF")],
  [688152361, "Striatum", "Summary structures of STR", summaryOf("STR")],
  [688152362, "Pallidum", "Summary structures of PAL", summaryOf("PAL")],
  [688152364, "Hypothalamus", "Summary structures of HY", summaryOf("HY")],
  [688152365, "Midbrain", "Summary structures of MB", summaryOf("MB")],
  [688152367, "Medulla", "Summary structures of MY", summaryOf("MY")],
  [688152368, "Cerebellum", "Summary structures of CB", summaryOf("CB")],
  [691663206, "Mouse Brain - Has Surface Mesh", "Structures that have a mesh", all],
];

const SETS_BY_STRUCTURE: ReadonlyMap<number, readonly number[]> = new Map(
  SAMPLE_STRUCTURES.map((row) => [row.id, SETS.filter(([, , , isMember]) => isMember(row)).map(([id]) => id)]),
);

/**
 * Sets that a structure of graph 1 belongs to.
 *
 * @param structureId Structure of the sample brain.
 * @returns Ids of the sets, rising; none for other structures.
 * @example structureSetIds(385).includes(688152357) // → true
 */
export function structureSetIds(structureId: number): readonly number[] {
  return SETS_BY_STRUCTURE.get(structureId) ?? [];
}

/** The sets, and one record a membership. */
export function* structureSetRecords(): Generator<ModelRow> {
  for (const [id, name, description] of SETS) yield record("StructureSet", { id, name, description });
  let id = FIRST_SAMPLE_ID;
  for (const { id: structureId } of SAMPLE_STRUCTURES) {
    for (const setId of structureSetIds(structureId)) {
      yield record("StructureSetsStructure", { id, structure_set_id: setId, structure_id: structureId });
      id++;
    }
  }
}
