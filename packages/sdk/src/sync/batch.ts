import type { AlignedSet } from "./aligned-set.ts";
import { nearestSection } from "./nearest-section.ts";
import { tableOf } from "./section-finder.ts";
import type { AlignedSection } from "./transform.ts";

/** Where points fell. */
export interface PlacedPoints {
  /** Index into the set's `sections` for each point, 0-based; −1 for a point that is not a number. */
  readonly sections: Int32Array;
  /** x and y of each point in turn, in pixels of the full resolution of its section's box. */
  readonly xy: Float64Array;
}

/**
 * Where points of an image lie in reference space: for each exactly what `imageToReference` gives, without an object a point.
 *
 * @param xy x and y of each point in turn, in pixels of the full resolution of the section's box.
 * @param out Receives x, y and z of each point in turn, in µm; a new array without it. It shares no memory with `xy`.
 * @returns `out`.
 * @throws {RangeError} If `xy` ends within a point, or `out` is too short.
 * @example for (const xy of chunks) write(imageToReferenceAll(section, xy, out));
 */
export function imageToReferenceAll(section: AlignedSection, xy: Float64Array, out?: Float64Array): Float64Array {
  const count = countPoints("xy", xy, 2);
  const xyz = out ?? new Float64Array(count * 3);
  checkRoom("out", xyz, count * 3);
  // In variables, which the engine keeps in registers. The part that all points share is computed once; it is the same number then,
  // and it is added where it always was.
  const [s0, s1, s2, s3, s4, s5] = section.alignment2d.tsv;
  const [r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11] = section.alignment3d.tvr;
  const vz = section.sectionNumber * section.thicknessUm;
  const [xOfZ, yOfZ, zOfZ] = [r2 * vz, r5 * vz, r8 * vz];
  for (let index = 0, from = 0, to = 0; index < count; index += 1, from += 2, to += 3) {
    const x = xy[from] as number; // Within the array, as it was counted.
    const y = xy[from + 1] as number;
    const vx = s0 * x + s1 * y + s4;
    const vy = s2 * x + s3 * y + s5;
    xyz[to] = r0 * vx + r1 * vy + xOfZ + r9;
    xyz[to + 1] = r3 * vx + r4 * vy + yOfZ + r10;
    xyz[to + 2] = r6 * vx + r7 * vy + zOfZ + r11;
  }
  return xyz;
}

/**
 * Where points of reference space fall on the images of a set: for each exactly what `AlignedSet.referenceToImage` gives, without an
 * object a point.
 *
 * @param xyz x, y and z of each point in turn, in µm of the set's reference space.
 * @param out Receives the result; new arrays without it. They share no memory with `xyz`.
 * @returns `out`.
 * @throws {RangeError} If `xyz` ends within a point, or an array of `out` is too short.
 * @example const { sections, xy } = referenceToImageAll(set, new Float64Array([6150, 7800, 10850]));
 */
export function referenceToImageAll(set: AlignedSet, xyz: Float64Array, out?: PlacedPoints): PlacedPoints {
  const count = countPoints("xyz", xyz, 3);
  const placed = out ?? { sections: new Int32Array(count), xy: new Float64Array(count * 2) };
  const { sections, xy } = placed;
  checkRoom("out.sections", sections, count);
  checkRoom("out.xy", xy, count * 2);
  const { nearest, base, tvs } = tableOf(set.sections);
  const last = (nearest?.length ?? 0) - 1;
  const [r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11] = set.alignment3d.trv;
  const { thicknessUm } = set;
  for (let index = 0, from = 0, to = 0; index < count; index += 1, from += 3, to += 2) {
    const x = xyz[from] as number; // Within the array, as it was counted.
    const y = xyz[from + 1] as number;
    const z = xyz[from + 2] as number;
    const vx = r0 * x + r1 * y + r2 * z + r9;
    const vy = r3 * x + r4 * y + r5 * z + r10;
    const wanted = (r6 * x + r7 * y + r8 * z + r11) / thicknessUm;
    let section = -1;
    if (nearest === undefined) {
      if (!Number.isNaN(wanted)) section = nearestSection(set.sections, wanted);
    } else {
      const entry = Math.ceil(2 * wanted) - base;
      // The ends clamp, infinities too; NaN is none of the three.
      if (entry <= 0) section = 0;
      else if (entry >= last) section = nearest[last] as number;
      else if (entry > 0) section = nearest[entry] as number;
    }
    sections[index] = section;
    const map = Math.max(section, 0) * 6;
    xy[to] = (tvs[map] as number) * vx + (tvs[map + 1] as number) * vy + (tvs[map + 4] as number);
    xy[to + 1] = (tvs[map + 2] as number) * vx + (tvs[map + 3] as number) * vy + (tvs[map + 5] as number);
  }
  return placed;
}

function countPoints(name: string, values: Float64Array, dimensions: number): number {
  if (values.length % dimensions === 0) return values.length / dimensions;
  throw new RangeError(
    `Cannot use ${name} of ${values.length} values; give ${dimensions} for each point, one point after the other`,
  );
}

function checkRoom(name: string, values: Float64Array | Int32Array, needed: number): void {
  if (values.length >= needed) return;
  throw new RangeError(`Cannot use ${name} of ${values.length} values; give room for ${needed}`);
}
