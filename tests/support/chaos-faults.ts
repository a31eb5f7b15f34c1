import { type ChaosFile, createRandom, LARGE_EVERY, LASTING_EVERY, pick, type Random } from "./chaos-files.ts";

/** What may go wrong with one answer and not with the next. */
export const PASSING_FAULTS = [
  "delay",
  "stalled head",
  "stalled body",
  "reset head",
  "reset body",
  "short length",
  "short chunks",
  "short to the end",
  "429",
  "429 at once",
  "503",
  "503 later",
  "503 by date",
  "500",
  "other type",
  "HTML",
  "HTML under its type",
  "failure as JSON",
  "drip",
  "relative redirect",
  "absolute redirect",
  "chain of redirects",
  "early hints",
  "closed after",
  "closed unread",
] as const;
export type PassingFault = (typeof PASSING_FAULTS)[number];

/** What may go wrong with the first answer to a request for a range. */
export const RANGE_FAULTS = [
  "range refused",
  "range from elsewhere",
  "range of another total",
  "range of another version",
  "range too long",
  "range in part",
  "416",
] as const;
export type RangeFault = (typeof RANGE_FAULTS)[number];

/** What never passes. */
export const LASTING_FAULTS = [
  "404",
  "403",
  "always 500",
  "always HTML",
  "always short",
  "always reset",
  "loop of redirects",
  "redirect to nowhere",
] as const;
export type LastingFault = (typeof LASTING_FAULTS)[number];

export type Fault = PassingFault | RangeFault | LastingFault;

/** What happens to a file: in turn, then nothing more. */
export interface FaultPlan {
  readonly passing: readonly PassingFault[];
  /** Comes with the first request for a range. */
  readonly ofRange: RangeFault | undefined;
  readonly lasting: LastingFault | undefined;
}

/** Most faults in a row. */
export const MAX_FAULTS = 4;

/** These cost a second each, and come seldom. */
const SLOW: readonly PassingFault[] = ["503 later", "503 by date"];
const SLOW_EVERY = 293;
const FIRST_SLOW = 11;
const NONE: FaultPlan = { passing: [], ofRange: undefined, lasting: undefined };

/** What happens to a file; each fault comes in its turn, so that some dozens of files see all of them. */
export function planFaults(seed: number, file: ChaosFile): FaultPlan {
  const { index } = file;
  const random = createRandom(seed, index, 3);
  if (index % LASTING_EVERY === 2)
    return { ...NONE, lasting: LASTING_FAULTS[Math.floor(index / LASTING_EVERY) % LASTING_FAULTS.length] };
  if (index % LARGE_EVERY === 5) {
    const turn = Math.floor(index / LARGE_EVERY);
    const ofRange = RANGE_FAULTS[turn % RANGE_FAULTS.length];
    // Chunks do not tell how long the file is: then nobody could tell that another total is wrong.
    if (ofRange === "range of another total") return { ...NONE, passing: ["short length", "short length"], ofRange };
    const first = turn % 2 === 0 ? "reset body" : "short chunks";
    return { ...NONE, passing: [first, pick(random, ["reset body", "stalled body", "short length"])], ofRange };
  }
  const slow = SLOW[(index % SLOW_EVERY) - FIRST_SLOW];
  if (slow !== undefined) return { ...NONE, passing: [slow] };
  if (file.kind === "json" && random() < 0.3) return { ...NONE, passing: ["failure as JSON"] };
  if (random() < 0.5) return NONE;
  const count = 1 + Math.floor(random() ** 2 * MAX_FAULTS);
  return { ...NONE, passing: Array.from({ length: count }, (_, nth) => drawFault(file, index + nth * 7, random)) };
}

function drawFault(file: ChaosFile, turn: number, random: Random): PassingFault {
  const inTurn = PASSING_FAULTS[turn % PASSING_FAULTS.length] as PassingFault; // The list has all of them.
  return !SLOW.includes(inTurn) && fits(inTurn, file)
    ? inTurn
    : pick(random, ["delay", "reset body", "short length", "drip"]);
}

/** What nobody could tell from the right answer is not asked of anybody. */
function fits(fault: PassingFault, file: ChaosFile): boolean {
  if (fault === "short to the end" || fault === "HTML under its type") return file.isTelling && file.roughBytes > 0;
  if (fault === "failure as JSON") return file.kind === "json";
  return true;
}
