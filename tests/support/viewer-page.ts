import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createMirror, type Listening, listen, type Mirror, sampleStore } from "@brainatlas/mirror";
import { BrainAtlas } from "@brainatlas/sdk";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, vi } from "vitest";
import { loadAtlases } from "../../packages/viewer/src/load/atlases.ts";
import { loadSeries } from "../../packages/viewer/src/load/series.ts";
import type { Series, SeriesImage } from "../../packages/viewer/src/model/series.ts";
import type { SeriesRef } from "../../packages/viewer/src/model/view.ts";
import { launchChromium } from "../../scripts/lib/chromium.mjs";
import { ensureRuntimes } from "../../scripts/lib/setup.mjs";
import { areLoaded, isSettled, reportViolations } from "./in-viewer-page.ts";
import { decodeRgb } from "./pictures.ts";
import { viewerFolder } from "./viewer-build.ts";

/** Where screenshots of main states are written for people to look at; nowhere by default. */
const SHOTS = process.env.BRAINATLAS_SHOTS;

/** How long a state is waited for, in ms: pictures are made while the test runs, beside other tests. */
const PATIENCE_MS = 30_000;

/** How long a test may take, in ms: pictures are made and drawn by two processors that others use as well. */
const TEST_MS = 90_000;

const SIZE = { width: 1280, height: 800 };

