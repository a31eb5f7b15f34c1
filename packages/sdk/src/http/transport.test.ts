import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { afterEach, expect, test, vi } from "vitest";
import {
  type Answer,
  defer,
  findRefusingOrigin,
  inTurn,
  redirect,
  rejectionOf,
  silence,
  stall,
  startFaultServer,
  text,
} from "../../../../tests/support/fault-server.ts";
import { BrainAtlas } from "../client/brain-atlas.ts";
import type { AtlasEvent } from "../client/event.ts";
import { HttpError, NotMirroredError } from "../errors.ts";
import type { HttpEvent } from "./event.ts";
import { type HttpOptions, normaliseHttpOptions } from "./options.ts";
import { createTransport } from "./transport.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

function transportOf(options: HttpOptions = {}) {
  return createTransport(normaliseHttpOptions({ backoffMs: 1, ...options }));
}

// Retries

test.each(["GET", "HEAD"] as const)("request() sends %s again after a status that may pass", async (method) => {
  const server = await startFaultServer({
    "/x": inTurn(text(500, ""), text(408, ""), text(502, ""), text(200, "fine")),
  });
  const received = await transportOf().request({ url: `${server.origin}/x`, method }, {});
  expect(received).toMatchObject({ status: 200, attempts: 4, method });
  expect(received.body).toHaveLength(method === "HEAD" ? 0 : 4);
  expect(server.requests.map((request) => request.method)).toEqual([method, method, method, method]);
});

test("request() sends POST once", async () => {
  const server = await startFaultServer({ "/x": text(503, "later") });
  const received = await transportOf().request({ url: `${server.origin}/x`, method: "POST", body: "words" }, {});
  expect(received).toMatchObject({ status: 503, attempts: 1 });
  expect(server.paths).toHaveLength(1);
  const refusing = await findRefusingOrigin();
  const error = await rejectionOf(transportOf().request({ url: refusing, method: "POST" }, {}));
  expect(error).toMatchObject({ code: "ATLAS_CONNECTION", method: "POST", attempts: 1 });
});

test.each([400, 401, 403, 404, 410, 501, 505])("request() does not send again after %i", async (status) => {
  const server = await startFaultServer({ "/x": text(status, "") });
  expect(await transportOf().request({ url: `${server.origin}/x` }, {})).toMatchObject({ status, attempts: 1 });
});

test("request() lets one request override the client's limits", async () => {
  const server = await startFaultServer({ "/x": text(500, "") });
  const transport = transportOf({ retries: 5 });
  expect(await transport.request({ url: `${server.origin}/x` }, { retries: 0 })).toMatchObject({ attempts: 1 });
  expect(await transport.request({ url: `${server.origin}/x` }, { retries: 1 })).toMatchObject({ attempts: 2 });
});

test("request() sends a body, and GET without it after 303", async () => {
  const bodies: string[] = [];
  const take: Answer = async (response, request) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    bodies.push(`${request.method} ${body}`);
    if (request.url === "/x") response.writeHead(303, { location: "/y" }).end();
    else response.end("done");
  };
  const server = await startFaultServer({ "/x": take, "/y": take });
  const received = await transportOf().request({ url: `${server.origin}/x`, method: "POST", body: "words" }, {});
  expect(bodies).toEqual(["POST words", "GET "]);
  expect(received).toMatchObject({ method: "GET", url: `${server.origin}/y` });
});

// POST that only reads

/** Takes what is sent, and answers in turn. */
function taking(bodies: string[], ...answers: readonly Answer[]): Answer {
  return async (response, request, nth) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    bodies.push(`${request.method} ${request.headers["content-type"] ?? "untyped"} ${body}`);
    inTurn(...answers)(response, request, nth);
  };
}

const FORM = { "content-type": "application/x-www-form-urlencoded" };

