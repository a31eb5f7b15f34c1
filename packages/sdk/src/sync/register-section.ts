import { checkCount, checkFinitePositive, checkPositive, show } from "../check.ts";
import { type Affine2d, applyAffine2d, type SpacePoint } from "./affine.ts";
import { ADULT_MOUSE_EXTENT_UM } from "./reference-spaces.ts";
import { sampleLinear, sampleNearest } from "./sample-pixels.ts";
import {
  type Axis,
  PLANE_AXES,
  planeOf,
  type SectionPlane,
  type SectionPlaneName,
  sectionPlane,
} from "./section-plane.ts";
import type { AlignedSection } from "./transform.ts";

/** A picture of a section's box, at full resolution or a tier. */
export interface SectionPixels {
  /** Red, green, blue and alpha, 0 to 255, four bytes a pixel, row by row from the upper left. */
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** A rectangle of a plane of reference space, in µm. */
export interface PlaneRegion {
  /** Where it begins on the axis that runs right. */
  readonly left: number;
  /** Where it begins on the axis that runs down. */
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** How a section is brought onto the grid of its reference space. */
export interface RegisterOptions {
  /**
   * Edge of a pixel of the result, in µm.
   * @default 25
   */
  readonly spacingUm?: number | undefined;
  /**
   * The plane that is looked at.
   * @default the one that the section comes nearest to
   */
  readonly plane?: SectionPlaneName | undefined;
  /**
   * The part of the plane, in µm.
   * @default the whole extent of the adult mouse's reference spaces
   */
  readonly region?: PlaneRegion | undefined;
  /**
   * How pixels in between are made up.
   * @default "linear"
   */
  readonly interpolation?: "nearest" | "linear" | undefined;
  /**
   * How often the picture's dimensions were halved against the full resolution. A tier whose pixels are about as large as the
   * result's looks best: none in between are looked at.
   * @default 0
   */
  readonly downsample?: number | undefined;
}

/** A section on the grid of its reference space. */
export interface RegisteredSection {
  /** Red, green, blue and alpha, four bytes a pixel, row by row; all 0 where the section's picture has nothing. */
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  readonly plane: SectionPlaneName;
  /** Axes of reference space that run right and down. */
  readonly axes: readonly [across: Axis, down: Axis];
  readonly spacingUm: number;
  /** Where the picture's upper left corner lies on the two axes, in µm. */
  readonly originUm: readonly [across: number, down: number];
  /**
   * The point of reference space at the middle of a pixel, in µm: on the section, so that it differs from pixel to pixel on the third
   * axis as well.
   *
   * @param column 0-based, from the left.
   * @param row 0-based, from the top.
   */
  pointAt(column: number, row: number): SpacePoint;
}

/** Most pixels of a result: the whole of a coronal plane at 1 µm. */
export const MAX_REGISTERED_PIXELS = 91_200_000;

/**
 * Brings the picture of a section onto the grid of its reference space. The section is a tilted plane there; each pixel of the result
 * shows the section's point that has the pixel's two coordinates, whatever its third.
 *
 * A pixel reaches half a spacing around its middle, on the grid as in the picture. Places are by the exact inverse of
 * `imageToReference`, not by the service's rounded one.
 *
 * @param pixels Picture of the section's box, as the download services give it.
 * @throws {RangeError} If an option is out of its range, the result would have too many pixels, or the section stands upright on the
 * plane.
 * @throws {TypeError} If the pixels are none.
 * @example registerSection(await client.sectionImage(id, { downsample: 4 }).pixels(), section, { spacingUm: 25, downsample: 4 });
 */
export function registerSection(
  pixels: SectionPixels,
  section: AlignedSection,
  options: RegisterOptions = {},
): RegisteredSection {
  checkPixels(pixels);
  const { spacingUm, plane, region, interpolation, downsample } = completeOptions(section, options);
  const [width, height] = [Math.ceil(region.width / spacingUm), Math.ceil(region.height / spacingUm)];
  if (!(width * height <= MAX_REGISTERED_PIXELS)) {
    throw new RangeError(
      `Cannot make a picture of ${width} × ${height} pixels; give a spacing or a region for at most ${MAX_REGISTERED_PIXELS}`,
    );
  }
  const flat = sectionPlane(section, plane);
  const data = new Uint8ClampedArray(width * height * 4);
  SAMPLERS[interpolation](pixels, toPicture(flat, region, spacingUm, downsample), { data, width, height });
  return {
    data,
    width,
    height,
    plane,
    axes: flat.axes,
    spacingUm,
    originUm: [region.left, region.top],
    pointAt: (column, row) =>
      flat.pointAt(region.left + (column + 0.5) * spacingUm, region.top + (row + 0.5) * spacingUm),
  };
}

/** From column and row of the grid, at the middles of its pixels, to the tier's pixels. */
function toPicture({ toImage }: SectionPlane, region: PlaneRegion, spacingUm: number, downsample: number): Affine2d {
  const [m0, m1, m2, m3] = toImage;
  const corner = applyAffine2d(toImage, region.left + spacingUm / 2, region.top + spacingUm / 2);
  const scale = 2 ** downsample;
  const step = spacingUm / scale;
  return [m0 * step, m1 * step, m2 * step, m3 * step, corner.x / scale, corner.y / scale];
}

const SAMPLERS = { nearest: sampleNearest, linear: sampleLinear } as const;

function completeOptions(section: AlignedSection, options: RegisterOptions) {
  const { spacingUm = 25, plane = planeOf(section), interpolation = "linear", downsample = 0 } = options;
  if (!Object.hasOwn(PLANE_AXES, plane)) throw unknownName("plane", plane, Object.keys(PLANE_AXES));
  if (!Object.hasOwn(SAMPLERS, interpolation)) throw unknownName("interpolation", interpolation, Object.keys(SAMPLERS));
  const region = options.region ?? wholePlane(plane);
  for (const name of ["left", "top"] as const) {
    if (!Number.isFinite(region[name]))
      throw new RangeError(`Cannot use region.${name} ${show(region[name])}; give µm`);
  }
  checkPositive("region.width", region.width);
  checkPositive("region.height", region.height);
  checkFinitePositive("spacingUm", spacingUm);
  return { spacingUm, plane, interpolation, region, downsample: checkCount("downsample", downsample, 0, 30) };
}

function wholePlane(plane: SectionPlaneName): PlaneRegion {
  const [width, height] = PLANE_AXES[plane].map((axis) => ADULT_MOUSE_EXTENT_UM["xyz".indexOf(axis)]);
  return { left: 0, top: 0, width: width ?? 0, height: height ?? 0 };
}

function unknownName(option: string, value: unknown, known: readonly string[]): RangeError {
  return new RangeError(`Cannot use ${option} ${show(value)}; give one of ${known.join(", ")}`);
}

function checkPixels({ data, width, height }: SectionPixels): void {
  checkCount("width", width, 1);
  checkCount("height", height, 1);
  if (data.length === width * height * 4) return;
  throw new TypeError(
    `Cannot use pixels of ${data.length} bytes; give ${width * height * 4}, four for each of ${width} × ${height} pixels`,
  );
}
