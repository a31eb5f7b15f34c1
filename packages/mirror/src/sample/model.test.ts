import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EXTENT_UM, MIDLINE_Z_UM, structureAt, tissueAt } from "./model.ts";
import { idOf, isWithin } from "./structures.ts";
import { createTissue } from "./tissue.ts";

const inBrainBox = fc.tuple(
  fc.double({ min: 0, max: EXTENT_UM[0], noNaN: true }),
  fc.double({ min: 0, max: EXTENT_UM[1], noNaN: true }),
  fc.double({ min: 0, max: MIDLINE_Z_UM, noNaN: true }),
);

describe("structureAt()", () => {
  test("is symmetric about the midline", () => {
    fc.assert(
      fc.property(inBrainBox, ([x, y, lateral]) => {
        expect(structureAt(x, y, MIDLINE_Z_UM + lateral)).toBe(structureAt(x, y, MIDLINE_Z_UM - lateral));
      }),
      { numRuns: 3000, seed: 1 },
    );
  });

  test.each([
    ["VISp", 9100, 900, 2600],
    ["MOp", 4500, 2000, 2300],
    ["SSp", 5900, 1300, 3000],
    ["CP", 5300, 4000, 2350],
    ["MOB", 1400, 4400, 950],
    ["MD", 6800, 3850, 480],
    ["PAG", 9300, 3300, 300],
    ["IC", 10400, 2100, 1200],
    ["GRN", 11200, 6250, 430],
    ["PIR", 6200, 6400, 3700],
    ["VMH", 6850, 6750, 480],
    ["AQ", 9200, 3230, 0],
  ])("puts %s at (%d, %d, ±%d)", (acronym, x, y, lateral) => {
    expect(structureAt(x, y, MIDLINE_Z_UM + lateral)).toBe(idOf(acronym));
  });

  test.each([
    ["HIP", 7300, 2300, 1500],
    ["HIP", 8500, 3500, 3500],
    ["TH", 7000, 4000, 1500],
    ["HY", 6800, 6200, 700],
    ["CB", 11500, 1500, 300],
    ["CB", 11600, 1850, 2600],
    ["MY", 11800, 6000, 1000],
    ["P", 9800, 5800, 800],
    ["fiber tracts", 7000, 1560, 100],
  ])("puts a part of %s at (%d, %d, ±%d)", (acronym, x, y, lateral) => {
    expect(isWithin(structureAt(x, y, MIDLINE_Z_UM - lateral), idOf(acronym))).toBe(true);
  });

  test("is 0 outside the brain", () => {
    expect([
      structureAt(0, 0, 0),
      structureAt(6600, 100, 5700),
      structureAt(6600, 4000, 100),
      structureAt(-5, 4000, 5700),
    ]).toEqual([0, 0, 0, 0]);
  });
});

describe("tissueAt()", () => {
  test("gives the same structure, and a depth that grows into the cortex", () => {
    const tissue = createTissue();
    const depths = [450, 600, 800, 1000].map((y) => {
      tissueAt(7500, y, MIDLINE_Z_UM + 1800, tissue);
      expect(tissue.id).toBe(structureAt(7500, y, MIDLINE_Z_UM + 1800));
      return tissue.depthUm;
    });
    expect(depths).toEqual([...depths].sort((a, b) => a - b));
    expect(depths[0]).toBeLessThan(250);
    expect(tissue.spanUm).toBeGreaterThan(700);
  });

  test("is the same however often and in whatever order it is asked", () => {
    const ask = (i: number): number => structureAt(4000 + i * 37, 3000 + i * 11, 6500 + i * 23);
    const forward = Array.from({ length: 100 }, (_, i) => ask(i));
    const backward = Array.from({ length: 100 }, (_, i) => ask(99 - i)).reverse();
    expect(backward).toEqual(forward);
  });
});
