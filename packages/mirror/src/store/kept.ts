/** How long an answer counts as its source's present one. */
export interface Freshness {
  /** When the source last said it, in ms since 1970. */
  readonly checkedAtMs: number;
  /** How long from then on it needs not be asked again, in ms. */
  readonly freshMs: number;
}

/** Longest time in which something counts as fresh, in ms: ten years. */
export const MAX_FRESH_MS: number = 10 * 365 * 24 * 3600 * 1000;

/** How fresh something is that was kept on its way through, by the details of its entry; `undefined` for what was not, or does not say. */
export function readKept({ kept }: Readonly<Record<string, unknown>>): Freshness | undefined {
  const { checkedAt, freshMs } = Object(kept) as Record<string, unknown>;
  const checkedAtMs = typeof checkedAt === "string" ? Date.parse(checkedAt) : Number.NaN;
  // Entries come from other machines, too.
  if (Number.isNaN(checkedAtMs) || typeof freshMs !== "number" || !(freshMs >= 0)) return undefined;
  return { checkedAtMs, freshMs: Math.min(freshMs, MAX_FRESH_MS) };
}
