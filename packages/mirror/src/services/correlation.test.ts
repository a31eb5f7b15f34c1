import fc from "fast-check";
import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { RecordDatabase } from "../records/record-database.ts";
import { writeRows } from "../records/write-rows.ts";
import { correlate, pearson, ranked } from "./correlation.ts";
import { readRecords } from "./service-records.ts";

type Pair = readonly [x: number, y: number];

function sumsOf(pairs: readonly Pair[]) {
  const sum = (of: (pair: Pair) => number): number => pairs.reduce((total, pair) => total + of(pair), 0);
  return {
    count: pairs.length,
    x: sum(([x]) => x),
    y: sum(([, y]) => y),
    xx: sum(([x]) => x * x),
    yy: sum(([, y]) => y * y),
    xy: sum(([x, y]) => x * y),
  };
}

/** The definition: mean product of the deviations over the product of the standard deviations. */
function naive(pairs: readonly Pair[]): number {
  const mean = (of: (pair: Pair) => number): number => pairs.reduce((t, pair) => t + of(pair), 0) / pairs.length;
  const [mx, my] = [mean(([x]) => x), mean(([, y]) => y)];
  const covariance = mean(([x, y]) => (x - mx) * (y - my));
  return covariance / Math.sqrt(mean(([x]) => (x - mx) ** 2) * mean(([, y]) => (y - my) ** 2));
}

const value = fc.integer({ min: 0, max: 1000 }).map((whole) => whole / 1000);

test("pearson() of sums is the coefficient of the values", () => {
  const pairs = fc.array(fc.tuple(value, value), { minLength: 3, maxLength: 60 });
  checkProperty(
    fc.property(pairs, (given) => {
      const r = pearson(sumsOf(given));
      const isFlat = [0, 1].some((side) => new Set(given.map((pair) => pair[side])).size === 1);
      if (isFlat) expect(r).toBeNaN();
      else expect(r).toBeCloseTo(naive(given), 8);
    }),
  );
});

test("pearson() is 1 and -1 on lines, never more", () => {
  const line = Array.from({ length: 50 }, (_, i): Pair => [i * 0.1, 3 + i * 0.7]);
  expect(pearson(sumsOf(line))).toBeCloseTo(1, 12);
  expect(pearson(sumsOf(line))).toBeLessThanOrEqual(1);
  expect(pearson(sumsOf(line.map(([x, y]): Pair => [x, -y])))).toBeCloseTo(-1, 12);
});

test("correlate() compares values that differ little, wherever they lie", async () => {
  const database = RecordDatabase.create();
  onTestFinished(() => database.close());
  const sets: Record<number, (i: number) => number> = {
    1: (i) => 1e8 + i,
    2: (i) => 1e8 - i * i,
    3: (i) => 1e-6 * i,
    4: () => 1e8,
    5: () => 0.1,
  };
  writeRows(
    database,
    Object.entries(sets).flatMap(([set, value]) =>
      [1, 2, 3, 4].map((i) => ({
        model: "StructureUnionize",
        row: {
          id: Number(set) * 10 + i,
          section_data_set_id: Number(set),
          structure_id: i,
          expression_energy: value(i),
        },
      })),
    ),
  );
  const found = await readRecords(database, { timeLimitMs: 5000 }, (records) =>
    correlate(records, {
      table: "structure_unionizes",
      column: "expression_energy",
      seedId: 1,
      structureIds: [1, 2, 3, 4],
      where: sql`1`,
      dataSets: sql`(1, 2, 3, 4, 5)`,
    }),
  );
  const expected = naive([1, 2, 3, 4].map((i) => [i, -i * i]));
  expect(found.map(({ id }) => id)).toEqual([1, 2, 3]);
  for (const [index, r] of [1, expected, 1].entries()) expect(found[index]?.r).toBeCloseTo(r, 8);
});

test("ranked() orders both ways, equal ones by id", () => {
  const found = [
    { id: 3, r: 0.5 },
    { id: 2, r: -1 },
    { id: 1, r: 0.5 },
  ];
  expect(ranked(found, "desc").map(({ id }) => id)).toEqual([1, 3, 2]);
  expect(ranked(found, "asc").map(({ id }) => id)).toEqual([2, 1, 3]);
});
