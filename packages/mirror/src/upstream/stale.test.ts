import { rm } from "node:fs/promises";
import type { IncomingHttpHeaders } from "node:http";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Answer, inTurn, text } from "../../../../tests/support/fault-server.ts";
import {
  DAY_MS,
  jpeg,
  json,
  newStore,
  type Rig,
  rows,
  source,
  startRig,
} from "../../../../tests/support/read-through.ts";
import { createMirror } from "../mirror.ts";
import { writeRows } from "../records/write-rows.ts";

const QUERY = "/api/v2/data/Gene/query.json";
const MODIFIED = "Thu, 31 Jan 2013 22:05:16 GMT";
const unchanged: Answer = (response) => response.writeHead(304, { etag: '"one"' }).end();

/** Ends the connection too: a server may hold one open for which it has said more than it sent. */
const cutOff: Answer = (response) => {
  response.writeHead(200, { "content-length": "99" }).write("{", () => response.destroy());
};

async function entryOf({ store }: Rig): Promise<unknown> {
  for await (const entry of store.list("answer")) return entry;
  return undefined;
}

test("a stale answer is asked for by its validators, and 304 refreshes the time only", async () => {
  const first = json(rows({ id: 1 }), { etag: '"one"', "last-modified": MODIFIED });
  const rig = await startRig({ [QUERY]: inTurn(first, unchanged, unchanged) });
  const { get, server, clock, events } = rig;
  await get(QUERY);
  const before = await entryOf(rig);
  clock.nowMs += 2 * DAY_MS;
  const second = await get(QUERY);
  expect([source(second), second.headers.get("etag"), (await second.json()).msg]).toEqual([
    "stored",
    '"one"',
    [{ id: 1 }],
  ]);
  const { headers } = server.requests[1] ?? { headers: {} as IncomingHttpHeaders };
  expect([headers["if-none-match"], headers["if-modified-since"]]).toEqual(['"one"', MODIFIED]);
  const checkedAt = new Date(clock.nowMs).toISOString();
  expect(await entryOf(rig)).toEqual({
    ...Object(before),
    storedAt: expect.any(String),
    details: { ...Object(before).details, kept: { ...Object(before).details.kept, checkedAt } },
  });
  // The next request makes no call.
  expect(source(await get(QUERY))).toBe("stored");
  expect(server.paths).toHaveLength(2);
  expect(events.map(({ type }) => type)).toEqual(["answered", "kept", "answered", "refreshed"]);
});

test("a 304 leaves an answer alone that took the place of the one that is held", async () => {
  const store = await newStore();
  const put = (id: number): Promise<unknown> =>
    store.entries.put(
      { kind: "answer", name: QUERY, mediaType: "x/y", details: { status: 200, headers: {} } },
      JSON.stringify(rows({ id })),
    );
  const meanwhile: Answer = (response) => void put(2).then(() => response.writeHead(304).end());
  const first = json(rows({ id: 1 }), { etag: '"one"' });
  const rig = await startRig({ [QUERY]: inTurn(first, meanwhile) }, {}, { given: store });
  await rig.get(QUERY);
  rig.clock.nowMs += 2 * DAY_MS;
  expect((await (await rig.get(QUERY)).json()).msg).toEqual([{ id: 2 }]);
  expect(rig.events.map(({ type }) => type)).not.toContain("refreshed");
});

test("a 304 to what was removed meanwhile is asked again without a condition", async () => {
  const store = await newStore();
  const first = json(rows({ id: 1 }), { etag: '"one"' });
  const meanwhile: Answer = (response) =>
    void rm(join(store.directory, "entries", "answer"), { recursive: true }).then(() => response.writeHead(304).end());
  const rig = await startRig({ [QUERY]: inTurn(first, meanwhile, json(rows({ id: 2 }))) }, {}, { given: store });
  await rig.get(QUERY);
  rig.clock.nowMs += 2 * DAY_MS;
  const response = await rig.get(QUERY);
  expect([response.status, source(response), (await response.json()).msg]).toEqual([200, "passed", [{ id: 2 }]]);
  expect(rig.server.requests[2]?.headers["if-none-match"]).toBeUndefined();
});

test("a 304 is good for an answer though the store cannot note it", async () => {
  const store = await newStore();
  const entries = { ...store.entries, link: () => Promise.reject(new Error("disk full")) };
  const first = json(rows({ id: 1 }), { etag: '"one"' });
  const rig = await startRig({ [QUERY]: inTurn(first, unchanged) }, {}, { given: { ...store, entries } });
  await rig.get(QUERY);
  rig.clock.nowMs += 2 * DAY_MS;
  const response = await rig.get(QUERY);
  expect([response.status, source(response), (await response.json()).msg]).toEqual([200, "stored", [{ id: 1 }]]);
  expect([response.headers.get("age"), response.headers.get("x-brainatlas-stale")]).toEqual(["0", null]);
  expect(rig.errors).toEqual([new Error("disk full")]);
});

test.each([
  ["an answer", QUERY],
  ["a file", "/api/v2/well_known_file_download/7"],
])("%s that has expired says so without an upstream, too", async (_, path) => {
  const { get, store } = await startRig({ [path]: json(rows(), { "cache-control": "max-age=60", age: "90" }) });
  await get(path);
  const offline = createMirror({ store, images: { threads: 0 } });
  const { headers } = await offline.fetch(`http://x${path}`);
  expect(Number(headers.get("age"))).toBeGreaterThanOrEqual(90);
  expect(Date.parse(headers.get("x-brainatlas-stale") ?? "")).toBeLessThan(Date.now());
  await offline.close();
});

