import { type AlignedSet, spaceTransform } from "@brainatlas/sdk/sync";
import { type Followed, type FollowTarget, followPlace, type SpacePlace } from "./follow.ts";
import type { SeriesRef } from "./view.ts";

/** A series that has images in a reference space: as much of it as tells which of them are at a point. */
export interface Neighbour extends FollowTarget {
  readonly ref: SeriesRef;
  readonly aligned: AlignedSet;
  /** What else there is to say, such as the product of a data set. */
  readonly detail: string;
}

/** An image of a neighbour at a point. */
export interface ImageHere extends Extract<Followed, { state: "there" }> {
  readonly neighbour: Neighbour;
  readonly sectionNumber: number;
}

/** Reference spaces to and from which a map is known: the space itself, and of the adult mouse its mirror image. */
export function spacesNear(spaceId: number): number[] {
  const known = [9, 10].filter((other) => spaceTransform(spaceId, other) !== undefined);
  return known.includes(spaceId) ? known : [spaceId, ...known];
}

/** The images at a point, one a neighbour that has one there: the one whose plane is nearest to it first. */
export function imagesHere(place: SpacePlace, neighbours: readonly Neighbour[]): ImageHere[] {
  return neighbours
    .flatMap((neighbour) => {
      const there = followPlace(place, neighbour);
      if (there.state !== "there") return [];
      const sectionNumber = neighbour.aligned.section(there.imageId)?.sectionNumber ?? 0;
      return [{ ...there, neighbour, sectionNumber }];
    })
    .sort((one, other) => one.distanceUm - other.distanceUm);
}
