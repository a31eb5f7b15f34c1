import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { LONGEST_PX, scaleBar } from "./scale-bar.ts";

const SCALE = fc.double({ min: -12, max: 4, noNaN: true }).map((zoom) => 2 ** zoom);
const RESOLUTION = fc.double({ min: 0.1, max: 50, noNaN: true });

/** What a label says, in µm. */
function readLabel(label: string): number {
  const [, number, unit] = /^([\d.e+]+) (µm|mm)$/.exec(label) ?? [];
  return Number(number) * (unit === "mm" ? 1000 : 1);
}

test("scaleBar() draws at every zoom as many pixels as its label says", () => {
  checkProperty(
    fc.property(SCALE, RESOLUTION, (scale, resolutionUm) => {
      const { lengthPx, label } = scaleBar(scale, resolutionUm);
      const drawnUm = (lengthPx / scale) * resolutionUm;
      expect(Math.abs(drawnUm / readLabel(label) - 1)).toBeLessThan(1e-9);
    }),
  );
});

test("scaleBar() is between 60 and 160 CSS pixels long at every zoom", () => {
  checkProperty(
    fc.property(SCALE, RESOLUTION, (scale, resolutionUm) => {
      const { lengthPx } = scaleBar(scale, resolutionUm);
      expect(lengthPx).toBeGreaterThanOrEqual(60);
      expect(lengthPx).toBeLessThanOrEqual(LONGEST_PX * (1 + 1e-12));
    }),
  );
});

test("scaleBar() goes by 1, 2 and 5", () => {
  checkProperty(
    fc.property(SCALE, RESOLUTION, (scale, resolutionUm) => {
      const { length } = scaleBar(scale, resolutionUm);
      expect(["1", "2", "5"]).toContain(length.toExponential().split("e")[0]);
    }),
  );
});

test("scaleBar() says pixels where the size of one is not known", () => {
  expect(scaleBar(1, undefined)).toEqual({ lengthPx: 100, length: 100, label: "100 px" });
});

test("scaleBar() says 1 mm at a tenth of a pixel of 1 µm", () => {
  expect(scaleBar(0.1, 1)).toEqual({ lengthPx: 100, length: 1000, label: "1 mm" });
});
