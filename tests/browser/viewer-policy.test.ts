// The policy that a mirror sends with the viewer, as a browser keeps it: on a page that does all that it must not.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createMirror, createViewer, type Listening, listen, type Mirror, sampleStore } from "@brainatlas/mirror";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../../scripts/lib/chromium.mjs";
import { ensureRuntimes } from "../../scripts/lib/setup.mjs";
import { openFolder } from "../support/temporary.ts";

const PAGE = (other: string): string => `<!doctype html>
<base href="${other}/">
<style>#probe { color: rgb(1, 2, 3) }</style>
<p id="probe" style="background: rgb(1, 2, 3)">probe</p>
<script>globalThis.ran = ["inline"];</script>
<script src="${other}/script.js"></script>
<img src="x:" onerror="globalThis.ran = ['attribute'];">
<iframe src="${other}/frame.html"></iframe>
<script type="module" src="./assets/main-AAAAAAAA.js"></script>`;

/** The page's own script: asks both servers, in each way, and says what came. */
const SCRIPT = (other: string): string => `
const other = ${JSON.stringify(other)};
const api = new URLSearchParams(location.search).get("api") ?? location.origin;
const given = async (ask) => await ask().then(() => "given", () => "refused");
const image = (url) => new Promise((resolve, reject) => {
  const element = new Image();
  Object.assign(element, { onload: resolve, onerror: reject, src: url });
});
const made = document.createElement("p");
made.style.color = "rgb(4, 5, 6)";
document.body.append(made);
globalThis.seen = {
  ran: globalThis.ran ?? [],
  api: await given(() => fetch(api + "/api/v2/data/Organism/1.json")),
  picture: await given(() => image(api + "/iiif/3/test-card/full/max/0/default.jpg")),
  blob: await given(async () => image(URL.createObjectURL(new Blob(["<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>"], { type: "image/svg+xml" })))),
  other: await given(() => fetch(other + "/fetched", { mode: "no-cors" })),
  otherImage: await given(() => image(other + "/image.png")),
  eval: await given(async () => (0, eval)("1")),
  styles: [getComputedStyle(document.getElementById("probe")).color, getComputedStyle(document.getElementById("probe")).backgroundColor],
  made: getComputedStyle(made).color,
};`;

const folder = openFolder();
let browser: Browser;
let api: Mirror;
let other: Listening;
let asked: string[];

beforeAll(async () => {
  await ensureRuntimes();
  api = createMirror({ store: sampleStore() });
  other = await listen({
    fetch: async (request) => {
      asked.push(new URL(new Request(request).url).pathname);
      return new Response("globalThis.ran = ['other'];", { headers: { "content-type": "text/javascript" } });
    },
  });
  await mkdir(join(folder.path, "assets"));
  // Its base leads elsewhere, which the policy forbids too: its script lies here.
  await writeFile(join(folder.path, "index.html"), PAGE(other.url));
  await writeFile(join(folder.path, "assets", "main-AAAAAAAA.js"), SCRIPT(other.url));
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await other?.close();
  await api?.close();
});

/** What the page saw, at an address. */
async function look(address: string): Promise<unknown> {
  asked = [];
  const tab = await browser.newPage();
  await tab.goto(address);
  // A function: the policy has no text evaluated.
  await tab.waitForFunction(() => "seen" in globalThis);
  return await tab.evaluate(() => (globalThis as { seen?: unknown }).seen);
}

const SEEN = {
  ran: [],
  api: "given",
  picture: "given",
  blob: "given",
  other: "refused",
  otherImage: "refused",
  eval: "refused",
  styles: ["rgb(0, 0, 0)", "rgba(0, 0, 0, 0)"],
  made: "rgb(4, 5, 6)",
};

test("a page at /view/ runs its own script alone, and asks the mirror alone", async () => {
  const mirror = createMirror({ store: sampleStore(), viewer: folder.path });
  const listening = await listen(mirror);
  try {
    expect(await look(`${listening.url}/view?x=1`)).toEqual(SEEN);
    expect(asked).toEqual([]);
  } finally {
    await listening.close();
    await mirror.close();
  }
});

test("a page by itself asks the API of its address, and no other", async () => {
  const [page, elsewhere] = [await listen(createViewer(folder.path)), await listen(api)];
  try {
    expect(await look(`${page.url}/view/?api=${encodeURIComponent(elsewhere.url)}`)).toEqual(SEEN);
    expect(asked).toEqual([]);
    const refused = { ...SEEN, api: "refused", picture: "refused" };
    expect(await look(`${page.url}/view/?api=${encodeURIComponent(`${elsewhere.url};`)}`)).toEqual(refused);
  } finally {
    await page.close();
    await elsewhere.close();
  }
});
