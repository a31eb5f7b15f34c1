import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { startServer } from "./support/start-server.mjs";

export const name = "overhead";
export const describe =
  "what the SDK costs beside bare fetch: time of a request, bytes of a bundle, start of the command line";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const CLI = `${ROOT}packages/cli/dist/main.js`;
const REQUEST_AIM = { max: 1.15 };
/** Bytes of the compressed bundle that a browser may have to load. */
const BUNDLE_BUDGET_BYTES = 12_000;
const START_AIM = { max: 2 };

/** @param {import("./harness.mjs").Harness} harness */
export async function run(harness) {
  const server = await startServer();
  try {
    await runRequests(harness, server.origin);
  } finally {
    await server.close();
  }
  await runBundle(harness);
  await runStart(harness);
}

async function runRequests(/** @type {import("./harness.mjs").Harness} */ harness, /** @type {string} */ origin) {
  const { BrainAtlas } = await import("@brainatlas/sdk");
  const client = new BrainAtlas({ baseUrl: origin });
  let count = 0;
  // Each request has a URL of its own: the SDK sends identical ones that are under way at once as one.
  const path = () => `/api/v2/data/query.json?n=${count++}`;
  const withFetch = async (/** @type {string} */ url) => new Uint8Array(await (await fetch(url)).arrayBuffer());
  const ours = async () => (await client.get(path())).bytes();
  /** @type {Record<string, () => Promise<unknown>>} */
  const peers = { fetch: () => withFetch(origin + path()) };
  const request = await loadUndici(origin);
  if (request === undefined) harness.absent("undici.request");
  else peers["undici.request"] = () => request(origin + path());

  const common = { aim: REQUEST_AIM, against: "fetch" };
  await harness.compare({ case: "GET of 10 kB, one by one", ours, peers, ...common });
  await harness.compare({
    case: "GET of 10 kB, 6 at once",
    ours: sixAtOnce(ours),
    peers: Object.fromEntries(Object.entries(peers).map(([who, call]) => [who, sixAtOnce(call)])),
    perRound: 10,
    warmUp: 500,
    ...common,
  });
  await harness.compare({
    case: "atlas image: 302, then a JPEG of 95 kB",
    ours: async () =>
      (await client.atlasImage(100883869, { downsample: 4, quality: count++ % 100 }).download()).bytes(),
    peers: {
      fetch: () => withFetch(`${origin}/api/v2/atlas_image_download/100883869?downsample=4&quality=${count++ % 100}`),
    },
    ...common,
  });
}

function sixAtOnce(/** @type {() => Promise<unknown>} */ call) {
  return () => Promise.all(Array.from({ length: 6 }, call));
}

/** The npm package's request with a dispatcher of its own; on import the package would otherwise put its own under `fetch`. */
async function loadUndici(/** @type {string} */ origin) {
  await (await fetch(origin)).arrayBuffer();
  try {
    const { Agent, request } = await import("undici");
    const dispatcher = new Agent();
    return async (/** @type {string} */ url) => (await request(url, { dispatcher })).body.bytes();
  } catch {
    return undefined;
  }
}

async function runBundle(/** @type {import("./harness.mjs").Harness} */ harness) {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    stdin: { contents: 'export * from "@brainatlas/sdk";', resolveDir: ROOT },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2023",
    write: false,
  });
  const code = outputFiles[0].contents;
  const peers = { budget: BUNDLE_BUDGET_BYTES };
  const common = { unit: "bytes", peers, aim: { max: 1 } };
  harness.record({ case: "browser bundle, gzip -9", ours: gzipSync(code, { level: 9 }).length, ...common });
  harness.record({ case: "browser bundle, brotli", ours: brotliCompressSync(code).length, ...common });
}

async function runStart(/** @type {import("./harness.mjs").Harness} */ harness) {
  if (!existsSync(CLI)) throw new Error(`Cannot measure the start of ${CLI}: it is not built; run "npm run build"`);
  await harness.compare({
    case: "start of the command line, --version",
    ours: () => runNode([CLI, "--version"]),
    peers: { "node -e 0": () => runNode(["-e", "0"]) },
    aim: START_AIM,
    rounds: 15,
    perRound: 1,
    warmUp: 2,
  });
}

async function runNode(/** @type {string[]} */ args) {
  const [code] = await once(spawn(process.execPath, args, { stdio: "ignore" }), "exit");
  if (code !== 0) throw new Error(`Cannot measure node ${args.join(" ")}: it ended with ${code}`);
}
