import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { fileName, slugOf } from "./file-name.ts";

const MOUSE = { ref: { kind: "atlas", id: 1 }, name: "Mouse, P56, Coronal" } as const;
const PLATE = { id: 100960224, number: 16 };

test("fileName() names series, plate and what was made of it", () => {
  expect(fileName(MOUSE, PLATE, ["ds4"], "jpg")).toBe("mouse-p56-coronal-plate-016_100960224_ds4.jpg");
  expect(fileName(MOUSE, PLATE, [], "svg")).toBe("mouse-p56-coronal-plate-016_100960224.svg");
  const genes = { ref: { kind: "dataset", id: 71587929 }, name: "Pdyn, sagittal, 71587929" } as const;
  expect(fileName(genes, { id: 5, number: 200 }, ["ds0", "expression"], "jpg")).toBe(
    "pdyn-sagittal-71587929-section-200_5_ds0_expression.jpg",
  );
});

test("fileName() names the series by its id where its name has no letters", () => {
  expect(fileName({ ...MOUSE, name: "鼠" }, PLATE, [], "csv")).toBe("atlas-1-plate-016_100960224.csv");
});

test.each([
  ["../../etc/passwd", "etc-passwd"],
  ["Café Größe", "cafe-gro-e"],
  ["a\u0000b:c*d", "a-b-c-d"],
  ["CON.", "con"],
  ["-x-", "x"],
])("slugOf(%j) is %j", (words, slug) => {
  expect(slugOf(words)).toBe(slug);
});

test("fileName() is one any system takes, whatever the series is called", () => {
  checkProperty(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (name) => {
      const made = fileName({ ...MOUSE, name }, PLATE, [name], "png");
      expect(made).toMatch(/^[a-z0-9][a-z0-9_-]*\.png$/);
      expect(made.length).toBeLessThan(200);
    }),
  );
});
