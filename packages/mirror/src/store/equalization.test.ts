import { expect, onTestFinished, test } from "vitest";
import { RecordDatabase } from "../records/record-database.ts";
import { writeRows } from "../records/write-rows.ts";
import { defaultRange } from "./equalization.ts";

function databaseOf(...rows: Record<string, unknown>[]): RecordDatabase {
  const database = RecordDatabase.create();
  onTestFinished(() => database.close());
  writeRows(
    database,
    rows.map((row) => ({ model: "Equalization", row })),
  );
  return database;
}

const BOUNDS = { red_lower: 0, red_upper: 923, green_lower: 1, green_upper: 987, blue_lower: 2, blue_upper: 4095 };

test("defaultRange() gives the windows of the image's data set", async () => {
  const database = databaseOf(
    { id: 1, section_data_set_id: 5, ...BOUNDS },
    { id: 2, section_data_set_id: 6, ...BOUNDS, red_upper: 932 },
  );
  expect(await defaultRange(database, { data_set_id: 5 })).toEqual([0, 923, 1, 987, 2, 4095]);
  expect(await defaultRange(database, { data_set_id: 6 })).toEqual([0, 932, 1, 987, 2, 4095]);
  for (const row of [{ data_set_id: 7 }, { data_set_id: null }, {}]) {
    expect(await defaultRange(database, row)).toBeUndefined();
  }
});

test("defaultRange() gives none where no row says one", async () => {
  expect(await defaultRange(databaseOf(), { data_set_id: 5 })).toBeUndefined();
  const partial = databaseOf({ id: 1, section_data_set_id: 5, red_lower: 0 });
  expect(await defaultRange(partial, { data_set_id: 5 })).toBeUndefined();
  const swapped = databaseOf({ id: 1, section_data_set_id: 5, ...BOUNDS, green_lower: 988 });
  expect(await defaultRange(swapped, { data_set_id: 5 })).toBeUndefined();
});
