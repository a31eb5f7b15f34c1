import { describe, expect, test } from "vitest";
import { MIDLINE_Z_UM } from "../model.ts";
import { idOf, SAMPLE_STRUCTURES } from "../structures.ts";
import { halfExtents, PARENT_INDEX } from "./anatomy.ts";
import { TRACINGS } from "./connectivity-table.ts";
import { expressionRecords } from "./expression.ts";
import { projectionRecords } from "./projection.ts";

type Row = Readonly<Record<string, unknown>>;
const expression: readonly Row[] = [...expressionRecords()].map(({ row }) => row);
const projection: readonly Row[] = [...projectionRecords()].map(({ row }) => row);
const n = (row: Row | undefined, column: string): number => Number(row?.[column]);

describe("halfExtents()", () => {
  test("gives every structure a place, and the brain its volume", () => {
    const extents = halfExtents();
    expect(extents).toHaveLength(SAMPLE_STRUCTURES.length);
    for (const { x, y, lateral } of extents) {
      expect(x > 0 && x < 13200 && y > 0 && y < 8000 && lateral > 0 && lateral < MIDLINE_Z_UM).toBe(true);
    }
    const volumeMm3 = extents.reduce((sum, { ownVolumeUm3 }) => sum + ownVolumeUm3, 0) / 1e9;
    expect(volumeMm3).toBeGreaterThan(200);
    expect(volumeMm3).toBeLessThan(270);
    expect(halfExtents()).toBe(extents);
  });

  test("puts parents before children", () => {
    expect(PARENT_INDEX.every((parent, index) => parent < index)).toBe(true);
    expect(PARENT_INDEX.filter((parent) => parent === -1)).toHaveLength(1);
  });
});

describe("expressionRecords()", () => {
  test("agrees with itself", () => {
    for (const row of expression) {
      expect(n(row, "expression_density")).toBe(n(row, "sum_expressing_pixels") / n(row, "sum_pixels"));
      expect(n(row, "expression_energy")).toBe(n(row, "sum_expressing_pixel_intensity") / n(row, "sum_pixels"));
      expect(n(row, "sum_expressing_pixels")).toBeLessThanOrEqual(n(row, "sum_pixels"));
      expect(n(row, "sum_expressing_pixel_intensity")).toBeLessThanOrEqual(n(row, "sum_pixel_intensity"));
      expect(n(row, "sum_pixels")).toBeGreaterThan(0);
    }
  });

  test("gives a parent what its children have, and more", () => {
    const ofOne = expression.slice(0, SAMPLE_STRUCTURES.length);
    for (const [index] of ofOne.entries()) {
      const children = ofOne.filter((_, child) => PARENT_INDEX[child] === index);
      for (const column of ["sum_pixels", "sum_expressing_pixels", "sum_pixel_intensity"]) {
        const sum = children.reduce((total, child) => total + n(child, column), 0);
        expect(sum).toBeLessThanOrEqual(n(ofOne[index], column));
      }
    }
  });

  test("follows the pictures of the sample gene", () => {
    const energy = (acronym: string): number =>
      n(
        expression.find((row) => row.section_data_set_id === 69782969 && row.structure_id === idOf(acronym)),
        "expression_energy",
      );
    expect(energy("DG-sg")).toBeGreaterThan(energy("CP"));
    expect(energy("CP")).toBeGreaterThan(energy("Isocortex"));
    expect(energy("VS")).toBe(0);
  });
});

describe("projectionRecords()", () => {
  test("says nothing of the densest voxel, which the grids have", () => {
    const columns = ["max_voxel_density", "max_voxel_x", "max_voxel_y", "max_voxel_z"];
    for (const row of projection) expect(columns.map((column) => row[column])).toEqual([null, null, null, null]);
  });

  test("agrees with itself", () => {
    for (const row of projection) {
      const tracing = TRACINGS.find(({ id }) => id === row.section_data_set_id);
      expect(n(row, "projection_density")).toBe(n(row, "sum_projection_pixels") / n(row, "sum_pixels"));
      expect(n(row, "projection_energy")).toBe(n(row, "sum_projection_pixel_intensity") / n(row, "sum_pixels"));
      expect(n(row, "projection_density")).toBeLessThanOrEqual(1);
      const share = n(row, "projection_volume") / (tracing?.volumeMm3 ?? 0);
      expect(n(row, "normalized_projection_volume")).toBeCloseTo(share, 12);
    }
  });

  test("adds both hemispheres up, and keeps the injection to the right", () => {
    const find = (hemisphere: number, isInjection: boolean): Row | undefined =>
      projection.find(
        (row) =>
          row.section_data_set_id === 126862385 &&
          row.structure_id === 997 &&
          row.hemisphere_id === hemisphere &&
          row.is_injection === isInjection,
      );
    expect(n(find(3, false), "sum_pixels")).toBe(n(find(1, false), "sum_pixels") + n(find(2, false), "sum_pixels"));
    expect(find(1, true)).toBeUndefined();
    expect(n(find(2, true), "volume")).toBeCloseTo(0.213, 3);
    expect(n(find(2, true), "sum_pixels")).toBe(n(find(3, true), "sum_pixels"));
  });

  test("has the injected structure in the injection site", () => {
    const sites = projection.filter((row) => row.section_data_set_id === 126862385 && row.is_injection === true);
    expect(sites.map((row) => row.structure_id)).toEqual(expect.arrayContaining([idOf("VISp"), 315, 997]));
    expect(sites.some((row) => row.structure_id === idOf("MOp"))).toBe(false);
  });

  test("follows every experiment, each with a label of its own", () => {
    const density = (id: number, acronym: string): number =>
      n(
        projection.find(
          (row) =>
            row.section_data_set_id === id &&
            row.structure_id === idOf(acronym) &&
            row.hemisphere_id === 2 &&
            row.is_injection === false,
        ),
        "projection_density",
      );
    for (const { id, injected } of TRACINGS) expect(density(id, injected[0])).toBeGreaterThan(0);
    // The one was injected beside it, the other far away.
    expect(density(112670853, "PO")).toBeGreaterThan(density(180719293, "PO"));
    const labels = TRACINGS.map(({ id }) => density(id, "CP"));
    expect(new Set(labels).size).toBe(TRACINGS.length);
    expect(
      projection.filter((row) => row.structure_id === idOf("VS")).every((row) => n(row, "projection_density") === 0),
    ).toBe(true);
  });
});
