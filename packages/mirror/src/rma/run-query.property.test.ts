import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { computeAnswer } from "../../../../tests/support/plain-answer.ts";
import { stageArbitrary } from "../../../../tests/support/plain-queries.ts";
import { load, worldArbitrary } from "../../../../tests/support/plain-worlds.ts";
import type { ResultRow, RowShape } from "./result.ts";
import { runQuery } from "./run-query.ts";

/** The same queries each time; the long run draws more. */
const RUNS = process.env.BRAINATLAS_LONG === undefined ? 400 : 10_000;

function plainRow({ columns, includes }: RowShape, row: ResultRow, isFlat: boolean): unknown {
  const cells = columns.map((_, index) => row.values[index]);
  if (isFlat) return cells;
  const below = includes.map(({ name, shape }, index) => {
    const found = row.includes[index] ?? null;
    return [
      name,
      Array.isArray(found)
        ? found.map((each) => plainRow(shape, each, false))
        : found && plainRow(shape, found as ResultRow, false),
    ];
  });
  return Object.fromEntries([...columns.map(({ name }, index) => [name, cells[index]]), ...below]);
}

const worlds = fc.sample(worldArbitrary, { seed: 7, numRuns: 8 }).map((world) => ({ world, database: load(world) }));
afterAll(() => {
  for (const { database } of worlds) database.close();
});

test("runQuery() gives what the plain computation gives, for any query", async () => {
  let filled = 0;
  const property = fc.asyncProperty(fc.constantFrom(...worlds), stageArbitrary, async ({ world, database }, stage) => {
    const answer = await runQuery(database, { stages: [stage] });
    const rows: unknown[] = [];
    for await (const batch of answer.batches)
      rows.push(...batch.map((row) => plainRow(answer.shape, row, answer.isTabular)));
    const expected = computeAnswer(world, stage);
    const isTied = stage.options.tabular !== undefined;
    const sorted = (list: readonly unknown[]): readonly unknown[] =>
      isTied ? list.map((each) => JSON.stringify(each)).sort() : list;
    if (!isTied || (stage.options.startRow ?? 0) + rows.length >= expected.total)
      expect(sorted(rows)).toEqual(sorted(expected.rows));
    expect(rows).toHaveLength(expected.rows.length);
    expect([answer.totalRows, answer.numRows]).toEqual([expected.total, rows.length]);
    if (rows.length > 0) filled += 1;
  });
  await fc.assert(property, { seed: 20_240_229, numRuns: RUNS });
  expect(filled).toBeGreaterThan(20);
}, 120_000);
