import { checkCount, show } from "../check.ts";
import { countByStructure, countVoxels, type TreeLike } from "./count.ts";
import { maskOf } from "./mask.ts";
import { type GrayOptions, type LabelColours, type PaintedSlice, paintGray, paintLabels } from "./paint.ts";
import { measureRange, type RangeOptions, type ValueRange } from "./range.ts";
import { AXIS_OF, type SlicePlane, sliceOf, type VolumeSlice } from "./slice.ts";
import {
  isWideArray,
  type NumberArray,
  narrow,
  type Triple,
  typeOfVoxels,
  type VoxelArray,
  type VoxelType,
} from "./voxels.ts";

/** Where the voxels of a volume lie. */
export interface VolumeOptions {
  /** Edge of a voxel, in µm; three where the axes differ. */
  readonly spacingUm: number | Triple;
  /** Corner of the first voxel, in µm. @default [0, 0, 0] */
  readonly originUm?: Triple | undefined;
  /** The space that the file says the axes are in, such as `left-posterior-superior`. */
  readonly space?: string | undefined;
  /** What else the file says, by name. */
  readonly properties?: ReadonlyMap<string, string> | undefined;
}

/**
 * Voxels of three axes, and where they lie; its shape is immutable, its data is the array that was given.
 *
 * The axes are those of the institute's reference space (PIR): the first runs from anterior to posterior, the second from superior
 * to inferior, the third from left to right. The first runs fastest in `data`. Files of the institute call this
 * `left-posterior-superior` or `RAI`, which it is not (reference §6.3); what they say is in `space`.
 *
 * Points are in µm, and `originUm` is the corner of the first voxel and not its centre, as the institute counts: voxel 0 holds
 * 0 up to the spacing. Voxels are indices, 0-based.
 *
 * Values of 64 bits are bigints. They can be sliced and written; what computes refuses them until `toNumbers()`.
 *
 * @example new Volume(Uint16Array.of(1, 2, 3, 4), [2, 2, 1], { spacingUm: 25 }).valueAt([30, 0, 0]) // → 2
 */
export class Volume {
  readonly data: VoxelArray;
  readonly type: VoxelType;
  /** Voxels along each axis. */
  readonly size: Triple;
  /** Edges of a voxel, in µm. */
  readonly spacingUm: Triple;
  /** Corner of the first voxel, in µm. */
  readonly originUm: Triple;
  readonly space: string | undefined;
  readonly properties: ReadonlyMap<string, string>;

  /**
   * @throws {TypeError} If the data is no typed array, or the space is no word.
   * @throws {RangeError} If the size is not that of the data, or a spacing or an origin is no finite number.
   */
  constructor(data: VoxelArray, size: Triple, options: VolumeOptions) {
    this.type = typeOfVoxels(data);
    this.data = data;
    this.size = Object.freeze(checkSize(size, data.length));
    this.spacingUm = Object.freeze(checkSpacing(options.spacingUm));
    this.originUm = Object.freeze(checkPoint("originUm", options.originUm ?? [0, 0, 0]));
    this.space = checkSpace(options.space);
    this.properties = new Map(options.properties);
    Object.freeze(this);
  }

  /** The voxel that holds a point, in µm; `undefined` outside of the volume. @throws {RangeError} If a coordinate is not finite. */
  voxelAt(pointUm: Triple): Triple | undefined {
    const [x, y, z] = checkPoint("point", pointUm).map((coordinate, axis) =>
      Math.floor((coordinate - (this.originUm[axis] ?? 0)) / (this.spacingUm[axis] ?? 1)),
    ) as [number, number, number]; // Mapped from three.
    const [width, height, depth] = this.size;
    const isInside = x >= 0 && y >= 0 && z >= 0 && x < width && y < height && z < depth;
    return isInside ? [x, y, z] : undefined;
  }

  /** Centre of a voxel, in µm. @throws {RangeError} If there is no such voxel. */
  pointOf(voxel: Triple): Triple {
    this.indexOf(voxel);
    const centre = (axis: 0 | 1 | 2): number => this.originUm[axis] + (voxel[axis] + 0.5) * this.spacingUm[axis];
    return [centre(0), centre(1), centre(2)];
  }

  /** Place of a voxel in `data`. @throws {RangeError} If there is no such voxel. */
  indexOf([x, y, z]: Triple): number {
    const [width, height, depth] = this.size;
    checkCount("voxel on the first axis", x, 0, width - 1);
    checkCount("voxel on the second axis", y, 0, height - 1);
    checkCount("voxel on the third axis", z, 0, depth - 1);
    return x + width * (y + height * z);
  }

  /**
   * Value at a point, in µm; `undefined` outside of the volume.
   *
   * @throws {RangeError} If a coordinate is not finite.
   * @throws {TypeError} If values are bigints.
   */
  valueAt(pointUm: Triple): number | undefined {
    const voxel = this.voxelAt(pointUm);
    return voxel === undefined ? undefined : this.#numbers()[this.indexOf(voxel)];
  }

  /**
   * Id of the structure at a point of an annotation volume; `undefined` where there is none, which has the label 0, and outside.
   *
   * @throws {RangeError} If a coordinate is not finite.
   * @throws {TypeError} If values are not whole numbers, or are bigints.
   */
  labelAt(pointUm: Triple): number | undefined {
    this.#labels();
    return this.valueAt(pointUm) || undefined;
  }

