import { expect, test } from "vitest";
import { describeFailure } from "./failure.ts";

const coded = (message: string, code: string, cause?: unknown): Error =>
  Object.assign(new Error(message, { cause }), { code });

test("describeFailure() takes the innermost known code", () => {
  const error = new TypeError("fetch failed", { cause: coded("getaddrinfo", "ENOTFOUND") });
  expect(describeFailure(error)).toBe("the host name was not found");
});

test("describeFailure() looks into an AggregateError, as two address families make it", () => {
  const both = new AggregateError(
    [coded("connect ::1", "ECONNREFUSED"), coded("connect 127.0.0.1", "ECONNREFUSED")],
    "",
  );
  expect(describeFailure(new TypeError("fetch failed", { cause: both }))).toBe("the connection was refused");
});

test("describeFailure() falls back to the innermost message", () => {
  expect(describeFailure(new TypeError("fetch failed", { cause: new Error("odd") }))).toBe("no answer arrived (odd)");
  expect(describeFailure(new Error(""))).toBe("no answer arrived");
  expect(describeFailure("words")).toBe("no answer arrived");
  expect(describeFailure(undefined)).toBe("no answer arrived");
});

test("describeFailure() ends on causes in a circle", () => {
  const one = new Error("one");
  one.cause = one;
  expect(describeFailure(one)).toBe("no answer arrived (one)");
});
