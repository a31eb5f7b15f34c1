import { setImmediate } from "node:timers/promises";
import type { ModelRow } from "../records/model-row.ts";
import type { RecordDatabase } from "../records/record-database.ts";
import { writeRows } from "../records/write-rows.ts";

/** Records that are made in one go; others have their turn in between. */
const RECORD_BATCH = 500;

/**
 * Writes all records of the sample atlas: what is held of them is replaced. It takes half a second.
 *
 * @param signal Ends the work; what is written stays.
 */
export async function writeSampleRecords(database: RecordDatabase, signal?: AbortSignal): Promise<void> {
  // Loaded only now: the pictures are served without it.
  const { sampleRecords } = await import("../sample/records/sample-records.ts");
  let batch: ModelRow[] = [];
  for (const row of sampleRecords()) {
    if (batch.push(row) < RECORD_BATCH) continue;
    writeRows(database, batch);
    batch = [];
    await setImmediate();
    signal?.throwIfAborted();
  }
  writeRows(database, batch);
  database.analyse();
}
