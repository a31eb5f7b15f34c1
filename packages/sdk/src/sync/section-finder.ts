import type { Alignment2d } from "./alignment.ts";
import { type NumberedSection, nearestSection } from "./nearest-section.ts";

/** What a loop over points needs of a stack, laid out for speed. */
export interface SectionTable {
  /**
   * Index of the nearest section by twice the place, rounded up, less `base`; `undefined` where the numbers lie too far apart for a
   * table.
   */
  readonly nearest: Int32Array | undefined;
  readonly base: number;
  /** The six numbers of each section's `tvs`, one section after the other. */
  readonly tvs: Float64Array;
}

/** Most entries of a table; a stack of 500 sections needs some 1000. */
const MAX_ENTRIES = 65_536;

const known = new WeakMap<readonly NumberedSection[], SectionTable>();

/** The table of a stack, in ascending order of its numbers; made once for each. */
export function tableOf(sections: readonly (NumberedSection & { readonly alignment2d: Alignment2d })[]): SectionTable {
  const table = known.get(sections) ?? {
    ...tabulate(sections),
    tvs: Float64Array.from(sections.flatMap(({ alignment2d }) => alignment2d.tvs)),
  };
  known.set(sections, table);
  return table;
}

/** The nearest section changes at halves of whole numbers alone, so that an entry for each half tells it exactly. */
function tabulate(sections: readonly NumberedSection[]): Pick<SectionTable, "nearest" | "base"> {
  const base = 2 * (sections[0]?.sectionNumber ?? 0);
  const length = 2 * (sections.at(-1)?.sectionNumber ?? 0) - base + 1;
  if (length > MAX_ENTRIES) return { nearest: undefined, base };
  return { nearest: Int32Array.from({ length }, (_, index) => nearestSection(sections, (base + index) / 2)), base };
}
