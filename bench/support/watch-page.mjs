// What a browser tells of a page: when it was complete, how even its frames were, what it keeps in memory.
import { memoryMbOf } from "./proc.mjs";

/** A frame later than this after the one before was seen to be late, in ms: one of 60 a second was left out. */
export const LATE_MS = 20;

/** Longest that a page is waited for, in ms. */
const PATIENCE_MS = 60_000;

/** What both pages set when all that is in view has come. */
const LOADED = "[data-loaded='true']";

/**
 * Opens a page in a window that has loaded nothing before.
 *
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 */
export async function openFresh(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript(markLoaded, LOADED);
  await page.goto(url);
  await untilLoaded(page);
  return { page, close: () => context.close() };
}

/** Waits until all that is in view has come. */
export async function untilLoaded(/** @type {import("playwright-core").Page} */ page) {
  await page.locator(LOADED).first().waitFor({ state: "attached", timeout: PATIENCE_MS });
}

/** When all of the first view had come, in ms from the navigation. */
export async function loadedAfterMs(/** @type {import("playwright-core").Page} */ page) {
  return await page.evaluate(() => globalThis.loadedMs);
}

/** In the page: keeps when it was complete for the first time. */
function markLoaded(/** @type {string} */ selector) {
  const observer = new MutationObserver(() => {
    if (document.querySelector(selector) === null) return;
    globalThis.loadedMs = performance.now();
    observer.disconnect();
  });
  observer.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-loaded"] });
}

/** Pans and zooms for some time, as a mouse does, and tells the times between frames in ms. */
export async function framesWhileMoving(/** @type {import("playwright-core").Page} */ page, /** @type {number} */ ms) {
  await page.evaluate(collectFrames);
  const end = performance.now() + ms;
  const [x, y] = [640, 400];
  for (let turn = 0; performance.now() < end; turn += 1) {
    await page.mouse.move(x, y);
    for (let notch = 0; notch < 8 && performance.now() < end; notch += 1) {
      await page.mouse.wheel(0, turn % 2 === 0 ? -100 : 100);
      await nextFrames(page, 6);
    }
    await page.mouse.down();
    for (let step = 1; step <= 40 && performance.now() < end; step += 1) {
      await page.mouse.move(x + 6 * step * (turn % 4 < 2 ? 1 : -1), y + 2 * step);
      await nextFrames(page, 1);
    }
    await page.mouse.up();
  }
  return await page.evaluate(() =>
    globalThis.frameTimes.slice(1).map((time, index) => time - globalThis.frameTimes[index]),
  );
}

/** In the page: keeps the time of each frame. */
function collectFrames() {
  globalThis.frameTimes = [];
  const next = (/** @type {number} */ time) => {
    globalThis.frameTimes.push(time);
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}

/** Lets frames go by: input comes no faster than it is shown. */
async function nextFrames(/** @type {import("playwright-core").Page} */ page, /** @type {number} */ count) {
  await page.evaluate(
    (left) =>
      new Promise((resolve) => {
        const next = (/** @type {number} */ more) =>
          more === 0 ? resolve(undefined) : requestAnimationFrame(() => next(more - 1));
        next(left);
      }),
    count,
  );
}

/** Share of frames that were late. */
export function lateShare(/** @type {readonly number[]} */ gapsMs) {
  return gapsMs.filter((gap) => gap > LATE_MS).length / gapsMs.length;
}

/** What the page's scripts keep after all garbage is collected, in MB. */
export async function heapMb(/** @type {import("playwright-core").Page} */ page) {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.enable");
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize / 2 ** 20;
}

/** What the processes that draw pages have, in MB; 0 where the system does not tell. */
export async function rendererMb(/** @type {import("playwright-core").Browser} */ browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return memoryMbOf(processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id));
}

/** Bytes of scripts and styles as they were sent. */
export async function transferBytes(/** @type {import("playwright-core").Page} */ page) {
  return await page.evaluate(() => {
    const sent = (/** @type {string} */ ending) =>
      performance
        .getEntriesByType("resource")
        .filter(({ name }) => new URL(name).pathname.endsWith(ending))
        .reduce((sum, entry) => sum + entry.encodedBodySize, 0);
    return { script: sent(".js"), style: sent(".css") };
  });
}
