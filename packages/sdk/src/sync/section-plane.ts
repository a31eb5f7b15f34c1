import { type Affine2d, applyAffine2d, invertAffine2d, type SpacePoint } from "./affine.ts";
import { type AlignedSection, imageToReference } from "./transform.ts";

/** The planes of section, by the axis of reference space that stands on them: x, z and y. */
export type SectionPlaneName = "coronal" | "sagittal" | "horizontal";

/**
 * Axes of reference space that lie in a plane: the one that runs right in a picture of it, and the one that runs down.
 *
 * @example PLANE_AXES.sagittal // → ["x", "y"]
 */
export const PLANE_AXES: Readonly<Record<SectionPlaneName, readonly [across: Axis, down: Axis]>> = {
  coronal: ["z", "y"],
  sagittal: ["x", "y"],
  horizontal: ["z", "x"],
};

/** An axis of reference space. */
export type Axis = keyof SpacePoint;

/** Plane of the section by the axis that stands steepest on it, for each plane. */
const NORMALS: readonly (readonly [SectionPlaneName, 2 | 5 | 8])[] = [
  ["coronal", 2],
  ["horizontal", 5],
  ["sagittal", 8],
];

/**
 * The plane that a section comes nearest to: a section is tilted a little against all of them.
 *
 * @example planeOf(section) // "sagittal" for sections from left to right
 */
export function planeOf({ alignment3d: { tvr } }: Pick<AlignedSection, "alignment3d">): SectionPlaneName {
  // The direction of the stack in reference space is the third column of the map.
  return NORMALS.reduce((best, other) => (Math.abs(tvr[other[1]]) > Math.abs(tvr[best[1]]) ? other : best))[0];
}

/** A section as a plane in reference space that is looked at along one axis. */
export interface SectionPlane {
  readonly plane: SectionPlaneName;
  readonly axes: readonly [across: Axis, down: Axis];
  /** From the two axes of the plane, in µm, to the section's pixels: where the point of the section with these two coordinates is. */
  readonly toImage: Affine2d;
  /** The point of the section with these two coordinates, which solves for the third. */
  pointAt(acrossUm: number, downUm: number): SpacePoint;
}

/**
 * A section as a plane in reference space: a point of it is told by two coordinates, and the third follows.
 *
 * @throws {RangeError} If the section stands upright on the plane, so that two coordinates tell no point.
 * @example sectionPlane(section, "coronal").pointAt(5700, 4000).x // where the section lies on the midline, in µm
 */
export function sectionPlane(section: AlignedSection, plane: SectionPlaneName): SectionPlane {
  const axes = PLANE_AXES[plane];
  const [across, down] = [rowOf(section, axes[0]), rowOf(section, axes[1])];
  checkTilt(across, down, plane);
  const { tsv } = section.alignment2d;
  const vz = section.sectionNumber * section.thicknessUm;
  // From pixels to the two axes: the rows of the 3-D map after the 2-D one.
  const toImage = invertAffine2d([
    across[0] * tsv[0] + across[1] * tsv[2],
    across[0] * tsv[1] + across[1] * tsv[3],
    down[0] * tsv[0] + down[1] * tsv[2],
    down[0] * tsv[1] + down[1] * tsv[3],
    across[0] * tsv[4] + across[1] * tsv[5] + across[2] * vz + across[3],
    down[0] * tsv[4] + down[1] * tsv[5] + down[2] * vz + down[3],
  ]);
  return {
    plane,
    axes,
    toImage,
    pointAt(acrossUm, downUm) {
      const { x, y } = applyAffine2d(toImage, acrossUm, downUm);
      // The two that were asked for come back but for their last digits.
      return { ...imageToReference(section, x, y), [axes[0]]: acrossUm, [axes[1]]: downUm };
    },
  };
}

type Row = readonly [number, number, number, number];

/** What the 3-D map makes one axis of reference space of. */
function rowOf({ alignment3d: { tvr } }: AlignedSection, axis: Axis): Row {
  if (axis === "x") return [tvr[0], tvr[1], tvr[2], tvr[9]];
  return axis === "y" ? [tvr[3], tvr[4], tvr[5], tvr[10]] : [tvr[6], tvr[7], tvr[8], tvr[11]];
}

/** Smallest sine of the angle between a section and the line of sight: within a degree the section is no more than a line. */
const MIN_SINE = Math.sin(Math.PI / 180);

function checkTilt(across: Row, down: Row, plane: SectionPlaneName): void {
  const area = Math.abs(across[0] * down[1] - across[1] * down[0]);
  const whole = Math.hypot(across[0], across[1], across[2]) * Math.hypot(down[0], down[1], down[2]);
  if (area > whole * MIN_SINE) return;
  throw new RangeError(`Cannot show the section in the ${plane} plane: it stands upright on it; give another plane`);
}
