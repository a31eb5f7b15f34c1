import { expect, test } from "vitest";
import { json, rows, startRig } from "../../../../tests/support/read-through.ts";

const QUERY = "/api/v2/data/Gene/query.json";

test("a read-through hands nothing of a client on but what it asks", async () => {
  const { server, get } = await startRig({ [QUERY]: json(rows()) }, {});
  await get(QUERY, {
    headers: { cookie: "a=b", authorization: "x", "x-forwarded-for": "1.2.3.4", referer: "http://y" },
  });
  const { headers } = server.requests[0] ?? { headers: {} };
  expect(Object.keys(headers).sort()).toEqual(
    ["accept", "accept-encoding", "accept-language", "connection", "host", "sec-fetch-mode", "user-agent"].sort(),
  );
});

test("a read-through passes nothing on but paths of the API, and to no other host", async () => {
  const { server, mirror } = await startRig({});
  const urls = [
    "http://x//evil.test/",
    "http://x/\\evil.test/api/v2/svg/1",
    "http://x/http://evil.test/api/v2/svg/1",
    "http://x/api/v2/%2e%2e/%2e%2e/admin",
    "http://x/api/v2/..%2f..%2fadmin",
    "http://x/api/v2/..%5cadmin",
    "http://x/api/v2/%252e%252e%252fadmin",
    "http://x/api/v2/svg/1%00",
    "http://x/api/v2/svg/1%0d%0aHost:%20evil.test",
    "http://x/api/v2/svg/%ff",
    "http://x/admin",
    "http://x/iiif/3/7/info.json",
    "http://x/",
    `http://x/api/v2/svg/${"1".repeat(40_000)}`,
  ];
  for (const url of urls) expect((await mirror.fetch(url)).status).toBeLessThan(500);
  expect(server.paths).toEqual([]);
  const absolute = await mirror.fetch("http://evil.test/api/v2/svg/1");
  expect(absolute.status).toBe(404);
  expect(server.paths).toEqual(["/api/v2/svg/1"]);
  expect(server.requests[0]?.headers.host).toBe(new URL(server.origin).host);
});

test("a read-through asks another host for the archive", async () => {
  const asked: string[] = [];
  const fetch = async (url: string): Promise<Response> => {
    asked.push(url);
    return new Response("words", { status: 404 });
  };
  const paths = ["/informatics-archive/current-release/x.nrrd", "/api/v2/svg/1"];
  for (const [url, archiveUrl] of [
    ["https://api.brain-map.org", undefined],
    ["http://other.test/p", undefined],
    ["http://other.test", "http://archive.test/a/"],
  ] as const) {
    const { get } = await startRig({}, { url, archiveUrl, fetch });
    for (const path of paths) await get(path);
  }
  expect(asked.map((each) => each.replace(/(informatics|api\/v2).*/, ""))).toEqual([
    "https://download.alleninstitute.org/",
    "https://api.brain-map.org/",
    "http://other.test/p/",
    "http://other.test/p/",
    "http://archive.test/a/",
    "http://other.test/",
  ]);
});
