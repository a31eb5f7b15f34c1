import { expect, test } from "vitest";
import { HttpError } from "../../errors.ts";
import { askedDelay } from "./tries.ts";

test.each([
  [429, 5000],
  [503, 5000],
  [404, undefined],
  [500, undefined],
])("askedDelay() of status %i is %s", (status, expected) => {
  const facts = { method: "GET", url: "http://test/a", attempts: 1, history: [], bodyExcerpt: "" };
  const error = new HttpError({ ...facts, status, statusText: "", headers: new Headers(), retryAfterMs: 5000 });
  expect(askedDelay(error)).toBe(expected);
});
