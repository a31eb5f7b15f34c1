import { expect, test } from "vitest";
import { ConnectionError } from "../../errors.ts";
import { describeItemFailure } from "./failure-words.ts";

function notFound(url: string, code = "ENOTFOUND"): string {
  const cause = Object.assign(new Error("getaddrinfo"), { code });
  const error = new ConnectionError({ method: "GET", url, attempts: 1 }, "the host name was not found", { cause });
  return describeItemFailure("a.jpg", url, error);
}

test("describeItemFailure() names the option that reaches a mirror in this process", () => {
  expect(notFound("http://sample.invalid/a")).toBe(
    'Cannot download "a.jpg": cannot GET http://sample.invalid/a: the host name was not found; ' +
      "check the network and the address, or use a mirror; " +
      "if a mirror in this process answers there, give its fetch as an option",
  );
});

test.each([
  ["http://sample.test/a", "ENOTFOUND"],
  ["http://invalid.test/.invalid", "EAI_AGAIN"],
  ["http://sample.invalid/a", "ECONNRESET"],
])("describeItemFailure() does not of %s that failed by %s", (url, code) => {
  expect(notFound(url, code)).toMatch(/or use a mirror$/);
});
