import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "./harness.mjs";
import { startMirror, startSharpServer } from "./support/contestant.mjs";
import { findIipsrv, startIipsrv } from "./support/iipsrv.mjs";
import {
  alignedRegions,
  iiifPath,
  plainPath,
  servicePath,
  tiles,
  unalignedRegions,
  wholePlates,
} from "./support/image-paths.mjs";
import { makePlate, PLATE_ID } from "./support/made-plate.mjs";
import { brightnessOf, differenceOf, windowOf } from "./support/picture-check.mjs";
import { cpuMsOf, hasProc, peakMbOf, resetPeaks, untilIdle } from "./support/proc.mjs";
import { findProgram } from "./support/programs.mjs";
import { runWrk } from "./support/wrk.mjs";

export const name = "images";
export const describe =
  "pictures served beside iipsrv behind nginx and node with sharp: tiles, regions, plates, drawings, import";

const ROUNDS = 3;
const SECONDS = Number(process.env.BRAINATLAS_BENCH_SECONDS ?? 4);
const WARM_UP_SECONDS = 1;
/** Windows of each case whose answers are compared before anything is measured. */
const CHECKED = 3;
const IMPORTER = fileURLToPath(new URL("support/import-picture.mjs", import.meta.url));
/** What one process of a mirror may have, in MB. */
const MEMORY_LIMIT_MB = 200;
const NO_WORSE = { max: 1 };

/**
 * A kind of request, in the words of each who takes part.
 *
 * @typedef {object} Case
 * @property {string} title
 * @property {import("./support/image-paths.mjs").Window[]} windows
 * @property {{ min: number }} aim Of requests a second, ours to the best peer's or to that of `against`.
 * @property {string} [against]
 * @property {Record<string, (window: import("./support/image-paths.mjs").Window) => string>} paths By name of the contestant.
 * @property {boolean} [isDrawn] Whether it is of the drawing.
 * @property {boolean} [isSlow] Whether its answers take so long that turns are to be longer.
 */

