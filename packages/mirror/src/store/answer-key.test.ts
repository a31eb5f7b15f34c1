import { expect, test } from "vitest";
import { canonicalTarget } from "./answer-key.ts";

test.each([
  ["//api/v2//x?b=1&a=2", "/api/v2/x?a=2&b=1"],
  ["/x?a=&b=1&c", "/x?b=1"],
  ["/x?a=2&b=&a=1&a=", "/x?a=2&a=1"],
  ["/x?a=", "/x"],
  ["/x", "/x"],
  ["/x?a=1?b=2//", "/x?a=1%3Fb%3D2%2F%2F"],
])("canonicalTarget() makes one key of the forms of %s", (target, key) => {
  expect(canonicalTarget(target)).toBe(key);
});

test("canonicalTarget() spends little on many empty parameters", () => {
  const query = Array.from({ length: 200_000 }, (_, index) => `a${index}=`).join("&");
  const began = performance.now();
  expect(canonicalTarget(`/x?${query}`)).toBe("/x");
  expect(performance.now() - began).toBeLessThan(5000);
});
