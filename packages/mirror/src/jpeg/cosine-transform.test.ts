import { expect, test } from "vitest";
import { noiseAt } from "../../../../tests/support/jpeg-tiers.ts";
import { createPixelInstance } from "./pixel-instance.ts";

const pixels = createPixelInstance();
const { run, tile, rgb, positions } = pixels;
/** Where the zigzag order leads: across, then down. */
const ZIGZAG = "0 1 8 16 9 2 3 10 17 24 32 25 18 11 4 5 12 19 26 33 40 48 41 34 27 20 13 6 7 14 21 28 35 42 49 56"
  .concat(" 57 50 43 36 29 22 15 23 30 37 44 51 58 59 52 45 38 31 39 46 53 60 61 54 47 55 62 63")
  .split(" ")
  .map(Number);

/** What a frequency gives at a place, ITU-T T.81, A.3.3. */
function wave(frequency: number, place: number): number {
  return (frequency === 0 ? Math.SQRT1_2 : 1) * Math.cos(((2 * place + 1) * frequency * Math.PI) / 16) * 0.5;
}

function forwardPlain(samples: ArrayLike<number>, u: number, v: number): number {
  let sum = 0;
  for (let at = 0; at < 64; at += 1) sum += ((samples[at] ?? 0) - 128) * wave(u, at % 8) * wave(v, at >> 3);
  return sum;
}

function inversePlain(coefficients: ArrayLike<number>): number[] {
  return Array.from({ length: 64 }, (_, at) => {
    let sum = 128;
    for (let index = 0; index < 64; index += 1) {
      sum += (coefficients[index] ?? 0) * wave(index >> 3, at % 8) * wave(index & 7, at >> 3);
    }
    return Math.min(255, Math.max(0, sum));
  });
}

/** Samples of a block: noise, edges and extremes. */
function samplesOf(seed: number): Uint8Array {
  const kinds = [
    (x: number, y: number) => 255 * noiseAt(x, y, seed),
    (x: number, y: number) => 255 * Math.round(noiseAt(x, y, seed)),
    (x: number, y: number) => 128 + 4 * noiseAt(x, y, seed),
    (x: number, y: number) => (x * (seed % 5) + y * (seed % 7) > 20 ? 255 : 0),
    () => (seed * 17) % 256,
  ];
  const paint = kinds[seed % kinds.length] ?? (() => 0);
  return Uint8Array.from({ length: 64 }, (_, at) => paint(at % 8, at >> 3));
}

function putSteps(step: number): void {
  new Float32Array(pixels.bytes().buffer, run.factorsAt(), 64).fill(1 / (2 ** 18 * step));
  new Uint16Array(pixels.bytes().buffer, run.stepsAt(), 64).fill(step);
}

function forward(samples: Uint8Array): Int16Array {
  pixels.bytes().set(samples, tile);
  run.forwardBlock(tile, 8, 0, rgb);
  return new Int16Array(pixels.bytes().slice(rgb, rgb + 128).buffer);
}

function inverse(name: "inverseBlock" | "inverseSmoothBlock" | "inverseFlatBlock", coefficients: Int16Array): number[] {
  new Int16Array(pixels.bytes().buffer, tile, 64).set(coefficients);
  run[name](tile, run.stepsAt(), rgb, 8);
  return Array.from(pixels.bytes().subarray(rgb, rgb + 64));
}

test("forwardBlock() gives the nearest whole number of steps", () => {
  for (const step of [1, 2, 3, 17, 99, 255]) {
    putSteps(step);
    for (let seed = 0; seed < 60; seed += 1) {
      const samples = samplesOf(seed);
      const given = forward(samples);
      for (const [index, found] of given.entries()) {
        const exact = forwardPlain(samples, index >> 3, index & 7) / step;
        // One half, and what 13 bits behind the point and 2 bits between the passes leave open.
        expect(Math.abs(found - exact), `${seed}, ${index}`).toBeLessThanOrEqual(0.5 + 0.3 / step);
      }
    }
  }
});

test("inverseBlock() gives samples within 1 of the exact ones, and most of them nearest", () => {
  let off = 0;
  for (const step of [1, 5, 40]) {
    putSteps(step);
    for (let seed = 0; seed < 60; seed += 1) {
      const coefficients = Int16Array.from({ length: 64 }, (_, index) => {
        const size = noiseAt(index, seed, 3) < 0.3 ? 300 / (1 + index) / step : 0;
        return Math.round((noiseAt(index, seed) - 0.5) * size * (index === 0 ? 6 : 8));
      });
      const exact = inversePlain(coefficients.map((each) => each * step));
      for (const [at, found] of inverse("inverseBlock", coefficients).entries()) {
        const difference = Math.abs(found - (exact[at] ?? 0));
        expect(difference).toBeLessThan(1);
        if (difference > 0.52) off += 1;
      }
    }
  }
  expect(off).toBeLessThan((3 * 60 * 64) / 50);
});

test("inverseSmoothBlock() and inverseFlatBlock() give what inverseBlock() gives", () => {
  for (const step of [1, 7, 60]) {
    putSteps(step);
    for (let seed = 0; seed < 100; seed += 1) {
      const coefficients = Int16Array.from({ length: 64 }, (_, index) =>
        index >> 3 < 4 && (index & 7) < 4 ? Math.round(((noiseAt(index, seed) - 0.5) * 800) / step) : 0,
      );
      const given = inverse("inverseSmoothBlock", coefficients);
      const whole = inverse("inverseBlock", coefficients);
      expect(given).toEqual(whole);
      coefficients.fill(0, 1);
      expect(inverse("inverseFlatBlock", coefficients)).toEqual(inverse("inverseBlock", coefficients));
    }
  }
});

test("inverseBlock() takes any coefficients", () => {
  putSteps(255);
  for (const value of [-32768, 32767, -2048, 2047]) {
    const block = new Int16Array(64).fill(value);
    for (const name of ["inverseBlock", "inverseSmoothBlock", "inverseFlatBlock"] as const) {
      expect(inverse(name, block)).toHaveLength(64);
    }
  }
});

test("coefficients lie column by column", () => {
  expect(positions).toEqual(ZIGZAG.map((place) => (place % 8) * 8 + (place >> 3)));
});
