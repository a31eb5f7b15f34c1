import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { measureBundle } from "../scripts/lib/bundle-size.mjs";
import { startRequester, startServer } from "./support/start.mjs";

export const name = "overhead";
export const describe =
  "what the SDK costs beside bare fetch: time of a request, bytes of a bundle, start of the command line";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const CLI = `${ROOT}packages/cli/dist/main.js`;
const REQUEST_AIM = { max: 1.15 };
const BUDGETS = JSON.parse(readFileSync(`${ROOT}scripts/budgets.json`, "utf8"));
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

/**
 * The aim is set against bare fetch; two more of its kind say what of the difference is the price of what the SDK promises: a
 * request that can be ended, and redirects followed by hand, for their history. undici.request follows none.
 */
const PEERS = ["fetch", "fetch, abortable", "fetch, by hand", "undici.request"];

/** Requests a turn: enough that the message which asks for them does not count. */
const REQUESTS = 480;

async function runRequests(/** @type {import("./harness.mjs").Harness} */ harness, /** @type {string} */ origin) {
  const sdk = await startRequester("sdk", origin);
  if (sdk === undefined) throw new Error('Cannot measure the SDK: it is not built; run "npm run build"');
  /** @type {Map<string, NonNullable<Awaited<ReturnType<typeof startRequester>>>>} */
  const peers = new Map();
  for (const who of PEERS) {
    const peer = await startRequester(who, origin);
    if (peer === undefined) harness.absent(who);
    else peers.set(who, peer);
  }
  try {
    await compareRequests(harness, sdk, peers);
  } finally {
    for (const contestant of [sdk, ...peers.values()]) await contestant.close();
  }
}

/**
 * @param {import("./harness.mjs").Harness} harness
 * @param {{ run: (job: string, times: number) => Promise<void> }} sdk
 * @param {Map<string, { run: (job: string, times: number) => Promise<void> }>} peers
 */
async function compareRequests(harness, sdk, peers) {
  const jobs = [
    { job: "one by one", times: REQUESTS, title: `${REQUESTS} GETs of 10 kB, one by one` },
    { job: "6 at once", times: REQUESTS / 6, title: `${REQUESTS} GETs of 10 kB, 6 at once` },
    { job: "image", times: REQUESTS, title: `${REQUESTS} atlas images: 302, then a JPEG of 95 kB` },
  ];
  for (const { job, times, title } of jobs) {
    const rivals = [...peers].filter(([who]) => who !== (job === "image" ? "undici.request" : "fetch, by hand"));
    await harness.compare({
      case: title,
      ours: () => sdk.run(job, times),
      peers: Object.fromEntries(rivals.map(([who, peer]) => [who, () => peer.run(job, times)])),
      aim: REQUEST_AIM,
      against: "fetch",
      rounds: 15,
      perRound: 1,
      warmUp: 40,
    });
  }
}

async function runBundle(/** @type {import("./harness.mjs").Harness} */ harness) {
  const { gzip, brotli } = await measureBundle("@brainatlas/sdk");
  const peers = { budget: BUDGETS["@brainatlas/sdk"] };
  for (const [kind, ours] of Object.entries({ gzip, brotli })) {
    harness.record({ case: `browser bundle, ${kind}`, unit: "bytes", ours, peers, aim: { max: 1 } });
  }
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
