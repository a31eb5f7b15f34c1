import type { Reader } from "../records/reader.ts";
import type { RecordDatabase } from "../records/record-database.ts";

/** A connection on loan, until it is given back. */
export interface Lease {
  readonly reader: Reader;
  /** Calls something before the connection is given back. */
  defer(tidy: () => void): void;
  /** Gives it back; a second time does nothing. */
  release(): void;
}

/** Borrows a connection beyond one call: rows are read on while whoever asked takes them. */
export function borrow(database: RecordDatabase, signal: AbortSignal | undefined): Promise<Lease> {
  return new Promise((resolve, reject) => {
    const use = (reader: Reader): Promise<void> => new Promise((giveBack) => resolve(createLease(reader, giveBack)));
    database.read(use, signal).catch(reject);
  });
}

function createLease(reader: Reader, giveBack: () => void): Lease {
  // Statements are to be at their end before the transaction that holds them ends.
  let tidies: (() => void)[] = [() => reader.loosen()];
  return {
    reader,
    defer: (tidy) => void tidies.unshift(tidy),
    release() {
      const due = tidies;
      tidies = [];
      for (const tidy of due) {
        try {
          tidy();
        } catch {
          // A statement that cannot be ended: the pool closes such a connection.
        }
      }
      giveBack();
    },
  };
}
