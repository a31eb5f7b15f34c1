import { describe, expect, test } from "vitest";
import { axonLevel } from "../fluorescence.ts";
import { ishLevel } from "../ish.ts";
import { alternateId } from "../plates.ts";
import { CELLS } from "./cell-table.ts";
import { placeOf } from "./connectivity.ts";
import { TRACINGS, type Tracing } from "./connectivity-table.ts";
import { cellFeatures } from "./ephys-features.ts";
import { SAMPLE_GENES, sampleGene } from "./genes.ts";
import { expressionLevels } from "./patterns.ts";
import { pick, rounded, unit } from "./random.ts";
import { record, stubs } from "./record.ts";
import { structureSetIds } from "./structure-sets.ts";
import { ageId } from "./taxonomy.ts";

describe("records", () => {
  test("record() fills columns, and refuses what the schema lacks", () => {
    expect(record("Hemisphere", { id: 1, name: "left" }).row).toEqual({ id: 1, name: "left", symbol: null });
    expect("type" in record("SectionImage", { id: 1 }).row).toBe(false);
    expect(() => record("Nothing", {})).toThrow(TypeError);
    expect(stubs(1, 2)).toEqual([{ id: 1 }, { id: 2 }]);
  });

  test("unit(), pick() and rounded() are fixed", () => {
    expect(unit(1, 2, 3)).toBe(unit(1, 2, 3));
    expect(rounded(0.12345, 3)).toBe(0.123);
    expect(pick(["Low"], 1, 2, 3)).toBe("Low");
    expect(() => pick([], 1, 2, 3)).toThrow(RangeError);
  });

  test("ageId(), sampleGene() and alternateId() find, or refuse", () => {
    expect(ageId("P56")).toBe(15);
    expect(() => ageId("P57")).toThrow(RangeError);
    expect(sampleGene("Pdyn").entrezId).toBe(18610);
    expect(() => sampleGene("Nothing")).toThrow(RangeError);
    expect(alternateId(100883869, 0)).toBe(110883869);
  });

  test("levels are those of the pictures, and shares", () => {
    expect([ishLevel(632), axonLevel(733), ishLevel(-1), axonLevel(-1)]).toEqual([0.9, 0.75, 0, 0]);
    for (const [index, { pattern }] of SAMPLE_GENES.entries()) {
      expect(expressionLevels(pattern, index).every((level) => level >= 0 && level <= 1)).toBe(true);
    }
  });

  test("placeOf() is the documented place, or on the right", () => {
    const documented = TRACINGS.find(({ id }) => id === 122642490) as Tracing; // In the table.
    expect(placeOf(documented)).toEqual([4300, 2690, 7050]);
    for (const tracing of TRACINGS) expect(placeOf(tracing)[2]).toBeGreaterThan(5700);
  });

  test("structureSetIds() and cellFeatures() give their examples", () => {
    expect(structureSetIds(385)).toContain(688152357);
    expect(structureSetIds(-1)).toEqual([]);
    for (const cell of CELLS) expect(cellFeatures(cell).vrest).toBeLessThan(-60);
  });
});
