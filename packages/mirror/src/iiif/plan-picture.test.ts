import { type TierWindow, tierCount, tierSize } from "@brainatlas/sdk/image";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { deepZoomRegion, fullLevel } from "./deep-zoom.ts";
import { type ImagePlace, placeOf } from "./image-place.ts";
import { checkTurned, planPicture, windowFor } from "./plan-picture.ts";

const PLAIN = { isMirrored: false, turnDeg: 0, tone: "color", format: "jpg" } as const;
const length = fc.integer({ min: 1, max: 30_000 });
const size = fc.record({ width: length, height: length });

function wholeFile(file: { width: number; height: number }, finestDownsample = 0): ImagePlace {
  const place = placeOf({ ...file, finestDownsample });
  if (place === undefined) throw new Error("no place");
  return place;
}

/** Tiles of a level along one axis, as viewers ask for them: start and length of the region, and what it is scaled to. */
function tilesAlong(
  full: number,
  scale: number,
  levelLength: number,
): { start: number; length: number; asked: number }[] {
  return Array.from({ length: Math.ceil(levelLength / 256) }, (_, index) => {
    const start = index * 256 * scale;
    return { start, length: Math.min(256 * scale, full - start), asked: Math.min(256, levelLength - index * 256) };
  });
}

const tierWindow = (left: number, top: number, width: number, height: number, downsample: number): TierWindow => ({
  left,
  top,
  width,
  height,
  downsample,
});

test("planPicture() gives the tiles that follow from the sizes as they are stored, all and each once", () => {
  checkProperty(
    fc.property(size, (file) => {
      const place = wholeFile(file);
      for (let halvings = 0; halvings < tierCount(file.width, file.height); halvings += 1) {
        const tier = { width: tierSize(file.width, halvings), height: tierSize(file.height, halvings) };
        for (const across of sample(tilesAlong(file.width, 2 ** halvings, tier.width))) {
          for (const down of sample(tilesAlong(file.height, 2 ** halvings, tier.height))) {
            if (across.length < 1 || down.length < 1) continue;
            const region = { x: across.start, y: down.start, width: across.length, height: down.length };
            const plan = planPicture(place, { region, width: across.asked, height: down.asked }, PLAIN);
            // Of what is narrower than a pixel of the tier, a finer one may be asked for.
            if (file.width < 2 ** halvings || file.height < 2 ** halvings) continue;
            expect(plan).toEqual({
              window: tierWindow(
                across.start / 2 ** halvings,
                down.start / 2 ** halvings,
                across.asked,
                down.asked,
                halvings,
              ),
              finish: undefined,
            });
          }
        }
      }
    }),
  );
});

test("planPicture() gives tiles of levels that are rounded up at their size, neighbours meeting, no pixel far", () => {
  checkProperty(
    fc.property(size, (file) => {
      const place = wholeFile(file);
      for (let halvings = 0; halvings < tierCount(file.width, file.height); halvings += 1) {
        const scale = 2 ** halvings;
        if (Math.min(file.width, file.height) < scale) break; // Strips that are narrower than a pixel.
        const level = Math.ceil(file.width / scale);
        let end = 0;
        for (const { start, length, asked } of tilesAlong(file.width, scale, level)) {
          const height = Math.min(256, Math.ceil(file.height / scale));
          const region = { x: start, y: 0, width: length, height: Math.min(256 * scale, file.height) };
          const { window, finish } = planPicture(place, { region, width: asked, height }, PLAIN);
          const factor = 2 ** (halvings - window.downsample);
          // A last column of a pixel or two may come from a finer tier, which has more of it.
          if (factor !== 1) {
            expect(asked).toBeLessThanOrEqual(2);
            end = level;
            continue;
          }
          expect(window.left).toBe(end);
          expect(asked - window.width).toBeOneOf([0, 1]);
          expect([finish?.width ?? window.width, finish?.height ?? window.height]).toEqual([asked, height]);
          end = window.left + window.width;
        }
        expect(end).toBeGreaterThanOrEqual(tierSize(file.width, halvings));
      }
    }),
  );
});

