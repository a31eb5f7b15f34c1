import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "./harness.mjs";
import {
  contentOf,
  largeFiles,
  leastSeconds,
  leastSecondsAhead,
  sizeOf,
  smallFiles,
  totalOf,
} from "./support/download-files.mjs";
import { byLibrary, byPull, findAllenSdk, findAria2, findCurl } from "./support/downloaders.mjs";
import { measureProcess } from "./support/measured-process.mjs";
import { hasProc } from "./support/proc.mjs";

export const name = "downloads";
export const describe = "files downloaded beside curl, aria2c and AllenSDK: time, computing time, memory";

/** What eight connections need at best for all of the large files, in seconds; less takes fewer files. */
const ALL_SECONDS = 6.4;
const SHARE = Math.min(1, Number(process.env.BRAINATLAS_BENCH_SECONDS ?? ALL_SECONDS) / ALL_SECONDS);
const ROUNDS = 3;
const LARGE = largeFiles(Math.ceil(300 * SHARE));
const SMALL = smallFiles(Math.ceil(10_000 * SHARE));
const CONNECTIONS = [8, 16, 32];
/** Ten thousand answers that each wait for 80 ms are not measured over fewer. */
const SMALL_CONNECTIONS = 32;
/** AllenSDK takes 80 s for all: a part of it tells as much, since it asks for one after the other. */
const ALLENSDK_FILES = 40;
/** Files of a turn whose bytes are looked at; of all, the length is. */
const LOOKED_AT = 5;
const SERVER = fileURLToPath(new URL("support/download-server.mjs", import.meta.url));

const AS_FAST = { max: 1.05 };
const AS_MANY = { min: 0.95 };
const CPU_AIM = { max: 2 };
const MEMORY_AIM = { max: 1 };
const ALLENSDK_AIM = { max: 0.1 };
/** What a process of ours may have, in MB. */
const MEMORY_LIMIT_MB = 200;
/** Of ten times as many files, once there are enough to fill all places. */
const GROWTH_AIM = { max: 1.25 };

/**
 * @typedef {import("./support/downloaders.mjs").Command} Command
 * @typedef {import("./support/downloaders.mjs").Job} Job
 * @typedef {{ seconds: number, cpuSeconds: number, peakMb: number }} Turn
 * @typedef {Record<string, (job: Job) => Command>} Contestants
 */

