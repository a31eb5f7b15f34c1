import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { parseStructureGraph } from "../ontology/parse-structure-graph.ts";
import { AXIS_OF, type SlicePlane } from "./slice.ts";
import { Volume } from "./volume.ts";
import type { Triple } from "./voxels.ts";

/** A volume whose values are their own indices. */
function counted(size: Triple): Volume {
  const data = Uint32Array.from({ length: size[0] * size[1] * size[2] }, (_, index) => index);
  return new Volume(data, size, { spacingUm: [25, 50, 100], originUm: [-10, 0, 7] });
}

const sizes = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }));

test("Volume.voxelAt() finds the voxel of every centre, and of its first corner", () => {
  const volume = counted([3, 4, 5]);
  for (let index = 0; index < 60; index += 1) {
    const voxel: Triple = [index % 3, Math.floor(index / 3) % 4, Math.floor(index / 12)];
    expect(volume.indexOf(voxel)).toBe(index);
    expect(volume.voxelAt(volume.pointOf(voxel))).toEqual(voxel);
    const corner: Triple = [-10 + voxel[0] * 25, voxel[1] * 50, 7 + voxel[2] * 100];
    expect([volume.voxelAt(corner), volume.valueAt(corner), volume.labelAt(corner)]).toEqual([
      voxel,
      index,
      index || undefined,
    ]);
  }
});

