import { type ImageSize, tierSize } from "@brainatlas/sdk/image";
import type { ImageRequest, Rectangle, RegionRequest, SizeRequest } from "./image-request.ts";

/** Largest sizes that may be asked for, in pixels. */
export interface SizeLimits {
  readonly maxWidth: number;
  readonly maxHeight: number;
  readonly maxArea: number;
}

/** Those limits, and that of what is not given as it is stored. */
export interface MakingLimits extends SizeLimits {
  /**
   * Largest picture that is scaled or brought into another form, in pixels.
   * @default maxArea
   */
  readonly maxFinishedArea?: number | undefined;
}

/** A request applied to an image: whole pixels of its full size, and the size that they are scaled to. */
export interface ResolvedRequest extends ImageSize {
  readonly region: Rectangle;
}

/** Halvings that are looked at: more than any image has. */
const MAX_HALVINGS = 31;

/**
 * Applies a request to an image: what lies beyond its edge is cut off (§4.1), and the size follows from what is left (§4.2).
 *
 * A size that a tier has is preferred where the specification leaves the rounding open, so that `w,` of one of the `sizes` gives the
 * very size that is listed.
 *
 * @throws {RangeError} If nothing of the region lies in the image, or the size is none that may be asked for.
 * @example resolveRequest({ region: { kind: "full" }, size: { kind: "max", whenLarger: "keep" } }, { width: 30, height: 20 }, { maxWidth: 99, maxHeight: 99, maxArea: 9999 }).width // → 30
 */
export function resolveRequest(
  request: Pick<ImageRequest, "region" | "size">,
  image: ImageSize,
  limits: MakingLimits,
): ResolvedRequest {
  const region = resolveRegion(request.region, image);
  const size = resolveSize(request.size, region, limits);
  if (size.width < 1 || size.height < 1) throw new RangeError("Cannot scale to a size of no pixels; give 1 at least");
  const isLarger = size.width > region.width || size.height > region.height;
  if (isLarger && request.size.whenLarger === "refuse") {
    throw new RangeError(
      `Cannot scale ${region.width} × ${region.height} pixels to ${size.width} × ${size.height} of them: that is larger; put ^ before the size to allow it`,
    );
  }
  if (!fits(size, limits)) {
    const { maxWidth, maxHeight, maxArea } = limits;
    throw new RangeError(
      `${size.width} × ${size.height} pixels are too many here (at most ${maxArea} in all, ${maxWidth} × ${maxHeight} on the edges); give a smaller size or region`,
    );
  }
  return { region, ...size };
}

function resolveRegion(request: RegionRequest, image: ImageSize): Rectangle {
  if (request.kind === "full") return { x: 0, y: 0, width: image.width, height: image.height };
  if (request.kind === "square") {
    const edge = Math.min(image.width, image.height);
    const middle = (length: number): number => Math.floor((length - edge) / 2);
    return { x: middle(image.width), y: middle(image.height), width: edge, height: edge };
  }
  const { x, y, width, height } = request.rectangle;
  const unit = request.kind === "percent" ? { x: image.width / 100, y: image.height / 100 } : { x: 1, y: 1 };
  const [left, right] = [Math.round(x * unit.x), Math.min(image.width, Math.round((x + width) * unit.x))];
  const [top, bottom] = [Math.round(y * unit.y), Math.min(image.height, Math.round((y + height) * unit.y))];
  if (right > left && bottom > top) return { x: left, y: top, width: right - left, height: bottom - top };
  throw new RangeError(
    `The region holds nothing of the image of ${image.width} × ${image.height} pixels; give one within it, of 1 × 1 at least`,
  );
}

function resolveSize(request: SizeRequest, region: ImageSize, limits: MakingLimits): ImageSize {
  switch (request.kind) {
    case "full":
      return { width: region.width, height: region.height };
    case "max":
      return request.whenLarger === "give" ? largestWithin(region, limits) : largestTierWithin(region, limits);
    case "percent":
      return byFactor(region, request.percent / 100);
    case "exact":
      return toLengths(region, request);
    case "within":
      return intoBox(region, request, limits);
  }
}

