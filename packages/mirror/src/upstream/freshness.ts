import { type Freshness, MAX_FRESH_MS } from "../store/kept.ts";

/**
 * Reads how long an answer counts as fresh (RFC 9111 §4.2): `max-age`, or `Expires`, or the default; `undefined` where it is not to be kept.
 *
 * `private` is no hindrance: requests carry nothing of a client, so that no answer is anybody's own.
 *
 * @param defaultMs What counts where the upstream says nothing.
 * @example readFreshness(new Headers({ "cache-control": "max-age=60" }), 0, 1000) // → { checkedAtMs: 1000, freshMs: 60000 }
 */
export function readFreshness(headers: Headers, defaultMs: number, nowMs: number): Freshness | undefined {
  const control = readControl(headers.get("cache-control") ?? "");
  if (control.has("no-store")) return undefined;
  const checkedAtMs = nowMs - ageMs(headers);
  if (control.has("no-cache")) return { checkedAtMs, freshMs: 0 };
  const maxAge = control.get("s-maxage") ?? control.get("max-age");
  if (maxAge !== undefined) return { checkedAtMs, freshMs: bounded(Number(maxAge) * 1000) };
  const expires = headers.get("expires");
  if (expires === null) return { checkedAtMs, freshMs: defaultMs };
  const date = Date.parse(headers.get("date") ?? "");
  // What is no date, such as 0, has expired.
  return { checkedAtMs, freshMs: bounded(Date.parse(expires) - (Number.isNaN(date) ? nowMs : date)) };
}

/** How old an answer was when it came, by its own word: by its date it would depend on two clocks. */
function ageMs(headers: Headers): number {
  return Number(/^\d{1,10}$/.exec(headers.get("age")?.trim() ?? "")?.[0] ?? 0) * 1000;
}

function bounded(ms: number): number {
  return Number.isNaN(ms) ? 0 : Math.max(0, Math.min(MAX_FRESH_MS, ms));
}

function readControl(text: string): ReadonlyMap<string, string | undefined> {
  const parts = text.split(",").map((part) => part.trim().toLowerCase().split("="));
  return new Map(parts.map(([name = "", value]) => [name.trim(), value?.trim().replaceAll('"', "")]));
}

/** Whether an answer still counts as fresh. */
export function isFreshAt({ checkedAtMs, freshMs }: Freshness, nowMs: number): boolean {
  return nowMs - checkedAtMs < freshMs;
}
