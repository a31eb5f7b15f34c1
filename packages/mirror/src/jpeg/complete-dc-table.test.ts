import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { completeDcTable } from "./complete-dc-table.ts";

const counts = (...given: number[]) => Uint8Array.from({ length: 16 }, (_, index) => given[index] ?? 0);

test("completeDcTable() leaves a table that has all codes", () => {
  const table = {
    counts: counts(0, 1, 5, 1, 1, 1, 1, 1, 1),
    symbols: Uint8Array.from({ length: 12 }, (_, size) => size),
  };
  expect(completeDcTable(table)).toEqual(table);
});

test("completeDcTable() adds longer codes behind those that there are", () => {
  // Codes 0 and 10; the eleven others fit below 11.
  expect(completeDcTable({ counts: counts(1, 1), symbols: Uint8Array.of(0, 3) })).toEqual({
    counts: counts(1, 1, 0, 0, 0, 10),
    symbols: Uint8Array.of(0, 3, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11),
  });
});

test("completeDcTable() refuses a table that is full", () => {
  const full = { counts: counts(1, 2), symbols: Uint8Array.of(0, 3, 4) };
  expect(() => completeDcTable(full)).toThrow(/a Huffman table without differences of 1,2,5,6,7,8,9,10,11 bits/);
  const narrow = {
    counts: Uint8Array.from({ length: 16 }, () => 1),
    symbols: Uint8Array.from({ length: 16 }, () => 0),
  };
  expect(() => completeDcTable(narrow)).toThrow("a table that they can be added to");
});

test("completeDcTable() keeps the codes that a table has, and none begins another", () => {
  const lengths = fc.uniqueArray(fc.nat({ max: 11 }), { minLength: 1 }).chain((symbols) =>
    fc.array(fc.integer({ min: 2, max: 9 }), { minLength: symbols.length, maxLength: symbols.length }).map((drawn) => ({
      symbols: Uint8Array.from(symbols),
      // Each code takes a half of what is free at most, so that something stays free.
      lengths: drawn
        .sort((one, other) => one - other)
        .map((length, index) => Math.min(16, Math.max(length, index + 1))),
    })),
  );
  checkProperty(
    fc.property(lengths, ({ symbols, lengths }) => {
      const given = counts();
      for (const length of lengths) given[length - 1] = (given[length - 1] ?? 0) + 1;
      const before = codesOf({ counts: given, symbols });
      fc.pre(room(given) > 0);
      const after = codesOf(completeDcTable({ counts: given, symbols }));
      expect(after.size).toBe(12);
      for (const [size, code] of before) expect(after.get(size)).toBe(code);
      for (const [one, code] of after) {
        expect(code).toMatch(/0/);
        for (const [other, longer] of after) expect(one !== other && longer.startsWith(code)).toBe(false);
      }
    }),
  );
});

/** What is free of all codes, as a part of 1; less than 0 for a table that cannot be. */
function room(given: Uint8Array): number {
  const used = given.reduce((sum, count, index) => sum + count * 2 ** -(index + 1), 0);
  return 1 - used >= 2 ** -8 ? 1 - used : 0;
}

/** The codes of a table as text (ITU-T T.81, C.2). */
function codesOf({ counts, symbols }: { counts: Uint8Array; symbols: Uint8Array }): Map<number, string> {
  const codes = new Map<number, string>();
  let code = 0;
  for (const [index, count] of counts.entries()) {
    for (let left = count; left > 0; left -= 1) {
      codes.set(symbols[codes.size] ?? -1, code.toString(2).padStart(index + 1, "0"));
      code += 1;
    }
    code *= 2;
  }
  return codes;
}