/** @param {import("./harness.mjs").Harness} harness */
export async function run(harness) {
  const wrk = findProgram("wrk");
  if (wrk === undefined || !hasProc) {
    harness.absent(hasProc ? "wrk" : "Linux, whose /proc is measured by");
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "brainatlas-bench-"));
  try {
    const plate = await makePlate();
    const { store, drawn } = await importPlate(harness, folder, plate);
    const pyramid = await linkPyramid(folder, store);
    await compareServers(harness, { wrk, folder, store, drawn, pyramid, drawing: plate.drawing });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Imports the plate, measured beside sharp alone, and its drawing. */
async function importPlate(
  /** @type {import("./harness.mjs").Harness} */ harness,
  /** @type {string} */ folder,
  /** @type {{ picture: string, drawing: string }} */ plate,
) {
  const store = join(folder, "store");
  const plain = join(folder, "plain");
  mkdirSync(plain);
  const peer = await importBy("sharp", plate.picture, plain);
  rmSync(plain, { recursive: true });
  const ours = await importBy("ours", plate.picture, store);
  const title = "import of 201 megapixels";
  harness.record({ case: title, unit: "s", ours: ours.seconds, peers: { sharp: peer.seconds }, aim: { max: 1.25 } });
  const peers = { sharp: peer.peakMb };
  harness.record({ case: `${title}, memory`, unit: "MB", ours: ours.peakMb, peers, aim: { max: 1.25 } });

  const { importFile, openStore } = await import("@brainatlas/mirror");
  const opened = await openStore(store);
  await importFile(opened, plate.drawing);
  const drawn = (await opened.record(PLATE_ID))?.row.alternate_images?.[0]?.path;
  opened.close();
  if (drawn === undefined) throw new Error("Cannot measure the drawing: the store has no path for it");
  return { store, drawn };
}

async function importBy(/** @type {string} */ who, /** @type {string} */ picture, /** @type {string} */ target) {
  const child = fork(IMPORTER, [who, picture, target]);
  const [[result]] = await Promise.all([once(child, "message"), once(child, "exit")]);
  return /** @type {{ seconds: number, peakMb: number }} */ (result);
}

/** Gives the stored pyramid the plate's id as its name, for those who find files by their names. */
async function linkPyramid(/** @type {string} */ folder, /** @type {string} */ store) {
  const { openStore } = await import("@brainatlas/mirror");
  const opened = await openStore(store);
  const path = (await opened.record(PLATE_ID))?.row.path;
  const found = await opened.entries.get("picture", path ?? "");
  opened.close();
  if (found === undefined) throw new Error("Cannot measure the plate: the store does not have it");
  const pictures = join(folder, "pictures");
  mkdirSync(pictures);
  const link = join(pictures, String(PLATE_ID));
  symlinkSync(found.path, link);
  return link;
}

/**
 * @param {import("./harness.mjs").Harness} harness
 * @param {{ wrk: string, folder: string, store: string, drawn: string, pyramid: string, drawing: string }} setup
 */
async function compareServers(harness, { wrk, folder, store, drawn, pyramid, drawing }) {
  /** @type {Map<string, import("./support/contestant.mjs").Contestant>} */
  const servers = new Map();
  try {
    servers.set("ours", await startMirror(store));
    servers.set("node+sharp ×2", await startSharpServer(pyramid, drawing));
    const { missing } = findIipsrv();
    if (missing.length === 0) servers.set("iipsrv ×2", await startIipsrvIn(folder, pyramid));
    for (const each of missing) harness.absent(each);
    for (const one of casesOf(drawn)) {
      await checkAnswers(one, servers, pyramid);
      await measure(harness, one, servers, { wrk, folder });
    }
  } finally {
    for (const server of servers.values()) await server.close();
  }
}

async function startIipsrvIn(/** @type {string} */ folder, /** @type {string} */ pyramid) {
  const work = join(folder, "iipsrv");
  mkdirSync(work);
  return await startIipsrv(work, join(pyramid, ".."));
}

/** @returns {Case[]} */
function casesOf(/** @type {string} */ drawn) {
  const iiif = { ours: iiifPath, "iipsrv ×2": iiifPath, "node+sharp ×2": plainPath };
  const againstIipsrv = { paths: iiif, against: "iipsrv ×2" };
  const whole = wholePlates();
  return [
    { title: "tiles of 256 × 256", windows: tiles(), aim: { min: 8 }, ...againstIipsrv },
    { title: "regions of 1000 × 1000 on the grid", windows: alignedRegions(), aim: { min: 2.5 }, ...againstIipsrv },
    { title: "regions of 1000 × 1000 anywhere", windows: unalignedRegions(), aim: { min: 1.25 }, ...againstIipsrv },
    { title: "plates of 4096 × 3072", windows: whole, aim: { min: 3 }, isSlow: true, ...againstIipsrv },
    {
      title: "the same plate of 4096 × 3072 again",
      windows: whole.slice(0, 1),
      aim: { min: 50 },
      paths: { ours: iiifPath, "node+sharp ×2": plainPath },
    },
    {
      title: "drawn plates of 2048 × 1536",
      windows: wholePlates(3),
      aim: { min: 1 },
      paths: {
        ours: (window) => servicePath(drawn, window),
        "node+sharp ×2": (window) => plainPath(window, "drawing"),
      },
      isDrawn: true,
      isSlow: true,
    },
  ];
}

/** Compares answers with each other and with the pyramid itself: they differ by less than a shift of one pixel would make. */
async function checkAnswers(
  /** @type {Case} */ { title, windows, paths, isDrawn = false },
  /** @type {Map<string, import("./support/contestant.mjs").Contestant>} */ servers,
  /** @type {string} */ pyramid,
) {
  for (const window of windows.slice(0, CHECKED)) {
    let expected = isDrawn ? undefined : await brightnessOf(windowOf(pyramid, window));
    for (const [who, path] of Object.entries(paths)) {
      const server = servers.get(who);
      if (server === undefined) continue;
      const response = await fetch(server.origin + path(window));
      const body = new Uint8Array(await response.arrayBuffer());
      if (!response.ok) throw new Error(`Cannot measure ${who}: ${response.status} ${Buffer.from(body)}`);
      const given = await brightnessOf(body);
      expected ??= given;
      const [difference, shifted] = [differenceOf(expected, given), differenceOf(expected, expected, 1)];
      if (difference <= shifted / 2) continue;
      throw new Error(
        `Cannot compare ${title}: ${who} gives another picture for ${path(window)}, different by ${difference.toFixed(2)} on average`,
      );
    }
  }
}

/** Rounds in which everyone's turn comes, each after the one before has come to rest. */
async function measure(
  /** @type {import("./harness.mjs").Harness} */ harness,
  /** @type {Case} */ { title, windows, aim, against, paths, isSlow = false },
  /** @type {Map<string, import("./support/contestant.mjs").Contestant>} */ servers,
  /** @type {{ wrk: string, folder: string }} */ { wrk, folder },
) {
  const present = Object.entries(paths).flatMap(([who, path]) => {
    const server = servers.get(who);
    return server === undefined ? [] : [{ who, server, list: windows.map(path), turns: /** @type {Turn[]} */ ([]) }];
  });
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const { who, server, list, turns } of round % 2 === 0 ? present : present.toReversed()) {
      const isWarmUp = round === 0;
      if (isWarmUp) resetPeaks(server.pids);
      const seconds = (isWarmUp ? WARM_UP_SECONDS : SECONDS) * (isSlow ? 3 : 1);
      const cpuMs = cpuMsOf(server.pids);
      // Each round begins elsewhere: what was answered in the last one is not asked for at once again.
      const from = Math.floor((round * list.length) / (ROUNDS + 1));
      const asked = [...list.slice(from), ...list.slice(0, from)];
      const load = await runWrk({ program: wrk, folder, origin: server.origin, paths: asked, seconds });
      const spentMs = cpuMsOf(server.pids) - cpuMs;
      const turn = { ...load, cpuMs: spentMs / load.requests, peakMb: peakMbOf(server.pids) };
      if (!isWarmUp) turns.push(turn);
      if (!(await untilIdle(server.pids))) throw new Error(`Cannot measure ${who}: it does not come to rest`);
    }
  }
  record(harness, title, present, aim, against);
}

