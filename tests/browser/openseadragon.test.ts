// OpenSeadragon, unmodified, in a browser, from a page of another origin.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createMirror, type Listening, listen, type Mirror, sampleStore } from "@brainatlas/mirror";
import { testCardColours } from "@brainatlas/mirror/sample";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { launchChromium } from "../../scripts/lib/chromium.mjs";
import { ensureRuntimes } from "../../scripts/lib/setup.mjs";

/** What a test uses of a canvas: the compiler knows no documents here. */
interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly clientWidth: number;
  getContext(kind: "2d"): { getImageData(...box: number[]): { data: Uint8ClampedArray } } | null;
}

/** What a test uses of the library. */
interface Viewer {
  open(source: unknown): void;
  goToPage(page: number): void;
  currentPage(): number;
  world: { getItemAt(index: number): { getFullyLoaded(): boolean } | undefined; getItemCount(): number };
  drawer: { canvas: Canvas };
  viewport: { zoomTo(zoom: number, point: unknown, now: boolean): void; getMaxZoom(): number };
}

declare const OpenSeadragon: ((options: object) => Viewer) & { Point: new (x: number, y: number) => unknown };

interface Global {
  viewer: Viewer;
  document: { getElementById(id: string): { style: Record<string, string> } | null };
}

const EDGE = 1000;
const PAGE = `<!doctype html><title>page</title><script src="openseadragon.js"></script>
<div id="viewer"></div>`;

let mirror: Listening;
let site: Listening;
let browser: Browser;
let context: BrowserContext;
let tab: Page;
/** Paths that the mirror was asked for, and what went wrong, in the tab's life. */
let asked: string[];
let troubles: string[];

beforeAll(async () => {
  await ensureRuntimes();
  mirror = await listen(createMirror({ store: sampleStore() }));
  const library = createRequire(import.meta.url).resolve("openseadragon");
  const script = await readFile(library, "utf8");
  site = await serve(async (request) =>
    new Request(request).url.endsWith(".js")
      ? new Response(script, { headers: { "content-type": "text/javascript" } })
      : new Response(PAGE, { headers: { "content-type": "text/html" } }),
  );
  browser = await launchChromium();
  context = await browser.newContext({ viewport: { width: EDGE + 40, height: EDGE + 40 } });
});

/** An origin of its own that is no mirror. */
function serve(fetch: Mirror["fetch"]): Promise<Listening> {
  return listen({ fetch });
}

afterAll(async () => {
  await browser?.close();
  await Promise.all([mirror?.close(), site?.close()]);
});

beforeEach(async () => {
  tab = await context.newPage();
  asked = [];
  troubles = [];
  tab.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) troubles.push(`${message.type()}: ${message.text()}`);
  });
  tab.on("pageerror", (error) => troubles.push(String(error)));
  tab.on("requestfailed", (request) => troubles.push(`${request.url()}: ${request.failure()?.errorText}`));
  tab.on("response", (response) => {
    const { origin, pathname } = new URL(response.url());
    if (origin === mirror.url) asked.push(pathname);
    if (response.status() >= 400 && pathname !== "/favicon.ico")
      troubles.push(`${response.url()}: ${response.status()}`);
  });
  await tab.goto(site.url);
});

afterEach(() => tab.close());

/** Opens pictures in a square viewer, the first of them shown, and waits until all of it is there. */
async function open(tileSources: readonly string[], edge: number): Promise<void> {
  await tab.evaluate(
    ([sources, size]) => {
      const global = globalThis as unknown as Global;
      Object.assign(global.document.getElementById("viewer")?.style ?? {}, { width: `${size}px`, height: `${size}px` });
      global.viewer = OpenSeadragon({
        id: "viewer",
        drawer: "canvas",
        crossOriginPolicy: "Anonymous",
        showNavigationControl: false,
        showSequenceControl: false,
        immediateRender: true,
        animationTime: 0,
        blendTime: 0,
        sequenceMode: sources.length > 1,
        tileSources: sources,
      });
    },
    [tileSources, edge] as const,
  );
  await untilLoaded();
}

async function untilLoaded(): Promise<void> {
  await tab.waitForFunction(() => {
    const { world } = (globalThis as unknown as Global).viewer;
    return world.getItemCount() > 0 && world.getItemAt(0)?.getFullyLoaded() === true;
  });
}