test("Volume.voxelAt() knows where the volume ends", () => {
  const volume = new Volume(new Uint8Array(8), [2, 2, 2], { spacingUm: 25 });
  expect(volume.voxelAt([49.999, 0, 0])).toEqual([1, 0, 0]);
  for (const point of [
    [50, 0, 0],
    [0, 50, 0],
    [0, 0, 50],
    [-0.001, 0, 0],
    [0, 1e300, 0],
  ] as const) {
    expect([volume.voxelAt(point), volume.valueAt(point), volume.labelAt(point)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  }
  expect(() => volume.voxelAt([0, 0, Number.NaN])).toThrow(RangeError);
  expect(() => volume.voxelAt([0, 0] as unknown as Triple)).toThrow(RangeError);
  expect(() => volume.pointOf([2, 0, 0])).toThrow(
    "Cannot use voxel on the first axis 2; give a whole number from 0 to 1",
  );
});

test("Volume.slice() agrees with looking up each voxel", () => {
  const planes = fc.constantFrom<SlicePlane>("coronal", "horizontal", "sagittal");
  checkProperty(
    fc.property(sizes, planes, fc.nat(), (size, plane, seed) => {
      const volume = counted(size);
      const axis = AXIS_OF[plane];
      const index = seed % size[axis];
      const { data, width, height, axes, spacingUm } = volume.slice(plane, index);
      const [right, down] = axes;
      expect([axis, right, down].sort()).toEqual([0, 1, 2]);
      expect([width, height, data.length]).toEqual([size[right], size[down], size[right] * size[down]]);
      expect(spacingUm).toEqual([volume.spacingUm[right], volume.spacingUm[down]]);
      for (let at = 0; at < data.length; at += 1) {
        const voxel: [number, number, number] = [0, 0, 0];
        voxel[axis] = index;
        voxel[right] = at % width;
        voxel[down] = Math.floor(at / width);
        if (data[at] !== volume.data[volume.indexOf(voxel)]) return false;
      }
      return true;
    }),
  );
});

test("Volume.slice() shows coronal and sagittal slices upright, and horizontal ones with the front above", () => {
  const axes = (plane: SlicePlane): readonly number[] => counted([2, 2, 2]).slice(plane, 0).axes;
  expect([axes("coronal"), axes("sagittal"), axes("horizontal")]).toEqual([
    [2, 1],
    [0, 1],
    [2, 0],
  ]);
});

test("Volume.slice() gives sagittal slices as views", () => {
  const volume = counted([2, 3, 4]);
  expect(volume.slice("sagittal", 3).data.buffer).toBe(volume.data.buffer);
  expect(() => volume.slice("sagittal", 4)).toThrow("Cannot use slice 4; give a whole number from 0 to 3");
  expect(() => volume.slice("toString" as "sagittal", 0)).toThrow("Cannot cut in plane");
});

test("Volume.slice() leaves the data alone, of a Buffer too", () => {
  const data = Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]);
  const volume = new Volume(data, [2, 2, 2], { spacingUm: 1 });
  expect([...volume.slice("coronal", 1).data]).toEqual([2, 6, 4, 8]);
  expect([...data]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test("Volume.sliceAt() finds the slice of a position", () => {
  const volume = counted([2, 3, 4]);
  expect([volume.sliceAt("coronal", -10), volume.sliceAt("coronal", 15), volume.sliceAt("sagittal", 406.9)]).toEqual([
    0, 1, 3,
  ]);
  expect(() => volume.sliceAt("sagittal", 407)).toThrow("Cannot cut at 407 µm; give a number from 7 to below 407");
  expect(() => volume.sliceAt("coronal", Number.NaN)).toThrow(RangeError);
});

test("Volume.countVoxels() counts as a plain loop does", () => {
  const types = fc.constantFrom(Uint8Array, Int16Array, Uint32Array, Int32Array);
  checkProperty(
    fc.property(types, fc.array(fc.nat({ max: 3 }), { minLength: 1 }), (create, values) => {
      const labels = values.map((value) => [0, 1, 7, 120][value] ?? 0);
      const volume = new Volume(create.from(labels), [labels.length, 1, 1], { spacingUm: 1 });
      const plain = new Map<number, number>();
      for (const label of labels.toSorted((a, b) => a - b)) plain.set(label, (plain.get(label) ?? 0) + 1);
      expect([...volume.countVoxels()]).toEqual([...plain]);
      const wanted = [1, 120];
      expect([...volume.mask(wanted)]).toEqual(labels.map((label) => (wanted.includes(label) ? 1 : 0)));
    }),
  );
});

const TREE = parseStructureGraph({
  id: 1,
  acronym: "a",
  name: "a",
  children: [{ id: 2, acronym: "b", name: "b", children: [{ id: 4_000_000_000, acronym: "c", name: "c" }] }],
});

test("Volume.countByStructure() adds up what lies in a structure", () => {
  const volume = new Volume(Uint32Array.of(0, 2, 2, 4e9, 4e9, 4e9, 1, 99), [8, 1, 1], { spacingUm: 1 });
  expect([...volume.countByStructure(TREE)].sort(([a], [b]) => a - b)).toEqual([
    [1, 6],
    [2, 5],
    [99, 1],
    [4e9, 3],
  ]);
  const ids = TREE.descendants(2, { self: true }).map(({ id }) => id);
  expect([...volume.mask(ids)]).toEqual([0, 1, 1, 1, 1, 1, 0, 0]);
});

test("Volume.rgbSlice() refuses what are no colours", () => {
  const volume = new Volume(Uint32Array.of(1), [1, 1, 1], { spacingUm: 1 });
  for (const colours of [undefined, null, {}, [[1, [1, 2, 3]]]]) {
    expect(() => volume.rgbSlice("coronal", 0, colours as never)).toThrow(
      /^Cannot paint labels in colours .*; give a Map/,
    );
  }
});

test("Volume.rgbSlice() paints labels, and leaves those without a colour transparent", () => {
  const volume = new Volume(Uint32Array.of(0, 4e9, 7), [1, 1, 3], { spacingUm: 1 });
  const { data, width, height } = volume.rgbSlice("coronal", 0, new Map([[4e9, [1, 2, 3]]]));
  expect([width, height, [...data]]).toEqual([3, 1, [0, 0, 0, 0, 1, 2, 3, 255, 0, 0, 0, 0]]);
});

test("Volume.graySlice() puts values into a window", () => {
  const volume = new Volume(Float32Array.of(-1, 0, 5, 10, Number.NaN, 20), [6, 1, 1], { spacingUm: 1 });
  const shades = (options: Parameters<Volume["graySlice"]>[2]): number[][] => {
    const { data } = volume.graySlice("sagittal", 0, options);
    return Array.from({ length: 6 }, (_, pixel) => [data[pixel * 4] ?? 0, data[pixel * 4 + 3] ?? 0]);
  };
  expect(shades({ window: [0, 10] })).toEqual([
    [0, 255],
    [0, 255],
    [128, 255],
    [255, 255],
    [0, 0],
    [255, 255],
  ]);
  expect(shades({ noData: -1 })).toEqual([
    [0, 0],
    [0, 255],
    [64, 255],
    [128, 255],
    [0, 0],
    [255, 255],
  ]);
  for (const window of [
    [1, 1],
    [2, 1],
    [0, Number.NaN],
  ] as const)
    expect(() => shades({ window })).toThrow(RangeError);
  const flat = new Volume(new Uint8Array(1).fill(9), [1, 1, 1], { spacingUm: 1 });
  expect([...flat.graySlice("coronal", 0).data]).toEqual([0, 0, 0, 255]);
});

test("Volume.range() and graySlice() leave out what is infinite, which is black or white", () => {
  const volume = new Volume(Float32Array.of(Infinity, 0, 5, 10, -Infinity), [5, 1, 1], { spacingUm: 1 });
  expect(volume.range()).toEqual({ min: 0, max: 10, mean: 5, count: 3 });
  const shades = (each: Volume): number[] => [...each.graySlice("sagittal", 0).data].filter((_, i) => i % 4 === 0);
  expect(shades(volume)).toEqual([255, 0, 128, 255, 0]);
  expect(shades(new Volume(Float32Array.of(7, Infinity, -Infinity), [3, 1, 1], volume))).toEqual([0, 255, 0]);
});

test("Volume.range() leaves out NaN and what stands for no data", () => {
  const volume = new Volume(Float32Array.of(-1, 2, 4, Number.NaN), [4, 1, 1], { spacingUm: 1 });
  expect(volume.range()).toEqual({ min: -1, max: 4, mean: 5 / 3, count: 3 });
  expect(volume.range({ noData: -1 })).toEqual({ min: 2, max: 4, mean: 3, count: 2 });
  const empty = new Volume(Float32Array.of(-1), [1, 1, 1], { spacingUm: 1 });
  expect(empty.range({ noData: -1 })).toEqual({ min: Number.NaN, max: Number.NaN, mean: Number.NaN, count: 0 });
});

test("Volume keeps values of 64 bits, and computes with them as numbers only", () => {
  const wide = new Volume(BigInt64Array.of(0n, 2n ** 32n - 1n), [2, 1, 1], { spacingUm: 1 });
  expect(wide.slice("sagittal", 0).data).toEqual(wide.data);
  for (const call of [
    () => wide.countVoxels(),
    () => wide.mask([1]),
    () => wide.range(),
    () => wide.valueAt([0, 0, 0]),
    () => wide.labelAt([0, 0, 0]),
    () => wide.graySlice("coronal", 0),
    () => wide.rgbSlice("coronal", 0, new Map()),
  ]) {
    expect(call).toThrow("Cannot compute with values of type int64; take those of toNumbers()");
  }
  const types = [[0n], [-1n], [2n ** 53n], [-(2n ** 31n), 2n ** 31n]].map((values) => {
    const volume = new Volume(BigInt64Array.from(values), [values.length, 1, 1], { spacingUm: 1 }).toNumbers();
    expect([...volume.data]).toEqual(values.map(Number));
    return volume.type;
  });
  expect([wide.toNumbers().type, ...types]).toEqual(["uint32", "uint32", "int32", "float64", "float64"]);
  const exact = new Volume(BigUint64Array.of(2n ** 53n + 1n), [1, 1, 1], { spacingUm: 1 });
  expect(() => exact.toNumbers()).toThrow(RangeError);
  expect(wide.toNumbers().toNumbers()).toEqual(wide.toNumbers());
});

test("Volume takes no reals for labels", () => {
  const volume = new Volume(Float32Array.of(1), [1, 1, 1], { spacingUm: 1 });
  expect(() => volume.countVoxels()).toThrow("Cannot take values of type float32 for labels");
  expect(() => volume.labelAt([0, 0, 0])).toThrow(TypeError);
});

test.each([
  ["a size of another product", [2, 2, 3], {}, "Cannot use size [2,2,3] for 8 values"],
  ["a size of 0", [0, 2, 2], {}, "Cannot use size 0"],
  ["two extents", [2, 4], {}, "Cannot use size"],
  ["a product that is rounded", [2 ** 52, 2 ** 52, 2 ** 52], {}, "Cannot use size"],
  ["a spacing of 0", [2, 2, 2], { spacingUm: 0 }, "Cannot use spacingUm 0; give numbers above 0"],
  ["a spacing without end", [2, 2, 2], { spacingUm: Number.POSITIVE_INFINITY }, "Cannot use spacingUm"],
  ["an origin of two", [2, 2, 2], { originUm: [0, 0] }, "Cannot use originUm [0,0]"],
  ["a space of two lines", [2, 2, 2], { space: "LPS\ntype: x" }, "Cannot use space"],
])("Volume refuses %s", (_, size, options, message) => {
  const given = { spacingUm: 25, ...options } as ConstructorParameters<typeof Volume>[2];
  expect(() => new Volume(new Uint8Array(8), size as unknown as Triple, given)).toThrow(message);
});

test("Volume is immutable but for its data", () => {
  const size: [number, number, number] = [2, 2, 2];
  const volume = new Volume(new Uint8Array(8), size, { spacingUm: 25 });
  size[0] = 3;
  expect(volume.size).toEqual([2, 2, 2]);
  expect([Object.isFrozen(volume), Object.isFrozen(volume.size), Object.isFrozen(volume.spacingUm)]).toEqual([
    true,
    true,
    true,
  ]);
  expect(() => new Volume([1] as unknown as Uint8Array, [1, 1, 1], { spacingUm: 25 })).toThrow(TypeError);
});
