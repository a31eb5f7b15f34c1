import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { printCanonical } from "./canonical.ts";
import { type ImagePlace, limitsOf, placeOf } from "./image-place.ts";
import { type ImageApiVersion, parseImageRequest } from "./image-request.ts";
import { type PlannedRequest, planRequest } from "./plan-request.ts";

const MAX_FINISHED = 2 ** 23;
/** Of 121 million pixels, as the plates of atlases are. */
const PLATE = { width: 15_504, height: 7824 };

function plan(
  path: string,
  { version = 3, image = PLATE, finestDownsample = 0, pixelUm }: Partial<Case> = {},
): PlannedRequest & { canonical: string } {
  const place = placeFor(image, finestDownsample);
  const parts = path.split("/") as [string, string, string, string];
  const request = parseImageRequest(version, parts);
  const limits = { ...limitsOf(place, 150_000_000), maxFinishedArea: MAX_FINISHED };
  const planned = planRequest(place, request, limits, pixelUm);
  return { ...planned, canonical: printCanonical(version, request, planned.resolved, place, planned.limits) };
}

interface Case {
  readonly version: ImageApiVersion;
  readonly image: { readonly width: number; readonly height: number };
  readonly finestDownsample: number;
  readonly pixelUm: number | undefined;
}

function placeFor(image: { width: number; height: number }, finestDownsample: number): ImagePlace {
  const place = placeOf({ ...image, finestDownsample });
  if (place === undefined) throw new Error("no place");
  return place;
}

const sizeOf = ({ resolved }: PlannedRequest): number[] => [resolved.width, resolved.height];

test("planRequest() gives max whole as it is stored, and else the finest tier that can be made", () => {
  for (const size of ["max", "^max"]) {
    expect(sizeOf(plan(`full/${size}/0/default.jpg`))).toEqual([15_504, 7824]);
    for (const rest of ["0/default.png", "0/default.webp", "!0/default.jpg", "90/default.jpg", "0/gray.jpg"]) {
      const planned = plan(`full/${size}/${rest}`);
      expect([sizeOf(planned), planned.plan.window.downsample]).toEqual([[3876, 1956], 2]);
      expect(planned.canonical).toBe(`full/max/${rest}`);
    }
  }
  expect(sizeOf(plan("full/max/0/default.png", { version: 2 }))).toEqual([3876, 1956]);
});

test("planRequest() enlarges ^max and ^!w,h to what can be made, where more may be given", () => {
  const most = Math.floor(Math.sqrt(MAX_FINISHED));
  for (const size of ["^max", "^!9000,9000"]) {
    expect(sizeOf(plan(`0,0,1000,1000/${size}/0/default.jpg`))).toEqual([most, most]);
  }
});

test.each([
  [3, "full/8000,/0/default.jpg"],
  [3, "full/15504,/0/default.png"],
  [2, "full/full/0/default.png"],
  [3, "0,0,1000,1000/^9000,9000/0/default.jpg"],
] as const)("planRequest(%i) refuses %s, and says what is too large and what to give", (version, path) => {
  const said = /^Cannot make that of .* is made of 8388608 at most; give max, \d+,\d+ or less, or a smaller region$/;
  expect(() => plan(path, { version })).toThrow(RangeError);
  expect(() => plan(path, { version })).toThrow(said);
  const [, largest] = /give max, (\d+,\d+)/.exec(messageOf(() => plan(path, { version }))) ?? [];
  expect(() => plan(path.replace(/\/[^/]+/, `/${largest}`), { version })).not.toThrow();
});

function messageOf(work: () => unknown): string {
  try {
    work();
    return "";
  } catch (error) {
    return String(error);
  }
}

test("planRequest() can make max of any region of any image in any form, and nothing that is larger than its bound", () => {
  const length = fc.integer({ min: 1, max: 60_000 });
  const image = fc.record({ width: length, height: length });
  const at = fc.tuple(fc.nat(), fc.nat(), length, length);
  checkProperty(
    fc.property(
      image,
      at,
      fc.constantFrom("max", "^max"),
      fc.constantFrom("jpg", "png"),
      (image, [x, y, w, h], size, format) => {
        const region = [x % image.width, y % image.height, w, h].join(",");
        const { plan: made } = plan(`${region}/${size}/0/default.${format}`, { image });
        if (made.finish === undefined) return;
        expect(made.window.width * made.window.height).toBeLessThanOrEqual(MAX_FINISHED);
        expect(made.finish.width * made.finish.height).toBeLessThanOrEqual(MAX_FINISHED);
      },
    ),
  );
});

test("planRequest() knows how large a pixel is after scaling, for formats that say it", () => {
  const pixelUmOf = (path: string, more: Partial<Case> = {}) =>
    plan(path, { pixelUm: 1.047, ...more }).plan.finish?.pixelUm;
  expect(pixelUmOf("0,0,500,500/max/0/default.png")).toBe(1.047);
  expect(pixelUmOf("full/242,122/0/default.tif")).toBeCloseTo(1.047 * 64, 9);
  expect(pixelUmOf("0,0,1000,500/100,50/0/default.png")).toBeCloseTo(10.47, 9);
  expect(pixelUmOf("0,0,500,500/^1000,1000/90/default.png")).toBeCloseTo(0.5235, 9);
  // Of the tier that is held.
  expect(pixelUmOf("0,0,500,500/250,/0/default.png", { finestDownsample: 2 })).toBeCloseTo(2.094, 9);
  // Stretched, unknown, and of formats that have no place for it.
  expect(pixelUmOf("0,0,500,500/500,250/0/default.png")).toBeUndefined();
  expect(pixelUmOf("0,0,5,5/^10,12/0/default.png")).toBeUndefined();
  expect(pixelUmOf("0,0,500,500/max/0/default.png", { pixelUm: undefined })).toBeUndefined();
  expect(plan("0,0,500,500/max/0/gray.jpg", { pixelUm: 1 }).plan.finish).not.toHaveProperty("pixelUm");
});
