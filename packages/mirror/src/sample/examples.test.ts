import { describe, expect, test } from "vitest";
import { invert3, invertAffine } from "./affine.ts";
import { type BrainstemSample, brainstemAt, brainstemNucleus, cordTaper, THALAMUS, untapered } from "./brainstem.ts";
import { cellCover } from "./cells.ts";
import { type CerebellumSample, cerebellumAt } from "./cerebellum.ts";
import { cortexArea, sheetPlace } from "./cortex-areas.ts";
import { type CellField, cellsAt, cytoarchitecture } from "./cytoarchitecture.ts";
import { numbered } from "./data-sets.ts";
import { ellipsoid, nearestBody, signedDistance } from "./ellipsoid.ts";
import { isInk } from "./font.ts";
import { type HippocampusSample, hippocampusAt } from "./hippocampus.ts";
import { hash2, smoothNoise } from "./noise.ts";
import { curveTable, readCurve, roundMin, smoothMin, smoothStep, spline } from "./numeric.ts";
import { bulbDepth } from "./olfactory-bulb.ts";
import { dorsalHeight, type OutlineSample, readOutline } from "./outline.ts";
import { removeSpecks } from "./specks.ts";
import { idOf } from "./structures.ts";
import { FAR_UM } from "./tissue.ts";
import { tube, tubeAt } from "./tube.ts";
import { lateralVentricle, midlineVentricle } from "./ventricles.ts";

describe("arithmetic", () => {
  test("smoothStep(), smoothMin(), spline() and curves give their examples", () => {
    expect(smoothStep(0, 10, 5)).toBe(0.5);
    expect(smoothMin(1, 9, 4)).toBe(1);
    expect(smoothMin(5, 5, 4)).toBe(4);
    expect([roundMin(4, 4, 4), roundMin(1, 9, 4), roundMin(0, 0, 4) < 0]).toEqual([4, 1, true]);
    expect(spline([0, 1], [2, 2], 0.5)).toBe(2);
    expect(
      readCurve(
        curveTable(
          [
            [0, 1],
            [100, 3],
          ],
          25,
        ),
        50,
      ),
    ).toBeCloseTo(2, 9);
  });

  test("invert3() and invertAffine() undo a mapping", () => {
    expect(invert3([2, 0, 0, 0, 2, 0, 0, 0, 2])[0]).toBe(0.5);
    expect(invertAffine([1, 0, 0, 0, 1, 0, 0, 0, 1], [5, 0, 0])[9]).toBe(-5);
    expect(() => invert3([0, 0, 0, 0, 0, 0, 0, 0, 0])).toThrow(RangeError);
  });

  test("hash2() and smoothNoise() are fixed and bounded", () => {
    expect(hash2(1, 2, 3)).toBe(hash2(1, 2, 3));
    expect(hash2(1, 2, 3)).not.toBe(hash2(2, 1, 3));
    for (let i = 0; i < 200; i++) expect(Math.abs(smoothNoise(i * 0.37, i * 0.91, 4))).toBeLessThanOrEqual(1);
  });
});

describe("bodies", () => {
  test("signedDistance() and nearestBody() give their examples", () => {
    expect(signedDistance(ellipsoid(1, [0, 0, 0], [10, 10, 10]), 15, 0, 0)).toBeCloseTo(5, 9);
    expect(nearestBody([ellipsoid(7, [0, 0, 0], [1, 1, 1])], 5, 5, 5)).toBe(7);
  });

  test("tubeAt() finds the tube that holds a point", () => {
    const rod = tube(9, 5, [
      [0, 0, 0],
      [10, 0, 0],
    ]);
    expect(rod.highUm).toEqual([15, 5, 5]);
    expect([tubeAt([rod], 5, 4, 0), tubeAt([rod], 5, 5.1, 0), tubeAt([rod], 13, 4, 0)]).toEqual([9, 0, 0]);
  });
});

