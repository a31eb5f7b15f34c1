import { describe, expect, test } from "vitest";
import { UsageError } from "../errors.ts";
import { checkFields, readField } from "./fields.ts";

const ROW = {
  id: 1,
  genes: [{ acronym: "Pdyn", tags: [{ id: 5 }, { id: 6 }] }, { acronym: null }],
  plane: null,
  probes: [],
  specimen: { donor: { age: { name: "P56" } } },
  "target.id": 7,
};

test.each([
  ["id", 1],
  ["genes.acronym", ["Pdyn"]],
  ["genes.tags.id", [5, 6]],
  ["specimen.donor.age.name", "P56"],
  ["target.id", 7],
  ["plane", null],
  ["plane.name", undefined],
  ["probes.id", []],
  ["toString", undefined],
  ["id.x", undefined],
])("readField() of %s is %j", (field, value) => {
  expect(readField(ROW, field)).toEqual(value);
});

function errorOf(check: () => void): UsageError {
  try {
    check();
  } catch (error) {
    if (error instanceof UsageError) return error;
  }
  throw new Error("this should have been refused");
}

describe("checkFields()", () => {
  test("takes what is there, and what may be behind nothing", () => {
    const fields = ["id", "genes.acronym", "genes.tags.id", "plane.name", "probes.id.x", "target.id"];
    expect(() => checkFields(fields, [ROW])).not.toThrow();
    expect(() => checkFields(["whatever"], [])).not.toThrow();
    expect(() => checkFields(["value"], [1, 2])).not.toThrow();
  });

  test.each([
    [
      "idd",
      'Cannot find field "idd" in the rows; give some of id, genes, plane, probes, specimen, target.id',
      "did you mean id?",
    ],
    [
      "genes.acronim",
      'Cannot find field "genes.acronim" in the rows; give some of genes.acronym, genes.tags',
      "did you mean genes.acronym?",
    ],
    [
      "specimen.donor.x",
      'Cannot find field "specimen.donor.x" in the rows; give some of specimen.donor.age',
      undefined,
    ],
    ["id.x", 'Cannot find field "id.x" in the rows; give some of', undefined],
    ["__proto__", 'Cannot find field "__proto__" in the rows; give some of id', undefined],
  ])("refuses %s with the names there are", (field, message, hint) => {
    const error = errorOf(() => checkFields([field], [ROW]));
    expect(error.message).toContain(message);
    if (hint !== undefined) expect(error.hint).toBe(hint);
  });

  test.each([
    ["id", [{}, {}], "they have no fields"],
    ["genes.acronym", [{ genes: [{}] }], '"genes" has no fields'],
  ])("says of %s that there are no fields at all", (field, rows, words) => {
    expect(errorOf(() => checkFields([field], rows)).message).toBe(
      `Cannot find field "${field}" in the rows: ${words}, as after [only…] in the query`,
    );
  });
});

test("checkFields() names the first of many fields", () => {
  const row = Object.fromEntries(Array.from({ length: 158 }, (_, index) => [`column${index}`, index]));
  expect(() => checkFields(["x"], [row])).toThrow(/give some of column0, .*, column9, …, 148 more$/);
});
