import { expect, test } from "vitest";
import { BrainAtlas } from "../client/brain-atlas.ts";
import { normaliseHttpOptions, normaliseLimits } from "./options.ts";

test("normaliseHttpOptions() applies the documented defaults", () => {
  expect(normaliseHttpOptions({})).toMatchObject({
    concurrency: 6,
    headers: [],
    onEvent: undefined,
    limits: {
      timeoutMs: 60_000,
      totalTimeoutMs: 300_000,
      retries: 3,
      backoffMs: 300,
      maxBackoffMs: 30_000,
      maxRedirects: 10,
      maxBodyBytes: 536_870_912,
      throwHttpErrors: true,
    },
  });
});

test("normaliseLimits() takes 0 and false as values, and undefined as not given", () => {
  const { limits } = normaliseHttpOptions({ retries: 5, maxRedirects: 7 });
  expect(normaliseLimits({ retries: 0, maxRedirects: undefined, throwHttpErrors: false }, limits)).toMatchObject({
    retries: 0,
    maxRedirects: 7,
    throwHttpErrors: false,
  });
});

test("normaliseHttpOptions() joins header fields in any form and case", () => {
  const expected = [["x-lab", "one"]];
  expect(normaliseHttpOptions({ headers: { "X-Lab": "one" } }).headers).toEqual(expected);
  expect(normaliseHttpOptions({ headers: [["X-LAB", "one"]] }).headers).toEqual(expected);
  expect(normaliseHttpOptions({ headers: new Headers({ "x-lab": "one" }) }).headers).toEqual(expected);
});

test.each(["timeoutMs", "totalTimeoutMs", "backoffMs", "maxBackoffMs", "maxBodyBytes"] as const)(
  "BrainAtlas refuses a %s that is no number above 0",
  (name) => {
    for (const value of [0, -1, Number.NaN, "5"]) {
      // The wrong type is the case under test.
      expect(() => new BrainAtlas({ [name]: value as number })).toThrow(
        new RangeError(
          `Cannot use ${name} ${typeof value === "string" ? `"${value}"` : value}; give a number above 0, or Infinity for no limit`,
        ),
      );
    }
    expect(() => new BrainAtlas({ [name]: Number.POSITIVE_INFINITY })).not.toThrow();
  },
);

test.each([
  ["retries", 0],
  ["maxRedirects", 0],
  ["concurrency", 1],
] as const)("BrainAtlas refuses a %s that is no whole number of %i or more", (name, min) => {
  for (const value of [min - 1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => new BrainAtlas({ [name]: value })).toThrow(
      new RangeError(`Cannot use ${name} ${value}; give a whole number of ${min} or more`),
    );
  }
});

test("BrainAtlas refuses a fetch that is no function", () => {
  // @ts-expect-error the wrong type is the case under test
  expect(() => new BrainAtlas({ fetch: "curl" })).toThrow(
    new TypeError("Cannot use string as fetch; give a function like the platform's fetch"),
  );
});

test("get() checks the limits of one request before it sends anything", async () => {
  const client = new BrainAtlas({ fetch: () => Promise.reject(new Error("sent")) });
  await expect(client.get("/x", { retries: -1 })).rejects.toThrow(RangeError);
  await expect(client.get("/x", { timeoutMs: 0 })).rejects.toThrow(RangeError);
});
