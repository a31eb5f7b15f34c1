import { expect, test, vi } from "vitest";
import { defer, silence } from "../../../../tests/support/fault-server.ts";
import { json, rows, startRig } from "../../../../tests/support/read-through.ts";

const QUERY = "/api/v2/data/Gene/query.json";

test("a read-through asks once for all who ask for the same at once", async () => {
  const go = defer();
  const body = rows({ id: 1 });
  const { server, get } = await startRig({
    [QUERY]: (response, request, nth) => void go.promise.then(() => json(body)(response, request, nth)),
  });
  const stop = new AbortController();
  const left = get(QUERY, { signal: stop.signal });
  const asked = Array.from({ length: 50 }, () => get(QUERY));
  await vi.waitFor(() => expect(server.paths).toHaveLength(1));
  stop.abort(new Error("gone"));
  await expect(left).rejects.toThrow("gone");
  go.resolve();
  for (const response of await Promise.all(asked)) expect(await response.json()).toEqual(body);
  expect(server.paths).toHaveLength(1);
});

test("a read-through ends a request that nobody waits for any more", async () => {
  const { server, get } = await startRig({ [QUERY]: silence });
  const stop = new AbortController();
  const asked = [get(QUERY, { signal: stop.signal }), get(QUERY, { signal: stop.signal })];
  await vi.waitFor(() => expect(server.requests).toHaveLength(1));
  const closed = new Promise((resolve) => server.requests[0]?.once("close", resolve));
  stop.abort(new Error("gone"));
  for (const each of asked) await expect(each).rejects.toThrow("gone");
  await closed;
});

test("a read-through asks for no more at once than it may", async () => {
  const go = defer();
  let most = 0;
  let now = 0;
  const fetch = async (): Promise<Response> => {
    now += 1;
    most = Math.max(most, now);
    await go.promise;
    now -= 1;
    return Response.json(rows());
  };
  const { get } = await startRig({}, { fetch, concurrency: 2, maxWaiting: 3 });
  const asked = Array.from({ length: 6 }, (_, index) => get(`${QUERY}?start_row=${index}`));
  const refused = await Promise.race(asked);
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "10"]);
  go.resolve();
  const statuses = (await Promise.all(asked)).map(({ status }) => status);
  expect([statuses.filter((status) => status === 200).length, most]).toEqual([5, 2]);
});
