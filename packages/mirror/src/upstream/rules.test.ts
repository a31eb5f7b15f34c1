import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { ageHeaders } from "../routes/age-headers.ts";
import { canonicalTarget } from "../store/answer-key.ts";
import { createCircuit } from "./circuit.ts";
import { isFreshAt, readFreshness } from "./freshness.ts";
import { readRedirect } from "./redirect-target.ts";
import { retryAfterMs } from "./retry-after.ts";
import { readTarget } from "./target.ts";
import { UpstreamError } from "./upstream-error.ts";

const NOW = Date.parse("2024-03-01T00:00:00Z");

describe("readFreshness()", () => {
  test.each<[Record<string, string>, number | undefined]>([
    [{}, 1000],
    [{ "cache-control": "no-store" }, undefined],
    [{ "cache-control": "private, max-age=60" }, 60_000],
    [{ "cache-control": 'max-age="60", s-maxage=5' }, 5000],
    [{ "cache-control": "no-cache, max-age=60" }, 0],
    [{ "cache-control": "max-age=never" }, 0],
    [{ "cache-control": "max-age=99999999999999" }, 315_360_000_000],
    [{ expires: "0" }, 0],
    [{ expires: "Fri, 01 Mar 2024 00:01:00 GMT" }, 60_000],
    [{ expires: "Fri, 01 Mar 2024 00:01:00 GMT", date: "Fri, 01 Mar 2024 00:00:30 GMT" }, 30_000],
    [{ expires: "Fri, 01 Mar 2023 00:01:00 GMT" }, 0],
  ])("reads %j", (headers, freshMs) => {
    const freshness = readFreshness(new Headers(headers), 1000, NOW);
    expect(freshness).toEqual(freshMs === undefined ? undefined : { checkedAtMs: NOW, freshMs });
  });

  test("counts the age that an answer came with", () => {
    const freshness = readFreshness(new Headers({ age: "30", "cache-control": "max-age=60" }), 0, NOW);
    expect(freshness).toEqual({ checkedAtMs: NOW - 30_000, freshMs: 60_000 });
    if (freshness === undefined) return;
    expect([isFreshAt(freshness, NOW + 29_999), isFreshAt(freshness, NOW + 30_000)]).toEqual([true, false]);
    expect(ageHeaders(freshness, NOW + 29_999)).toEqual({ age: "59" });
    expect(ageHeaders(freshness, NOW + 30_000)).toEqual({
      age: "60",
      "x-brainatlas-stale": "2024-03-01T00:00:30.000Z",
    });
  });
});

test.each<[string | undefined, number | undefined]>([
  [undefined, undefined],
  ["2", 2000],
  ["-5", undefined],
  ["soon 1", undefined],
  ["Fri, 01 Mar 2024 00:00:10 GMT", 10_000],
  ["Fri, 01 Mar 2023 00:00:10 GMT", 0],
])("retryAfterMs() reads %j", (text, expected) => {
  expect(retryAfterMs(new Headers(text === undefined ? {} : { "retry-after": text }), NOW)).toBe(expected);
});

describe("createCircuit()", () => {
  const ofService = new UpstreamError("answered 503", { reach: "service" });
  const ofConnection = new UpstreamError("broke off", { reach: "connection" });

  test("counts what fails at once as one failure", () => {
    let nowMs = 1000;
    const circuit = createCircuit(() => nowMs);
    expect(circuit.fail(ofService, 900)).toBe(5000);
    expect(circuit.fail(ofService, 950)).toBe(5000);
    nowMs += 5000;
    expect(() => circuit.check()).not.toThrow();
    expect(circuit.fail(ofService, nowMs)).toBe(10_000);
  });

  test("doubles the pause up to a minute, and begins anew after a success", () => {
    let nowMs = 0;
    const circuit = createCircuit(() => nowMs);
    const pauses = Array.from({ length: 6 }, () => {
      const pause = circuit.fail(ofService, nowMs);
      nowMs += pause;
      return pause;
    });
    expect(pauses).toEqual([5000, 10_000, 20_000, 40_000, 60_000, 60_000]);
    circuit.succeed();
    expect(circuit.fail(ofService, nowMs)).toBe(5000);
  });

  test("takes three connections that fail one after the other for a service that fails", () => {
    let nowMs = 0;
    const circuit = createCircuit(() => nowMs);
    const fail = (error = ofConnection): number => {
      nowMs += 1;
      return circuit.fail(error, nowMs);
    };
    expect([fail(), fail()]).toEqual([0, 0]);
    circuit.succeed();
    expect([fail(), fail(), fail()]).toEqual([0, 0, 5000]);
    expect(() => circuit.check()).toThrow("broke off, and is not asked again for 5 s");
  });

  test("is not opened by questions that a service refuses, however many", () => {
    const circuit = createCircuit(() => 0);
    const ofQuestion = new UpstreamError("answered 500", { reach: "question" });
    expect(Array.from({ length: 10 }, (_, nth) => circuit.fail(ofQuestion, nth + 1))).toEqual(Array(10).fill(0));
  });
});