/** How a page is opened. */
export interface OpenOptions {
  /** Of the window, in CSS pixels; 1280 × 800 without it. */
  readonly size?: { readonly width: number; readonly height: number };
  readonly isDark?: boolean;
  readonly hasTouch?: boolean;
  /** Whether things move; without it they jump, so that there is less to wait for. */
  readonly isAnimated?: boolean;
  /** Device pixels per CSS pixel. */
  readonly scale?: number;
  /** After the `?` of the address. */
  readonly query?: string;
  /** Where the page is, when not at the mirror. */
  readonly origin?: string;
  /** Whom the page may ask, when not the mirror. */
  readonly api?: string;
  /** Is called before anything is loaded, to intercept requests. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

/** A page of the viewer under watch. */
export interface Tab {
  readonly page: Page;
  /** Paths with queries that the API was asked for. */
  readonly asked: string[];
  /** What went wrong; at the end of each test it has to be empty. */
  readonly troubles: string[];
  /** Takes what went wrong off the list, where the test wants it so: there has to be some. */
  expectTrouble(pattern: RegExp): void;
  /** Takes what went wrong off the list, where it need not. */
  forgive(pattern: RegExp): void;
  /** A panel, the first by default. */
  panel(index?: number): Locator;
  /** Waits until everything that is seen of the pictures has come. */
  whole(): Promise<void>;
  /** Waits until the address says what is seen: it follows movements when they rest. */
  settled(): Promise<void>;
  /** The values of the address's hash. */
  link(): Map<string, string>;
  /** Waits until a value of the address is, and gives it. */
  linked(key: string, expected: string | RegExp | undefined): Promise<string>;
  /** Pixels of a screenshot at points of the window, in CSS pixels: what a person sees. */
  coloursAt(points: readonly Point[]): Promise<Colour[]>;
  /** A screenshot, to be compared with another one. */
  picture(): Promise<Picture>;
  /** Writes a screenshot for people, where they want some. */
  shot(name: string): Promise<void>;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A screenshot. */
export interface Picture {
  readonly data: Uint8Array;
  readonly width: number;
  /** How many pixels of a box differ in another screenshot of the same window, at one device pixel per CSS pixel. */
  changes(other: Picture, from: Point, to: Point): number;
}

/** Red, green and blue. */
export type Colour = readonly [number, number, number];

/** What tests of the viewer share in a file: a browser, and a mirror that serves the page. */
export interface ViewerKit {
  readonly mirror: Listening;
  readonly browser: Browser;
  /** A client of the same mirror. */
  readonly api: BrainAtlas;
  /** The plates of an atlas in their order, as the viewer loads them. */
  plates(atlasId: number): Promise<readonly SeriesImage[]>;
  /** Opens the page at a hash, without the sign. */
  open(hash?: string, options?: OpenOptions): Promise<Tab>;
}

/** Sets up the tests of a file, each of which fails where its page had any trouble. */
export function useViewer(
  createFetch: () => Promise<Pick<Mirror, "fetch">> | Pick<Mirror, "fetch"> = sampleMirror,
): ViewerKit {
  let mirror: Listening;
  let browser: Browser;
  vi.setConfig({ testTimeout: TEST_MS });
  let opened: { tab: Tab; context: BrowserContext }[] = [];
  beforeAll(async () => {
    await ensureRuntimes();
    [mirror, browser] = await Promise.all([startMirror(createFetch), launchChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await mirror?.close();
  });
  afterEach(async () => {
    const tabs = opened;
    opened = [];
    const troubles = tabs.flatMap(({ tab }) => tab.troubles);
    await Promise.all(tabs.map(({ context }) => context.close()));
    expect(troubles).toEqual([]);
  });
  return {
    get mirror() {
      return mirror;
    },
    get browser() {
      return browser;
    },
    get api() {
      return new BrainAtlas({ baseUrl: mirror.url });
    },
    plates: async (id) => (await loadSeriesOf(mirror.url, { kind: "atlas", id })).images,
    async open(hash = "", options = {}) {
      const { size = SIZE, isDark = false, hasTouch = false, isAnimated = false, scale = 1 } = options;
      const context = await browser.newContext({
        viewport: size,
        colorScheme: isDark ? "dark" : "light",
        reducedMotion: isAnimated ? "no-preference" : "reduce",
        hasTouch,
        deviceScaleFactor: scale,
        acceptDownloads: true,
      });
      context.setDefaultTimeout(PATIENCE_MS);
      const { origin = mirror.url, api = mirror.url, query, prepare } = options;
      const tab = watch(await context.newPage(), origin, api);
      opened.push({ tab, context });
      await tab.page.addInitScript(reportViolations);
      await prepare?.(tab.page);
      await tab.page.goto(`${origin}/view/${query === undefined ? "" : `?${query}`}${hash === "" ? "" : `#${hash}`}`);
      return tab;
    },
  };
}

/** A series by the viewer's own loading, whose order and positions its unit tests are about. */
export async function loadSeriesOf(url: string, ref: SeriesRef): Promise<Series> {
  const api = new BrainAtlas({ baseUrl: url });
  const { signal } = new AbortController();
  return await loadSeries(api, ref, await loadAtlases(api, signal), signal);
}

/** A mirror of the sample that serves the page. */
export async function sampleMirror(): Promise<Mirror> {
  return createMirror({ store: sampleStore(), viewer: await viewerFolder() });
}

async function startMirror(
  createFetch: () => Promise<Pick<Mirror, "fetch">> | Pick<Mirror, "fetch">,
): Promise<Listening> {
  return await listen(await createFetch());
}

function watch(page: Page, origin: string, api: string): Tab {
  const troubles: string[] = [];
  const asked: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) troubles.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => troubles.push(String(error.stack ?? error)));
  page.on("crash", () => troubles.push("the page crashed"));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (["blob:", "data:"].includes(url.protocol)) return;
    if (url.origin === api) asked.push(url.pathname + url.search);
    else if (url.origin !== origin) troubles.push(`another host was asked: ${url.href}`);
  });
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    // What the page itself gives up, since it is not looked at any more.
    if (reason !== "net::ERR_ABORTED") troubles.push(`${request.url()}: ${reason}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) troubles.push(`${response.url()}: ${response.status()}`);
  });
  const forgive = (pattern: RegExp): void => {
    const others = troubles.filter((trouble) => !pattern.test(trouble));
    troubles.splice(0, troubles.length, ...others);
  };
  const link = (): Map<string, string> => new Map(new URLSearchParams(new URL(page.url()).hash.slice(1)));
  return {
    page,
    asked,
    troubles,
    expectTrouble(pattern) {
      expect(troubles).toContainEqual(expect.stringMatching(pattern));
      forgive(pattern);
    },
    forgive,
    panel: (index = 0) => page.locator(".panel").nth(index),
    async whole() {
      await page.waitForFunction(areLoaded);
    },
    async settled() {
      await page.waitForFunction(isSettled);
    },
    link,
    async linked(key, expected) {
      await expect
        .poll(() => link().get(key), POLL)
        [typeof expected === "object" ? "toMatch" : "toBe"](expected as string);
      return link().get(key) ?? "";
    },
    async coloursAt(points) {
      // Without a style of the caret, which the page's policy would refuse.
      const { data, width } = await decodeRgb(await page.screenshot({ caret: "initial" }));
      const scale = width / (page.viewportSize()?.width ?? width);
      return points.map(({ x, y }) => {
        const at = (Math.floor(y * scale) * width + Math.floor(x * scale)) * 3;
        return [data[at] ?? -1, data[at + 1] ?? -1, data[at + 2] ?? -1];
      });
    },
    async picture() {
      return comparable(await decodeRgb(await page.screenshot({ caret: "initial" })));
    },
    async shot(name) {
      if (SHOTS === undefined) return;
      await mkdir(SHOTS, { recursive: true });
      await writeFile(join(SHOTS, `${name}.png`), await page.screenshot({ caret: "initial" }));
    },
  };
}

function comparable({ data, width }: { data: Uint8Array; width: number }): Picture {
  return {
    data,
    width,
    changes(other, from, to) {
      let count = 0;
      for (let y = Math.max(0, Math.floor(from.y)); y <= to.y && y * width * 3 < data.length; y += 1) {
        for (let x = Math.max(0, Math.floor(from.x)); x <= Math.min(to.x, width - 1); x += 1) {
          const at = (y * width + x) * 3;
          if ([0, 1, 2].some((channel) => data[at + channel] !== other.data[at + channel])) count += 1;
        }
      }
      return count;
    },
  };
}

/** How long and how often a state is looked for. */
export const POLL = { timeout: PATIENCE_MS, interval: 50 };
