import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { kill, pid } from "node:process";
import { codeOf } from "./disk.ts";

/** Which process it is, so that another one of the same number is told apart. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** When the process began, where the system says: the machine's start, and ticks since. */
  readonly began?: string | undefined;
}

/** This process. */
export function ownIdentity(): ProcessIdentity {
  return { pid, host: hostname(), began: beginOf(pid) };
}

/** Whether a process still runs, as far as can be known: of another machine's it cannot. */
export function mayRun(identity: ProcessIdentity): boolean {
  if (identity.host !== hostname()) return true;
  if (!isThere(identity.pid)) return false;
  const began = beginOf(identity.pid);
  return began === undefined || identity.began === undefined || began === identity.began;
}

function isThere(number: number): boolean {
  try {
    kill(number, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== "ESRCH"; // Others' processes may not be signalled.
  }
}

/** `undefined` where the system does not say. One that ended and was not collected yet counts as another. */
function beginOf(number: number): string | undefined {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim();
    // The name in brackets may hold anything; what follows the last bracket are the state, and 18 fields on the start.
    const fields = readFileSync(`/proc/${number}/stat`, "latin1").split(")").at(-1)?.trim().split(" ") ?? [];
    return fields[0] === "Z" ? "ended" : `${boot} ${fields[19]}`;
  } catch {
    return undefined;
  }
}
