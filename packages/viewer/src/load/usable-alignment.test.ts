import { type Affine2d, type Affine3d, AlignedSet } from "@brainatlas/sdk/sync";
import { expect, test } from "vitest";
import { usableAlignment } from "./usable-alignment.ts";

const FLAT: Affine3d = [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0];
const NONE_3D: Affine3d = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const EVEN: Affine2d = [1, 0, 0, 1, 0, 0];
const NONE: Affine2d = [0, 0, 0, 0, 0, 0];

function makeSet(tvr: Affine3d, ...tsvs: readonly Affine2d[]): AlignedSet {
  return new AlignedSet({
    id: 1,
    thicknessUm: 25,
    referenceSpaceId: 9,
    alignment3d: { tvr, trv: FLAT },
    images: tsvs.map((tsv, index) => ({ imageId: index, sectionNumber: index, alignment2d: { tsv, tvs: EVEN } })),
  });
}

test("usableAlignment() leaves alone what maps both ways", () => {
  const set = makeSet(FLAT, EVEN, EVEN);
  expect(usableAlignment(set)).toBe(set);
});

test("usableAlignment() leaves out sections, and sets, that are mapped to a point or a line", () => {
  expect(
    usableAlignment(makeSet(FLAT, NONE, EVEN, [1, 1, 1, 1, 0, 0]))?.sections.map(({ imageId }) => imageId),
  ).toEqual([1]);
  expect(usableAlignment(makeSet(FLAT, NONE))).toBeUndefined();
  expect(usableAlignment(makeSet(NONE_3D, EVEN))).toBeUndefined();
});