describe("parts of the brain", () => {
  test("brainstemAt() and brainstemNucleus() find the mediodorsal thalamus", () => {
    const out: BrainstemSample = { distanceUm: 0, thalamusUm: 0, region: -1 };
    brainstemAt(7000, 4000, 500, out);
    expect(out.region).toBe(THALAMUS);
    expect(out.distanceUm).toBeLessThan(0);
    expect(brainstemNucleus(0, -900, 6800, 3850, 480)).toBe(362);
    expect([cordTaper(9000), untapered(4000, 1)]).toEqual([1, 4000]);
    expect(cordTaper(13100)).toBeLessThan(0.5);
  });

  test("hippocampusAt() and cerebellumAt() find their structures", () => {
    const hippocampus: HippocampusSample = { id: 0, bandUm: 0 };
    hippocampusAt(7200, 1000, 300, hippocampus);
    expect([idOf("CA1"), idOf("CA1sp")]).toContain(hippocampus.id);
    const cerebellum: CerebellumSample = { id: 0, depthUm: 0, isCleft: false };
    cerebellumAt(11450, 3400, 200, cerebellum);
    expect(cerebellum.id).toBe(idOf("arb"));
    cerebellumAt(11450, 1000, 200, cerebellum);
    expect(cerebellum.id).toBe(idOf("CUL"));
  });

  test("cortexArea() and sheetPlace() give their examples", () => {
    expect(cortexArea(9150, 2650)).toBe(385);
    expect(sheetPlace(0, 0, 3000, 0)).toBe(0);
  });

  test("readOutline(), dorsalHeight() and bulbDepth() measure the surface", () => {
    const outline: OutlineSample = { radiusUm: 0, obliquity: 0 };
    readOutline(7200, 0, outline);
    expect(outline.radiusUm).toBeGreaterThan(3600);
    expect(outline.obliquity).toBeGreaterThan(0.9);
    expect(dorsalHeight(7200)).toBeCloseTo(250, -2);
    expect(bulbDepth(1400, 4400, 950)).toBeGreaterThan(500);
    expect(bulbDepth(100, 4400, 950)).toBeLessThanOrEqual(0);
  });

  test("midlineVentricle() and lateralVentricle() give their examples", () => {
    expect(midlineVentricle(9000, 3200, 0)).toBe(140);
    expect(midlineVentricle(9000, 3200, 2000)).toBe(0);
    expect(lateralVentricle(5700, 3200, 1010, 400)).toBe(81);
  });
});

describe("pictures", () => {
  test("cellsAt() makes layer 1 pale and the granule layer dark", () => {
    const field: CellField = { density: 0, radiusUm: 0, ground: 0 };
    cellsAt(cytoarchitecture(385), 40, 900, FAR_UM, field);
    expect(field.density).toBeLessThan(0.15);
    cellsAt(cytoarchitecture(385), 350, 900, FAR_UM, field);
    expect(field.density).toBeGreaterThan(0.6);
    cellsAt(cytoarchitecture(idOf("DG-sg")), 0, 0, 5, field);
    expect(field.density).toBe(1);
  });

  test("cellCover() is 0 without cells and grows with density", () => {
    const mean = (density: number): number => {
      let sum = 0;
      for (let i = 0; i < 400; i++) sum += cellCover(i * 7.3, i * 3.1, 16, density, 5);
      return sum / 400;
    };
    expect(cellCover(100, 100, 16, 0, 5)).toBe(0);
    expect(mean(0.2)).toBeLessThan(mean(0.6));
  });

  test("isInk() reads the font, removeSpecks() fills specks, numbered() names numbers", () => {
    expect([isInk("i", 2, 0), isInk("i", 5, 0)]).toEqual([true, false]);
    const labels = Int32Array.from([1, 1, 1, 1, 2, 1, 1, 1, 1]);
    removeSpecks(labels, 3, 2);
    expect([...labels]).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect(numbered("tsv", [1, 2])).toEqual({ tsv_00: 1, tsv_01: 2 });
  });
});
