import type { ImageSize } from "@brainatlas/sdk/image";
import type { ImagePlace } from "./image-place.ts";
import type { ImageRequest } from "./image-request.ts";
import { type PicturePlan, planPicture } from "./plan-picture.ts";
import { type MakingLimits, type ResolvedRequest, resolveRequest } from "./resolve-request.ts";

/** A request that can be answered, and how. */
export interface PlannedRequest {
  readonly resolved: ResolvedRequest;
  readonly plan: PicturePlan;
  /** The limits that the size was resolved by. */
  readonly limits: MakingLimits;
}

/**
 * Applies a request to an image and works out how it is made. `max` and `^max` are the largest size that can be: what is not given as it
 * is stored is held as a whole, and bounded by more than what is.
 *
 * @param pixelUm Edge of a pixel of the image, in µm.
 * @throws {RangeError} If nothing of the region lies in the image, or the size is none that can be made.
 */
export function planRequest(
  place: ImagePlace,
  request: ImageRequest,
  limits: MakingLimits,
  pixelUm?: number | undefined,
): PlannedRequest {
  const planned = planWithin(place, request, limits, pixelUm);
  if (isWithin(planned.plan, limits)) return planned;
  const { maxArea, maxFinishedArea = maxArea } = limits;
  const finished = { ...limits, maxArea: Math.min(maxArea, maxFinishedArea) };
  if (request.size.kind === "max") return planWithin(place, request, finished, pixelUm);
  const { window } = planned.plan;
  const size = { kind: "max", whenLarger: "keep" } as const;
  const largest = resolveRequest({ ...request, size }, place, finished);
  throw new RangeError(
    `Cannot make that of ${window.width} × ${window.height} pixels: what is scaled, turned, toned or no jpg is made of ${finished.maxArea} at most; give max, ${largest.width},${largest.height} or less, or a smaller region`,
  );
}

function planWithin(
  place: ImagePlace,
  request: ImageRequest,
  limits: MakingLimits,
  pixelUm: number | undefined,
): PlannedRequest {
  const resolved = resolveRequest(request, place, limits);
  return { resolved, plan: planPicture(place, resolved, request, pixelUm), limits };
}

/** Whether what has to be held as a whole can be: what is read, and what is made of it. */
function isWithin({ window, finish }: PicturePlan, limits: MakingLimits): boolean {
  const { maxWidth, maxHeight, maxArea, maxFinishedArea = maxArea } = limits;
  const isSmall = ({ width, height }: ImageSize): boolean =>
    width <= maxWidth && height <= maxHeight && width * height <= maxFinishedArea;
  return finish === undefined || (isSmall(window) && isSmall(finish));
}
