import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { get as httpGet } from "node:http";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { openFolder, temporaryFolder } from "../../../../tests/support/temporary.ts";
import { listen } from "../listen.ts";
import { createMirror, type Mirror } from "../mirror.ts";
import { openStore } from "../store/folder-store.ts";
import { sampleStore } from "../store/sample-store.ts";

const ORIGIN = "http://mirror.test";
const SCRIPT = `export const text = "${"a page's script ".repeat(200)}";\n`;
const PAGE = `<!doctype html><title>page</title><script type="module" src="./assets/index-Ck4RP02B.js"></script>\n`;

const folder = openFolder();
let mirror: Mirror;

beforeAll(async () => {
  await writePage(join(folder.path, "page"));
  mirror = createMirror({ store: sampleStore(), viewer: join(folder.path, "page") });
  return () => mirror.close();
});

/** A page with a file of each kind; one that is hidden, one that leads out of the folder, and one that needs escapes. */
async function writePage(path: string): Promise<void> {
  await mkdir(join(path, "assets", "more"), { recursive: true });
  await mkdir(join(path, ".vite"));
  const files = {
    "index.html": PAGE,
    "assets/index-Ck4RP02B.js": SCRIPT,
    "assets/index-a_B-9xYz.css": "p{}",
    "assets/more/later-DYhAvzFX.woff2": "font",
    "assets/plain.js": "1",
    "icon.svg": "<svg/>",
    "icon.ico": "ico",
    "icon.png": "png",
    "licences.txt": "MIT",
    "app.webmanifest": "{}",
    "index.js.map": "{}",
    "thing.unknown": "<script>",
    ".hidden": "secret",
    ".vite/manifest.json": "secret",
    "a b.txt": "spaced",
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text);
  await writeFile(join(path, "..", "secret.txt"), "secret");
  await symlink(join(path, "..", "secret.txt"), join(path, "linked.txt"));
}

const get = (path: string, init: RequestInit = {}): Promise<Response> => mirror.fetch(ORIGIN + path, init);

describe("the viewer", () => {
  test("is served at /view/ as a page that can run its own scripts alone", async () => {
    const response = await get("/view/");
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(PAGE);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "content-length": String(PAGE.length),
      "cache-control": "no-cache",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "content-security-policy": expect.stringContaining("default-src 'none'; script-src 'self';"),
      "x-brainatlas-source": "stored",
      etag: expect.stringMatching(/^"[\w-]{27}"$/),
      vary: "Accept-Encoding",
    });
  });

  test("may ask the API that its own address names, and no other", async () => {
    const policyOf = async (query: string): Promise<string | null> =>
      (await get(`/view/${query}`)).headers.get("content-security-policy");
    expect(await policyOf("?api=https%3A%2F%2Fapi.test%2Fx")).toContain("connect-src 'self' https://api.test;");
    expect(await policyOf("?api=https://api.test/&api=https://other.test")).not.toContain("other");
    expect(await policyOf("?api=https://a.test;script-src%20*")).toBe(await policyOf(""));
    expect(await policyOf("?api=https://a.test%0d%0aset-cookie:%20a=b")).toBe(await policyOf(""));
    expect(await policyOf(`?api=https://${"a".repeat(100_000)}`)).toBe(await policyOf(""));
  });

  test.each([
    ["assets/index-Ck4RP02B.js", "text/javascript; charset=utf-8", true],
    ["assets/index-a_B-9xYz.css", "text/css; charset=utf-8", true],
    ["assets/more/later-DYhAvzFX.woff2", "font/woff2", true],
    ["assets/plain.js", "text/javascript; charset=utf-8", false],
    ["index.html", "text/html; charset=utf-8", false],
    ["icon.svg", "image/svg+xml; charset=utf-8", false],
    ["icon.ico", "image/x-icon", false],
    ["icon.png", "image/png", false],
    ["licences.txt", "text/plain; charset=utf-8", false],
    ["app.webmanifest", "application/manifest+json; charset=utf-8", false],
    ["index.js.map", "application/json; charset=utf-8", false],
    ["thing.unknown", "application/octet-stream", false],
  ])("serves %s as %s; kept for good: %s", async (name, type, isFixed) => {
    const response = await get(`/view/${name}?v=1`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe(type);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("cache-control")).toBe(isFixed ? "public, max-age=31536000, immutable" : "no-cache");
    expect(response.headers.has("content-security-policy")).toBe(name.endsWith(".html"));
  });

  test.each([
    "/view/nothing.js",
    "/view/assets",
    "/view/assets/",
    "/view/.hidden",
    "/view/.vite/manifest.json",
    "/view/linked.txt",
    "/view/a%20b.txt",
    "/view/%69ndex.html",
    "/view/INDEX.HTML",
    "/view/index.html/",
    "/view/index.html%00",
    "/view/index.html%00.js",
    "/view/%00",
    "/view/..%2fsecret.txt",
    "/view/..%5csecret.txt",
    "/view/%2e%2e%2fsecret.txt",
    "/view/%252e%252e%252fsecret.txt",
    "/view/assets/..%2f..%2f..%2fsecret.txt",
    "/view/....//secret.txt",
    "/view/%c0%ae%c0%ae/secret.txt",
    "/view/%zz",
    "/view/constructor",
    "/view/__proto__",
    "/view/C:/secret.txt",
    `/view/${"a/".repeat(5000)}`,
  ])("refuses %j", async (path) => {
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ success: false, msg: "The viewer has no such file" });
  });

  test.each([
    "/view/../secret.txt",
    "/view/..\\secret.txt",
    "/view/%2e%2e/secret.txt",
    "/view/assets/../../secret.txt",
  ])("is left by %j, which URLs shorten", async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  test("is led to from /view, with the query kept", async () => {
    const response = await get("/view?api=https%3A%2F%2Fapi.test&x=1");
    expect(response.status).toBe(302);
    const location = response.headers.get("location") ?? "";
    expect(new URL(location, `${ORIGIN}/view`).href).toBe(`${ORIGIN}/view/?api=https%3A%2F%2Fapi.test&x=1`);
    // Behind a server that puts it below a path.
    expect(new URL(location, "https://lab.test/brain/view").pathname).toBe("/brain/view/");
  });

  test("answers 304 to who has the file, also as it was sent compressed", async () => {
    for (const path of ["/view/", "/view/assets/index-Ck4RP02B.js"]) {
      const etag = (await get(path)).headers.get("etag") ?? "";
      for (const known of [etag, `W/${etag}`]) {
        const response = await get(path, { headers: { "if-none-match": known } });
        expect([response.status, await response.text(), response.headers.get("etag")]).toEqual([304, "", etag]);
      }
      expect((await get(path, { headers: { "if-none-match": '"other"' } })).status).toBe(200);
    }
  });

  test("answers HEAD as GET, without a body", async () => {
    const response = await get("/view/assets/index-Ck4RP02B.js", { method: "HEAD" });
    expect([response.status, await response.text()]).toEqual([200, ""]);
    expect(response.headers.get("content-length")).toBe(String(SCRIPT.length));
  });

  test("is not written to", async () => {
    expect((await get("/view/", { method: "POST", body: "x" })).status).toBe(405);
  });

  test("is named at the top, where there is one", async () => {
    expect(await (await get("/")).text()).toContain("  /view/ ");
    const without = createMirror({ store: sampleStore() });
    expect(await (await without.fetch(`${ORIGIN}/`)).text()).not.toContain("/view/");
    const response = await without.fetch(`${ORIGIN}/view/`);
    expect([response.status, response.headers.get("x-brainatlas-reason")]).toEqual([404, "not-mirrored"]);
    await without.close();
  });
});