  /**
   * Index of the slice that holds a position, in µm along the axis that the slices follow each other on.
   *
   * @throws {RangeError} If it is outside of the volume.
   */
  sliceAt(plane: SlicePlane, positionUm: number): number {
    const axis = AXIS_OF[checkPlane(plane)];
    const start = this.originUm[axis];
    const index = Math.floor((positionUm - start) / this.spacingUm[axis]);
    if (index >= 0 && index < this.size[axis]) return index;
    const end = start + this.size[axis] * this.spacingUm[axis];
    throw new RangeError(`Cannot cut at ${show(positionUm)} µm; give a number from ${start} to below ${end}`);
  }

  /**
   * A slice, as it is displayed: coronal ones are seen with the left of the brain to the left, sagittal ones with its front to the
   * left, both with its top above; horizontal ones from above, with its front above and its left to the left.
   *
   * A sagittal slice is a view of `data`, others are copies.
   *
   * @param index Place on the slices' axis, 0-based: the first for coronal ones, the second for horizontal, the third for sagittal.
   * @throws {RangeError} If there is no such slice.
   */
  slice(plane: SlicePlane, index: number): VolumeSlice {
    const axis = AXIS_OF[checkPlane(plane)];
    return sliceOf(this, plane, checkCount("slice", index, 0, this.size[axis] - 1));
  }

  /**
   * A slice of an annotation volume in colours, RGBA; labels without a colour are transparent.
   *
   * @param colours Red, green and blue by label, each 0 to 255. Those of a tree of structures are
   *   `new Map(Array.from(tree, ({ id }) => [id, tree.rgb(id) ?? [0, 0, 0]]))`.
   * @throws {RangeError} If there is no such slice.
   * @throws {TypeError} If values are not whole numbers, or are bigints; or if colours are no map.
   */
  rgbSlice(plane: SlicePlane, index: number, colours: LabelColours): PaintedSlice {
    this.#labels();
    return paintLabels(this.slice(plane, index), colours);
  }

  /**
   * A slice in shades of grey, RGBA.
   *
   * @throws {RangeError} If there is no such slice, or the window is empty.
   * @throws {TypeError} If values are bigints.
   */
  graySlice(plane: SlicePlane, index: number, options: GrayOptions = {}): PaintedSlice {
    this.#numbers();
    return paintGray(this.slice(plane, index), options);
  }

  /**
   * 1 where a voxel has one of these labels, else 0. What lies in a structure has labels of its own: give those too, as
   * `tree.descendants(id, { self: true })` has them.
   *
   * @throws {TypeError} If values are not whole numbers, or are bigints.
   */
  mask(labels: Iterable<number>): Uint8Array<ArrayBuffer> {
    return maskOf(this.#labels(), labels);
  }

  /**
   * Number of voxels by label, 0 included, in ascending order of the labels.
   *
   * @throws {TypeError} If values are not whole numbers, or are bigints.
   */
  countVoxels(): Map<number, number> {
    return countVoxels(this.#labels());
  }

  /**
   * Number of voxels of each structure, with those of all structures in it. The label 0 is left out; labels that the tree does not
   * have stand for themselves.
   *
   * @throws {TypeError} If values are not whole numbers, or are bigints.
   */
  countByStructure(tree: TreeLike): Map<number, number> {
    return countByStructure(this.countVoxels(), tree);
  }

  /**
   * Lowest, highest and mean value, of those that are finite.
   *
   * @throws {TypeError} If values are bigints.
   */
  range(options: RangeOptions = {}): ValueRange {
    return measureRange(this.#numbers(), options);
  }

  /**
   * The volume with its bigints as numbers: uint32 or int32 where all fit, else float64; itself when it has none.
   *
   * @throws {RangeError} If one does not fit exactly.
   */
  toNumbers(): Volume {
    const { data } = this;
    return isWideArray(data) ? new Volume(narrow(data), this.size, this) : this;
  }

  #numbers(): NumberArray {
    const { data } = this;
    if (!isWideArray(data)) return data;
    throw new TypeError(`Cannot compute with values of type ${this.type}; take those of toNumbers()`);
  }

  #labels(): NumberArray {
    const data = this.#numbers();
    if (!(data instanceof Float32Array || data instanceof Float64Array)) return data;
    throw new TypeError(`Cannot take values of type ${this.type} for labels; use a volume of whole numbers`);
  }
}

function checkSize(size: Triple, count: number): Triple {
  const [x, y, z, ...others] = size;
  for (const extent of [x, y, z]) checkCount("size", extent, 1);
  if (others.length === 0 && BigInt(x) * BigInt(y) * BigInt(z) === BigInt(count)) return [x, y, z];
  throw new RangeError(
    `Cannot use size ${show(size)} for ${count} values; give three numbers of which they are the product`,
  );
}

function checkSpacing(spacing: number | Triple): Triple {
  const triple: Triple = typeof spacing === "number" ? [spacing, spacing, spacing] : spacing;
  const checked = checkPoint("spacingUm", triple);
  if (checked.every((edge) => edge > 0)) return checked;
  throw new RangeError(`Cannot use spacingUm ${show(spacing)}; give numbers above 0`);
}

function checkPoint(name: string, point: Triple): [number, number, number] {
  if (Array.isArray(point) && point.length === 3 && point.every(Number.isFinite)) return [point[0], point[1], point[2]];
  throw new RangeError(`Cannot use ${name} ${show(point)}; give three finite numbers, in µm`);
}

function checkSpace(space: string | undefined): string | undefined {
  if (space === undefined || /^[\w-]+$/.test(space)) return space;
  throw new TypeError(`Cannot use space ${show(space)}; give a word, such as "left-posterior-superior"`);
}

function checkPlane(plane: SlicePlane): SlicePlane {
  if (Object.hasOwn(AXIS_OF, plane)) return plane;
  throw new RangeError(`Cannot cut in plane ${show(plane)}; give one of ${Object.keys(AXIS_OF).join(", ")}`);
}
