import fc from "fast-check";
import { expect, test } from "vitest";
import { alignedSet, pixelCoordinate, spaceCoordinate } from "../../../../tests/support/aligned-sets.ts";
import { checkProperty } from "../../../../tests/support/property.ts";
import { AlignedSet, type AlignedSetParts } from "./aligned-set.ts";
import { imageToImage } from "./image-to-image.ts";
import { nearestSection } from "./nearest-section.ts";
import { imageToImage2d, imageToReference, referenceToImage } from "./transform.ts";

const FLAT = { tsv: [1, 0, 0, 1, 0, 0], tvs: [1, 0, 0, 1, 0, 0] } as const;
const PARTS: AlignedSetParts = {
  id: 5,
  thicknessUm: 25,
  referenceSpaceId: 9,
  alignment3d: {
    tvr: [0, 0, 1, 0, 1, 0, 1, 0, 0, 100, 200, 300],
    trv: [0, 0, 1, 0, 1, 0, 1, 0, 0, -300, -200, -100],
  },
  images: [
    { imageId: 12, sectionNumber: 20, alignment2d: FLAT },
    { imageId: 11, sectionNumber: 4, alignment2d: { tsv: [2, 0, 0, 2, 10, 20], tvs: [0.5, 0, 0, 0.5, -5, -10] } },
    { imageId: 10, sectionNumber: 20, alignment2d: FLAT, annotated: true },
  ],
};

test("AlignedSet orders its sections, and finds them by image", () => {
  const set = new AlignedSet(PARTS);
  expect(set.sections.map(({ imageId }) => imageId)).toEqual([11, 10, 12]);
  expect(set.section(12)).toMatchObject({ sectionNumber: 20, dataSetId: 5, referenceSpaceId: 9, thicknessUm: 25 });
  expect(set.section(13)).toBeUndefined();
  expect(set.annotated()?.sections.map(({ imageId }) => imageId)).toEqual([10]);
  expect(new AlignedSet({ ...PARTS, images: PARTS.images.slice(0, 1) }).annotated()).toBeUndefined();
});

test("AlignedSet.referenceToImage() projects to the nearest section, outside of the image too", () => {
  const set = new AlignedSet(PARTS);
  // 350 µm to posterior are 250 µm into the stack: place 10, nearer to 4 than to 20.
  expect(set.referenceToImage(350, 240, 340)).toEqual({ imageId: 11, sectionNumber: 4, x: 15, y: 10 });
  // Before the first and behind the last.
  expect(set.referenceToImage(-1e6, 0, 0)).toEqual({ imageId: 11, sectionNumber: 4, x: -155, y: -110 });
  expect(set.referenceToImage(1e6, 0, 0)).toMatchObject({ imageId: 10, x: -300, y: -200 });
  // In the middle between the two.
  expect(set.referenceToImage(400, 0, 0).imageId).toBe(11);
});

test.each<[Partial<AlignedSetParts>, string]>([
  [{ images: [] }, "it has no image"],
  [{ thicknessUm: 0 }, "thicknessUm 0"],
  [{ thicknessUm: Number.NaN }, "thicknessUm NaN"],
  [{ images: [{ imageId: 1, sectionNumber: 1.5, alignment2d: FLAT }] }, "sectionNumber 1.5 of image 1"],
])("AlignedSet refuses %j", (parts, words) => {
  expect(() => new AlignedSet({ ...PARTS, ...parts })).toThrow(words);
  expect(() => new AlignedSet({ ...PARTS, ...parts })).toThrow(RangeError);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])("AlignedSet.referenceToImage() refuses %d", (value) => {
  expect(() => new AlignedSet(PARTS).referenceToImage(1, value, 3)).toThrow(RangeError);
});

test("imageToReference() and AlignedSet.referenceToImage() undo each other", () => {
  checkProperty(
    fc.property(alignedSet, fc.nat(), pixelCoordinate, pixelCoordinate, (set, pick, x, y) => {
      const section = set.sections[pick % set.sections.length] ?? set.nearest(0);
      const point = imageToReference(section, x, y);
      const back = referenceToImage(section, point.x, point.y, point.z);
      expect(Math.hypot(back.x - x, back.y - y)).toBeLessThan(1e-6);
      // Of several images with one number the first is found.
      expect(set.referenceToImage(point.x, point.y, point.z).sectionNumber).toBe(section.sectionNumber);
    }),
  );
});

test("AlignedSet.referenceToImage() takes the section that is nearest along the stack", () => {
  checkProperty(
    fc.property(alignedSet, spaceCoordinate, spaceCoordinate, spaceCoordinate, (set, x, y, z) => {
      const [a, b, c, d] = [
        set.alignment3d.trv[6],
        set.alignment3d.trv[7],
        set.alignment3d.trv[8],
        set.alignment3d.trv[11],
      ];
      const wanted = (a * x + b * y + c * z + d) / set.thicknessUm;
      const best = Math.min(...set.sections.map(({ sectionNumber }) => Math.abs(sectionNumber - wanted)));
      const found = set.referenceToImage(x, y, z);
      expect(Math.abs(found.sectionNumber - wanted)).toBe(best);
      expect(set.sections[nearestSection(set.sections, wanted)]?.imageId).toBe(found.imageId);
    }),
  );
});

test("imageToImage() comes back to the image that it began at", () => {
  checkProperty(
    fc.property(alignedSet, pixelCoordinate, pixelCoordinate, (set, x, y) => {
      const [section = set.nearest(0)] = set.sections;
      const place = imageToImage(section, set, x, y);
      expect(place?.imageId).toBe(section.imageId);
      expect(Math.hypot((place?.x ?? 0) - x, (place?.y ?? 0) - y)).toBeLessThan(1e-6);
    }),
  );
});

test("imageToImage() mirrors between the spaces of coronal and of sagittal data, and knows no other", () => {
  const [nine, ten] = [new AlignedSet(PARTS), new AlignedSet({ ...PARTS, referenceSpaceId: 10 })];
  const section = nine.nearest(4);
  const point = imageToReference(section, 100, 50);
  expect(imageToImage(section, ten, 100, 50)).toEqual(ten.referenceToImage(point.x, point.y, 11_400 - point.z));
  expect(imageToImage(section, new AlignedSet({ ...PARTS, referenceSpaceId: 1 }), 100, 50)).toBeUndefined();
  expect(imageToImage(section, new AlignedSet({ ...PARTS, referenceSpaceId: undefined }), 100, 50)).toBeUndefined();
});

test("imageToImage2d() uses the 2-D alignments alone", () => {
  const set = new AlignedSet(PARTS);
  const [seed, target] = [set.nearest(4).alignment2d, set.nearest(20).alignment2d];
  expect(imageToImage2d(seed, target, 100, 50)).toEqual({ x: 210, y: 120 });
  expect(imageToImage2d(target, seed, 210, 120)).toEqual({ x: 100, y: 50 });
});