test("the viewer's script goes over a port compressed", async () => {
  const listening = await listen(mirror);
  onTestFinished(() => listening.close());
  const url = `${listening.url}/view/assets/index-Ck4RP02B.js`;
  const { encoding, length, text } = await new Promise<{ encoding?: string; length?: string; text: string }>(
    (resolve, reject) => {
      httpGet(url, { headers: { "accept-encoding": "gzip, br" } }, async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        resolve({
          encoding: response.headers["content-encoding"] ?? "",
          length: response.headers["content-length"] ?? "",
          text: gunzipSync(Buffer.concat(chunks)).toString(),
        });
      }).on("error", reject);
    },
  );
  expect([encoding, length, text]).toEqual(["gzip", "", SCRIPT]);
});

test("the viewer is never asked of an upstream", async () => {
  const asked: string[] = [];
  const store = await openStore(join(await temporaryFolder(), "store"), { create: true });
  const fetch = async (url: string): Promise<Response> => {
    asked.push(url);
    return Response.json({ success: true, msg: [] });
  };
  const upstream = { url: "http://up.test", fetch };
  const reading = createMirror({ store, viewer: join(folder.path, "page"), upstream });
  onTestFinished(() => reading.close());
  onTestFinished(() => store.close());
  const statuses: number[] = [];
  for (const path of ["/view", "/view/", "/view/nothing.js", "/view/assets/index-Ck4RP02B.js"]) {
    statuses.push((await reading.fetch(ORIGIN + path)).status);
  }
  expect(statuses).toEqual([302, 200, 404, 200]);
  expect(asked).toEqual([]);
  await reading.fetch(`${ORIGIN}/api/v2/data/Gene/query.json`);
  expect(asked).toHaveLength(1);
});

test("the viewer's files are of one build, and those of a folder that cannot be read are looked for again", async () => {
  const page = join(await temporaryFolder(), "page");
  const errors: unknown[] = [];
  const own = createMirror({ store: sampleStore(), viewer: page, onError: (error) => errors.push(error) });
  onTestFinished(() => own.close());
  const failed = await own.fetch(`${ORIGIN}/view/`);
  expect([failed.status, await failed.text()]).toEqual([500, expect.not.stringContaining(page)]);
  expect(String(errors[0])).toContain("ENOENT");
  await mkdir(page);
  expect((await own.fetch(`${ORIGIN}/view/`)).status).toBe(500);
  expect(String(errors[1])).toContain("it has no index.html");
  await writeFile(join(page, "index.html"), "first");
  expect(await (await own.fetch(`${ORIGIN}/view/`)).text()).toBe("first");
  await writeFile(join(page, "index.html"), "second");
  expect(await (await own.fetch(`${ORIGIN}/view/`)).text()).toBe("first");
  await rm(page, { recursive: true });
  expect((await own.fetch(`${ORIGIN}/view/`)).status).toBe(200);
});
