import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { contentPolicy } from "./content-policy.ts";

const ALONE =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** The policy with an origin more that is asked. */
const asking = (origin: string): string =>
  ALONE.replace("data:;", `data: ${origin};`).replace("connect-src 'self'", `connect-src 'self' ${origin}`);

test("contentPolicy() lets a page run and ask its own server alone", () => {
  expect(contentPolicy(null)).toBe(ALONE);
  expect(contentPolicy("")).toBe(ALONE);
});

test.each([
  ["https://api.brain-map.org", "https://api.brain-map.org"],
  ["http://127.0.0.1:8080/any/path?q=1#x", "http://127.0.0.1:8080"],
  ["HTTP://API.Test:80/", "http://api.test"],
  ["https://bücher.test", "https://xn--bcher-kva.test"],
  ["http://my_mirror:8080", "http://my_mirror:8080"],
  ["  http://x.test\n", "http://x.test"],
  ["http://0x7f000001", "http://127.0.0.1"],
])("contentPolicy() of %j names the origin as URLs print it", (api, origin) => {
  expect(contentPolicy(api)).toBe(asking(origin));
});

test.each([
  "javascript:alert(1)",
  "data:text/html,x",
  "blob:https://api.test/1",
  "file:///etc/passwd",
  "ftp://api.test",
  "ws://api.test",
  "//api.test",
  "api.test",
  "sample",
  "null",
  "*",
  "'unsafe-inline'",
  "http://",
  "http://user:word@api.test",
  "http://user@api.test",
  "http://*",
  "http://*.test",
  "http://a.test;sandbox",
  "http://a;script-src'unsafe-inline'",
  "http://a.test; script-src *",
  "http://a.test *",
  "http://a.test,b.test",
  "http://a'b.test",
  "http://a%3bsandbox",
  "http://a%0d%0aset-cookie:x",
  "http://[::1]:8080",
  `http://${"a".repeat(4000)}.test`,
])("contentPolicy() of %j adds nothing", (api) => {
  expect(contentPolicy(api)).toBe(ALONE);
});

test("contentPolicy() adds at most one origin, whatever it is given", () => {
  const hostile = fc.stringMatching(/^https?:\/\/[a-z0-9;*'", ./:@%\\\r\n\t[\]_-]*$/);
  checkProperty(
    fc.property(fc.oneof(hostile, fc.webUrl(), fc.string({ unit: "binary" })), (api) => {
      const policy = contentPolicy(api);
      const [, origin = ""] = /connect-src 'self' ?([^;]*);/.exec(policy) ?? [];
      expect(policy).toBe(origin === "" ? ALONE : asking(origin));
      expect(origin).toMatch(/^$|^https?:\/\/[a-z0-9._-]+(:\d+)?$/);
    }),
  );
});
