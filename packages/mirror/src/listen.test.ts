import { once } from "node:events";
import { connect } from "node:net";
import { BrainAtlas } from "@brainatlas/sdk";
import { expect, onTestFinished, test } from "vitest";
import { type Listening, type ListenOptions, listen } from "./listen.ts";
import { createMirror } from "./mirror.ts";
import { RecordDatabase } from "./records/record-database.ts";
import { writeRows } from "./records/write-rows.ts";
import type { AtlasStore } from "./store/atlas-store.ts";

const BOX = { x: 0, y: 0, width: 64, height: 64, image_width: 64, image_height: 64 };

const GREY = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><path d="M0,0 h64 v64 h-64 z" style="fill:#5a5a5a"/></svg>`;

const ROWS = [
  { ...BOX, id: 7, path: "/p" },
  { ...BOX, id: 8, path: "p".repeat(5000) },
];
const RECORDS = RecordDatabase.create();
writeRows(
  RECORDS,
  ROWS.map((row) => ({ model: "AtlasImage", row })),
);

const STORE: AtlasStore = {
  record: async (id) => {
    const row = ROWS.find((each) => each.id === id);
    return row === undefined ? undefined : { model: "AtlasImage", row };
  },
  records: async () => RECORDS,
  picture: async (path) =>
    path === "/p"
      ? {
          width: 64,
          height: 64,
          finestDownsample: 0,
          lastModified: new Date("2020-01-01T00:00:00Z"),
          tag: "p",
          source: async () => ({ kind: "drawing", svg: GREY, tag: "p", box: BOX }),
        }
      : undefined,
  drawing: async () => undefined,
  asset: async () => undefined,
  answer: async () => undefined,
  close: () => RECORDS.close(),
};

async function start(options?: ListenOptions): Promise<Listening> {
  const listening = await listen(createMirror({ store: STORE }), options);
  onTestFinished(() => listening.close().catch(() => {}));
  return listening;
}

/** Sends bytes as they are and gives what comes back until the connection ends. */
function sendRaw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => socket.end(bytes));
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(text));
  });
}

test("listen() answers the client over a real socket, redirect and all", async () => {
  const { url, port } = await start();
  expect(url).toBe(`http://127.0.0.1:${port}`);
  const client = new BrainAtlas({ baseUrl: url });
  const response = await client.atlasImage(7, { downsample: 0 }).download();
  expect(response.history.map(({ status }) => status)).toEqual([302]);
  expect(response.url).toBe(`${url}/cgi-bin/imageservice?mime=1&path=/p&left=0&top=0&width=64&height=64&downsample=0`);
  expect(await response.pixels()).toMatchObject({ width: 64, height: 64 });
  expect(response.headers.get("Content-Length")).toBe(String(response.bytes().byteLength));
});

test("listen() compresses text, and only for those who take it", async () => {
  const { url } = await start();
  const encodingOf = async (headers: Record<string, string>): Promise<string | null> => {
    const response = await fetch(`${url}/api/v2/data/AtlasImage/8.json`, { headers });
    expect(await response.json()).toMatchObject({ success: true, num_rows: 1 });
    return response.headers.get("content-encoding");
  };
  expect(await encodingOf({ "accept-encoding": "gzip" })).toBe("gzip");
  expect(await encodingOf({ "accept-encoding": "identity" })).toBeNull();
  const client = new BrainAtlas({ baseUrl: url });
  expect((await client.subImage(8).record()).path).toHaveLength(5000);
});

test("listen() on a port that is taken rejects with the system's code", async () => {
  const { port } = await start();
  await expect(start({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
});

test("listen() closes, though a client keeps its connection open", async () => {
  const listening = await start();
  const response = await fetch(`${listening.url}/`);
  await response.text();
  await listening.close();
  await expect(fetch(`${listening.url}/`)).rejects.toThrow();
});

test.each([
  ["no HTTP", "\u0000\u0001\u0002 nonsense\r\n\r\n"],
  ["a path out of the root", "GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"],
  ["an encoded path out of the root", "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"],
  ["a broken escape", "GET /api/v2/atlas_image_download/%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"],
  ["a strange host", "GET /api/v2/atlas_image_download/7 HTTP/1.1\r\nHost: a b<>\r\nConnection: close\r\n\r\n"],
  ["no host", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"],
  ["a header without end", `GET / HTTP/1.1\r\nHost: a\r\nx: ${"y".repeat(100_000)}\r\n\r\n`],
  ["a URL without end", `GET /${"a".repeat(100_000)} HTTP/1.1\r\nHost: a\r\n\r\n`],
  [
    "an absolute URL",
    "GET http://other.test/api/v2/atlas_image_download/-1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
  ],
])("listen() survives %s with a refusal", async (_, bytes) => {
  const { port, url } = await start();
  const answer = await sendRaw(port, bytes);
  expect(answer === "" || /^HTTP\/1\.1 4\d\d /.test(answer)).toBe(true);
  expect((await fetch(`${url}/`)).status).toBe(200);
});

test("listen() answers many at once, wrong ones among them", async () => {
  const { url } = await start();
  const paths = ["atlas_image_download/7", "atlas_image_download/-1", "atlas_image_download/7?quality=1000", "nothing"];
  const answers = await Promise.all(
    Array.from({ length: 80 }, async (_, index) => {
      const response = await fetch(`${url}/api/v2/${paths[index % paths.length]}`);
      await response.arrayBuffer();
      return response.status;
    }),
  );
  expect(new Set(answers)).toEqual(new Set([200, 404, 400]));
});

test("listen() refuses more while clients do not take what they asked for, and goes on when they are gone", async () => {
  const large = new Uint8Array(32 * 1024 * 1024);
  const mirror = { fetch: async () => new Response(large) };
  const listening = await listen(mirror, { maxUnsentBytes: 1024 * 1024 });
  onTestFinished(() => listening.close());
  const lazy = connect(listening.port, "127.0.0.1", () => lazy.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
  await once(lazy, "readable"); // It is answered, and reads nothing.
  const refused = await fetch(listening.url);
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "10"]);
  expect(await refused.json()).toMatchObject({ success: false, msg: expect.stringContaining("ask again") });
  lazy.destroy();
  await once(lazy, "close");
  let answer = await fetch(listening.url);
  while (answer.status === 503) answer = await fetch(listening.url);
  expect((await answer.arrayBuffer()).byteLength).toBe(large.length);
});

test.each(["range", "if-none-match", "if-modified-since", "if-match", "if-unmodified-since"])(
  "listen() leaves a request with %s to the router",
  async (name) => {
    const tile = { headers: { "content-length": "1" }, body: Uint8Array.of(1) };
    const listening = await listen({ fetch: async () => new Response("routed"), tile: () => tile });
    onTestFinished(() => listening.close());
    expect(await (await fetch(listening.url)).text()).toBe("\u0001");
    expect(await (await fetch(listening.url, { headers: { [name]: "x" } })).text()).toBe("routed");
  },
);