test("request() sends a POST that is idempotent again, with its body", async () => {
  const bodies: string[] = [];
  const server = await startFaultServer({ "/x": taking(bodies, text(503, ""), text(200, "fine")) });
  const post = { url: `${server.origin}/x`, method: "POST", headers: FORM, body: "a=1", idempotent: true } as const;
  expect(await transportOf().request(post, {})).toMatchObject({ status: 200, attempts: 2, method: "POST" });
  expect(bodies).toEqual(Array.from({ length: 2 }, () => "POST application/x-www-form-urlencoded a=1"));
});

test("request() shares a POST that is idempotent, by its body too", async () => {
  const server = await startFaultServer({ "/x": text(200, "fine") });
  const transport = transportOf();
  const ask = (body: string, idempotent?: boolean) =>
    transport.request({ url: `${server.origin}/x`, method: "POST", body, ...(idempotent ? { idempotent } : {}) }, {});
  await Promise.all([ask("a=1", true), ask("a=1", true), ask("a=2", true)]);
  expect(server.paths).toHaveLength(2);
  await Promise.all([ask("a=1"), ask("a=1")]);
  expect(server.paths).toHaveLength(4);
});

test.each([
  [301, "POST application/x-www-form-urlencoded a=1"],
  [302, "POST application/x-www-form-urlencoded a=1"],
  [303, "GET untyped "],
  [307, "POST application/x-www-form-urlencoded a=1"],
])("request() keeps an idempotent POST whole after %i, also at another origin", async (status, expected) => {
  const bodies: string[] = [];
  const other = await startFaultServer({ "/y": taking(bodies, text(200, "fine")) });
  const server = await startFaultServer({ "/x": redirect(status, `${other.origin}/y`) });
  const post = { url: `${server.origin}/x`, method: "POST", headers: FORM, body: "a=1", idempotent: true } as const;
  await transportOf().request(post, {});
  expect(bodies).toEqual([expected]);
});

test("request() asks again for an answer in which a fault is found, and gives it in the end", async () => {
  const events: HttpEvent[] = [];
  const server = await startFaultServer({ "/x": inTurn(text(200, "bad"), text(200, "good")), "/y": text(200, "bad") });
  const findFault = ({ body }: { body: Uint8Array }) =>
    new TextDecoder().decode(body) === "bad" ? "it is bad" : undefined;
  const transport = transportOf({ retries: 1, onEvent: (event) => events.push(event) });
  expect(await transport.request({ url: `${server.origin}/x`, findFault }, {})).toMatchObject({ attempts: 2 });
  expect(events).toContainEqual(expect.objectContaining({ type: "retry", reason: "it is bad" }));
  const last = await transport.request({ url: `${server.origin}/y`, findFault }, {});
  expect(new TextDecoder().decode(last.body)).toBe("bad");
  expect(last.attempts).toBe(2);
});

// Aborts

/** Something that no library would make by itself. */
class Whim {}

test("request() rejects with signal.reason before anything is sent when the signal was aborted before", async () => {
  const fetch = vi.fn();
  const whim = new Whim();
  const call = transportOf({ fetch }).request({ url: "http://atlas.test" }, { signal: AbortSignal.abort(whim) });
  expect(await rejectionOf(call)).toBe(whim);
  expect(fetch).not.toHaveBeenCalled();
});

test.each(["GET", "POST"] as const)(
  "request() rejects with signal.reason while %s waits in the pool",
  async (method) => {
    const server = await startFaultServer({ "/first": silence });
    const transport = transportOf({ concurrency: 1 });
    const first = new AbortController();
    const held = rejectionOf(transport.request({ url: `${server.origin}/first` }, { signal: first.signal }));
    const controller = new AbortController();
    const waiting = transport.request({ url: `${server.origin}/second`, method }, { signal: controller.signal });
    const whim = new Whim();
    controller.abort(whim);
    expect(await rejectionOf(waiting)).toBe(whim);
    first.abort(whim);
    expect(await held).toBe(whim);
    // The place of the one that gave up is free.
    expect(await transport.request({ url: `${server.origin}/third` }, {})).toMatchObject({ status: 404 });
    expect(server.paths).not.toContain("/second");
  },
);

