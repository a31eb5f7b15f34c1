import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { seeThroughBlack } from "./see-through.ts";

test("seeThroughBlack() keeps full colours, thins dark ones out, and leaves nothing of black", () => {
  const rgba = Uint8ClampedArray.of(255, 128, 0, 255, 64, 32, 0, 255, 0, 0, 0, 255);
  seeThroughBlack(rgba);
  expect([...rgba]).toEqual([255, 128, 0, 255, 255, 128, 0, 64, 0, 0, 0, 0]);
});

test("seeThroughBlack() looks over black as before", () => {
  const value = fc.nat(255);
  checkProperty(
    fc.property(value, value, value, (red, green, blue) => {
      const rgba = Uint8ClampedArray.of(red, green, blue, 255);
      seeThroughBlack(rgba);
      const over = [0, 1, 2].map((channel) => ((rgba[channel] ?? 0) * (rgba[3] ?? 0)) / 255);
      for (const [index, was] of [red, green, blue].entries())
        expect(Math.abs((over[index] ?? 0) - was)).toBeLessThan(1);
    }),
  );
});
