import { describe, expect, test } from "vitest";
import { readApiAddress } from "./api-address.ts";

const OWN = "http://127.0.0.1:8080";

describe("readApiAddress()", () => {
  test.each(["", "?", "?api=", "?api=%20", "?atlas=1"])("takes the page's own origin for %j", (query) => {
    expect(readApiAddress(query, OWN)).toEqual({ isValid: true, url: OWN });
  });

  test.each([
    ["?api=http%3A%2F%2Flocalhost%3A8080", "http://localhost:8080"],
    ["?api=https://api.brain-map.org/", "https://api.brain-map.org"],
    ["?api=https://x.test/mirror//", "https://x.test/mirror"],
    ["?api=http://x.test/?q=1%23h", "http://x.test"],
  ])("takes %s", (query, url) => {
    expect(readApiAddress(query, OWN)).toEqual({ isValid: true, url });
  });

  test.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "localhost:8080",
    "//x.test",
    "\0",
    "http://",
    "http://user:word@x.test",
    "x".repeat(100_000),
  ])("refuses %j", (given) => {
    const found = readApiAddress(`?api=${encodeURIComponent(given)}`, OWN);
    expect(found).toEqual({ isValid: false, given: given.slice(0, 200) });
  });

  test("says that the address is of IPv6, which a page's policy cannot name, unless it is the page's own", () => {
    const own = "http://[::1]:8080";
    expect(readApiAddress(`?api=${own}/x`, OWN)).toEqual({ isValid: false, given: `${own}/x`, isIpv6: true });
    expect(readApiAddress(`?api=${own}/x`, own)).toEqual({ isValid: true, url: `${own}/x` });
    expect(readApiAddress("", own)).toEqual({ isValid: true, url: own });
  });

  test("has no origin to ask for a page that was opened from a file", () => {
    expect(readApiAddress("", "null")).toEqual({ isValid: false, given: "null" });
  });
});