test.each([
  ["the headers", silence],
  ["the body", stall],
])("request() rejects with signal.reason during %s, and ends the request on the server", async (_, answer) => {
  const arrived = defer<ServerResponse>();
  const server = await startFaultServer({
    "/x": (response, request, nth) => {
      answer(response, request, nth);
      arrived.resolve(response);
    },
  });
  const gotHeaders = defer();
  const transport = transportOf({
    fetch: async (url, init) => {
      const pending = fetch(url, init);
      pending.then(() => gotHeaders.resolve()).catch(() => {});
      return pending;
    },
  });
  const controller = new AbortController();
  const call = transport.request({ url: `${server.origin}/x` }, { signal: controller.signal });
  const closed = once(await arrived.promise, "close");
  if (answer === stall) await gotHeaders.promise;
  const whim = new Whim();
  controller.abort(whim);
  expect(await rejectionOf(call)).toBe(whim);
  await closed;
  expect(server.paths).toEqual(["/x"]);
});

test("request() rejects with signal.reason during a back-off", async () => {
  vi.spyOn(Math, "random").mockReturnValue(1);
  const server = await startFaultServer({ "/x": text(500, "") });
  const controller = new AbortController();
  const whim = new Whim();
  const onEvent = (event: HttpEvent): void => {
    if (event.type === "retry") controller.abort(whim);
  };
  const transport = transportOf({ backoffMs: 60_000, maxBackoffMs: 60_000, onEvent });
  const call = transport.request({ url: `${server.origin}/x` }, { signal: controller.signal });
  expect(await rejectionOf(call)).toBe(whim);
  expect(server.paths).toEqual(["/x"]);
});

test("request() rejects with signal.reason where a fetch does not watch its signal", async () => {
  const controller = new AbortController();
  const never = transportOf({ fetch: () => new Promise(() => {}) });
  const call = never.request({ url: "http://atlas.test" }, { signal: controller.signal });
  controller.abort("given up");
  expect(await rejectionOf(call)).toBe("given up");
});

test("request() cancels the body of a fetch that does not watch its signal when the time is up", async () => {
  const cancelled = defer();
  const body = new ReadableStream<Uint8Array>({ cancel: () => cancelled.resolve() });
  const transport = transportOf({ fetch: async () => new Response(body), timeoutMs: 5, retries: 0 });
  expect(await rejectionOf(transport.request({ url: "http://atlas.test" }, {}))).toMatchObject({
    code: "ATLAS_TIMEOUT",
  });
  await cancelled.promise;
});

test("request() passes an undefined reason through as the platform makes it", async () => {
  const controller = new AbortController();
  const call = transportOf({ fetch: () => new Promise(() => {}) }).request(
    { url: "http://atlas.test" },
    { signal: controller.signal },
  );
  controller.abort();
  expect(await rejectionOf(call)).toBe(controller.signal.reason);
});

// Sharing

test("request() sends identical GETs under way at once as one", async () => {
  const server = await startFaultServer({ "/x": text(200, "fine") });
  const transport = transportOf();
  const url = `${server.origin}/x`;
  const [one, two] = await Promise.all([transport.request({ url }, {}), transport.request({ url }, {})]);
  expect(one).toBe(two);
  expect(server.paths).toEqual(["/x"]);
  await transport.request({ url }, {});
  expect(server.paths).toEqual(["/x", "/x"]);
});

test("request() does not join what differs in URL, headers, limits or method", async () => {
  const server = await startFaultServer({ "/x": text(200, "fine") });
  const transport = transportOf();
  const url = `${server.origin}/x`;
  await Promise.all([
    transport.request({ url }, {}),
    transport.request({ url: `${url}?a` }, {}),
    transport.request({ url, headers: { accept: "text/plain" } }, {}),
    transport.request({ url }, { timeoutMs: 1000 }),
    transport.request({ url, method: "POST" }, {}),
    transport.request({ url, method: "POST" }, {}),
  ]);
  expect(server.paths).toHaveLength(6);
});

