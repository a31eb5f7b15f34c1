import { existsSync } from "node:fs";
import { Reader } from "./reader.ts";
import { readableLocation } from "./record-database.ts";
import { HELD_COLUMNS } from "./tables.ts";
import { tableNamed } from "./writer.ts";

/** Longest time that the check may take, in ms: a database of many gigabytes takes minutes. */
const LIMIT_MS = 3_600_000;
/** Faults that are named; one that is damaged may have thousands. */
const MAX_FAULTS = 20;

/**
 * Looks for damage in the file of the records: the database's own check of all its pages and indices, as they are at one moment; others may
 * write meanwhile.
 *
 * @returns What is wrong, a sentence each; nothing if all is well.
 */
export async function checkRecords(path: string, signal?: AbortSignal): Promise<string[]> {
  if (!existsSync(path)) return ["it is gone"];
  const limits = { timeLimitMs: LIMIT_MS, signal };
  try {
    const reader = await Reader.open(readableLocation(path));
    try {
      const rows = await reader.all({ sql: `PRAGMA integrity_check(${MAX_FAULTS})`, parameters: [] }, limits);
      const faults = rows.map(([fault]) => String(fault)).filter((fault) => fault !== "ok");
      if (faults.length > 0) return faults;
      const tables = await reader.all(tableNamed(HELD_COLUMNS), limits);
      return tables.length > 0 ? [] : ["it has no tables of records"];
    } finally {
      reader.close();
    }
  } catch (error) {
    signal?.throwIfAborted();
    return [error instanceof Error ? error.message : String(error)];
  }
}