/** Without an aim of its own: enlarged to the limits, or the finest tier within them of what is too large to be enlarged. */
function largestWithin(region: ImageSize, limits: MakingLimits): ImageSize {
  const { width, height } = region;
  const { maxWidth, maxHeight, maxArea } = enlargedLimits(limits);
  const factor = Math.min(maxWidth / width, maxHeight / height, Math.sqrt(maxArea / width / height));
  const along = (length: number): number => Math.max(1, Math.floor(length * factor));
  return factor > 1 ? { width: along(width), height: along(height) } : largestTierWithin(region, limits);
}

/** Nothing is enlarged that is stored. */
function enlargedLimits(limits: MakingLimits): SizeLimits {
  return { ...limits, maxArea: Math.min(limits.maxArea, limits.maxFinishedArea ?? limits.maxArea) };
}

/** What is too large as it is comes at the finest tier that is not: nothing has to be computed for it. */
function largestTierWithin(region: ImageSize, limits: SizeLimits): ImageSize {
  for (let halvings = 0; halvings <= MAX_HALVINGS; halvings += 1) {
    const size = atTier(region, halvings);
    if (fits(size, limits)) return size;
  }
  return { width: 1, height: 1 };
}

function byFactor(region: ImageSize, factor: number): ImageSize {
  for (let halvings = 0; halvings <= MAX_HALVINGS; halvings += 1) {
    if (factor === 2 ** -halvings) return atTier(region, halvings);
  }
  return { width: Math.round(region.width * factor), height: Math.round(region.height * factor) };
}

/** To the lengths that are given; the other keeps the proportions. */
function toLengths(
  region: ImageSize,
  { width, height }: Partial<Record<keyof ImageSize, number | undefined>>,
): ImageSize {
  if (width !== undefined && height !== undefined) return { width, height };
  const axis = width === undefined ? "height" : "width";
  const other = axis === "width" ? "height" : "width";
  const given = width ?? height ?? 0;
  const following = otherAtTier(region, axis, given) ?? Math.max(1, Math.round((region[other] * given) / region[axis]));
  return axis === "width" ? { width: given, height: following } : { width: following, height: given };
}

/** As large as a box lets it be, in its own proportions. */
function intoBox(region: ImageSize, box: ImageSize & SizeRequest, limits: MakingLimits): ImageSize {
  if (box.width < 1 || box.height < 1) return { width: 0, height: 0 };
  if (box.whenLarger === "keep" && box.width >= region.width && box.height >= region.height) return region;
  const isWide = box.width * region.height <= box.height * region.width;
  const size = toLengths(region, isWide ? { width: box.width } : { height: box.height });
  const isEnlarged = size.width > region.width || size.height > region.height;
  const isTooLarge = !fits(size, isEnlarged ? enlargedLimits(limits) : limits);
  return box.whenLarger === "give" && isTooLarge ? largestWithin(region, limits) : size;
}

/** The other length at the tier that has this one, where that keeps the proportions to a pixel. */
function otherAtTier(region: ImageSize, axis: keyof ImageSize, length: number): number | undefined {
  const other = axis === "width" ? "height" : "width";
  for (let halvings = 0; halvings <= MAX_HALVINGS; halvings += 1) {
    const size = atTier(region, halvings);
    if (size[axis] > length) continue;
    const isNear = Math.abs(size[other] - (region[other] * length) / region[axis]) < 1;
    return size[axis] === length && isNear ? size[other] : undefined;
  }
  return undefined;
}

function atTier({ width, height }: ImageSize, halvings: number): ImageSize {
  return { width: tierSize(width, halvings), height: tierSize(height, halvings) };
}

function fits({ width, height }: ImageSize, { maxWidth, maxHeight, maxArea }: SizeLimits): boolean {
  return width <= maxWidth && height <= maxHeight && width * height <= maxArea;
}
