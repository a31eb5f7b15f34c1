import fc from "fast-check";
import { expect, test } from "vitest";
import { alignedSet, pixelCoordinate, spaceCoordinate } from "../../../../tests/support/aligned-sets.ts";
import { checkProperty } from "../../../../tests/support/property.ts";
import { AlignedSet } from "./aligned-set.ts";
import { imageToReferenceAll, referenceToImageAll } from "./batch.ts";
import { imageToReference } from "./transform.ts";

const pixels = fc.array(fc.tuple(pixelCoordinate, pixelCoordinate), { maxLength: 20 });
const points = fc.array(fc.tuple(spaceCoordinate, spaceCoordinate, spaceCoordinate), { maxLength: 20 });

test("imageToReferenceAll() gives exactly what imageToReference() gives", () => {
  checkProperty(
    fc.property(alignedSet, pixels, (set, all) => {
      const [section = set.nearest(0)] = set.sections;
      const expected = all.flatMap(([x, y]) => Object.values(imageToReference(section, x, y)));
      expect([...imageToReferenceAll(section, Float64Array.from(all.flat()))]).toEqual(expected);
    }),
  );
});

test("referenceToImageAll() gives exactly what AlignedSet.referenceToImage() gives", () => {
  checkProperty(
    fc.property(alignedSet, points, (set, all) => {
      const { sections, xy } = referenceToImageAll(set, Float64Array.from(all.flat()));
      const found = all.map((_, index) => ({
        imageId: set.sections[sections[index] ?? -1]?.imageId,
        x: xy[index * 2],
        y: xy[index * 2 + 1],
      }));
      const single = all.map(([x, y, z]) => set.referenceToImage(x, y, z));
      expect(found).toEqual(single.map(({ imageId, x, y }) => ({ imageId, x, y })));
    }),
  );
});

const FLAT = { tsv: [1, 0, 0, 1, 0, 0], tvs: [1, 0, 0, 1, 0, 0] } as const;
const ALONG_Z = [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0] as const;
const setOf = (...numbers: number[]): AlignedSet =>
  new AlignedSet({
    id: 1,
    thicknessUm: 1,
    alignment3d: { tvr: ALONG_Z, trv: ALONG_Z },
    images: numbers.map((sectionNumber, index) => ({ imageId: index + 1, sectionNumber, alignment2d: FLAT })),
  });

test.each([
  ["near each other", [4, 12, 20]],
  ["too far apart for a table", [4, 12, 1e9]],
  ["as far apart as numbers reach", [-Number.MAX_SAFE_INTEGER, 0, Number.MAX_SAFE_INTEGER]],
])("referenceToImageAll() finds sections %s, ties and ends among them", (_, numbers) => {
  const set = setOf(...numbers);
  const [low = 0, middle = 0, high = 0] = numbers;
  const places = [
    low - 5,
    low,
    (low + middle) / 2,
    (low + middle) / 2 + 0.25,
    middle,
    (middle + high) / 2,
    high + 9,
    1e300,
  ];
  const { sections } = referenceToImageAll(set, Float64Array.from(places.flatMap((place) => [0, 0, place])));
  expect([...sections]).toEqual(places.map((place) => set.sections.indexOf(set.nearest(place))));
});

test.each([[[4, 12, 20]], [[4, 1e9]]])("referenceToImageAll() says that NaN falls nowhere, among %j", (numbers) => {
  const set = setOf(...numbers);
  const { sections, xy } = referenceToImageAll(set, Float64Array.from([Number.NaN, 0, 0, 1, 2, 4]));
  expect([...sections]).toEqual([-1, 0]);
  expect([...xy]).toEqual([Number.NaN, Number.NaN, 1, 2]);
});

test("imageToReferenceAll() and referenceToImageAll() write into what they are given", () => {
  const set = setOf(4);
  const out = new Float64Array(8);
  expect(imageToReferenceAll(set.nearest(4), Float64Array.of(1, 2, 3, 4), out)).toBe(out);
  expect([...out]).toEqual([1, 2, 4, 3, 4, 4, 0, 0]);
  const placed = { sections: new Int32Array(2), xy: new Float64Array(4) };
  expect(referenceToImageAll(set, Float64Array.of(1, 2, 3), placed)).toBe(placed);
  expect([...placed.xy]).toEqual([1, 2, 0, 0]);
});

test("imageToReferenceAll() and referenceToImageAll() refuse arrays that do not fit", () => {
  const set = setOf(4);
  const section = set.nearest(4);
  expect(() => imageToReferenceAll(section, new Float64Array(3))).toThrow(RangeError);
  expect(() => imageToReferenceAll(section, new Float64Array(4), new Float64Array(5))).toThrow("give room for 6");
  expect(() => referenceToImageAll(set, new Float64Array(4))).toThrow(
    "Cannot use xyz of 4 values; give 3 for each point, one point after the other",
  );
  const short = { sections: new Int32Array(1), xy: new Float64Array(1) };
  expect(() => referenceToImageAll(set, new Float64Array(3), short)).toThrow("out.xy");
});
