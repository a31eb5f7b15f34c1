// What a server or a link can say is data: nothing of it runs, and nobody else is asked.
import { createMirror, type Mirror, sampleStore } from "@brainatlas/mirror";
import { describe, expect, test } from "vitest";
import {
  createHostileApi,
  HOSTILE_DRAWINGS,
  HOSTILE_TEXT,
  type HostileAnswers,
  longDrawing,
} from "../support/hostile-api.ts";
import { viewerFolder } from "../support/viewer-build.ts";
import { type Tab, useViewer } from "../support/viewer-page.ts";

const answers: HostileAnswers = {};
let mirror: Mirror;
const kit = useViewer(async () => {
  mirror = createMirror({ store: sampleStore(), viewer: await viewerFolder() });
  return createHostileApi(mirror, answers);
});

/** What a page keeps of its scripts, in MB. */
const MAX_HEAP_MB = 400;

/** Sets what the server answers from now on. */
function answer(now: HostileAnswers): void {
  Object.assign(answers, { drawing: undefined, hostile: undefined, ...now });
}

function isPwned(tab: Tab): Promise<boolean> {
  return tab.page.evaluate(() => "__pwned" in globalThis);
}

/** The page answers to the user: it goes to another plate, and shows it. */
async function expectUsable(tab: Tab): Promise<void> {
  const before = tab.link().get("plate");
  await tab.page.keyboard.press("ArrowRight");
  await tab.whole();
  expect(tab.link().get("plate")).not.toBe(before);
  expect(await tab.page.getByRole("region", { name: /, plate \d+/ }).count()).toBeGreaterThan(0);
}

describe("a drawing", () => {
  test.each(Object.entries(HOSTILE_DRAWINGS))("%s does nothing", async (_, make) => {
    answer({ drawing: () => new Response(make(), { headers: { "content-type": "image/svg+xml" } }) });
    const tab = await kit.open("atlas=1&plate=100960224&x=5280&y=3776&zoom=-4");
    await tab.whole();
    await tab.page.mouse.move(640, 400);
    await tab.page.mouse.click(640, 400);
    await expectUsable(tab);
    expect(await isPwned(tab)).toBe(false);
  });

  test("of 50 MB ends in words, within bounds", async () => {
    answer({ drawing: () => longDrawing(50 * 2 ** 20) });
    const tab = await kit.open("atlas=1&plate=100960224");
    await tab.whole();
    await expectUsable(tab);
    const session = await tab.page.context().newCDPSession(tab.page);
    await session.send("HeapProfiler.collectGarbage");
    const { usedSize } = await session.send("Runtime.getHeapUsage");
    expect(usedSize / 2 ** 20).toBeLessThan(MAX_HEAP_MB);
  });
});

test("names are text, wherever they stand", async () => {
  answer({ hostile: "words" });
  const tab = await kit.open("atlas=1&plate=100960224&x=5280&y=3776&zoom=-4&structure=385&pin=1,100960224,5280,3776");
  await tab.whole();
  await tab.page.mouse.move(700, 300);
  await expect.poll(() => tab.page.locator("body").textContent(), { timeout: 10_000 }).toContain(HOSTILE_TEXT);
  await tab.page.keyboard.press("/");
  await tab.shot("hostile-names");
  await tab.page.keyboard.type("visual");
  await tab.page.getByRole("listbox", { name: "Results" }).getByRole("option").first().waitFor();
  // The text goes first, then the list.
  await tab.page.keyboard.press("Escape");
  await tab.page.keyboard.press("Escape");
  for (const name of ["Layers", "Panels", "Export"]) {
    const button = tab.page.getByRole("button", { name, exact: true }).first();
    await button.click();
    await tab.page.keyboard.press("Escape");
  }
  expect(await isPwned(tab)).toBe(false);
  // Pictures are in the strip of plates alone.
  expect(await tab.page.locator("img:not(.plate-film img), script:not([src]), iframe, object, embed").count()).toBe(0);
});

test("colours that are none are refused, in words", async () => {
  answer({ hostile: "colours" });
  const tab = await kit.open("atlas=1&plate=100960224");
  await tab.page.getByText("The structures did not come").waitFor();
  await expectUsable(tab);
  expect(await isPwned(tab)).toBe(false);
});

const LINKS: Readonly<Record<string, string>> = {
  "with scripts for numbers": "atlas=<script>globalThis.__pwned=1</script>&plate=javascript:alert(1)",
  "with markup and names of objects": `structure=${encodeURIComponent(HOSTILE_TEXT)},__proto__,constructor,385`,
  "with numbers that are none": "atlas=1&plate=100960224&x=1e309&y=-1e309&zoom=NaN&rotate=Infinity",
  "to far away": "atlas=1&x=99999999999&y=-99999999999&zoom=9.9&rotate=-3599.9",
  "with parameters out of range":
    "atlas=1&range=0,9999999,-1,a,b,c&map=__proto__&threshold=1e9&contrast=9,9&picture=constructor&over=toString",
  "with long lists": `atlas=1&structure=${"385,".repeat(20_000)}&hide=${"1,".repeat(20_000)}`,
  "to places and panels that are not there":
    "atlas=1&pin=1,100960224,1e400,1&line=9,1,1,1,1,1,1,1,1,1&panel=99&dataset2=-5&atlas3=0",
  "with broken escapes": "%E0%A4%A&&&===&atlas=1&atlas=2&%00=%00",
};

test.each(Object.entries(LINKS))("a link %s does nothing", async (_, hash) => {
  answer({});
  const tab = await kit.open(hash);
  await tab.page
    .getByRole("region", { name: /, plate \d+/ })
    .first()
    .waitFor();
  await tab.page.keyboard.press("0");
  await tab.whole();
  await expectUsable(tab);
  expect(await isPwned(tab)).toBe(false);
});

test.each([
  "javascript:alert(1)",
  "data:text/html,x",
  "//evil.test",
  "http://user:word@evil.test",
  "file:///etc/passwd",
  "x",
])("an API of %j is not asked, and words say so", async (api) => {
  answer({});
  const tab = await kit.open("", { query: `api=${encodeURIComponent(api)}` });
  await tab.page.getByRole("alert").or(tab.page.getByRole("status")).first().waitFor();
  expect(await isPwned(tab)).toBe(false);
  expect(tab.asked.filter((path) => !path.startsWith("/view/"))).toEqual([]);
});