test("request() goes on for the others when one of the callers gives up", async () => {
  const arrived = defer<ServerResponse>();
  const server = await startFaultServer({ "/x": (response) => arrived.resolve(response) });
  const transport = transportOf();
  const url = `${server.origin}/x`;
  const controller = new AbortController();
  const leaving = rejectionOf(transport.request({ url }, { signal: controller.signal }));
  const patient = new AbortController();
  const stays = transport.request({ url }, { signal: patient.signal });
  const alsoStays = transport.request({ url }, {});
  const response = await arrived.promise;
  const whim = new Whim();
  controller.abort(whim);
  expect(await leaving).toBe(whim);
  response.end("fine");
  expect(await stays).toBe(await alsoStays);
  expect(new TextDecoder().decode((await stays).body)).toBe("fine");
  expect(server.paths).toEqual(["/x"]);
});

test("request() ends the request on the server when the last of the callers gives up", async () => {
  const arrived = defer<ServerResponse>();
  const server = await startFaultServer({
    "/x": inTurn((response) => arrived.resolve(response), text(200, "new")),
  });
  const transport = transportOf();
  const url = `${server.origin}/x`;
  const controllers = [new AbortController(), new AbortController()];
  const calls = controllers.map(({ signal }) => rejectionOf(transport.request({ url }, { signal })));
  const closed = once(await arrived.promise, "close");
  controllers[0]?.abort("first");
  controllers[1]?.abort("second");
  // One that comes now does not join what is being torn down.
  const late = transport.request({ url }, {});
  expect(await Promise.all(calls)).toEqual(["first", "second"]);
  await closed;
  expect(new TextDecoder().decode((await late).body)).toBe("new");
});

// Concurrency

test("request() keeps to the concurrency", async () => {
  const concurrency = 3;
  let underWay = 0;
  let most = 0;
  const held: ServerResponse[] = [];
  const answer: Answer = (response) => {
    underWay += 1;
    most = Math.max(most, underWay);
    held.push(response);
    if (held.length < concurrency) return;
    for (const waiting of held.splice(0)) {
      underWay -= 1;
      waiting.end("fine");
    }
  };
  const server = await startFaultServer({ "/x": answer });
  const transport = transportOf({ concurrency });
  const calls = Array.from({ length: 9 }, (_, index) => transport.request({ url: `${server.origin}/x?${index}` }, {}));
  await Promise.all(calls);
  expect(most).toBe(concurrency);
  expect(server.paths).toHaveLength(9);
});

test("request() starts waiting requests in their order", async () => {
  const server = await startFaultServer({ "/x": text(200, "") });
  const transport = transportOf({ concurrency: 1 });
  const calls = Array.from({ length: 5 }, (_, index) => transport.request({ url: `${server.origin}/x?${index}` }, {}));
  await Promise.all(calls);
  expect(server.paths).toEqual(["/x?0", "/x?1", "/x?2", "/x?3", "/x?4"]);
});

test("request() gives its place away during a back-off", async () => {
  vi.spyOn(Math, "random").mockReturnValue(1);
  const retrying = defer();
  const server = await startFaultServer({ "/busy": text(503, ""), "/x": text(200, "fine") });
  const onEvent = (event: HttpEvent): void => {
    if (event.type === "retry") retrying.resolve();
  };
  const transport = transportOf({ concurrency: 1, backoffMs: 60_000, maxBackoffMs: 60_000, onEvent });
  const controller = new AbortController();
  const busy = rejectionOf(transport.request({ url: `${server.origin}/busy` }, { signal: controller.signal }));
  await retrying.promise;
  expect(await transport.request({ url: `${server.origin}/x` }, {})).toMatchObject({ status: 200 });
  controller.abort("done");
  expect(await busy).toBe("done");
});

