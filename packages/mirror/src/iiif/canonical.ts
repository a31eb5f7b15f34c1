import type { ImageSize } from "@brainatlas/sdk/image";
import type { ImageApiVersion, ImageRequest } from "./image-request.ts";
import { type MakingLimits, type ResolvedRequest, resolveRequest } from "./resolve-request.ts";

/**
 * The canonical form of the part of a path that follows the identifier (3.0 §4.8, 2.1.1 §4.7): the one of those that ask for the same.
 *
 * @param image Size of the image.
 */
export function printCanonical(
  version: ImageApiVersion,
  request: ImageRequest,
  resolved: ResolvedRequest,
  image: ImageSize,
  limits: MakingLimits,
): string {
  const { isMirrored, turnDeg, tone, format } = request;
  const size = version === 3 ? printSize3(resolved, limits) : printSize2(resolved, limits);
  const rotation = `${isMirrored ? "!" : ""}${printDecimal(turnDeg)}`;
  const quality = tone === "color" ? "default" : tone;
  return `${printRegion(resolved, image)}/${size}/${rotation}/${quality}.${format}`;
}

function printRegion({ region }: ResolvedRequest, image: ImageSize): string {
  const { x, y, width, height } = region;
  return width === image.width && height === image.height ? "full" : [x, y, width, height].join(",");
}

function printSize3({ region, width, height }: ResolvedRequest, limits: MakingLimits): string {
  if (isSame({ width, height }, sizeAs("max", region, limits))) return "max";
  const isLarger = width > region.width || height > region.height;
  const largest = isLarger && isSame({ width, height }, sizeAs("^max", region, limits));
  return largest ? "^max" : `${isLarger ? "^" : ""}${width},${height}`;
}

/** Without a height where it follows from the width. */
function printSize2({ region, width, height }: ResolvedRequest, limits: MakingLimits): string {
  if (isSame({ width, height }, region)) return "full";
  const size = { kind: "exact", width, height: undefined, whenLarger: "give" } as const;
  const following = resolveRequest({ region: { kind: "full" }, size }, region, {
    ...limits,
    maxArea: Infinity,
    maxHeight: Infinity,
  });
  return following.height === height ? `${width},` : `${width},${height}`;
}

function sizeAs(form: "max" | "^max", region: ImageSize, limits: MakingLimits): ImageSize {
  const size = { kind: "max", whenLarger: form === "max" ? "keep" : "give" } as const;
  return resolveRequest({ region: { kind: "full" }, size }, region, limits);
}

function isSame(one: ImageSize, other: ImageSize): boolean {
  return one.width === other.width && one.height === other.height;
}

/** Digits alone: small numbers would be printed with an exponent. */
function printDecimal(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(10).replace(/\.?0+$/, "");
}
