import { createVoxels, type Triple, typeOfVoxels, type VoxelArray } from "./voxels.ts";

/** An axis of a volume. */
export type Axis = 0 | 1 | 2;

/** How a slice cuts the brain. */
export type SlicePlane = "coronal" | "horizontal" | "sagittal";

/** The axis that slices of a plane follow each other on. */
export const AXIS_OF: Readonly<Record<SlicePlane, Axis>> = { coronal: 0, horizontal: 1, sagittal: 2 };

/** A slice of a volume, row by row from the upper left. */
export interface VolumeSlice {
  readonly data: VoxelArray;
  /** Voxels in a row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** Axes of the volume that run to the right and down, 0 to 2. */
  readonly axes: readonly [right: Axis, down: Axis];
  /** Edges of a voxel to the right and down, in µm. */
  readonly spacingUm: readonly [right: number, down: number];
}

/** What a slice is cut from. */
export interface SliceSource {
  readonly data: VoxelArray;
  readonly size: Triple;
  readonly spacingUm: Triple;
}

const AXES = { coronal: [2, 1], horizontal: [2, 0], sagittal: [0, 1] } as const;

/** Cuts a volume. */
export function sliceOf(volume: SliceSource, plane: SlicePlane, index: number): VolumeSlice {
  const axes = AXES[plane];
  const [right, down] = axes;
  const [width, height] = [volume.size[right], volume.size[down]];
  const spacingUm = [volume.spacingUm[right], volume.spacingUm[down]] as const;
  return { data: cut(volume, plane, index), width, height, axes, spacingUm };
}

function cut({ data, size }: SliceSource, plane: SlicePlane, index: number): VoxelArray {
  const [columns, rows, depth] = size;
  const strides = [1, columns, columns * rows] as const;
  if (plane === "sagittal") return data.subarray(index * strides[2], (index + 1) * strides[2]);
  const start = index * strides[AXIS_OF[plane]];
  return plane === "coronal"
    ? gather(data, start, [depth, strides[2]], [rows, strides[1]])
    : gather(data, start, [depth, strides[2]], [columns, strides[0]]);
}

/** Values at regular distances; each direction has a number of values, and the distance between two. */
function gather(
  data: VoxelArray,
  start: number,
  [width, rightStride]: readonly [number, number],
  [height, downStride]: readonly [number, number],
): VoxelArray {
  const values = createVoxels(typeOfVoxels(data), width * height);
  // Both are of one kind, and no index is beyond them.
  const [source, target] = [data, values] as unknown as [Uint8Array, Uint8Array];
  // Column by column, since those are what lies together.
  for (let x = 0; x < width; x += 1) {
    for (let y = 0, from = start + x * rightStride; y < height; y += 1, from += downStride) {
      target[y * width + x] = source[from] as number;
    }
  }
  return values;
}
