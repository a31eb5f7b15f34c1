import { expect, test } from "vitest";
import { screenMap } from "../model/screen-map.ts";
import { type BarContext, paintScaleBar } from "./paint-scale-bar.ts";

const SIZE = { width: 800, height: 600 };

/** Remembers the rectangles that were filled. */
function fakeContext() {
  const filled: { x: number; y: number; width: number; height: number; colour: unknown }[] = [];
  const texts: string[] = [];
  const context = {
    fillStyle: "",
    font: "",
    fillRect(this: { fillStyle: unknown }, x: number, y: number, width: number, height: number) {
      filled.push({ x, y, width, height, colour: this.fillStyle });
    },
    fillText: (text: string) => void texts.push(text),
    measureText: (text: string) => ({ width: 7 * text.length }),
  } as unknown as BarContext; // Only what is called.
  return { context, filled, texts };
}

test.each([
  [-4, 0, 1.047],
  [-4, 137, 1.047],
  [0, 0, 0.35],
  [3, 90, 1.6],
  [-7.3, 0, 10],
])(
  "paintScaleBar() at zoom %d, turned by %d°, of pixels of %d µm paints a bar that is as long as it says",
  (zoom, rotationDeg, resolutionUm) => {
    const { context, filled, texts } = fakeContext();
    const map = screenMap({ x: 5000, y: 4000 }, zoom, rotationDeg, SIZE);
    const { length } = paintScaleBar(context, { map, size: SIZE, resolutionUm, font: "12px x" });
    const bar = filled.at(-1);
    // Pixels of the screen × full-resolution pixels per pixel of the screen × µm per full-resolution pixel.
    expect((bar?.width ?? 0) * 2 ** -zoom * resolutionUm).toBeCloseTo(length, 6);
    expect(texts).toEqual([length >= 1000 ? `${length / 1000} mm` : `${length} µm`]);
    for (const { x, y, width, height } of filled) {
      expect(x).toBeGreaterThan(0);
      expect(x + width).toBeLessThan(SIZE.width);
      expect(y).toBeGreaterThan(0);
      expect(y + height).toBeLessThan(SIZE.height);
    }
  },
);