/** Colours of the canvas, red, green and blue, at points given in its pixels. */
async function coloursAt(points: readonly (readonly [number, number])[]): Promise<number[][]> {
  return await tab.evaluate((places) => {
    const { canvas } = (globalThis as unknown as Global).viewer.drawer;
    const { width, height, clientWidth } = canvas;
    const data = canvas.getContext("2d")?.getImageData(0, 0, width, height).data ?? [];
    const scale = width / clientWidth;
    return places.map(([x, y]) => {
      const at = (Math.floor(y * scale) * width + Math.floor(x * scale)) * 4;
      return [...data.slice(at, at + 3)];
    });
  }, points);
}

describe("the test card is drawn with every square in its place", () => {
  test.each([
    [
      "by the Image API 3",
      "/iiif/3/test-card/info.json",
      /^\/iiif\/3\/test-card\/(full|[\d,]+)\/(max|\d+,\d+)\/0\/default\.jpg$/,
    ],
    [
      "by the Image API 2",
      "/iiif/2/test-card/info.json",
      /^\/iiif\/2\/test-card\/(full|[\d,]+)\/(full|\d+,\d*)\/0\/default\.jpg$/,
    ],
    ["as a Deep Zoom image", "/dzi/test-card.dzi", /^\/dzi\/test-card_files\/\d+\/\d+_\d+\.jpg$/],
  ])("%s", async (_, path, pattern) => {
    await open([mirror.url + path], EDGE);
    const colours = testCardColours();
    const squares = colours.flatMap((column, x) => column.map((_, y) => [x, y] as const));
    const seen = await coloursAt(squares.map(([x, y]) => [x * 100 + 50, y * 100 + 50]));
    const far = squares.filter(([x, y], index) =>
      colours[x]?.[y]?.some((value, channel) => Math.abs(value - (seen[index]?.[channel] ?? -99)) > 9),
    );
    expect(far).toEqual([]);
    expect(asked[0]).toBe(path);
    expect(asked.length).toBeGreaterThanOrEqual(16);
    for (const tile of asked.slice(1)) expect(tile).toMatch(pattern);
    expect(troubles).toEqual([]);
  });
});

test("the browser lets no page read what another origin does not allow", async () => {
  const silent = await serve(async () => new Response("text"));
  const read = (url: string) => tab.evaluate((from) => fetch(from).then((answer) => answer.status, String), url);
  expect(await read(`${mirror.url}/iiif/3/test-card/info.json`)).toBe(200);
  expect(await read(silent.url)).toContain("Failed to fetch");
  await silent.close();
});

test("a plate is drawn from its coarse tiers, and from the full resolution where one looks closely", async () => {
  await open([`${mirror.url}/iiif/3/100960224/info.json`], 400);
  const coarse = asked.length;
  expect(asked.slice(1)).toContainEqual(expect.stringMatching(/\/0,0,8192,7552\/256,236\/0\/default\.jpg$/));
  const [middle] = await coloursAt([[200, 200]]);
  expect(Math.max(...(middle ?? []))).toBeLessThan(250);
  await tab.evaluate(() => {
    const { viewport } = (globalThis as unknown as Global).viewer;
    viewport.zoomTo(22, new OpenSeadragon.Point(0.5, 0.35), true);
  });
  await tab.waitForFunction(() => !(globalThis as unknown as Global).viewer.world.getItemAt(0)?.getFullyLoaded());
  await untilLoaded();
  const fine = asked.slice(coarse);
  expect(fine.length).toBeGreaterThan(3);
  expect(fine).toContainEqual(expect.stringMatching(/\/\d+,\d+,256,256\/256,256\/0\/default\.jpg$/));
  expect(troubles).toEqual([]);
});

test("the canvases of a manifest are shown one after the other", async () => {
  const services = await tab.evaluate(async (url) => {
    const manifest = await (await fetch(url)).json();
    // The first choice of what is painted on each canvas.
    return manifest.items.map(
      (canvas: { items: { items: { body: { items: { service: { id: string }[] }[] } }[] }[] }) =>
        canvas.items[0]?.items[0]?.body.items[0]?.service[0]?.id,
    ) as string[];
  }, `${mirror.url}/iiif/presentation/2/manifest`);
  expect(services).toHaveLength(7);
  await open(
    services.map((id) => `${id}/info.json`),
    300,
  );
  for (const page of [1, 6]) {
    await tab.evaluate((number) => (globalThis as unknown as Global).viewer.goToPage(number), page);
    await tab.waitForFunction((number) => (globalThis as unknown as Global).viewer.currentPage() === number, page);
    await untilLoaded();
  }
  for (const index of [0, 1, 6]) {
    const base = new URL(services[index] ?? "").pathname;
    expect(asked.filter((path) => path.startsWith(`${base}/`)).length).toBeGreaterThan(1);
  }
  expect(troubles).toEqual([]);
});
