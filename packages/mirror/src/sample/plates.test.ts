import { tierCount } from "@brainatlas/sdk/image";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SAMPLE_DATA_SETS, sampleDataSet } from "./data-sets.ts";
import { SAMPLE_PLATES, samplePlate } from "./plates.ts";
import { toReference } from "./to-reference.ts";

const COLUMNS =
  "annotated axes bits_per_component data_set_id expression expression_path failed height id image_height image_type image_width isi_experiment_id lims1_id number_of_components ophys_experiment_id path projection_function resolution section_number specimen_id structure_id tier_count width x y".split(
    " ",
  );

describe("SAMPLE_PLATES", () => {
  test("has both atlases and the sections of the documentation", () => {
    const ids = SAMPLE_PLATES.map((plate) => plate.record.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(SAMPLE_PLATES.map((plate) => plate.record.path)).size).toBe(ids.length);
    const inSet = (id: number): number => SAMPLE_PLATES.filter((plate) => plate.record.data_set_id === id).length;
    expect(inSet(100048576)).toBeGreaterThanOrEqual(28);
    expect(inSet(100042147)).toBeGreaterThanOrEqual(6);
    expect(ids).toEqual(expect.arrayContaining([69750516, 71592261, 126862575, 126862583, 102146167]));
  });

  test("gives records all columns in order, with boxes inside their files", () => {
    for (const { record } of SAMPLE_PLATES) {
      expect(Object.keys(record).filter((key) => key !== "alternate_images")).toEqual(COLUMNS);
      expect(record.x + record.width).toBeLessThanOrEqual(record.image_width);
      expect(record.y + record.height).toBeLessThanOrEqual(record.image_height);
      expect(record.tier_count).toBe(tierCount(record.image_width, record.image_height));
    }
  });

  test("keeps the published geometry of two plates", () => {
    const sagittal = samplePlate(100883869);
    expect(sagittal?.record).toMatchObject({ x: 3008, y: 30592 });
    expect([(sagittal?.record.width ?? 0) / 16, (sagittal?.record.height ?? 0) / 16]).toEqual([969, 489]);
    expect(samplePlate(100960224)?.record).toMatchObject({ width: 10560, height: 7552, section_number: 269 });
  });

  test("names the mask of a fluorescence section under expression_path", () => {
    const fluorescent = SAMPLE_PLATES.filter((plate) => plate.stain === "fluorescence");
    expect(fluorescent.length).toBeGreaterThan(0);
    for (const { record } of fluorescent) {
      expect(record.expression_path).toMatch(/_projection\.aff$/);
      expect(record).toMatchObject({ expression: false, projection_function: null });
    }
  });

  test("follows the rule for tiers", () => {
    expect([4232, 4536, 8929, 8992, 14065, 16049].map((size) => tierCount(size, 100))).toEqual([6, 6, 7, 7, 7, 7]);
  });
});

describe("alignments", () => {
  test("invert each other in the plane", () => {
    for (const { alignment2d: a } of SAMPLE_PLATES) {
      const v = (name: string): number => a[name] ?? Number.NaN;
      const [px, py] = [1234, 5678];
      const vx = v("tsv_00") * px + v("tsv_01") * py + v("tsv_04");
      const vy = v("tsv_02") * px + v("tsv_03") * py + v("tsv_05");
      expect(v("tvs_00") * vx + v("tvs_01") * vy + v("tvs_04")).toBeCloseTo(px, 6);
      expect(v("tvs_02") * vx + v("tvs_03") * vy + v("tvs_05")).toBeCloseTo(py, 6);
    }
  });

  test("invert each other in space", () => {
    for (const set of SAMPLE_DATA_SETS) {
      const map = (name: string, p: readonly number[]): number[] =>
        [0, 1, 2].map((r) => {
          const at = (i: number): number => set.alignment3d[`${name}_${String(i).padStart(2, "0")}`] ?? Number.NaN;
          return [0, 1, 2].reduce((sum, c) => sum + at(r * 3 + c) * (p[c] ?? 0), at(9 + r));
        });
      const back = map("trv", map("tvr", [1000, 2000, 3000]));
      for (const [i, value] of back.entries()) expect(value).toBeCloseTo((i + 1) * 1000, 6);
    }
  });
});

describe("toReference()", () => {
  test("equals the chain of both alignments", () => {
    fc.assert(
      fc.property(fc.constantFrom(...SAMPLE_PLATES), fc.nat(15000), fc.nat(8000), (plate, px, py) => {
        const set = sampleDataSet(plate.record.data_set_id);
        const s = (i: number): number => plate.alignment2d[`tsv_0${i}`] ?? Number.NaN;
        const r = (i: number): number => set.alignment3d[`tvr_${String(i).padStart(2, "0")}`] ?? Number.NaN;
        const v = [
          s(0) * px + s(1) * py + s(4),
          s(2) * px + s(3) * py + s(5),
          plate.record.section_number * set.section_thickness,
        ];
        const { matrix } = toReference(plate);
        for (let row = 0; row < 3; row++) {
          const chained =
            r(row * 3) * (v[0] ?? 0) + r(row * 3 + 1) * (v[1] ?? 0) + r(row * 3 + 2) * (v[2] ?? 0) + r(9 + row);
          const direct = (matrix[row * 3] ?? 0) * px + (matrix[row * 3 + 1] ?? 0) * py + (matrix[row * 3 + 2] ?? 0);
          expect(direct).toBeCloseTo(chained, 6);
        }
      }),
      { numRuns: 200, seed: 2 },
    );
  });
});
