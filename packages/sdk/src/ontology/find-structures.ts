import type { StructureRecord } from "./structure-record.ts";

/** How well a structure matches, best first; the last matches not at all. */
const RANKS = 6;

/**
 * Structures that a text may mean, best first, and in the given order where they are equally good: the id; the acronym; the
 * acronym ignoring case; the name ignoring case; an acronym or name that begins so; one that contains it.
 *
 * Blanks around the text, the acronyms and the names do not count. An empty text finds nothing.
 *
 * @param limit Most structures to give.
 */
export function findStructures(structures: Iterable<StructureRecord>, text: string, limit: number): StructureRecord[] {
  const wanted = text.trim();
  if (wanted === "") return [];
  const buckets = Array.from({ length: RANKS }, (): StructureRecord[] => []);
  const folded = wanted.toLowerCase();
  for (const structure of structures) buckets[rankOf(structure, wanted, folded)]?.push(structure);
  return buckets.flat().slice(0, limit);
}

function rankOf(structure: StructureRecord, wanted: string, folded: string): number {
  if (String(structure.id) === wanted) return 0;
  const acronym = structure.acronym.trim();
  if (acronym === wanted) return 1;
  const [short, long] = [acronym.toLowerCase(), structure.name.trim().toLowerCase()];
  if (short === folded) return 2;
  if (long === folded) return 3;
  if (short.startsWith(folded) || long.startsWith(folded)) return 4;
  return short.includes(folded) || long.includes(folded) ? 5 : RANKS;
}
