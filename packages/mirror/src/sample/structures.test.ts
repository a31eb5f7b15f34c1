import { describe, expect, test } from "vitest";
import { structureAt } from "./model.ts";
import { idOf, isWithin, SAMPLE_STRUCTURES, sampleStructure } from "./structures.ts";

describe("SAMPLE_STRUCTURES", () => {
  test("is a closed tree with unique ids, acronyms and order", () => {
    const ids = new Set(SAMPLE_STRUCTURES.map((row) => row.id));
    expect(ids.size).toBe(SAMPLE_STRUCTURES.length);
    expect(new Set(SAMPLE_STRUCTURES.map((row) => row.acronym)).size).toBe(ids.size);
    expect(new Set(SAMPLE_STRUCTURES.map((row) => row.graph_order)).size).toBe(ids.size);
    const roots = SAMPLE_STRUCTURES.filter((row) => row.parent_structure_id === null);
    expect(roots.map((row) => row.id)).toEqual([997]);
    for (const row of SAMPLE_STRUCTURES) {
      expect(isWithin(row.id, 997)).toBe(true);
      expect(row.color_hex_triplet).toMatch(/^[0-9A-F]{6}$/);
    }
  });

  test("is in graph order, parents before children", () => {
    const orders = SAMPLE_STRUCTURES.map((row) => row.graph_order);
    expect(orders).toEqual([...orders].sort((a, b) => a - b));
    for (const row of SAMPLE_STRUCTURES) {
      const parent = sampleStructure(row.parent_structure_id ?? 997);
      if (row.id !== 997) expect(parent?.graph_order).toBeLessThan(row.graph_order);
    }
  });

  test("holds the structures named in documentation", () => {
    expect(sampleStructure(385)).toMatchObject({ acronym: "VISp", color_hex_triplet: "08858C", graph_order: 185 });
    expect(isWithin(385, 315)).toBe(true);
    expect(() => idOf("nowhere")).toThrow(RangeError);
  });

  test("has every leaf somewhere in the brain", () => {
    const seen = new Set<number>();
    for (let x = 200; x < 13200; x += 85) {
      for (let y = 150; y < 7700; y += 95) {
        for (let z = 5703; z < 11000; z += 110) seen.add(structureAt(x, y, z));
      }
    }
    const parents = new Set(SAMPLE_STRUCTURES.map((row) => row.parent_structure_id));
    const missing = SAMPLE_STRUCTURES.filter((row) => !parents.has(row.id) && !seen.has(row.id));
    expect(missing.map((row) => row.acronym)).toEqual([]);
    for (const id of seen) expect(id === 0 || sampleStructure(id) !== undefined).toBe(true);
  });
});
