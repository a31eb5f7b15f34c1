/** A section by its place in a stack. */
export interface NumberedSection {
  readonly sectionNumber: number;
}

/**
 * Index of the section that is nearest to a place in the stack. Before the first and after the last it is those.
 *
 * Of two that are equally near it is the one with the lower number, and of several with one number the first: *unknown* in the reference,
 * which has no recorded tie.
 *
 * @param sections In ascending order of their numbers; at least one.
 * @param wanted Place in thicknesses of a section, as µm along the stack over the thickness.
 * @returns Index, 0-based.
 * @throws {RangeError} If there is no section, or the place is no number.
 * @example nearestSection([{ sectionNumber: 4 }, { sectionNumber: 12 }], 8) // → 0
 */
export function nearestSection(sections: readonly NumberedSection[], wanted: number): number {
  if (sections.length === 0) throw new RangeError("Cannot find the nearest section of none; give at least one");
  if (Number.isNaN(wanted)) throw new RangeError("Cannot find the nearest section to NaN; give a place in the stack");
  let [low, high] = [0, sections.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    // Twice the place against the sum is exact, where a mean or a difference may round.
    if (2 * wanted <= numberAt(sections, middle) + numberAt(sections, middle + 1)) high = middle;
    else low = middle + 1;
  }
  while (low > 0 && numberAt(sections, low - 1) === numberAt(sections, low)) low -= 1;
  return low;
}

function numberAt(sections: readonly NumberedSection[], index: number): number {
  return sections[index]?.sectionNumber ?? Number.NaN;
}
