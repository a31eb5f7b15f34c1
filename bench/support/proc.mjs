// What Linux tells of processes: time they computed, memory they had at most.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

/** Clock ticks of /proc have 10 ms on every Linux. */
const TICK_MS = 10;
/** Processes count as idle when they compute less than this share of the time. */
const IDLE_SHARE = 0.1;
const IDLE_STEP_MS = 200;

/** Whether this system tells of processes as Linux does. */
export const hasProc = existsSync("/proc/self/stat");

/**
 * Processes and all that descend from them.
 *
 * @param {readonly number[]} roots Process ids.
 * @returns {number[]}
 */
export function treeOf(roots) {
  /** @type {Map<number, number[]>} */
  const children = new Map();
  for (const name of readdirSync("/proc")) {
    const stat = /^\d+$/.test(name) ? readStat(Number(name)) : undefined;
    if (stat !== undefined) children.set(stat.parent, [...(children.get(stat.parent) ?? []), Number(name)]);
  }
  const found = [...roots];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found;
}

/**
 * Time that process trees have computed so far, in ms.
 *
 * @param {readonly number[]} roots
 */
export function cpuMsOf(roots) {
  return treeOf(roots).reduce((sum, pid) => sum + (readStat(pid)?.ticks ?? 0) * TICK_MS, 0);
}

/**
 * The most memory that process trees had since the last `resetPeaks()`, in MB: the sum of the peaks of their processes.
 *
 * @param {readonly number[]} roots
 */
export function peakMbOf(roots) {
  return treeOf(roots).reduce((sum, pid) => sum + statusMb(pid, "VmHWM"), 0);
}

/** The most memory that a process had so far, in MB; 0 when it has ended. */
export function ownPeakMb(/** @type {number} */ pid) {
  return statusMb(pid, "VmHWM");
}

/** Time that children of this process have computed which have ended by now, in ms. */
export function reapedCpuMs() {
  return (readStat(process.pid)?.reapedTicks ?? 0) * TICK_MS;
}

/**
 * The memory that process trees have now, in MB.
 *
 * @param {readonly number[]} roots
 */
export function memoryMbOf(roots) {
  return treeOf(roots).reduce((sum, pid) => sum + statusMb(pid, "VmRSS"), 0);
}

/**
 * Lowers the peaks of process trees to what they have now.
 *
 * @param {readonly number[]} roots
 */
export function resetPeaks(roots) {
  for (const pid of treeOf(roots)) {
    try {
      writeFileSync(`/proc/${pid}/clear_refs`, "5");
    } catch {
      // It has ended, or belongs to somebody else: then its peak is that of its whole life.
    }
  }
}

/**
 * Waits until process trees compute no more, so that what one left undone does not fall on the next.
 *
 * @param {readonly number[]} roots
 * @param {number} [timeoutMs]
 * @returns {Promise<boolean>} Whether they came to rest in time.
 */
export async function untilIdle(roots, timeoutMs = 20_000) {
  const end = performance.now() + timeoutMs;
  let before = cpuMsOf(roots);
  while (performance.now() < end) {
    await wait(IDLE_STEP_MS);
    const now = cpuMsOf(roots);
    if (now - before <= IDLE_STEP_MS * IDLE_SHARE) return true;
    before = now;
  }
  return false;
}

/** Parent and computing times of a process, its own and that of its ended children; `undefined` when it has ended. */
function readStat(/** @type {number} */ pid) {
  const text = readIfThere(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  // The name, in parentheses, may hold blanks and parentheses itself.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [parent, user, system, reapedUser, reapedSystem] = [1, 11, 12, 13, 14].map((index) => Number(fields[index]));
  return { parent, ticks: user + system, reapedTicks: reapedUser + reapedSystem };
}

function statusMb(/** @type {number} */ pid, /** @type {string} */ name) {
  const [, kib] = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(readIfThere(`/proc/${pid}/status`) ?? "") ?? [];
  return Number(kib ?? 0) / 1024;
}

function readIfThere(/** @type {string} */ path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
