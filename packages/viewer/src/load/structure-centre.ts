import type { BrainAtlas } from "@brainatlas/sdk";
import { structures } from "@brainatlas/sdk/queries";
import type { ImagePoint } from "@brainatlas/sdk/sync";
import { followPlace } from "../model/follow.ts";
import type { Series } from "../model/series.ts";

/** A pixel of an image of a series. */
export interface ImagePlace {
  readonly imageId: number;
  /** In full-resolution pixels relative to the image's box. */
  readonly point: ImagePoint;
}

/**
 * Where the centre of a structure is in a series that is aligned with a reference space: for series without drawings.
 *
 * @returns `undefined` where the centre is not known, or not within the series.
 */
export async function loadCentre(
  api: BrainAtlas,
  structureId: number,
  series: Pick<Series, "name" | "aligned" | "images">,
  signal: AbortSignal,
): Promise<ImagePlace | undefined> {
  const own = series.aligned?.referenceSpaceId;
  const rows = await api.rows(structures.centers(structureId), { signal }).all();
  // A centre is known in each of the mirrored spaces of the mouse; that in the series' own comes before a mapped one.
  const isOwn = (spaceId: number | null): number => Number(spaceId === own);
  for (const row of rows.toSorted((one, other) => isOwn(other.reference_space_id) - isOwn(one.reference_space_id))) {
    const { reference_space_id: spaceId, x, y, z } = row;
    if (x === null || y === null || z === null) continue;
    const place = followPlace({ spaceId: spaceId ?? undefined, point: { x, y, z } }, series);
    if (place.state === "there") return { imageId: place.imageId, point: place.point };
  }
  return undefined;
}
