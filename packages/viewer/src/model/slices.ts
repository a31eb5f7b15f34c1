import type { StructureTree } from "@brainatlas/sdk/ontology";
import { type Axis, PLANE_AXES, type SpacePoint } from "@brainatlas/sdk/sync";
import type { LabelColours, PaintedSlice, SlicePlane, Volume } from "@brainatlas/sdk/volume";
import { clamp } from "./clamp.ts";
import { planeNormal } from "./plane-normal.ts";

/** How a slice lies in reference space: what runs to the right in it, what runs down, and what stands on it. */
interface SliceAxes {
  readonly right: Axis;
  readonly down: Axis;
  readonly normal: Axis;
}

/** The axes of a slice as the SDK cuts volumes: coronal slices with the left of the brain to the left, sagittal ones with its front to the left. */
export function sliceAxes(plane: SlicePlane): SliceAxes {
  const [right, down] = PLANE_AXES[plane];
  return { right, down, normal: planeNormal(plane) };
}

/** In the order in which they are shown. */
export const SLICE_PLANES: readonly SlicePlane[] = ["coronal", "sagittal", "horizontal"];

/** What of a volume tells where its slices are. */
export type VolumeShape = Pick<Volume, "size" | "spacingUm" | "originUm">;

const INDEX_OF = { x: 0, y: 1, z: 2 } as const;

/** How far into a voxel at the very end a point is put that lies beyond it, in voxels. */
const INSIDE = 1e-6;

/** Ends of a volume along an axis, in µm. */
export function extentOf({ size, spacingUm, originUm }: VolumeShape, axis: Axis): readonly [number, number] {
  const index = INDEX_OF[axis];
  return [originUm[index], originUm[index] + size[index] * spacingUm[index]];
}

/** Length of a volume along an axis, in µm. */
export function spanUm(volume: VolumeShape, axis: Axis): number {
  const [start, end] = extentOf(volume, axis);
  return end - start;
}

/** The middle of a volume, in µm. */
export function middleOf(volume: VolumeShape): SpacePoint {
  const middle = (axis: Axis): number => {
    const [start, end] = extentOf(volume, axis);
    return (start + end) / 2;
  };
  return { x: middle("x"), y: middle("y"), z: middle("z") };
}

/** The nearest point that lies in a volume. */
export function clampPoint(volume: VolumeShape, point: SpacePoint): SpacePoint {
  const nearest = (axis: Axis): number => {
    const [start, end] = extentOf(volume, axis);
    const inside = INSIDE * volume.spacingUm[INDEX_OF[axis]];
    return clamp(point[axis], start, end - inside);
  };
  return { x: nearest("x"), y: nearest("y"), z: nearest("z") };
}

/** Where a point is in the slice through it, from 0 to 1 to the right and down. */
export function shareInSlice(volume: VolumeShape, plane: SlicePlane, point: SpacePoint): { x: number; y: number } {
  const { right, down } = sliceAxes(plane);
  const share = (axis: Axis): number => {
    const [start, end] = extentOf(volume, axis);
    return (point[axis] - start) / (end - start);
  };
  return { x: share(right), y: share(down) };
}

/** The point at a place of the slice through another point; no further than the volume goes. */
export function pointInSlice(
  volume: VolumeShape,
  plane: SlicePlane,
  through: SpacePoint,
  share: { readonly x: number; readonly y: number },
): SpacePoint {
  const { right, down } = sliceAxes(plane);
  const at = (axis: Axis, part: number): number => {
    const [start, end] = extentOf(volume, axis);
    return start + part * (end - start);
  };
  return clampPoint(volume, { ...through, [right]: at(right, share.x), [down]: at(down, share.y) });
}

/** Number of slices of a plane. */
export function sliceCount({ size }: VolumeShape, plane: SlicePlane): number {
  return size[INDEX_OF[sliceAxes(plane).normal]];
}

/** Index of the slice through a point, 0-based; of the first or last one for a point beyond. */
export function sliceIndex(volume: VolumeShape, plane: SlicePlane, point: SpacePoint): number {
  const { normal } = sliceAxes(plane);
  const index = INDEX_OF[normal];
  const place = Math.floor((point[normal] - volume.originUm[index]) / volume.spacingUm[index]);
  return clamp(place, 0, volume.size[index] - 1);
}

/** The point moved to the middle of a slice of a plane; the first or last one for an index beyond. */
export function atSlice(volume: VolumeShape, plane: SlicePlane, point: SpacePoint, index: number): SpacePoint {
  const { normal } = sliceAxes(plane);
  const axis = INDEX_OF[normal];
  const slice = clamp(index, 0, volume.size[axis] - 1);
  return { ...point, [normal]: volume.originUm[axis] + (slice + 0.5) * volume.spacingUm[axis] };
}

/** Grey that structures fade to while others are selected, and how much of their own colour is left. */
const FADED_TO = 150;
const FADED_SHARE = 0.2;

/**
 * Colours of the labels of a volume: those of the ontology, and grey ones for what is not selected.
 *
 * @param selected Structures with all that lies in them; none for colours throughout.
 */
export function labelColours(tree: StructureTree, selected: ReadonlySet<number>): LabelColours {
  const faded = (part: number): number => Math.round(FADED_SHARE * part + (1 - FADED_SHARE) * FADED_TO);
  return new Map(
    Array.from(tree, ({ id }) => {
      const [red, green, blue] = tree.rgb(id) ?? [FADED_TO, FADED_TO, FADED_TO];
      const isClear = selected.size === 0 || selected.has(id);
      return [id, isClear ? [red, green, blue] : [faded(red), faded(green), faded(blue)]] as const;
    }),
  );
}

/**
 * Colours over shades; what has no colour is transparent.
 *
 * @param share Of the colour, from 0 to 1.
 */
export function blendSlices(colours: PaintedSlice, shades: PaintedSlice | undefined, share: number): PaintedSlice {
  if (shades === undefined || shades.data.length !== colours.data.length) return colours;
  const data = new Uint8ClampedArray(colours.data.length);
  for (let at = 0; at < data.length; at += 4) {
    if (colours.data[at + 3] === 0) continue;
    for (let part = at; part < at + 3; part += 1) {
      data[part] = share * (colours.data[part] ?? 0) + (1 - share) * (shades.data[part] ?? 0);
    }
    data[at + 3] = 255;
  }
  return { data, width: colours.width, height: colours.height };
}
