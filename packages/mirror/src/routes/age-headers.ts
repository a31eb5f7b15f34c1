import type { Freshness } from "../store/kept.ts";
import { STALE_HEADER } from "./refuse.ts";

/**
 * Headers that say how old an answer is, and since when it is stale, if it is.
 *
 * @example ageHeaders({ checkedAtMs: 0, freshMs: 5000 }, 3000) // → { age: "3" }
 */
export function ageHeaders({ checkedAtMs, freshMs }: Freshness, nowMs: number): Record<string, string> {
  const age = String(Math.max(0, Math.floor((nowMs - checkedAtMs) / 1000)));
  const isStale = nowMs - checkedAtMs >= freshMs;
  return isStale ? { age, [STALE_HEADER]: new Date(checkedAtMs + freshMs).toISOString() } : { age };
}
