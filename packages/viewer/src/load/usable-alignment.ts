import { AlignedSet, invertAffine2d, invertAffine3d } from "@brainatlas/sdk/sync";

/**
 * An alignment without the sections whose pixels it maps to a line or a point: of these no place is known. `undefined` where none is left, or where
 * the stack itself is mapped so.
 */
export function usableAlignment(set: AlignedSet): AlignedSet | undefined {
  const { tvr, trv } = set.alignment3d;
  if (!isDone(() => [invertAffine3d(tvr), invertAffine3d(trv)])) return undefined;
  const images = set.sections.filter(({ alignment2d: { tsv, tvs } }) =>
    isDone(() => [invertAffine2d(tsv), invertAffine2d(tvs)]),
  );
  if (images.length === set.sections.length) return set;
  const { id, thicknessUm, alignment3d, referenceSpaceId } = set;
  return images.length === 0 ? undefined : new AlignedSet({ id, thicknessUm, alignment3d, referenceSpaceId, images });
}

function isDone(invert: () => unknown): boolean {
  try {
    invert();
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
