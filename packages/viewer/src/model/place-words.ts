import type { SpacePlace } from "./follow.ts";

/** Coordinates of a point of reference space in words, each in whole µm. */
export function spaceWords({ point: { x, y, z } }: SpacePlace): string {
  return `x ${Math.round(x)}, y ${Math.round(y)}, z ${Math.round(z)} µm`;
}

/** What the coordinates are of. */
export function spaceTitle({ spaceId }: SpacePlace): string {
  return spaceId === undefined ? "Reference space that is not known" : `Reference space ${spaceId}`;
}

/** A place as one line to paste elsewhere: coordinates in µm, and the pixel that they are of. */
export function copiedPlace(place: SpacePlace | undefined, imageId: number, x: number, y: number): string {
  const pixel = `image ${imageId}, pixel ${Math.round(x)}, ${Math.round(y)}`;
  if (place === undefined) return pixel;
  const { x: posterior, y: inferior, z: right } = place.point;
  const numbers = [posterior, inferior, right].map((each) => each.toFixed(1)).join(", ");
  return `${numbers} µm (${spaceTitle(place).toLowerCase()}); ${pixel}`;
}
