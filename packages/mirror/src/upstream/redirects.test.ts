import { expect, test } from "vitest";
import { redirect, startTcpServer } from "../../../../tests/support/fault-server.ts";
import { jpeg, rows, source, startRig } from "../../../../tests/support/read-through.ts";

const QUERY = "/api/v2/data/Gene/query.json";
const IMAGE = "/cgi-bin/imageservice";

test("a read-through gives the redirect of an image on this host, and keeps both answers", async () => {
  const { server, get } = await startRig(
    {
      "/base/api/v2/atlas_image_download/7": (response, request, nth) => {
        const place = `http://${request.headers.host}/base${IMAGE}?path=/a.aff&left=1`;
        redirect(302, place)(response, request, nth);
      },
      [`/base${IMAGE}`]: jpeg({ "last-modified": "Thu, 31 Jan 2013 22:05:16 GMT" }),
    },
    {},
    { base: "/base/" },
  );
  for (const expected of ["passed", "stored"]) {
    const moved = await get("/api/v2/atlas_image_download/7?downsample=4");
    expect([moved.status, source(moved)]).toEqual([302, expected]);
    expect(moved.headers.get("location")).toBe(`http://mirror.test${IMAGE}?path=/a.aff&left=1`);
    const picture = await get(`${IMAGE}?path=/a.aff&left=1`);
    expect([picture.status, source(picture)]).toEqual([200, expected]);
    expect(picture.headers.get("content-type")).toBe("image/jpeg");
    expect(picture.headers.get("last-modified")).toBe("Thu, 31 Jan 2013 22:05:16 GMT");
  }
  expect(server.paths).toHaveLength(2);
});

test.each([
  ["http://evil.test/cgi-bin/imageservice?path=/a", "redirects to another host"],
  ["//evil.test/cgi-bin/imageservice?path=/a", "redirects to another host"],
  ["/login", "redirects to what is no path of the API"],
  ["/api/v2/..%2f..%2fadmin", "redirects to what is no path of the API"],
  ["javascript:alert(1)", "redirects to another host"],
  ["http://[", "redirects to what is no address"],
])("a read-through hands no redirect to %s on", async (location, reason) => {
  const { get, store } = await startRig({ "/api/v2/image_download/7": redirect(302, location) });
  const response = await get("/api/v2/image_download/7");
  expect([response.status, response.headers.get("location")]).toEqual([502, null]);
  expect((await response.json()).msg).toContain(reason);
  expect((await store.info()).entries.answer).toBe(0);
});

test("a read-through gives no header that a redirect smuggles", async () => {
  const origin = await startTcpServer((socket) => {
    socket.once("data", () =>
      socket.end(
        "HTTP/1.1 302 Found\r\nLocation: /api/v2/svg/1?a=%0d%0aset-cookie:x=1\r\nSet-Cookie: a=b\r\nX-Odd: 1\r\n\r\n",
      ),
    );
  });
  const { get } = await startRig({}, { url: origin });
  const response = await get("/api/v2/image_download/7");
  expect([...response.headers.keys()].sort()).toEqual([
    "access-control-allow-origin",
    "access-control-expose-headers",
    "location",
    "x-brainatlas-source",
  ]);
  expect(response.headers.get("location")).toBe("http://mirror.test/api/v2/svg/1?a=%0d%0aset-cookie:x=1");
});

test("a read-through follows a service that has moved to https", async () => {
  const asked: string[] = [];
  const fetch = async (url: string): Promise<Response> => {
    asked.push(url);
    if (url.startsWith("https:")) return Response.json(rows());
    return new Response(null, { status: 301, headers: { location: url.replace("http:", "https:") } });
  };
  const { get } = await startRig({}, { url: "http://api.test", fetch });
  expect((await get(`${QUERY}?num_rows=1`)).status).toBe(200);
  expect(asked).toEqual([`http://api.test${QUERY}?num_rows=1`, `https://api.test${QUERY}?num_rows=1`]);
});

test.each([
  ["/api/v2/image_download/7?downsample=1", "/api/v2/svg/1"],
  [`${IMAGE}?path=/a`, `${IMAGE}?path=/b`],
  ["/api/v2/svg/7", `${IMAGE}?path=/a`],
])("a read-through hands the redirect of %s to %s on, and does not keep it", async (path, location) => {
  const { get, store } = await startRig({ [path.replace(/\?.*/, "")]: redirect(302, location) });
  const response = await get(path);
  expect([response.status, response.headers.get("location")]).toEqual([302, `http://mirror.test${location}`]);
  expect((await store.info()).entries.answer).toBe(0);
});

test("a read-through takes a redirect to the same again for a failure", async () => {
  const { get, store } = await startRig({ [IMAGE]: redirect(302, `${IMAGE}?path=%2Fa&left=`) });
  const response = await get(`${IMAGE}?path=/a`);
  expect([response.status, (await response.json()).msg]).toEqual([502, expect.stringContaining("redirects to itself")]);
  expect((await store.info()).entries.answer).toBe(0);
});