/** @param {import("./harness.mjs").Harness} harness */
export async function run(harness) {
  if (!hasProc) {
    harness.absent("Linux, whose /proc is measured by");
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "brainatlas-bench-"));
  const server = fork(SERVER, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  try {
    const [port] = await once(server, "message");
    await compareAll(harness, { origin: `http://127.0.0.1:${port}`, folder });
  } finally {
    const ended = once(server, "exit");
    server.disconnect();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @typedef {{ origin: string, folder: string }} Place */

async function compareAll(/** @type {import("./harness.mjs").Harness} */ harness, /** @type {Place} */ place) {
  const peers = findPeers(harness);
  for (const connections of CONNECTIONS) await compareLarge(harness, place, peers, connections);
  await compareDefaults(harness, place);
  await compareSmall(harness, place, peers);
  await compareCounts(harness, place);
}

/** @typedef {Map<string, (job: Job, connections: number) => Command>} Peers */

function findPeers(/** @type {import("./harness.mjs").Harness} */ harness) {
  /** @type {Peers} */
  const peers = new Map();
  for (const [who, command] of Object.entries({ curl: findCurl(), aria2c: findAria2() })) {
    if (command === undefined) harness.absent(who);
    else peers.set(who, command);
  }
  return peers;
}

/**
 * Ours and the peers over so many connections: with one request at a time on each, as the peers do it, and with one sent ahead.
 *
 * @returns {Contestants}
 */
function contestantsAt(/** @type {Peers} */ peers, /** @type {number} */ connections) {
  const theirs = [...peers].map(([who, command]) => [who, (/** @type {Job} */ job) => command(job, connections)]);
  return {
    ...Object.fromEntries(theirs),
    pull: (job) => byPull(job, { connections, pipelining: 1 }),
    "pull, ahead": (job) => byPull(job, { connections, pipelining: 2 }),
    downloadAll: (job) => byLibrary(job, { connections, pipelining: 1 }),
    "downloadAll, ahead": (job) => byLibrary(job, { connections, pipelining: 2 }),
  };
}

const OURS = ["pull", "pull, ahead", "downloadAll", "downloadAll, ahead"];

async function compareLarge(
  /** @type {import("./harness.mjs").Harness} */ harness,
  /** @type {Place} */ place,
  /** @type {Peers} */ peers,
  /** @type {number} */ connections,
) {
  const turns = await takeTurns(place, LARGE, contestantsAt(peers, connections), ROUNDS);
  for (const who of OURS) {
    const title = `${who}: ${LARGE.length} files, ${connections} connections, at best ${bestOf(who, LARGE, connections)} s`;
    const line = lineOf(title, turns, who, [...peers.keys()]);
    harness.record({ ...line("s", ({ seconds }) => seconds), aim: AS_FAST });
    recordCost(harness, line, LARGE);
  }
}

async function compareSmall(
  /** @type {import("./harness.mjs").Harness} */ harness,
  /** @type {Place} */ place,
  /** @type {Peers} */ peers,
) {
  const turns = await takeTurns(place, SMALL, contestantsAt(peers, SMALL_CONNECTIONS), 1);
  for (const who of OURS) {
    const best = (SMALL.length / Number(bestOf(who, SMALL, SMALL_CONNECTIONS))).toFixed(0);
    const title = `${who}: ${SMALL.length} of 20 kB, ${SMALL_CONNECTIONS} connections, at best ${best}/s`;
    const line = lineOf(title, turns, who, [...peers.keys()]);
    harness.record({ ...line("files/s", ({ seconds }) => SMALL.length / seconds), aim: AS_MANY });
    recordCost(harness, line, SMALL);
  }
}

/** Seconds that the latency and the rate of connections leave at best. */
function bestOf(/** @type {string} */ who, /** @type {readonly number[]} */ ids, /** @type {number} */ connections) {
  return (who.endsWith("ahead") ? leastSecondsAhead : leastSeconds)(ids, connections).toFixed(1);
}

/** What is recorded of every comparison beside its time. */
function recordCost(
  /** @type {import("./harness.mjs").Harness} */ harness,
  /** @type {ReturnType<typeof lineOf>} */ line,
  /** @type {readonly number[]} */ ids,
) {
  const cpu = line("CPU ms/MB", ({ cpuSeconds }) => (cpuSeconds * 1e9) / totalOf(ids));
  harness.record({ ...cpu, aim: CPU_AIM, against: "curl" });
  const memory = line("MB at most", ({ peakMb }) => peakMb);
  const peers = { ...memory.peers, limit: MEMORY_LIMIT_MB };
  harness.record({ ...memory, peers, aim: MEMORY_AIM, against: "limit" });
}

/** As users have it who set nothing, beside AllenSDK. */
async function compareDefaults(/** @type {import("./harness.mjs").Harness} */ harness, /** @type {Place} */ place) {
  const { pull } = await takeTurns(place, LARGE, { pull: (job) => byPull(job) }, ROUNDS);
  const allensdk = await findAllenSdk();
  const part = LARGE.slice(0, ALLENSDK_FILES);
  const title = `pull at its defaults: ${LARGE.length} files; AllenSDK by ${part.length} of them`;
  /** @type {Record<string, number>} */
  const peers = {};
  if (allensdk === undefined) harness.absent("AllenSDK");
  else {
    const { theirs } = await takeTurns(place, part, { theirs: allensdk }, 1);
    peers.AllenSDK = theirs.seconds * (totalOf(LARGE) / totalOf(part));
  }
  harness.record({ case: title, unit: "s", ours: pull.seconds, peers, aim: ALLENSDK_AIM });
}

/** Whether memory stays as it is however many files there are. */
async function compareCounts(/** @type {import("./harness.mjs").Harness} */ harness, /** @type {Place} */ place) {
  const limits = { connections: SMALL_CONNECTIONS, pipelining: 1 };
  /** @type {Record<string, number>} */
  const peaks = {};
  for (const share of [100, 10, 1]) {
    const ids = SMALL.slice(0, Math.ceil(SMALL.length / share));
    const { ours } = await takeTurns(place, ids, { ours: (job) => byLibrary(job, limits) }, 1);
    peaks[`of ${ids.length}`] = ours.peakMb;
  }
  const [few, some, many] = Object.entries(peaks);
  const title = `downloadAll: ${SMALL.length} files of 20 kB`;
  const peers = Object.fromEntries([few, some]);
  harness.record({ case: title, unit: "MB at most", ours: many[1], peers, aim: GROWTH_AIM, against: some[0] });
}

/** Everyone's turn, in rounds; what they wrote is looked at each time, and removed. */
async function takeTurns(
  /** @type {Place} */ { origin, folder },
  /** @type {readonly number[]} */ ids,
  /** @type {Contestants} */ contestants,
  /** @type {number} */ rounds,
) {
  const all = Object.entries(contestants).map(([who, command]) => ({
    who,
    command,
    turns: /** @type {Turn[]} */ ([]),
  }));
  for (let round = 0; round < rounds; round += 1) {
    for (const { who, command, turns } of round % 2 === 0 ? all : all.toReversed()) {
      const target = join(folder, "files");
      const { program, args, ...options } = command({ origin, ids, folder: target });
      turns.push(await measureProcess(program, args, options));
      checkFiles(who, ids, target);
      rmSync(target, { recursive: true });
    }
  }
  return Object.fromEntries(all.map(({ who, turns }) => [who, middleOf(turns)]));
}

/** @returns {Turn} */
function middleOf(/** @type {readonly Turn[]} */ turns) {
  return {
    seconds: median(turns.map(({ seconds }) => seconds)),
    cpuSeconds: median(turns.map(({ cpuSeconds }) => cpuSeconds)),
    peakMb: Math.max(...turns.map(({ peakMb }) => peakMb)),
  };
}

/** Whoever is fast and wrong is not fast. */
function checkFiles(/** @type {string} */ who, /** @type {readonly number[]} */ ids, /** @type {string} */ folder) {
  const paths = new Map(
    readdirSync(folder, { recursive: true }).map((path) => [Number.parseInt(basename(String(path)), 10), String(path)]),
  );
  const step = Math.ceil(ids.length / LOOKED_AT);
  for (const [index, id] of ids.entries()) {
    const path = join(folder, paths.get(id) ?? "missing");
    const isRight =
      statSync(path, { throwIfNoEntry: false })?.size === sizeOf(id) &&
      (index % step > 0 || hash(readFileSync(path)) === hash(contentOf(id)));
    if (!isRight) throw new Error(`Cannot measure ${who}: ${path} is missing, or holds other bytes`);
  }
}

function hash(/** @type {Uint8Array} */ bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Makes lines of one case for the harness. */
function lineOf(
  /** @type {string} */ title,
  /** @type {Record<string, Turn>} */ turns,
  /** @type {string} */ who,
  /** @type {readonly string[]} */ others,
) {
  return (/** @type {string} */ unit, /** @type {(turn: Turn) => number} */ read) => ({
    case: title,
    unit,
    ours: read(turns[who]),
    peers: Object.fromEntries(others.map((other) => [other, read(turns[other])])),
  });
}
