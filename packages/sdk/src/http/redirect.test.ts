import { expect, test } from "vitest";
import { decideRedirect } from "./redirect.ts";

const FROM = "https://api.test/api/v2/x?a=1";

test.each([301, 302, 303, 307, 308])("decideRedirect() follows %i", (status) => {
  expect(decideRedirect(status, "/y", FROM, "GET")).toEqual({
    kind: "follow",
    url: "https://api.test/y",
    method: "GET",
    sameOrigin: true,
  });
});

test.each([200, 204, 300, 304, 305, 404])("decideRedirect() takes %i as final, whatever its location", (status) => {
  expect(decideRedirect(status, "/y", FROM, "GET")).toEqual({ kind: "final" });
});

test("decideRedirect() takes a redirect without a location as final", () => {
  expect(decideRedirect(302, null, FROM, "GET")).toEqual({ kind: "final" });
});

test.each([
  ["y?b=2", "https://api.test/api/v2/y?b=2"],
  ["?b=2", "https://api.test/api/v2/x?b=2"],
  ["//api.test/y", "https://api.test/y"],
  ["", "https://api.test/api/v2/x?a=1"],
])("decideRedirect() reads the relative location %j", (location, url) => {
  expect(decideRedirect(302, location, FROM, "GET")).toMatchObject({ url });
});

test("decideRedirect() asks the same host by https where it is named with http", () => {
  const seen = "http://api.brain-map.org/cgi-bin/imageservice?mime=1";
  expect(decideRedirect(302, seen, "https://api.brain-map.org/api/v2/x", "GET")).toEqual({
    kind: "follow",
    url: "https://api.brain-map.org/cgi-bin/imageservice?mime=1",
    method: "GET",
    sameOrigin: true,
  });
  expect(decideRedirect(302, "http://api.test:80/y", "https://api.test:8443/x", "GET")).toMatchObject({
    url: "https://api.test:8443/y",
  });
});

test("decideRedirect() refuses http on another host from https, and lets the rest pass", () => {
  expect(decideRedirect(302, "http://other.test/", FROM, "GET")).toMatchObject({ kind: "refuse" });
  expect(decideRedirect(302, "https://other.test/", FROM, "GET")).toMatchObject({ kind: "follow", sameOrigin: false });
  expect(decideRedirect(302, "https://api.test/", "http://api.test/", "GET")).toMatchObject({ sameOrigin: false });
  expect(decideRedirect(302, "http://other.test/", "http://api.test/", "GET")).toMatchObject({ kind: "follow" });
});

test.each(["http://", "http://[", "https://a b/"])("decideRedirect() refuses %j, which is no URL", (location) => {
  expect(decideRedirect(302, location, FROM, "GET")).toEqual({
    kind: "refuse",
    detail: `, leading to "${location}", which is not a URL`,
  });
});

test.each([
  [301, "POST", "GET"],
  [302, "POST", "GET"],
  [303, "POST", "GET"],
  [307, "POST", "POST"],
  [308, "POST", "POST"],
  [301, "HEAD", "HEAD"],
  [303, "HEAD", "HEAD"],
])("decideRedirect() with %i makes %s a %s", (status, method, next) => {
  expect(decideRedirect(status, "/y", FROM, method)).toMatchObject({ method: next });
});
