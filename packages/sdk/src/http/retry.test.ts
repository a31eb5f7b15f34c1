import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { normaliseHttpOptions, type RequestLimits } from "./options.ts";
import { isIdempotent, mayPass, parseRetryAfter, retryDelay } from "./retry.ts";

const { limits: defaults } = normaliseHttpOptions({});

const anyLimits = fc
  .record({
    retries: fc.nat(20),
    backoffMs: fc.integer({ min: 1, max: 10_000 }),
    maxBackoffMs: fc.integer({ min: 1, max: 100_000 }),
  })
  .map((some): RequestLimits => ({ ...defaults, ...some }));
/** What Math.random() gives. */
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test("isIdempotent() holds for GET and HEAD only", () => {
  expect(["GET", "HEAD", "POST", "PUT", "DELETE", "get"].filter(isIdempotent)).toEqual(["GET", "HEAD"]);
});

test("mayPass() holds for six statuses", () => {
  const statuses = Array.from({ length: 600 }, (_, status) => status);
  expect(statuses.filter(mayPass)).toEqual([408, 429, 500, 502, 503, 504]);
});

test("retryDelay() stays between 0 and the bound, which doubles up to maxBackoffMs", () => {
  checkProperty(
    fc.property(anyLimits, fc.integer({ min: 1, max: 2000 }), random, (limits, attempt, drawn) => {
      const delayMs = retryDelay(attempt, undefined, limits, drawn);
      if (attempt > limits.retries) return delayMs === undefined;
      const boundMs = Math.min(limits.maxBackoffMs, limits.backoffMs * 2 ** (attempt - 1));
      return delayMs !== undefined && delayMs >= 0 && delayMs <= boundMs;
    }),
  );
});

test("retryDelay() draws from the whole of the interval", () => {
  const limits = { ...defaults, retries: 9, backoffMs: 100, maxBackoffMs: 1000 };
  expect([1, 2, 3, 4, 5, 9].map((attempt) => retryDelay(attempt, undefined, limits, 0.5))).toEqual([
    50, 100, 200, 400, 500, 500,
  ]);
  expect(retryDelay(1, undefined, limits, 0)).toBe(0);
});

test("retryDelay() obeys a Retry-After up to maxBackoffMs, and ends the request above", () => {
  checkProperty(
    fc.property(anyLimits, fc.nat(200_000), random, (limits, retryAfterMs, drawn) => {
      const allowed = limits.retries >= 1 && retryAfterMs <= limits.maxBackoffMs;
      return retryDelay(1, retryAfterMs, limits, drawn) === (allowed ? retryAfterMs : undefined);
    }),
  );
});

test("parseRetryAfter() reads seconds", () => {
  checkProperty(fc.property(fc.nat(), (seconds) => parseRetryAfter(String(seconds), 5) === seconds * 1000));
  expect(parseRetryAfter(" 2 ", 0)).toBe(2000);
});

test("parseRetryAfter() reads dates, one gone by as 0", () => {
  const nowMs = Date.UTC(2015, 9, 21, 7, 28, 0);
  expect(parseRetryAfter("Wed, 21 Oct 2015 07:28:30 GMT", nowMs)).toBe(30_000);
  expect(parseRetryAfter("Wed, 21 Oct 2015 07:27:00 GMT", nowMs)).toBe(0);
});

test.each([null, "", "soon", "-5", "1.5", "soon 1", "0x10", "2 s", "Wed, 99 Oct 2015 07:28:30 GMT"])(
  "parseRetryAfter() reads nothing from %j",
  (text) => {
    expect(parseRetryAfter(text, 0)).toBeUndefined();
  },
);
