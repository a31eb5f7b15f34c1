import { type Affine3d, AlignedSet, applyAffine3d, imageToReference, invertAffine3d } from "@brainatlas/sdk/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alignedSet, pixelCoordinate } from "../../../../tests/support/aligned-sets.ts";
import { checkProperty } from "../../../../tests/support/property.ts";
import {
  follow,
  followPlace,
  followZoom,
  micronsPerPixel,
  nearestImage,
  projectOn,
  type Spot,
  spaceOf,
  toSpace,
} from "./follow.ts";
import type { Series } from "./series.ts";

/** A series of a set; its images are as large as any point that is drawn. */
function seriesOf(aligned: AlignedSet | undefined, id = 1, sizePx = 1e6): Series {
  const record = { x: 0, y: 0, width: sizePx, height: sizePx, image_width: sizePx, image_height: sizePx };
  return {
    ref: { kind: "dataset", id },
    name: `Series ${id}`,
    images: (aligned?.sections ?? []).map(({ imageId }, index) => ({
      id: imageId,
      record: { ...record, id: imageId, path: "/a.aff" },
      number: index + 1,
      positionUm: index,
    })),
    graphId: 1,
    groups: [],
    imageType: undefined,
    plane: "coronal",
    aligned,
    isDrawn: false,
    hasProjection: false,
    serviceRange: undefined,
  };
}

/** The same set in the space that is mirrored about 5700 µm. */
function mirrored({ id, thicknessUm, alignment3d, sections }: AlignedSet): AlignedSet {
  const [a, b, c, d, e, f, g, h, i, x, y, z] = alignment3d.tvr;
  const tvr: Affine3d = [a, b, c, d, e, f, -g, -h, -i, x, y, 11_400 - z];
  return new AlignedSet({
    id: id + 1,
    thicknessUm,
    referenceSpaceId: 10,
    alignment3d: { tvr, trv: invertAffine3d(tvr) },
    images: sections,
  });
}

const FLAT: Affine3d = [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0];

/** Sections that lie on each other, a pixel a µm. */
function stack(numbers: readonly number[], thicknessUm = 25, referenceSpaceId: number | undefined = 9): AlignedSet {
  const alignment2d = { tsv: [1, 0, 0, 1, 0, 0], tvs: [1, 0, 0, 1, 0, 0] } as const;
  return new AlignedSet({
    id: 1,
    thicknessUm,
    referenceSpaceId,
    alignment3d: { tvr: FLAT, trv: FLAT },
    images: numbers.map((sectionNumber) => ({ imageId: 100 + sectionNumber, sectionNumber, alignment2d })),
  });
}

const spot = fc
  .tuple(alignedSet, fc.nat(), pixelCoordinate, pixelCoordinate)
  .map(([set, index, x, y]): { set: AlignedSet; spot: Spot } => {
    const imageId = set.sections[index % set.sections.length]?.imageId ?? 0;
    return { set, spot: { series: seriesOf(set), imageId, point: { x, y } } };
  });

describe("follow", () => {
  test("follow() finds in the mirrored space the pixel that it came from, and comes back to it", () => {
    checkProperty(
      fc.property(spot, ({ set, spot: from }) => {
        const target = seriesOf(mirrored(set), 2);
        const there = follow(from, target);
        // Of sections with one number the first is taken.
        fc.pre(there.state === "there" && there.imageId === from.imageId);
        expect(there.distanceUm).toBeLessThan(0.01);
        expect(there.point.x).toBeCloseTo(from.point.x, 4);
        const back = follow({ series: target, imageId: there.imageId, point: there.point }, from.series);
        fc.pre(back.state === "there" && back.imageId === from.imageId);
        expect(Math.hypot(back.point.x - from.point.x, back.point.y - from.point.y)).toBeLessThan(1e-3);
      }),
    );
  });

  test("follow() is off by the distance that it tells, and only along the stack", () => {
    checkProperty(
      fc.property(spot, alignedSet, ({ spot: from }, set) => {
        const target = seriesOf(set, 2);
        const there = follow(from, target);
        fc.pre(there.state === "there");
        const [one, other] = [spaceOf(from)?.point, spaceOf({ series: target, ...there })?.point];
        if (one === undefined || other === undefined) throw new Error("both are aligned");
        const [, , a, , , b, , , c] = set.alignment3d.tvr;
        const apartUm = Math.hypot(one.x - other.x, one.y - other.y, one.z - other.z);
        expect(apartUm).toBeCloseTo(there.distanceUm * Math.hypot(a, b, c), 3);
      }),
    );
  });

  test("follow() keeps the image and the pixel within one series, aligned or not", () => {
    const series = seriesOf(undefined);
    const from = { series, imageId: 7, point: { x: 1, y: 2 } };
    expect(follow(from, series)).toEqual({ state: "there", imageId: 7, point: { x: 1, y: 2 }, distanceUm: 0 });
  });

  test("follow() says why series are apart", () => {
    const [known, unknown] = [seriesOf(stack([0]), 1), seriesOf(stack([0], 25, 5), 2)];
    const from = { series: known, imageId: 100, point: { x: 1, y: 2 } };
    expect(follow(from, unknown)).toEqual({
      state: "apart",
      reason: "no map is known from reference space 9 to that of Series 2",
    });
    expect(follow(from, seriesOf(undefined, 3))).toMatchObject({
      reason: "Series 3 is not aligned with a reference space",
    });
    expect(follow({ ...from, series: seriesOf(undefined, 4) }, known)).toMatchObject({
      reason: expect.stringContaining("Series 4"),
    });
  });
});

