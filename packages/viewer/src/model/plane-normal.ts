import { type Axis, PLANE_AXES, type SectionPlaneName } from "@brainatlas/sdk/sync";

const AXES: readonly Axis[] = ["x", "y", "z"];

/** The axis of reference space that stands on a plane. */
export function planeNormal(plane: SectionPlaneName): Axis {
  // Every plane leaves one axis out.
  return AXES.find((axis) => !PLANE_AXES[plane].includes(axis)) ?? "x";
}
