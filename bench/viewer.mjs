import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launchChromium } from "../scripts/lib/chromium.mjs";
import { ensureRuntimes } from "../scripts/lib/setup.mjs";
import { median } from "./harness.mjs";
import { startMirror } from "./support/contestant.mjs";
import { hasProc } from "./support/proc.mjs";
import {
  framesWhileMoving,
  heapMb,
  LATE_MS,
  lateShare,
  loadedAfterMs,
  openFresh,
  rendererMb,
  transferBytes,
  untilLoaded,
} from "./support/watch-page.mjs";

export const name = "viewer";
export const describe =
  "the page beside OpenSeadragon alone: first view, frames while it moves, memory, transfer; drawn without a graphics processor, so ratios count";

const PEER = "OpenSeadragon alone";
const ATLAS = 1;
const ROUNDS = 5;
const MOVING_MS = 10_000;
/** Tier of the plates that are only gone through: what a whole plate in a window needs. */
const PASSING_TIER = 3;
/** Of scripts that the first view loads, compressed. */
const MAX_SCRIPT_BYTES = 200_000;
const PEER_PAGE = fileURLToPath(new URL("support/plain-zoom", import.meta.url));

/** @param {import("./harness.mjs").Harness} harness */
export async function run(harness) {
  await ensureRuntimes();
  const folder = mkdtempSync(join(tmpdir(), "brainatlas-bench-"));
  /** @type {(() => unknown)[]} */
  const closing = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const { plates, largest } = await storeSample(join(folder, "store"));
    const mirror = await startMirror(join(folder, "store"));
    closing.unshift(() => mirror.close());
    const peer = await servePeer(join(folder, "peer"));
    closing.unshift(() => peer.close());
    // Without it the browser tells of its heap in steps.
    const browser = await launchChromium(["--enable-precise-memory-info"]);
    closing.unshift(() => browser.close());
    const { path, image_width: width, image_height: height } = largest;
    const pages = {
      ours: `${mirror.origin}/view/#atlas=${ATLAS}&plate=${largest.id}`,
      [PEER]: `${peer.url}/view/?api=${mirror.origin}#${new URLSearchParams({ path, width, height })}`,
    };
    await compareFirstViews(harness, browser, pages);
    await compareFrames(harness, browser, pages);
    await measureMemory(harness, browser, pages.ours, plates.length);
  } finally {
    for (const close of closing) await close();
  }
}

/** A store of one atlas of the sample, whose largest plate is there at full resolution. */
async function storeSample(/** @type {string} */ folder) {
  const { importSample, openStore } = await import("@brainatlas/mirror");
  const { SAMPLE_PLATES } = await import("@brainatlas/mirror/sample");
  const all = SAMPLE_PLATES.map(({ record }) => record);
  const [first] = all.filter(({ path }) => path.includes(`/atlas${ATLAS}/`) || path.includes("set_100048576"));
  const plates = all.filter(({ data_set_id: id }) => id === first.data_set_id);
  const largest = plates.reduce((most, each) => (each.width * each.height > most.width * most.height ? each : most));
  const store = await openStore(folder, { create: true });
  try {
    const others = plates.flatMap(({ id }) => (id === largest.id ? [] : [id]));
    await importSample(store, others, { downsample: PASSING_TIER });
    await importSample(store, [largest.id], { downsample: 0 });
  } finally {
    store.close();
  }
  return { plates, largest };
}

/** OpenSeadragon alone, under the same policy as the viewer. */
async function servePeer(/** @type {string} */ folder) {
  const { createViewer, listen } = await import("@brainatlas/mirror");
  mkdirSync(folder);
  cpSync(PEER_PAGE, folder, { recursive: true });
  const library = createRequire(import.meta.url).resolve("openseadragon/build/openseadragon/openseadragon.min.js");
  copyFileSync(library, join(folder, "openseadragon.js"));
  return await listen(createViewer(folder));
}

/** @typedef {import("./harness.mjs").Harness} Harness */
/** @typedef {import("playwright-core").Browser} Browser */

async function compareFirstViews(
  /** @type {Harness} */ harness,
  /** @type {Browser} */ browser,
  /** @type {Record<string, string>} */ pages,
) {
  /** @type {Record<string, number[]>} */
  const times = {};
  let sent;
  for (let round = 0; round <= ROUNDS; round += 1) {
    const turns = Object.entries(pages);
    for (const [who, url] of round % 2 === 0 ? turns : turns.toReversed()) {
      const { page, close } = await openFresh(browser, url);
      const took = await loadedAfterMs(page);
      if (who === "ours") sent = await transferBytes(page);
      await close();
      // The first time the mirror reads what it keeps from then on.
      if (round > 0) times[who] = [...(times[who] ?? []), took];
    }
  }
  const { ours, ...peers } = Object.fromEntries(Object.entries(times).map(([who, each]) => [who, median(each)]));
  harness.record({ case: "complete first view", unit: "ms", ours, peers, aim: { max: 2 } });
  const limit = { limit: MAX_SCRIPT_BYTES };
  harness.record({ case: "scripts, as sent", unit: "bytes", ours: sent.script, peers: limit, aim: { max: 1 } });
  harness.record({
    case: "styles, as sent",
    unit: "bytes",
    ours: sent.style,
    peers: { limit: 20_000 },
    aim: { max: 1 },
  });
}

async function compareFrames(
  /** @type {Harness} */ harness,
  /** @type {Browser} */ browser,
  /** @type {Record<string, string>} */ pages,
) {
  /** @type {Record<string, { inTime: number, gapMs: number }>} */
  const seen = {};
  for (const [who, url] of Object.entries(pages)) {
    const { page, close } = await openFresh(browser, url);
    const gaps = await framesWhileMoving(page, MOVING_MS);
    seen[who] = { inTime: 1 - lateShare(gaps), gapMs: median(gaps) };
    await close();
  }
  const { ours, ...peers } = seen;
  const of = (/** @type {"inTime" | "gapMs"} */ key) => ({
    ours: ours[key],
    peers: Object.fromEntries(Object.entries(peers).map(([who, values]) => [who, values[key]])),
  });
  const moving = `moving for ${MOVING_MS / 1000} s`;
  harness.record({
    case: `${moving}: frames within ${LATE_MS} ms`,
    unit: "share",
    ...of("inTime"),
    aim: { min: 0.97 },
  });
  harness.record({ case: `${moving}: between frames`, unit: "ms, p50", ...of("gapMs"), aim: { max: 1.25 } });
}

/** Goes through all plates twice: what is kept after the second time is beside what was after the first. */
async function measureMemory(
  /** @type {Harness} */ harness,
  /** @type {Browser} */ browser,
  /** @type {string} */ url,
  /** @type {number} */ count,
) {
  const { page, close } = await openFresh(browser, url);
  const visit = async () => {
    await page.keyboard.press("Home");
    for (let step = 0; step < count; step += 1) {
      await untilLoaded(page);
      await page.keyboard.press("ArrowRight");
    }
    await untilLoaded(page);
    return { heap: await heapMb(page), process: await rendererMb(browser) };
  };
  const [once, twice] = [await visit(), await visit()];
  await close();
  const again = "after all plates twice";
  const line = { unit: "MB", aim: { max: 1.1 } };
  harness.record({ case: `heap ${again}`, ours: twice.heap, peers: { once: once.heap }, ...line });
  if (hasProc) {
    harness.record({ case: `process ${again}`, ours: twice.process, peers: { once: once.process }, ...line });
  }
}
