import { DamagedError } from "../failures.ts";

/** What clients are told: paths are none of their concern. */
const SAID = "What this mirror holds of this is damaged; its operator can import it again";

/** The error that a file of a store is not as it was put. */
export function damaged(what: "entry" | "body", path: string, reason: string, cause?: unknown): DamagedError {
  return new DamagedError(`Cannot read the ${what} "${path}": ${reason}; import its content again`, SAID, { cause });
}