/** @typedef {{ perSecond: number, p50Ms: number, p99Ms: number, cpuMs: number, peakMb: number }} Turn */

function record(
  /** @type {import("./harness.mjs").Harness} */ harness,
  /** @type {string} */ title,
  /** @type {{ who: string, turns: Turn[] }[]} */ present,
  /** @type {{ min: number }} */ aim,
  /** @type {string | undefined} */ against,
) {
  const [own, ...others] = present;
  const line = (/** @type {string} */ unit, /** @type {(turns: Turn[]) => number} */ read) => ({
    case: title,
    unit,
    ours: read(own.turns),
    peers: Object.fromEntries(others.map(({ who, turns }) => [who, read(turns)])),
  });
  const middle = (/** @type {keyof Turn} */ what) => (/** @type {Turn[]} */ turns) =>
    median(turns.map((turn) => turn[what]));
  harness.record({ ...line("requests/s", middle("perSecond")), aim, ...(against === undefined ? {} : { against }) });
  harness.record({ ...line("ms, p50", middle("p50Ms")), aim: NO_WORSE });
  harness.record({ ...line("ms, p99", middle("p99Ms")), aim: NO_WORSE });
  harness.record({ ...line("CPU ms a request", middle("cpuMs")), aim: NO_WORSE });
  const memory = line("MB at most", (turns) => Math.max(...turns.map(({ peakMb }) => peakMb)));
  const peers = { ...memory.peers, limit: MEMORY_LIMIT_MB };
  harness.record({ ...memory, peers, aim: NO_WORSE, against: "limit" });
}