describe("readTarget()", () => {
  const kindOf = (path: string): string | undefined => readTarget(new URL(path, "http://x"))?.kind;

  test.each([
    ["/api/v2/image_download/7", "picture"],
    ["/cgi-bin/imageservice?path=/a", "picture"],
    ["/api/v2/svg_download/7", "drawing"],
    ["/api/v2/structure_graph_download/1.json", "graph"],
    ["/api/v2/tree_search/Structure/1.json", "query"],
    ["/api/v2/image_to_reference/7.json", "sync"],
    ["/api/v2/well_known_file_download/7", "file"],
    ["/informatics-archive/current-release/a%20b.nrrd", "file"],
    ["/cgi-bin/other", undefined],
    ["/cgi-bin/imageservice/more", undefined],
    ["/api/v1/svg/1", undefined],
  ])("knows %s", (path, kind) => {
    expect(kindOf(path)).toBe(kind);
  });

  test("names a file by itself alone, whatever else is said", () => {
    const of = (path: string): unknown[] => {
      const { key, text } = readTarget(new URL(path, "http://x")) ?? {};
      return [key, text];
    };
    const file = "/api/v2/well_known_file_download/7";
    expect(of(`${file}?wkf_id=9`)).toEqual(["file 7", file]);
    expect(of("/grid_data/download/7?id=9&include=density")).toEqual([
      "grid 7-density.zip",
      "/grid_data/download/7?include=density",
    ]);
    expect(of("/grid_data/download/7?include=energy&include=density")).toEqual([
      "grid 7-energy.zip",
      "/grid_data/download/7?include=energy",
    ]);
    expect(of("/grid_data/download_file/007?include=x&resolution=25&resolution=10")).toEqual([
      "grid 7/projection_density_25.nrrd",
      "/grid_data/download_file/7?image=projection_density&resolution=25",
    ]);
    expect(of("/informatics-archive/a.nrrd?include=density")).toEqual([
      "archive a.nrrd",
      "/informatics-archive/a.nrrd",
    ]);
  });

  test.each([
    ["/api/v2/svg/1?groups=", "/api/v2/svg/1"],
    ["/api/v2/x.json?b=1;c=2&a=%31", "/api/v2/x.json?a=1&b=1%3Bc%3D2"],
    ["/api/v2/x.json?b=1%3Bc%3D2&a=1", "/api/v2/x.json?a=1&b=1%3Bc%3D2"],
    ["/cgi-bin/imageservice?path=/a+b,c", "/cgi-bin/imageservice?path=/a%20b,c"],
  ])("sends of %s what its key says", (path, text) => {
    const target = readTarget(new URL(path, "http://x"));
    expect([target?.text, canonicalTarget(target?.text ?? "")]).toEqual([text, target?.key]);
  });

  test.each([
    "/api/v2/x.json?a=%ff",
    "/api/v2/x.json?%fe=1",
    "/api/v2/..;/manager/html",
    "/api/v2/%25252e%25252e/x",
    "/api/v2/..%3b/x",
    "/api/v2/%2525252525252e/x",
  ])("passes %s not on", (path) => {
    expect(readTarget(new URL(path, "http://x"))).toBeUndefined();
  });

  test("passes on no path that a server might read as another one", () => {
    const piece = fc.constantFrom(
      "..",
      ".",
      "%2e%2e",
      "%252e",
      "%2f",
      "%5c",
      "\\",
      "%00",
      "%0d%0a",
      "//",
      "a",
      "/",
      ":",
      "@",
      "?",
      "#",
    );
    checkProperty(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = `http://x/api/v2/svg/${pieces.join("")}`;
        if (!URL.canParse(text)) return;
        const target = readTarget(new URL(text));
        if (target === undefined) return;
        const asked = new URL(`http://upstream.test/base${target.text}`);
        expect(asked.host).toBe("upstream.test");
        expect(decodeURIComponent(decodeURIComponent(asked.pathname))).toMatch(/^\/base\/api\/v2\//);
        expect(decodeURIComponent(asked.pathname)).not.toMatch(/\/\.\.?(\/|$)|\\|\p{Cc}/u);
      }),
    );
  });
});

describe("readRedirect()", () => {
  const from = "https://api.test/base/api/v2/image_download/7";

  test("takes http for https on the same host, as the service says it", () => {
    const to = readRedirect("http://api.test/base//cgi-bin/imageservice?path=/a", from, "https://api.test/base");
    expect(to).toEqual({ kind: "here", target: "/cgi-bin/imageservice?path=/a" });
  });

  test.each([from, from.replace("https:", "http:"), `${from}?a=`])(
    "does not follow %s to the same again",
    (location) => {
      const to = readRedirect(location, from, "https://api.test/base");
      expect(to).toEqual({ kind: "elsewhere", reason: "redirects to itself" });
    },
  );

  test.each([
    ["https://api.test/api/v2/svg/1", "secure"],
    ["https://api.test:8080/api/v2/svg/1", "secure"],
    ["https://api.test:8443/api/v2/svg/1", "elsewhere"],
    ["https://a:b@api.test/api/v2/svg/1", "elsewhere"],
  ])("follows to %s if that is the same service: %s", (location, kind) => {
    expect(readRedirect(location, "http://api.test:8080/api/v2/svg/1", "http://api.test:8080").kind).toBe(kind);
  });

  test.each([
    "/cgi-bin/imageservice?path=/a",
    "https://api.test:8443/base/cgi-bin/imageservice",
    "https://a:b@api.test/base/api/v2/svg/1",
  ])("does not follow %s out of the base", (location) => {
    expect(readRedirect(location, from, "https://api.test/base").kind).toBe("elsewhere");
  });
});
