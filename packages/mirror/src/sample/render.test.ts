import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MARGIN_LINE, marginBox, marginText } from "./margin-text.ts";
import { SLIDE_RGB } from "./nissl.ts";
import type { SamplePlate } from "./plate.ts";
import { samplePlate } from "./plates.ts";
import { rasterLabels } from "./raster.ts";
import { renderWindow } from "./render.ts";

function plateWith(id: number): SamplePlate {
  const plate = samplePlate(id);
  if (plate === undefined) throw new Error(`no plate ${id}`);
  return plate;
}

const KINDS = [
  [100883869, "primary"],
  [100960224, "primary"],
  [69750516, "primary"],
  [69750516, "expression"],
  [126862575, "primary"],
  [126862575, "projection"],
] as const;

describe("renderWindow()", () => {
  test("gives a window as the crop of a bigger one, byte for byte", () => {
    const corner = fc.record({
      u: fc.double({ min: 0, max: 1, noNaN: true }),
      v: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    const sizes = fc.record({
      dx: fc.nat(40),
      dy: fc.nat(40),
      width: fc.integer({ min: 1, max: 40 }),
      height: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), corner, sizes, fc.nat(6), ([id, kind], { u, v }, size, downsample) => {
        const plate = plateWith(id);
        const { record } = plate;
        const scale = 2 ** downsample;
        const left = Math.round(record.x + u * record.width) - 20 * scale;
        const top = Math.round(record.y + v * record.height) - 20 * scale;
        const big = renderWindow(plate, kind, { left, top, width: 80, height: 80, downsample });
        const { dx, dy, width, height } = size;
        const small = renderWindow(plate, kind, {
          left: left + dx * scale,
          top: top + dy * scale,
          width,
          height,
          downsample,
        });
        for (let y = 0; y < height; y++) {
          const from = ((y + dy) * 80 + dx) * 3;
          expect(
            Buffer.from(small.subarray(y * width * 3, (y + 1) * width * 3)).equals(
              big.subarray(from, from + width * 3),
            ),
          ).toBe(true);
        }
      }),
      { numRuns: 40, seed: 3 },
    );
  });

  test("draws the Nissl plate: white slide, darker tissue, some of it very dark", () => {
    const plate = plateWith(100883869);
    const { x, y, width, height } = plate.record;
    const size = { width: Math.floor(width / 16), height: Math.floor(height / 16), downsample: 4 };
    const rgb = renderWindow(plate, "primary", { left: x, top: y, ...size });
    const labels = rasterLabels(plate, { left: 0, top: 0, ...size });
    expect(rgb.length).toBe(969 * 489 * 3);
    let tissue = 0;
    let count = 0;
    let darkest = 255;
    for (const [i, id] of labels.entries()) {
      const green = rgb[i * 3 + 1] ?? 0;
      if (id === 0) continue;
      tissue += green;
      count++;
      darkest = Math.min(darkest, green);
      expect(green).toBeLessThanOrEqual(SLIDE_RGB[1]);
    }
    expect(tissue / count).toBeGreaterThan(130);
    expect(tissue / count).toBeLessThan(225);
    expect(darkest).toBeLessThan(120);
    expect([...rgb.subarray(0, 3)]).toEqual([...SLIDE_RGB]);
  });

  test("keeps its tone from tier to tier", () => {
    const plate = plateWith(100960224);
    const mean = (downsample: number): number => {
      const size = 4096 / 2 ** downsample;
      const rgb = renderWindow(plate, "primary", { left: 3000, top: 1500, width: size, height: size / 2, downsample });
      return rgb.reduce((sum, value) => sum + value, 0) / rgb.length;
    };
    const means = [2, 3, 4, 5, 6].map(mean);
    for (const value of means) expect(Math.abs(value - (means[0] ?? 0))).toBeLessThan(6);
  });

  test("is blank slide outside the section box, and accepts a single pixel", () => {
    const plate = plateWith(100883869);
    expect([...renderWindow(plate, "primary", { left: 0, top: 0, width: 1, height: 1, downsample: 0 })]).toEqual([
      ...SLIDE_RGB,
    ]);
    const beyond = renderWindow(plate, "primary", { left: -500, top: 90000, width: 7, height: 3, downsample: 2 });
    expect(new Set(beyond)).toEqual(new Set(SLIDE_RGB));
    expect(renderWindow(plate, "primary", { left: 9000, top: 34000, width: 1, height: 1, downsample: 0 })).toHaveLength(
      3,
    );
  });

  test("shows masks on black, and nothing where a plate has none", () => {
    const window = { left: 0, top: 0, width: 220, height: 114, downsample: 6 };
    const mask = renderWindow(plateWith(69750516), "expression", window);
    expect(mask[0]).toBe(0);
    expect(mask.some((value) => value > 150)).toBe(true);
    expect(mask.filter((value) => value === 0).length / mask.length).toBeGreaterThan(0.4);
    const glow = renderWindow(plateWith(126862575), "primary", { ...window, width: 532, height: 376 });
    const greens = glow.filter((_, i) => i % 3 === 1);
    expect(greens.some((value) => value > 180)).toBe(true);
    expect(Math.max(...renderWindow(plateWith(100960224), "expression", window).subarray(0, 300))).toBe(0);
  });

  test("writes the margin text into the picture", () => {
    const plate = plateWith(100883869);
    const box = marginBox(plate);
    const left = plate.record.x + box.left;
    const top = plate.record.y + box.top;
    const rgb = renderWindow(plate, "primary", {
      left,
      top,
      width: Math.ceil(box.width / 16),
      height: 11,
      downsample: 4,
    });
    const inked = rgb.filter((value, i) => i % 3 === 0 && value < 200).length;
    expect(inked).toBeGreaterThan(200);
    expect(marginText(plate)).toContain(`>${MARGIN_LINE}</text>`);
    expect(box.top + box.height).toBeLessThan(plate.record.height);
    expect(box.left + box.width).toBeLessThan(plate.record.width);
  });
});
