import type { StructureRecord, StructureTree } from "@brainatlas/sdk/ontology";
import { parsePlate } from "./plates.ts";
import { type AtlasEntry, imageOf, type Series, type SeriesImage } from "./series.ts";
import type { SeriesRef } from "./view.ts";

/** Something that can be gone to, or that leads further. */
export type SearchResult =
  | { readonly kind: "structure"; readonly id: number; readonly record: StructureRecord }
  /** An image of the series that is shown. */
  | { readonly kind: "plate"; readonly id: number; readonly image: SeriesImage }
  /** An image of another series. */
  | { readonly kind: "image"; readonly id: number; readonly series: SeriesRef }
  | { readonly kind: "atlas"; readonly id: number; readonly name: string }
  | { readonly kind: "dataset"; readonly id: number; readonly name: string; readonly detail: string }
  | {
      readonly kind: "gene";
      readonly id: number;
      readonly acronym: string;
      readonly name: string;
      /** Such as "Mus musculus"; empty where it is not known. */
      readonly organism: string;
    };

/** Results of one kind. */
export interface SearchGroup {
  readonly title: string;
  readonly results: readonly SearchResult[];
  /** How many there are, those that are left out included. */
  readonly total: number;
}

/** What is searched without asking anybody. */
export interface SearchScope {
  readonly tree: StructureTree | undefined;
  readonly series: Series | undefined;
  readonly atlases: readonly AtlasEntry[];
}

/** What an API is asked of a text. */
export interface RemoteQuestion {
  /** Text for patterns of the query language; `undefined` where it is too short to ask for. */
  readonly pattern: string | undefined;
  /** An id of an image or a data set. */
  readonly id: number | undefined;
}

/** Results of a group that are shown. */
const MAX_RESULTS = 8;

/** Characters of a text that are looked at. */
const MAX_TEXT = 100;

/** A text that names something by its number or position: no gene is called so. */
const NUMBERED = /^(?:(?:plate|section|image|atlas|data ?set|experiment) )?#?[\d.,]+ ?(?:mm|µm|μm|um)?$/i;

/** What a text in the search field stands for: without blanks around it, and no longer than anything that could be found. */
export function searchText(typed: string): string {
  return typed.trim().replace(/\s+/g, " ").slice(0, MAX_TEXT);
}

/** Words of a result for keys of lists: the same thing has the same one, wherever it is found. */
export function resultKey({ kind, id }: SearchResult): string {
  return `${kind}-${id}`;
}

/** What of the page itself a text may mean, the kind that fits best first; empty for an empty text. */
export function searchHere(typed: string, { tree, series, atlases }: SearchScope): SearchGroup[] {
  const text = searchText(typed);
  if (text === "") return [];
  const structures = tree === undefined ? [] : rankStructures(tree, text);
  const groups: SearchGroup[] = [
    group(series?.ref.kind === "dataset" ? "Sections" : "Plates", series === undefined ? [] : findPlates(series, text)),
    group(
      "Structures",
      structures.map((record) => ({ kind: "structure", id: record.id, record })),
    ),
    group(
      "Atlases",
      rankAtlases(atlases, text).map(({ id, name }) => ({ kind: "atlas", id, name })),
    ),
  ];
  return groups.filter(({ total }) => total > 0);
}

/** A group that shows no more than its first results. */
export function group(title: string, results: readonly SearchResult[], limit = MAX_RESULTS): SearchGroup {
  return { title, results: results.slice(0, limit), total: results.length };
}

/**
 * What `StructureTree.find()` finds, in the order in which somebody who types expects it: the id or the whole acronym or name, an acronym that
 * begins so, a name, a word of a name, anything else; in graph order where they are equally good.
 */
export function rankStructures(tree: StructureTree, text: string): StructureRecord[] {
  const wanted = text.trim().toLowerCase();
  return inOrder(tree.find(text), ({ id, acronym, name }) => {
    const [short, long] = [acronym.trim().toLowerCase(), name.trim().toLowerCase()];
    if (String(id) === wanted || short === wanted || long === wanted) return 0;
    if (short.startsWith(wanted)) return 1;
    if (long.startsWith(wanted)) return 2;
    return hasWord(long, wanted) ? 3 : 4;
  });
}

/** Atlases by id or name: those whose name begins so first, then those of which a word does. */
export function rankAtlases(atlases: readonly AtlasEntry[], text: string): AtlasEntry[] {
  const wanted = text.trim().toLowerCase();
  const number = /^(?:atlas )?(\d{1,10})$/.exec(wanted)?.[1];
  const found = atlases.filter(
    ({ id, name, hasImages }) => hasImages && (String(id) === number || name.toLowerCase().includes(wanted)),
  );
  return inOrder(found, ({ id, name }) => {
    const folded = name.toLowerCase();
    if (String(id) === number || folded.startsWith(wanted)) return 0;
    return hasWord(folded, wanted) ? 1 : 2;
  });
}

/** What is asked of the API: patterns take `*` for what they cannot carry, which finds more and never less. */
export function remoteQuestion(typed: string): RemoteQuestion {
  const text = searchText(typed);
  const digits = /^(?:(?:image|section|data ?set|experiment) )?#?(\d{3,10})$/i.exec(text)?.[1];
  // A quote would end the text of a pattern, and half of a surrogate pair cannot be sent.
  const pattern = text.replace(/[*'\p{Surrogate}\p{Cc}]+/gu, "*");
  const isName = /\p{L}/u.test(pattern) && (pattern.match(/[\p{L}\p{N}]/gu)?.length ?? 0) > 1 && !NUMBERED.test(text);
  return {
    pattern: isName ? pattern : undefined,
    id: digits === undefined ? undefined : Number(digits),
  };
}

/** Images of the series by number, position or id. */
function findPlates(series: Series, text: string): SearchResult[] {
  const id = /^(?:(?:image|plate|section) )?#?(\d{1,10})$/i.exec(text)?.[1];
  const images = [parsePlate(text, series), id === undefined ? undefined : imageOf(series, Number(id))];
  return [...new Set(images)].flatMap((image) => (image === undefined ? [] : { kind: "plate", id: image.id, image }));
}

/** Whether a word in a text begins so; it is looked up as it is, and never taken for a pattern. */
function hasWord(text: string, wanted: string): boolean {
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(text.charAt(at - 1))) return true;
  }
  return false;
}

/** Those of lower rank first; where the ranks are equal, the order stays. */
function inOrder<T>(items: readonly T[], rankOf: (item: T) => number): T[] {
  return items
    .map((item) => ({ item, rank: rankOf(item) }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
}
