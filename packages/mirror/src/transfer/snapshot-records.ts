import { rm } from "node:fs/promises";
import Connection from "libsql/promise";
import { BUSY_MS } from "../records/reader.ts";
import { readableLocation } from "../records/record-database.ts";

/**
 * Copies the records into another file as they are at one moment, while others go on writing; what was removed leaves no room in the copy.
 *
 * @throws {Error} If the database is damaged, or the copy cannot be written.
 */
export async function snapshotRecords(from: string, to: string): Promise<void> {
  // The database writes into no file that is there.
  await rm(to, { force: true });
  const connection = new Connection(readableLocation(from), { timeout: BUSY_MS });
  try {
    await (await connection.prepare("VACUUM INTO ?")).run([to]);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `Cannot copy the records "${from}": ${reason}; "brainatlas store verify" says whether they are whole`,
      {
        cause,
      },
    );
  } finally {
    connection.close();
  }
}