test("a 304 to a question without validators is ignored", async () => {
  const rig = await startRig({ [QUERY]: inTurn(json(rows({ id: 1 })), unchanged, json(rows({ id: 2 }))) });
  await rig.get(QUERY);
  rig.clock.nowMs += 2 * DAY_MS;
  const response = await rig.get(QUERY);
  expect([source(response), (await response.json()).msg]).toEqual(["passed", [{ id: 2 }]]);
  const [, second, third] = rig.server.requests;
  expect([second?.headers["if-none-match"], third?.headers["cache-control"]]).toEqual([undefined, "no-cache"]);
});

test.each([
  ["500", text(500, "oops"), "answered 500"],
  ["429", text(429, "slowly", { "retry-after": "7" }), "answered 429"],
  ["403", text(403, "no"), "answered 403"],
  ["a page", text(200, "<html>down</html>"), "gave a page for people instead of data"],
  ["a reset", ((response) => response.destroy()) as Answer, "cannot be reached"],
  ["half a body", cutOff, "broke off"],
])(
  "a source that fails with %s leaves the record alone, which is given and called stale",
  async (_, failure, reason) => {
    const rig = await startRig({ [QUERY]: inTurn(json(rows({ id: 1 }), { etag: '"one"' }), failure) });
    const { get, clock } = rig;
    const startMs = clock.nowMs;
    await get(QUERY);
    const before = await entryOf(rig);
    clock.nowMs += 3 * DAY_MS;
    const response = await get(QUERY);
    expect([response.status, source(response), (await response.json()).msg]).toEqual([200, "stored", [{ id: 1 }]]);
    expect(response.headers.get("x-brainatlas-stale")).toBe(new Date(startMs + DAY_MS).toISOString());
    expect(response.headers.get("x-brainatlas-upstream")).toContain(reason);
    expect(response.headers.get("age")).toBe(String((3 * DAY_MS) / 1000));
    expect(await entryOf(rig)).toEqual(before);
  },
);

test("a service that fails is left alone for longer and longer, and asked again when it works", async () => {
  const rig = await startRig({
    [QUERY]: inTurn(text(503, ""), text(503, ""), text(503, "", { "retry-after": "90" }), json(rows({ id: 1 }))),
  });
  const { get, clock, server, events } = rig;
  const ask = async (afterMs: number): Promise<[number, string | null, number]> => {
    clock.nowMs += afterMs;
    const { status, headers } = await get(QUERY);
    return [status, headers.get("retry-after"), server.paths.length];
  };
  expect(await ask(0)).toEqual([503, null, 1]);
  expect(await ask(0)).toEqual([503, "5", 1]);
  expect(await ask(4000)).toEqual([503, "1", 1]);
  expect(await ask(1000)).toEqual([503, null, 2]);
  expect(await ask(9999)).toEqual([503, "1", 2]);
  expect(await ask(1)).toEqual([503, "90", 3]);
  expect(await ask(89_000)).toEqual([503, "1", 3]);
  expect(await ask(1000)).toEqual([200, null, 4]);
  const pauses = events.flatMap((event) => (event.type === "failed" ? [event.pausedMs] : []));
  expect(pauses).toEqual([5000, 10_000, 90_000]);
});

test("one question that fails does not keep others from being asked", async () => {
  const rig = await startRig({ [QUERY]: text(500, "oops"), "/api/v2/data/Donor/query.json": json(rows({ id: 1 })) });
  for (let nth = 0; nth < 5; nth += 1) expect((await rig.get(QUERY)).status).toBe(502);
  expect((await rig.get("/api/v2/data/Donor/query.json")).status).toBe(200);
});

test("a query that the upstream does not answer is computed from the rows that are held, and says so", async () => {
  const store = await newStore();
  writeRows(await store.records(), [{ model: "Gene", row: { id: 15, acronym: "Abat" } }]);
  const rig = await startRig({ [QUERY]: inTurn(text(503, ""), json(rows())) }, {}, { given: store });
  const response = await rig.get(`${QUERY}?only=acronym`);
  expect([response.status, source(response)]).toEqual([200, "computed"]);
  expect(response.headers.get("x-brainatlas-upstream")).toBe("answered 503");
  expect((await response.json()).msg).toEqual([{ acronym: "Abat" }]);
  rig.clock.nowMs += 6000;
  expect(source(await rig.get(`${QUERY}?only=acronym`))).toBe("passed");
});

test("a drawing that is held is given without asking, and one that is not is asked for", async () => {
  const store = await newStore();
  writeRows(await store.records(), [
    {
      model: "AtlasImage",
      row: { id: 7, x: 0, y: 0, width: 16, height: 16, image_width: 16, image_height: 16, annotated: false },
    },
  ]);
  const rig = await startRig(
    { "/api/v2/svg/8": (response) => response.writeHead(200).end("<svg></svg>") },
    {},
    { given: store },
  );
  expect(source(await rig.get("/api/v2/svg/7"))).toBe("computed");
  expect(rig.server.paths).toEqual([]);
  expect(source(await rig.get("/api/v2/svg/8"))).toBe("passed");
  expect(source(await rig.get("/api/v2/svg/8"))).toBe("stored");
});

test("what the upstream says of time counts before what is usual", async () => {
  const path = "/cgi-bin/imageservice";
  const rig = await startRig({ [path]: jpeg({ "cache-control": "max-age=60, private" }) });
  await rig.get(`${path}?path=/a`);
  rig.clock.nowMs += 59_000;
  expect((await rig.get(`${path}?path=/a`)).headers.get("age")).toBe("59");
  rig.clock.nowMs += 2000;
  expect(source(await rig.get(`${path}?path=/a`))).toBe("passed");
  expect(rig.server.paths).toHaveLength(2);
});
