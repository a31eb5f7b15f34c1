import { truncate } from "node:fs/promises";
import { expect, test } from "vitest";
import { findRefusingOrigin, silence, text } from "../../../../tests/support/fault-server.ts";
import { bytes, jpeg, json, newStore, rows, source, startRig } from "../../../../tests/support/read-through.ts";
import { canonicalTarget } from "../store/answer-key.ts";

const QUERY = "/api/v2/data/Gene/query.json";
const IMAGE = "/cgi-bin/imageservice";
const PICTURE = `${IMAGE}?path=/external/a.aff&downsample=4`;
const HTML = "<!DOCTYPE html><title>Down for maintenance</title>";

test.each([
  ["its words", json({ success: false, msg: "Error in query: no such column" }), 200],
  ["404", text(404, "nothing here"), 404],
  ["no-store", json(rows(), { "cache-control": "no-store" }), 200],
])("a read-through hands %s on and keeps nothing", async (_, answer, status) => {
  const { server, get, store } = await startRig({ [QUERY]: answer });
  for (let nth = 1; nth <= 2; nth += 1) {
    const response = await get(QUERY);
    expect([response.status, source(response), server.paths.length]).toEqual([status, "passed", nth]);
  }
  expect((await store.info()).entries.answer).toBe(0);
});

test.each([
  ["a page with 200", QUERY, bytes(HTML, "text/html"), "page for people"],
  ["a page that says that it is a picture", PICTURE, bytes(HTML, "image/jpeg"), "page for people"],
  ["a page for a file", "/api/v2/well_known_file_download/7", bytes(HTML, "text/html"), "page for people"],
  ["JSON that breaks off", QUERY, bytes('{"success":true,"msg":[', "application/json"), "breaks off"],
  ["JSON that is damaged", QUERY, bytes('{"success":true,,}', "application/json"), "damaged"],
  ["a picture without its end", PICTURE, bytes(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1]), "image/jpeg"), "breaks off"],
  ["half of a drawing", "/api/v2/svg/1", bytes("<svg><g>", "image/svg+xml"), "breaks off"],
  ["half of a zip", "/grid_data/download/7", bytes("PK\u0003\u0004", "application/zip"), "breaks off"],
  ["no volume", "/grid_data/download_file/7?image=projection_density&resolution=25", bytes("x", "x/y"), "no NRRD"],
  ["text that says that it is a picture", PICTURE, bytes("down", "image/jpeg"), "no picture"],
  ["a drawing that ends within", "/api/v2/svg/1", bytes("<svg><g/>", "image/svg+xml"), "breaks off"],
  ["XML that ends within", "/api/v2/data/Gene/1.xml", bytes("<Response><a></a>", "text/xml"), "breaks off"],
  ["nothing", QUERY, bytes("", "application/json"), "empty"],
  ["500", QUERY, text(500, "oops"), "answered 500"],
  ["a status without sense", QUERY, text(204, ""), "answered 204"],
  ["304 unasked", QUERY, text(304, ""), "304"],
])("a read-through takes %s for a failure", async (_, path, answer, reason) => {
  const { get, store, events } = await startRig({ [path.replace(/\?.*/, "")]: answer });
  const response = await get(path);
  expect([502, 503]).toContain(response.status);
  expect([source(response), response.headers.get("x-brainatlas-reason")]).toEqual(["refused", "upstream-failed"]);
  expect((await response.json()).msg).toContain(reason);
  expect(events.at(-1)?.type).toBe("failed");
  expect(Object.values((await store.info()).entries).every((count) => count === 0)).toBe(true);
});

test("a read-through says that the upstream cannot be reached, and what the store says", async () => {
  const { get } = await startRig({}, { url: await findRefusingOrigin() });
  const response = await get("/api/v2/svg/7");
  expect(response.status).toBe(502);
  expect((await response.json()).msg).toBe(
    "There is no AtlasImage or SectionImage with the id 7 here; the upstream cannot be reached (ECONNREFUSED)",
  );
});

test("a read-through waits no longer than it may for the head and between pieces", async () => {
  const half = (response: import("node:http").ServerResponse): void => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "100" }).write("{");
  };
  const { get } = await startRig(
    { [QUERY]: silence, "/api/v2/data/Donor/query.json": half },
    { headTimeoutMs: 50, idleTimeoutMs: 50 },
  );
  const late = await get(QUERY);
  expect([late.status, (await late.json()).msg]).toEqual([
    504,
    expect.stringContaining("did not answer within 0.05 s"),
  ]);
  const silent = await get("/api/v2/data/Donor/query.json");
  expect([silent.status, (await silent.json()).msg]).toEqual([504, expect.stringContaining("fell silent for 0.05 s")]);
});

test("a read-through goes on when nothing can be kept, and says so to the operator", async () => {
  const store = await newStore();
  const entries = { ...store.entries, put: () => Promise.reject(new Error("disk full")) };
  const { get, errors } = await startRig({ [QUERY]: json(rows()) }, {}, { given: { ...store, entries } });
  const response = await get(QUERY);
  expect([response.status, source(response), await response.json()]).toEqual([200, "passed", rows()]);
  expect(errors).toEqual([new Error("disk full")]);
});

test("a read-through asks again for what is damaged in the store", async () => {
  const { get, store, errors, server } = await startRig({ [PICTURE.replace(/\?.*/, "")]: jpeg() });
  await get(PICTURE);
  const found = await store.entries.get("answer", canonicalTarget(PICTURE));
  await truncate(found?.path ?? "", 3);
  const response = await get(PICTURE);
  expect([response.status, source(response), server.paths.length]).toEqual([200, "passed", 2]);
  expect(errors.length).toBeGreaterThan(0);
  expect((await (await get(PICTURE)).arrayBuffer()).byteLength).toBe(9);
});

test.each([
  ["/api/v2/well_known_file_download/7", '{ "id": 0, "success": false, "msg": "no file" }'],
  ["/api/v2/well_known_file_download/7", `<?xml version="1.0"?>\n<Response id='0' success='false'></Response>`],
  ["/api/v2/data/Gene/1.xml", `<?xml version="1.0"?>\n<Response success='false'></Response>`],
])("a read-through keeps no words for %s: %s", async (path, words) => {
  const { get, store } = await startRig({ [path]: bytes(words, "text/plain") });
  const response = await get(path);
  expect([response.status, source(response), await response.text()]).toEqual([200, "passed", words]);
  expect(Object.values((await store.info()).entries).every((count) => count === 0)).toBe(true);
});
