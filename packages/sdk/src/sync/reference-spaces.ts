import type { Affine3d } from "./affine.ts";

/** Extent of the reference spaces of the adult mouse, 9 and 10, in µm: to posterior, to inferior, to the right (reference §4.6). */
export const ADULT_MOUSE_EXTENT_UM: readonly [number, number, number] = [13_200, 8000, 11_400];

/** Space of coronal data of the adult mouse, and of its sagittal data, in which left and right are exchanged. */
const MIRRORED: readonly number[] = [9, 10];

const IDENTITY: Affine3d = [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0];
const MIRROR: Affine3d = [1, 0, 0, 0, 1, 0, 0, 0, -1, 0, 0, ADULT_MOUSE_EXTENT_UM[2]];

/**
 * The map from one reference space to another, in µm, as far as it is known: spaces 9 and 10 mirror z about 5700 µm (reference §4.6;
 * *inferred* from the centres of structures, and recorded answers do not tell whether the service maps between them).
 *
 * Others are records of the API: `referenceSpaces.transforms()` asks for them.
 *
 * @param fromId Id of the space that points come from; `undefined` where that is not known.
 * @param toId Id of the space that points go to.
 * @returns `undefined` if the map is not known, or a space is not.
 * @example spaceTransform(10, 9)?.slice(6) // → [0, 0, -1, 0, 0, 11400]
 */
export function spaceTransform(fromId: number | undefined, toId: number | undefined): Affine3d | undefined {
  if (fromId === undefined || toId === undefined) return undefined;
  if (fromId === toId) return IDENTITY;
  return MIRRORED.includes(fromId) && MIRRORED.includes(toId) ? MIRROR : undefined;
}
