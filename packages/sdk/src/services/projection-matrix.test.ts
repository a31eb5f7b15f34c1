import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { type ProjectionRow, projectionMatrix } from "./projection-matrix.ts";

const row = (set: number, structure: number, hemisphere: number, value: number | null, isInjection = false) =>
  ({
    section_data_set_id: set,
    structure_id: structure,
    hemisphere_id: hemisphere,
    is_injection: isInjection,
    projection_volume: value,
    projection_density: 1,
  }) satisfies ProjectionRow;

test("projectionMatrix() sets rows and columns out in the order asked for, NaN where there is nothing", () => {
  const rows = [row(2, 8, 1, 0.1), row(1, 8, 2, 0.2), row(2, 9, 2, 0.3), row(3, 8, 1, 9), row(1, 9, 1, null)];
  const matrix = projectionMatrix(rows, { dataSetIds: [1, 2], structureIds: [9, 8], hemispheres: ["right", "left"] });
  expect(matrix.rows).toEqual([1, 2]);
  expect(matrix.columns).toEqual([
    { structureId: 9, hemisphere: "right" },
    { structureId: 9, hemisphere: "left" },
    { structureId: 8, hemisphere: "right" },
    { structureId: 8, hemisphere: "left" },
  ]);
  expect([...matrix.values]).toEqual([Number.NaN, Number.NaN, 0.2, Number.NaN, 0.3, Number.NaN, Number.NaN, 0.1]);
});

test("projectionMatrix() takes what there is, of all hemispheres and outside of the injection, unless told", () => {
  const rows = [row(7, 8, 3, 0.1), row(5, 9, 1, 0.2), row(7, 8, 3, 5, true)];
  const matrix = projectionMatrix(rows);
  expect(matrix.rows).toEqual([7, 5]);
  expect(matrix.columns.map(({ structureId, hemisphere }) => `${structureId} ${hemisphere}`)).toEqual([
    "8 left",
    "8 right",
    "8 both",
    "9 left",
    "9 right",
    "9 both",
  ]);
  expect([...matrix.values].filter(Number.isFinite)).toEqual([0.1, 0.2]);
  expect([...projectionMatrix(rows, { isInjection: true, hemispheres: "both" }).values]).toEqual([5]);
  expect(projectionMatrix(rows, { parameter: "projection_density" }).values[2]).toBe(1);
  expect(projectionMatrix([])).toEqual({ rows: [], columns: [], values: new Float64Array(0) });
});

test("projectionMatrix() has each value at its place, whatever the order of rows", () => {
  const place = fc.tuple(
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ min: 1, max: 3 }),
  );
  checkProperty(
    fc.property(fc.uniqueArray(place, { selector: String, maxLength: 20 }), (places) => {
      const codeOf = (set: number, structure: number, hemisphere: number) => set * 100 + structure * 10 + hemisphere;
      const { rows, columns, values } = projectionMatrix(places.map((each) => row(...each, codeOf(...each))));
      const names = ["left", "right", "both"];
      const all = rows.flatMap((set) =>
        columns.map(({ structureId, hemisphere }): [number, number, number] => [
          set,
          structureId,
          names.indexOf(hemisphere) + 1,
        ]),
      );
      const known = new Set(places.map(String));
      expect([...values]).toEqual(all.map((each) => (known.has(String(each)) ? codeOf(...each) : Number.NaN)));
    }),
  );
});

test("projectionMatrix() refuses two values of one place, and what is no option", () => {
  expect(() => projectionMatrix([row(7, 8, 3, 1), row(7, 8, 3, 2)])).toThrow(
    'Cannot set out two values of {"section_data_set_id":7,"structure_id":8,"hemisphere_id":3}; give each row once',
  );
  expect(() => projectionMatrix([], { parameter: "volme" as "volume" })).toThrow('give "volume"');
  expect(() => projectionMatrix([], { hemispheres: "middle" as "both" })).toThrow(RangeError);
  expect(() => projectionMatrix([], { dataSetIds: [] })).toThrow(RangeError);
  expect(() => projectionMatrix([], { isInjection: 1 as unknown as boolean })).toThrow(TypeError);
});
