/**
 * Reads how long a service wants to be left alone: seconds, or a date (RFC 9110 §10.2.3); `undefined` where it does not say.
 *
 * @example retryAfterMs(new Headers({ "retry-after": "2" }), 0) // → 2000
 */
export function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
  const text = headers.get("retry-after")?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = text.endsWith(" GMT") ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