// Headers and redirects

test("request() sends the client's headers, overridden by the request's in any case", async () => {
  const server = await startFaultServer({ "/x": text(200, "") });
  const transport = transportOf({ headers: { "X-Lab": "one", Accept: "text/plain" } });
  await transport.request({ url: `${server.origin}/x`, headers: { "x-lab": "two" } }, {});
  expect(server.requests[0]?.headers).toMatchObject({ "x-lab": "two", accept: "text/plain" });
});

test("request() keeps its headers on a redirect within the origin", async () => {
  const server = await startFaultServer({ "/x": redirect(302, "/y"), "/y": text(200, "") });
  await transportOf({ headers: { "x-lab": "one" } }).request({ url: `${server.origin}/x` }, {});
  expect(server.requests.map((request) => request.headers["x-lab"])).toEqual(["one", "one"]);
});

test("request() drops its headers, all but accept, on a redirect to another origin", async () => {
  const other = await startFaultServer({ "/y": redirect(302, "/z"), "/z": text(200, "there") });
  const server = await startFaultServer({ "/x": redirect(302, `${other.origin}/y`) });
  const headers = { "x-lab": "one", authorization: "secret", cookie: "a=b", accept: "image/jpeg" };
  const received = await transportOf({ headers }).request({ url: `${server.origin}/x` }, {});
  expect(received.url).toBe(`${other.origin}/z`);
  expect(server.requests[0]?.headers).toMatchObject(headers);
  for (const { headers: sent } of other.requests) {
    expect(sent).toMatchObject({ accept: "image/jpeg" });
    expect(sent["x-lab"] ?? sent.authorization ?? sent.cookie).toBeUndefined();
  }
  expect(other.paths).toEqual(["/y", "/z"]);
});

test("get() gives the final url, the history and headers in any case", async () => {
  const server = await startFaultServer({
    "/a": (response) => response.writeHead(301, { location: "b?c=1", "x-seen": "first" }).end("moved"),
    "/b": redirect(307, "/d"),
    "/d": text(200, "end", { "X-Seen": "last" }),
  });
  const response = await new BrainAtlas({ baseUrl: server.origin }).get("/a");
  expect(response).toMatchObject({ url: `${server.origin}/d`, status: 200, ok: true, statusText: "OK", attempts: 1 });
  expect(response.history.map(({ status, url, headers }) => [status, url, headers.get("X-SEEN")])).toEqual([
    [301, `${server.origin}/a`, "first"],
    [307, `${server.origin}/b?c=1`, null],
  ]);
  expect(response.headers.get("x-seen")).toBe("last");
  expect(response.headers.get("X-SEEN")).toBe("last");
});

test("get() reads a large body after a redirect with a large body", async () => {
  const server = await startFaultServer({
    "/x": (response) => response.writeHead(302, { location: "/y" }).end("m".repeat(300_000)),
    "/y": text(200, "b".repeat(300_000)),
  });
  expect((await new BrainAtlas({ baseUrl: server.origin }).get("/x")).bytes()).toHaveLength(300_000);
});

test("get() answers a redirect without a location, and 304, as they are", async () => {
  const server = await startFaultServer({ "/x": text(302, ""), "/y": (response) => response.writeHead(304).end() });
  const client = new BrainAtlas({ baseUrl: server.origin, throwHttpErrors: false });
  expect(await client.get("/x")).toMatchObject({ status: 302, ok: false, history: [] });
  expect(await client.get("/y")).toMatchObject({ status: 304, ok: false });
});

