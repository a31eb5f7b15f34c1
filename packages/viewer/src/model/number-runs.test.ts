import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { numberRuns, printRuns } from "./number-runs.ts";

test("numberRuns() joins what is in a row", () => {
  expect(numberRuns([])).toEqual([]);
  expect(printRuns(numberRuns([3, 4, 5, 9, 11, 12]))).toBe("3 to 5, 9, 11 to 12");
});

test("numberRuns() loses and adds nothing, and no two runs touch", () => {
  checkProperty(
    fc.property(fc.uniqueArray(fc.nat(60)), (given) => {
      const numbers = given.toSorted((a, b) => a - b);
      const runs = numberRuns(numbers);
      const spread = runs.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, k) => first + k));
      expect(spread).toEqual(numbers);
      for (const [index, [first]] of runs.entries()) expect(first).toBeGreaterThan((runs[index - 1]?.[1] ?? -9) + 1);
    }),
  );
});