test("windowFor() lies in its tier, never coarser than asked, and off by less than a pixel of the answer", () => {
  const box = fc.record({ x: fc.nat(30_000), y: fc.nat(30_000), width: length, height: length });
  checkProperty(
    fc.property(size, box, box, size, fc.integer({ min: 0, max: 2 }), (file, inFile, inBox, asked, finest) => {
      const at = { x: inFile.x % file.width, y: inFile.y % file.height, width: inFile.width, height: inFile.height };
      const place = placeOf({ ...file, finestDownsample: finest }, at);
      if (place === undefined) return;
      const [x, y] = [inBox.x % place.width, inBox.y % place.height];
      const region = {
        x,
        y,
        width: Math.min(inBox.width, place.width - x),
        height: Math.min(inBox.height, place.height - y),
      };
      const window = windowFor(place, region, asked);
      const halvings = window.downsample - place.finestDownsample;
      const scale = 2 ** halvings;
      expect(Math.min(window.left, window.top, halvings)).toBeGreaterThanOrEqual(0);
      expect(Math.min(window.width, window.height)).toBeGreaterThanOrEqual(1);
      expect(window.left + window.width).toBeLessThanOrEqual(tierSize(place.file.width, halvings));
      expect(window.top + window.height).toBeLessThanOrEqual(tierSize(place.file.height, halvings));
      if (halvings > 0) expect(Math.ceil(region.width / scale)).toBeGreaterThanOrEqual(asked.width);
      const start = (place.left + region.x) / scale;
      const pixel = Math.max(1, region.width / scale / asked.width);
      expect(Math.abs(window.left - start)).toBeLessThanOrEqual(pixel);
      expect(Math.abs(window.left + window.width - start - region.width / scale)).toBeLessThan(1.5 * pixel);
    }),
  );
});

test("planPicture() gives Deep Zoom's tiles at their sizes", () => {
  checkProperty(
    fc.property(size, fc.nat(20), fc.nat(20), fc.nat(16), (image, column, row, below) => {
      const level = Math.max(0, fullLevel(image) - below);
      const tile = deepZoomRegion({ level, column, row }, image);
      const scale = 2 ** (fullLevel(image) - level);
      const levelWidth = Math.ceil(image.width / scale);
      const isThere = column * 256 < levelWidth && row * 256 < Math.ceil(image.height / scale);
      expect(tile !== undefined).toBe(isThere);
      if (tile === undefined) return;
      expect(tile.width).toBe(Math.min(256, levelWidth - column * 256));
      const { window, finish } = planPicture(wholeFile(image), tile, PLAIN);
      expect([finish?.width ?? window.width, finish?.height ?? window.height]).toEqual([tile.width, tile.height]);
    }),
  );
});

test("planPicture() begins a box at its place in the file", () => {
  const place = placeOf(
    { width: 21504, height: 44032, finestDownsample: 0 },
    { x: 3008, y: 30592, width: 15504, height: 7824 },
  );
  if (place === undefined) throw new Error("no place");
  const region = { x: 0, y: 0, width: 15504, height: 7824 };
  expect(planPicture(place, { region, width: 969, height: 489 }, PLAIN)).toEqual({
    window: tierWindow(188, 1912, 969, 489, 4),
    finish: undefined,
  });
});

test("planPicture() counts from the finest tier that is held", () => {
  const place = wholeFile({ width: 4001, height: 3001 }, 2);
  expect([place.width, place.height]).toEqual([1000, 750]);
  const region = { x: 0, y: 0, width: 512, height: 512 };
  expect(planPicture(place, { region, width: 256, height: 256 }, PLAIN).window).toEqual(tierWindow(0, 0, 256, 256, 3));
});

test("planPicture() says what is to be done beyond reading", () => {
  const place = wholeFile({ width: 1000, height: 1000 });
  const region = { x: 100, y: 100, width: 400, height: 400 };
  const at = { region, width: 400, height: 400 };
  expect(planPicture(place, at, PLAIN).finish).toBeUndefined();
  for (const change of [
    { isMirrored: true },
    { turnDeg: 0.5 },
    { tone: "gray" as const },
    { format: "png" as const },
  ]) {
    expect(planPicture(place, at, { ...PLAIN, ...change }).finish).toEqual({
      width: 400,
      height: 400,
      ...PLAIN,
      ...change,
    });
  }
  const small = planPicture(place, { region, width: 150, height: 150 }, PLAIN);
  expect([small.window, small.finish?.width]).toEqual([tierWindow(50, 50, 200, 200, 1), 150]);
});

test.each([
  ["webp", 16_383, 0, true],
  ["webp", 16_384, 0, false],
  ["jpg", 65_535, 90, true],
  ["jpg", 65_535, 10, false],
  ["png", 65_535, 45, true],
] as const)("checkTurned() of %s, %i wide, turned by %d", (format, width, turnDeg, isWritten) => {
  const check = (): void => checkTurned({ width, height: 50_000 / 4 }, { turnDeg, format });
  if (isWritten) expect(check).not.toThrow();
  else expect(check).toThrow(/on an edge/);
});

/** First, middle and last: a level may have thousands. */
function sample<T>(values: readonly T[]): T[] {
  return [...new Set([values[0], values[values.length >> 1], values.at(-1)])].filter((value) => value !== undefined);
}