test("get() asks a fetch that hides redirects, as browsers do, to follow by itself", async () => {
  const server = await startFaultServer({ "/x": redirect(302, "/y"), "/y": text(200, "there") });
  const modes: unknown[] = [];
  const browserFetch = async (url: string, init: RequestInit): Promise<Response> => {
    modes.push(init.redirect);
    const response = await fetch(url, init);
    if (init.redirect !== "manual" || response.status < 300) return response;
    // What a browser gives in place of a redirect; no constructor makes one.
    return { type: "opaqueredirect", status: 0, headers: new Headers(), body: null } as Response;
  };
  const client = new BrainAtlas({ baseUrl: server.origin, fetch: browserFetch });
  const response = await client.get("/x");
  expect(response).toMatchObject({ status: 200, url: `${server.origin}/y`, history: [] });
  expect(response.text()).toBe("there");
  await client.get("/x");
  expect(modes).toEqual(["manual", "follow", "follow"]);
});

// throwHttpErrors

test("get() gives a failing answer for raiseForStatus() when throwHttpErrors is false", async () => {
  const server = await startFaultServer({
    "/x": text(404, "no such image"),
    "/m": text(404, "not stored", { "x-brainatlas-reason": "not-mirrored" }),
    "/y": text(204, ""),
  });
  const client = new BrainAtlas({ baseUrl: server.origin, throwHttpErrors: false });
  const response = await client.get("/x");
  expect(response).toMatchObject({ ok: false, status: 404, statusText: "Not Found" });
  expect(() => response.raiseForStatus()).toThrow(HttpError);
  const mirrored = await client.get("/m");
  expect(() => mirrored.raiseForStatus()).toThrow(NotMirroredError);
  const fine = await client.get("/y");
  expect(fine.raiseForStatus()).toBe(fine);
  await expect(client.get("/x", { throwHttpErrors: true })).rejects.toThrow(HttpError);
  const failing = await client.atlasImage(1).download();
  expect(failing.status).toBe(404);
  await expect(failing.save("/nowhere/at/all")).rejects.toThrow(HttpError);
});

// Events

test("onEvent hears each step in order", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  const events: AtlasEvent[] = [];
  const server = await startFaultServer({
    "/x": inTurn(text(503, "later"), redirect(302, "/y")),
    "/y": text(200, "fine"),
  });
  const client = new BrainAtlas({ baseUrl: server.origin, backoffMs: 4, onEvent: (event) => events.push(event) });
  await client.get("/x");
  const x = `${server.origin}/x`;
  const y = `${server.origin}/y`;
  expect(events).toEqual([
    { type: "request", method: "GET", url: x, attempt: 1 },
    { type: "response", method: "GET", url: x, status: 503, bytes: 5, attempt: 1 },
    { type: "retry", method: "GET", url: x, attempt: 1, delayMs: 2, reason: "503 Service Unavailable" },
    { type: "request", method: "GET", url: x, attempt: 2 },
    { type: "redirect", status: 302, url: x, location: y },
    { type: "request", method: "GET", url: y, attempt: 2 },
    { type: "response", method: "GET", url: y, status: 200, bytes: 4, attempt: 2 },
  ]);
});

test.each([
  [
    "throws",
    (): void => {
      throw new Error("Cannot log");
    },
  ],
  ["rejects", (): Promise<never> => Promise.reject(new Error("Cannot log"))],
])("onEvent does no harm when it %s", async (_, onEvent) => {
  const server = await startFaultServer({ "/x": inTurn(text(500, ""), redirect(302, "/y")), "/y": text(200, "fine") });
  const client = new BrainAtlas({ baseUrl: server.origin, backoffMs: 1, onEvent });
  expect((await client.get("/x")).text()).toBe("fine");
});

test("fetch is looked up at each call, and called unbound", async () => {
  const client = new BrainAtlas({ baseUrl: "http://atlas.test" });
  vi.stubGlobal("fetch", async () => new Response("stubbed"));
  expect((await client.get("/x")).text()).toBe("stubbed");
  const injected = new BrainAtlas({
    baseUrl: "http://atlas.test",
    fetch: async function (this: unknown) {
      return new Response(String(this));
    },
  });
  expect((await injected.get("/x")).text()).toBe("undefined");
});
