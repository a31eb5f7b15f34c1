import type { Region } from "@brainatlas/sdk/drawing";
import type { StructureTree } from "@brainatlas/sdk/ontology";
import { structureColour, structureWords } from "../model/structure-words.ts";
import { printCsv } from "./csv.ts";

/** What a plate shows of a structure. */
export interface StructureFacts {
  readonly id: number;
  /** Empty where the ontology does not know it; so are the texts below. */
  readonly acronym: string;
  readonly name: string;
  readonly parentAcronym: string;
  /** Acronyms from the root on. */
  readonly path: string;
  /** Number of its own regions. */
  readonly parts: number;
  /** Of its own regions, in px² at full resolution. */
  readonly areaPx2: number;
  /** As `#bfdae3`: of the ontology, else of the drawing. */
  readonly colour: string | undefined;
}

/**
 * Sums up regions by structure, in the order of the ontology; those that it does not know come last.
 *
 * Areas are of the whole regions, which lie on one another: they must not be added up.
 */
export function structureFacts(regions: readonly Region[], tree: StructureTree | undefined): StructureFacts[] {
  const byStructure = new Map<number, Region[]>();
  for (const region of regions) {
    if (region.structureId === undefined) continue;
    const own = byStructure.get(region.structureId);
    if (own === undefined) byStructure.set(region.structureId, [region]);
    else own.push(region);
  }
  const places = new Map([...(tree ?? [])].map(({ id }, index) => [id, index]));
  const placeOf = (id: number): number => places.get(id) ?? places.size;
  return [...byStructure]
    .map(([id, own]) => factsOf(id, own, tree))
    .sort((a, b) => placeOf(a.id) - placeOf(b.id) || a.id - b.id);
}

function factsOf(id: number, regions: readonly Region[], tree: StructureTree | undefined): StructureFacts {
  const isKnown = tree?.has(id) === true;
  const words = isKnown ? structureWords(tree, id) : undefined;
  return {
    id,
    acronym: words?.acronym ?? "",
    name: words?.name ?? "",
    parentAcronym: isKnown ? (tree.parent(id)?.acronym.trim() ?? "") : "",
    path: isKnown ? tree.pathText(id, { separator: " > " }) : "",
    parts: regions.length,
    areaPx2: regions.reduce((sum, { area }) => sum + area, 0),
    colour: structureColour(tree, id) ?? regions[0]?.fill,
  };
}

/** Names of the columns. */
const HEADING = [
  "structure_id",
  "acronym",
  "name",
  "parent_acronym",
  "path",
  "parts",
  "area_px2",
  "area_um2",
  "colour",
] as const;

/**
 * Prints the table of structures.
 *
 * @param resolutionUm Edge of a full-resolution pixel, in µm; without it there are no areas in µm².
 */
export function printStructureTable(facts: readonly StructureFacts[], resolutionUm: number | undefined): string {
  const rows = facts.map(({ id, acronym, name, parentAcronym, path, parts, areaPx2, colour }) => [
    id,
    acronym,
    name,
    parentAcronym,
    path,
    parts,
    Math.round(areaPx2),
    resolutionUm === undefined ? undefined : Math.round(areaPx2 * resolutionUm ** 2),
    colour,
  ]);
  return printCsv(HEADING, rows);
}
