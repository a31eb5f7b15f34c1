import type { AlignedSet } from "@brainatlas/sdk/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import {
  nearestPlate,
  parsePlate,
  plateNumber,
  plateText,
  positionMeaning,
  printMm,
  thumbnailDownsample,
} from "./plates.ts";
import type { Series, SeriesImage } from "./series.ts";

const BOX = { x: 0, y: 0, width: 10_560, height: 7552, image_width: 10_560, image_height: 7552 };

function makeImage(number: number, positionUm: number): SeriesImage {
  return { id: 100 + number, record: { id: 100 + number, path: "/a.aff", ...BOX }, number, positionUm };
}

function makeSeries(
  kind: "atlas" | "dataset",
  positionsUm: readonly number[],
  isAligned = true,
): Pick<Series, "ref" | "images" | "plane" | "aligned"> {
  return {
    ref: { kind, id: 1 },
    images: positionsUm.map((positionUm, index) => makeImage(index + 1, positionUm)),
    plane: "coronal",
    // Only what the texts ask of it.
    aligned: isAligned
      ? ({ section: (id: number) => (id === 103 ? undefined : {}) } as unknown as AlignedSet)
      : undefined,
  };
}

const PLATES = makeSeries("atlas", [200, 1400, 5420, 5800]);

test("plateText() counts plates of an atlas, and sections of an experiment", () => {
  const sections = makeSeries("dataset", [200, 1400]);
  expect(plateText(PLATES, makeImage(3, 5420))).toBe("Plate 3 of 4, 5.42 mm");
  expect(plateText(sections, makeImage(2, 1400))).toBe("Section 2 of 2, 1.40 mm");
});

test.each([
  [5420, "5.42 mm"],
  [0, "0.00 mm"],
  [-1, "0.00 mm"],
  [-1300, "−1.30 mm"],
])("printMm(%j) is %j", (positionUm, text) => {
  expect(printMm(positionUm)).toBe(text);
});

test("positionMeaning() says from where it is counted", () => {
  const of = (plane: "coronal" | "sagittal" | "horizontal") =>
    positionMeaning({ ...PLATES, plane }, { id: 102, positionUm: 1400 });
  expect(of("coronal")).toBe("1.40 mm from the front end of reference space, in the middle of the plate");
  expect(of("sagittal")).toContain("from the left side of");
  expect(of("horizontal")).toContain("from the top of");
});

test("positionMeaning() says of an image without alignment that the position was counted", () => {
  const counted = "1.40 mm (section number × thickness), as the section is not aligned with a reference space";
  expect(positionMeaning(makeSeries("dataset", [1400], false), { id: 101, positionUm: 1400 })).toBe(counted);
  // The series is aligned, and this one of its images is not.
  expect(positionMeaning(PLATES, { id: 103, positionUm: 1400 })).toContain("section number × thickness");
});

test("nearestPlate() takes the nearest, and the first of two as near", () => {
  expect([-9, 800, 801, 5600, 5611, 99_999].map((um) => nearestPlate(PLATES, um)?.number)).toEqual([1, 1, 2, 3, 4, 4]);
  expect(nearestPlate({ images: [] }, 0)).toBeUndefined();
});

test("nearestPlate() is never farther than another", () => {
  const positions = fc.array(fc.integer({ min: -1000, max: 20_000 }), { minLength: 1, maxLength: 40 });
  checkProperty(
    fc.property(positions, fc.integer({ min: -2000, max: 22_000 }), (positionsUm, um) => {
      const found = nearestPlate(makeSeries("atlas", positionsUm), um)?.positionUm ?? Number.NaN;
      expect(Math.abs(found - um)).toBe(Math.min(...positionsUm.map((each) => Math.abs(each - um))));
    }),
  );
});

test.each([
  ["3", 3],
  ["plate 3", 3],
  [" Section 3 ", 3],
  ["#2", 2],
  ["3/4", 3],
  ["3 of 4", 3],
  ["5.4 mm", 3],
  ["5,4mm", 3],
  ["1500 µm", 2],
  ["1500um", 2],
  ["-3 mm", 1],
  ["−3 mm", 1],
  ["99 mm", 4],
])("parsePlate(%j) is plate %j", (text, number) => {
  expect(parsePlate(text, PLATES)?.number).toBe(number);
});

test.each(["", "0", "5", "-1", "2.5", "plate", "mm", "3 cm", "three", "3 mm 4", `${"1".repeat(9999)}`])(
  "parsePlate(%j) names none",
  (text) => {
    expect(parsePlate(text, PLATES)).toBeUndefined();
  },
);

test("parsePlate() reads what plateText() and printMm() print", () => {
  for (const image of PLATES.images) {
    expect(parsePlate(plateText(PLATES, image).split(",")[0] ?? "", PLATES)).toBe(image);
    expect(parsePlate(printMm(image.positionUm), PLATES)).toBe(image);
  }
});

test.each([
  [7552, 10_560, 6],
  [256, 256, 0],
  // Wide and low.
  [100, 40_000, 5],
  // A box in a file of many: the file has tiers enough.
  [7824, 44_032, 6],
])("thumbnailDownsample() of %i pixels in a file of %i is %i", (height, edge, downsample) => {
  const record = { id: 1, path: "/a.aff", ...BOX, height, image_width: edge, image_height: edge };
  expect(thumbnailDownsample(record)).toBe(downsample);
});

test("plateNumber() is a plate of any atlas, and a section of an experiment", () => {
  expect(plateNumber({ ref: { kind: "atlas", id: 1 } }, { number: 16 })).toBe("plate 16");
  expect(plateNumber({ ref: { kind: "dataset", id: 1 } }, { number: 3 })).toBe("section 3");
});
