import { StructureTree } from "@brainatlas/sdk/ontology";
import { type PaintedSlice, Volume } from "@brainatlas/sdk/volume";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import {
  atSlice,
  blendSlices,
  clampPoint,
  extentOf,
  labelColours,
  middleOf,
  pointInSlice,
  SLICE_PLANES,
  shareInSlice,
  sliceAxes,
  sliceCount,
  sliceIndex,
} from "./slices.ts";

const VOLUME = new Volume(new Uint32Array(4 * 3 * 5), [4, 3, 5], { spacingUm: [100, 50, 25], originUm: [0, 10, -50] });
const NAMES = ["x", "y", "z"] as const;

const plane = fc.constantFrom(...SLICE_PLANES);
const number = fc.double({ min: -1000, max: 1000, noNaN: true });
const point = fc.record({ x: number, y: number, z: number });
const share = fc.double({ min: 0, max: 0.999, noNaN: true });

test("sliceAxes() are those that the SDK cuts", () => {
  for (const each of SLICE_PLANES) {
    const { axes, width, height } = VOLUME.slice(each, 0);
    const { right, down, normal } = sliceAxes(each);
    expect(axes.map((axis) => NAMES[axis])).toEqual([right, down]);
    expect(new Set([right, down, normal]).size).toBe(3);
    expect([width, height]).toEqual([right, down].map((axis) => VOLUME.size[NAMES.indexOf(axis)]));
  }
});

test("extentOf() and middleOf() count from the volume's corner", () => {
  expect(NAMES.map((axis) => extentOf(VOLUME, axis))).toEqual([
    [0, 400],
    [10, 160],
    [-50, 75],
  ]);
  expect(middleOf(VOLUME)).toEqual({ x: 200, y: 85, z: 12.5 });
});

test("clampPoint() always finds a voxel, and leaves points inside alone", () => {
  checkProperty(
    fc.property(point, (each) => {
      const { x, y, z } = clampPoint(VOLUME, each);
      expect(VOLUME.voxelAt([x, y, z])).toBeDefined();
      if (VOLUME.voxelAt([each.x, each.y, each.z])) expect({ x, y, z }).toEqual(each);
    }),
  );
});

test("sliceIndex() is the SDK's for points inside, and the first or last one beyond", () => {
  checkProperty(
    fc.property(plane, point, (each, at) => {
      const inside = clampPoint(VOLUME, at);
      const { normal } = sliceAxes(each);
      expect(sliceIndex(VOLUME, each, at)).toBe(VOLUME.sliceAt(each, inside[normal]));
    }),
  );
});

test("pointInSlice() and shareInSlice() undo each other, and stay in the slice", () => {
  checkProperty(
    fc.property(plane, point, share, share, (each, at, x, y) => {
      const through = clampPoint(VOLUME, at);
      const found = pointInSlice(VOLUME, each, through, { x, y });
      expect(shareInSlice(VOLUME, each, found).x).toBeCloseTo(x, 5);
      expect(shareInSlice(VOLUME, each, found).y).toBeCloseTo(y, 5);
      expect(found[sliceAxes(each).normal]).toBe(through[sliceAxes(each).normal]);
    }),
  );
});

test("atSlice() goes to the middle of a slice, no further than the ends", () => {
  const at = middleOf(VOLUME);
  expect(atSlice(VOLUME, "coronal", at, 1)).toEqual({ ...at, x: 150 });
  expect(atSlice(VOLUME, "coronal", at, Number.NEGATIVE_INFINITY).x).toBe(50);
  expect(atSlice(VOLUME, "sagittal", at, Number.POSITIVE_INFINITY).z).toBe(62.5);
  for (const each of SLICE_PLANES) {
    for (let index = 0; index < sliceCount(VOLUME, each); index += 1) {
      expect(sliceIndex(VOLUME, each, atSlice(VOLUME, each, at, index))).toBe(index);
    }
  }
});

const ROW = {
  atlas_id: null,
  ontology_id: 1,
  graph_order: 0,
  st_level: null,
  hemisphere_id: 3,
};
const TREE = new StructureTree([
  { ...ROW, id: 1, acronym: "a", name: "A", color_hex_triplet: "FF0000", parent_structure_id: null },
  { ...ROW, id: 2, acronym: "b", name: "B", color_hex_triplet: "00FF00", parent_structure_id: 1 },
  { ...ROW, id: 3, acronym: "c", name: "C", color_hex_triplet: null, parent_structure_id: 1 },
]);

test("labelColours() fades what is not selected, and nothing while nothing is", () => {
  const all = labelColours(TREE, new Set());
  expect([all.get(1), all.get(2), all.get(3)]).toEqual([
    [255, 0, 0],
    [0, 255, 0],
    [150, 150, 150],
  ]);
  const one = labelColours(TREE, new Set([2]));
  expect(one.get(2)).toEqual([0, 255, 0]);
  expect(one.get(1)).toEqual([171, 120, 120]);
});

function painted(...data: readonly number[]): PaintedSlice {
  return { data: Uint8ClampedArray.from(data), width: data.length / 4, height: 1 };
}

test("blendSlices() mixes where there is a colour, and leaves the rest transparent", () => {
  const colours = painted(200, 100, 0, 255, 0, 0, 0, 0);
  const shades = painted(100, 100, 100, 255, 80, 80, 80, 255);
  expect([...blendSlices(colours, shades, 0.5).data]).toEqual([150, 100, 50, 255, 0, 0, 0, 0]);
});

test("blendSlices() leaves colours alone without shades, and with shades of another size", () => {
  const colours = painted(200, 100, 0, 255);
  expect(blendSlices(colours, undefined, 0.5)).toBe(colours);
  expect(blendSlices(colours, painted(1, 1, 1, 255, 1, 1, 1, 255), 0.5)).toBe(colours);
});