describe("followPlace", () => {
  const at = (x: number, y: number, z: number) => ({ spaceId: 9, point: { x, y, z } });

  test("followPlace() is outside beyond five gaps of the first and the last section", () => {
    const series = seriesOf(stack([0, 4, 8]));
    expect(followPlace(at(5, 5, -499), series).state).toBe("there");
    expect(followPlace(at(5, 5, -501), series).state).toBe("outside");
    expect(followPlace(at(5, 5, 699), series)).toMatchObject({ imageId: 108, distanceUm: 499 });
    expect(followPlace(at(5, 5, 701), series).state).toBe("outside");
  });

  test("followPlace() is outside beyond a millimetre of a single section, and of sparse ones", () => {
    for (const series of [seriesOf(stack([10])), seriesOf(stack([10, 110]))]) {
      expect(followPlace(at(5, 5, -749), series).state).toBe("there");
      expect(followPlace(at(5, 5, -751), series).state).toBe("outside");
    }
  });

  test("followPlace() is outside more than a tenth of the image beside it", () => {
    const series = seriesOf(stack([0]), 1, 1000);
    expect(followPlace(at(-99, 1099, 0), series).state).toBe("there");
    expect(followPlace(at(-101, 5, 0), series).state).toBe("outside");
    expect(followPlace(at(5, 1101, 0), series).state).toBe("outside");
  });
});

test("nearestImage() answers what the set answers", () => {
  checkProperty(
    fc.property(alignedSet, pixelCoordinate, pixelCoordinate, pixelCoordinate, (set, x, y, z) => {
      const { imageId, point } = nearestImage(set, { x, y, z });
      const place = set.referenceToImage(x, y, z);
      expect({ imageId, ...point }).toEqual({ imageId: place.imageId, x: place.x, y: place.y });
    }),
  );
});

test("projectOn() puts a spot on an image that is not the nearest", () => {
  const series = seriesOf(stack([0, 4]));
  const from = { series, imageId: 100, point: { x: 30, y: 40 } };
  expect(projectOn(from, series, 104)).toEqual({ x: 30, y: 40 });
  expect(projectOn(from, seriesOf(mirrored(stack([0, 4])), 2), 104)).toEqual({ x: 30, y: 40 });
  expect(projectOn(from, series, 999)).toBeUndefined();
  expect(projectOn(from, seriesOf(stack([0], 25, 5), 3), 100)).toBeUndefined();
});

test("toSpace() mirrors points between the spaces of the adult mouse", () => {
  const point = { x: 1, y: 2, z: 1400 };
  expect(toSpace({ spaceId: 10, point }, 9)).toEqual({ x: 1, y: 2, z: 10_000 });
  expect(toSpace({ spaceId: undefined, point }, 9)).toBeUndefined();
});

test("followZoom() keeps µm per CSS pixel", () => {
  checkProperty(
    fc.property(
      fc.double({ min: -8, max: 3, noNaN: true }),
      fc.double({ min: 0.1, max: 10, noNaN: true }),
      fc.double({ min: 0.1, max: 10, noNaN: true }),
      (zoom, from, to) => {
        expect(to / 2 ** followZoom(zoom, from, to)).toBeCloseTo(from / 2 ** zoom, 6);
      },
    ),
  );
  expect(followZoom(-2, undefined, 1)).toBe(-2);
});

test("micronsPerPixel() takes the row's resolution, else that of the alignment", () => {
  const series = seriesOf(stack([0]));
  expect(micronsPerPixel(series, 100)).toBe(1);
  const images = series.images.map((image) => ({ ...image, record: { ...image.record, resolution: 1.047 } }));
  expect(micronsPerPixel({ ...series, images }, 100)).toBe(1.047);
  expect(micronsPerPixel(series, 999)).toBeUndefined();
});

test("spaceOf() maps pixels beside the image too", () => {
  const set = stack([4]);
  const [section] = set.sections;
  if (section === undefined) throw new Error("there is one");
  const from = { series: seriesOf(set), imageId: 104, point: { x: -50, y: -60 } };
  expect(spaceOf(from)).toEqual({ spaceId: 9, point: imageToReference(section, -50, -60) });
  expect(applyAffine3d(set.alignment3d.trv, -50, -60, 100)).toEqual({ x: -50, y: -60, z: 100 });
  expect(spaceOf({ ...from, imageId: 1 })).toBeUndefined();
});
