import {
  type Affine2d,
  type Affine3d,
  type AlignedImage,
  AlignedSet,
  invertAffine2d,
  invertAffine3d,
} from "@brainatlas/sdk/sync";
import fc from "fast-check";

const small = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

/** Pixels in and around an image. */
export const pixelCoordinate: fc.Arbitrary<number> = small(-20_000, 40_000);
/** µm in and around a brain. */
export const spaceCoordinate: fc.Arbitrary<number> = small(-5000, 20_000);

/** From pixels to a stack: turned by some degrees, scaled, moved. */
export const sectionMap: fc.Arbitrary<Affine2d> = fc
  .tuple(small(0.3, 2), small(-0.3, 0.3), small(-5000, 5000), small(-5000, 5000))
  .map(([scale, turn, x, y]) => {
    const [cos, sin] = [scale * Math.cos(turn), scale * Math.sin(turn)];
    return [cos, -sin, sin, cos, x, y];
  });

/** From a stack to reference space: its axes exchanged and turned, tilted and moved. */
export const stackMap: fc.Arbitrary<Affine3d> = fc
  .tuple(
    fc.constantFrom<Affine3d>(
      [0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0],
      [0, 0, -1, 0, 1, 0, 1, 0, 0, 0, 0, 0],
      [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0],
    ),
    fc.array(small(-0.05, 0.05), { minLength: 9, maxLength: 9 }),
    fc.tuple(small(-3000, 3000), small(-3000, 3000), small(-3000, 13_000)),
  )
  .map(([axes, tilts, offset]) => {
    const linear = axes.slice(0, 9).map((value, index) => value + (tilts[index] ?? 0));
    return [...linear, ...offset] as unknown as Affine3d; // Nine and three.
  });

const images: fc.Arbitrary<AlignedImage[]> = fc
  .array(fc.tuple(fc.integer({ min: -50, max: 600 }), sectionMap), { minLength: 1, maxLength: 30 })
  .map((all) =>
    all.map(([sectionNumber, tsv], index) => ({
      imageId: 1000 + index,
      sectionNumber,
      alignment2d: { tsv, tvs: invertAffine2d(tsv) },
      annotated: index % 3 === 0,
    })),
  );

/** A data set whose maps back are the true inverses. */
export const alignedSet: fc.Arbitrary<AlignedSet> = fc.tuple(images, stackMap, fc.constantFrom(25, 100, 16.7)).map(
  ([all, tvr, thicknessUm]) =>
    new AlignedSet({
      id: 7,
      thicknessUm,
      referenceSpaceId: 9,
      alignment3d: { tvr, trv: invertAffine3d(tvr) },
      images: all,
    }),
);
