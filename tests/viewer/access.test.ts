// For everybody: axe finds nothing serious in the main states, narrow and wide windows show all, and the keys are explained.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { beforeAll, describe, expect, test } from "vitest";
import { type OpenOptions, POLL, type Tab, useViewer } from "../support/viewer-page.ts";
import { PLATE } from "../support/viewer-points.ts";

const kit = useViewer();

/** What axe says of a page, as far as it matters here. */
interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

let axe: string;
beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
});

/** What axe finds that is serious or worse; less goes to the log of who asks for it. */
async function seriousFaults(tab: Tab): Promise<readonly unknown[]> {
  // The driver evaluates it, not the page, whose policy forbids that.
  await tab.page.evaluate(axe);
  const { violations } = await tab.page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }).axe.run(),
  );
  const said = violations.map(({ id, impact, nodes }) => ({
    id,
    impact,
    nodes: nodes.map(({ html }) => html.slice(0, 200)),
  }));
  if (process.env.BRAINATLAS_AXE !== undefined) process.stderr.write(`${JSON.stringify(said, null, 1)}\n`);
  return said.filter(({ impact }) => ["serious", "critical"].includes(impact));
}

async function press(tab: Tab, name: string): Promise<void> {
  await tab.page.getByRole("button", { name, exact: true }).first().click();
}

const STATES: Readonly<
  Record<string, readonly [hash: string, prepare?: ((tab: Tab) => Promise<unknown>) | undefined, options?: OpenOptions]>
> = {
  "the first view": [""],
  "a selection with its place": [`${PLATE}&structure=385,382&pin=1,100960224,6500,2500`],
  "an open search": [
    PLATE,
    async (tab) => {
      await tab.page.keyboard.press("/");
      await tab.page.keyboard.type("vis");
      await tab.page.getByRole("listbox", { name: "Results" }).getByRole("option").first().waitFor();
    },
  ],
  "open layers": [PLATE, (tab) => press(tab, "Layers")],
  "an open menu of panels": [PLATE, (tab) => press(tab, "Panels")],
  "an open export": [`${PLATE}&structure=385`, (tab) => press(tab, "Export")],
  "the keys": [
    PLATE,
    async (tab) => {
      await tab.page.keyboard.press("?");
      await tab.page.getByRole("dialog", { name: "Keys and gestures" }).waitFor();
    },
  ],
  "four panels": [`${PLATE}&atlas2=2&dataset3=71587929&dataset4=100141599`],
  "a section with its controls": ["dataset=100141599", (tab) => press(tab, "Section picture")],
  "a swipe and a measuring line": [`${PLATE}&over=annotated&mix=swipe&line=1,100960224,4000,3000,6000,3500`],
  "the volume": [`${PLATE}&volume=on`],
  "the dark scheme": [`${PLATE}&structure=385`, undefined, { isDark: true }],
  "a narrow window": [PLATE, undefined, { size: { width: 360, height: 640 }, hasTouch: true }],
};

describe("axe finds nothing serious in", () => {
  test.each(Object.entries(STATES))("%s", async (name, [hash, prepare, options]) => {
    const tab = await kit.open(hash, options);
    await tab.whole();
    await prepare?.(tab);
    await tab.shot(`access-${name.replaceAll(" ", "-")}`);
    expect(await seriousFaults(tab)).toEqual([]);
  });
});

/** In the page: what is wider than the window, or is cut off in it where it cannot be scrolled. */
function overflows(): { readonly wider: number; readonly cut: readonly string[] } {
  interface Box {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
    readonly width: number;
  }
  interface Element {
    readonly className: unknown;
    readonly ariaLabel: string | null;
    readonly textContent: string | null;
    readonly parentElement: Element | null;
    getBoundingClientRect(): Box;
    checkVisibility(options: object): boolean;
    closest(selector: string): Element | null;
  }
  const { document, innerWidth, innerHeight, getComputedStyle } = globalThis as unknown as {
    document: { documentElement: { scrollWidth: number }; querySelectorAll(selector: string): Iterable<Element> };
    innerWidth: number;
    innerHeight: number;
    getComputedStyle(element: Element): { overflowX: string; overflowY: string };
  };
  const isScrolled = (element: Element | null): boolean =>
    element !== null &&
    (["auto", "scroll"].includes(getComputedStyle(element).overflowX) ||
      ["auto", "scroll"].includes(getComputedStyle(element).overflowY) ||
      isScrolled(element.parentElement));
  const cut = [...document.querySelectorAll("button, input, select, a, summary")]
    .filter((element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
    .filter((element) => {
      const { left, right, top, bottom, width } = element.getBoundingClientRect();
      const isOut = left < -1 || right > innerWidth + 1 || top < -1 || bottom > innerHeight + 1;
      return width > 2 && isOut && !isScrolled(element.parentElement);
    })
    .map((element) => element.ariaLabel ?? element.textContent ?? String(element.className));
  return { wider: document.documentElement.scrollWidth - innerWidth, cut };
}

describe("all of it is to be reached in a window of", () => {
  test.each([
    ["360 × 640", { size: { width: 360, height: 640 }, hasTouch: true }, "narrow"],
    ["640 × 360", { size: { width: 640, height: 360 }, hasTouch: true }, "lying"],
    ["820 × 1180", { size: { width: 820, height: 1180 }, hasTouch: true }, "tablet"],
    ["2560 × 1440", { size: { width: 2560, height: 1440 } }, "large"],
  ])("%s", async (_, options, name) => {
    const tab = await kit.open("", options);
    await tab.whole();
    await tab.shot(name);
    expect(await tab.page.evaluate(overflows)).toEqual({ wider: 0, cut: [] });
    const picture = await tab.panel().boundingBox();
    expect(picture?.width).toBeGreaterThan(options.size.width * 0.55);
    expect(picture?.height).toBeGreaterThan(options.size.height * 0.4);
    const more = tab.page.getByRole("button", { name: "More" });
    if (await more.isVisible()) {
      await more.click();
      await tab.shot(`${name}-more`);
      expect(await tab.page.evaluate(overflows)).toEqual({ wider: 0, cut: [] });
      await tab.page.keyboard.press("Escape");
    }
    for (const label of ["Layers", "Structures"]) {
      await press(tab, label);
      await tab.shot(`${name}-${label.toLowerCase()}`);
      expect({ label, ...(await tab.page.evaluate(overflows)) }).toEqual({ label, wider: 0, cut: [] });
      await press(tab, label).catch(() => tab.page.keyboard.press("Escape"));
    }
  });
});

test("the keys are explained, and the dialog gives the focus back", async () => {
  const tab = await kit.open(PLATE);
  await tab.whole();
  const button = tab.page.getByRole("button", { name: "Keys", exact: true });
  await button.click();
  const dialog = tab.page.getByRole("dialog", { name: "Keys and gestures" });
  await dialog.getByText("Next plate", { exact: true }).waitFor();
  await tab.shot("keys");
  await tab.page.keyboard.press("Escape");
  await expect.poll(() => dialog.isVisible(), POLL).toBe(false);
  expect(
    await button.evaluate(
      (element) =>
        element === (element as unknown as { ownerDocument: { activeElement: unknown } }).ownerDocument.activeElement,
    ),
  ).toBe(true);
});

test("the scheme follows the system, and the button changes it", async () => {
  const [light, dark] = [await kit.open(PLATE), await kit.open(PLATE, { isDark: true })];
  await Promise.all([light.whole(), dark.whole()]);
  await dark.shot("dark");
  const brightness = async (tab: Tab): Promise<number> => {
    const [[red, green, blue] = [0, 0, 0]] = await tab.coloursAt([{ x: 290, y: 700 }]);
    return red + green + blue;
  };
  expect(await brightness(light)).toBeGreaterThan(600);
  expect(await brightness(dark)).toBeLessThan(200);
  await light.page.getByRole("button", { name: "Light or dark" }).click();
  await expect.poll(() => brightness(light), POLL).toBeLessThan(200);
  await light.page.reload();
  await light.whole();
  expect(await brightness(light)).toBeLessThan(200);
});

test("the whole page is walked by Tab, each stop seen and named", async () => {
  const tab = await kit.open(PLATE);
  await tab.whole();
  const seen = new Set<string>();
  for (let stop = 0; stop < 80; stop += 1) {
    await tab.page.keyboard.press("Tab");
    const name = await tab.page.evaluate(describeFocus);
    if (name === undefined || seen.has(name)) break;
    seen.add(name);
  }
  expect(seen.size).toBeGreaterThan(15);
  expect([...seen].filter((name) => name.endsWith(": "))).toEqual([]);
});

/** In the page: kind, place and name of what has the focus. */
function describeFocus(): string | undefined {
  interface Focused {
    readonly tagName: string;
    readonly ariaLabel: string | null;
    readonly textContent: string | null;
    readonly labels?: Iterable<{ readonly textContent: string | null }>;
    readonly title: string;
    getBoundingClientRect(): { readonly x: number; readonly y: number };
  }
  const { document } = globalThis as unknown as { document: { activeElement: Focused | null; body: Focused } };
  const { activeElement: element } = document;
  if (element === null || element === document.body) return undefined;
  const label = [...(element.labels ?? [])].map(({ textContent }) => textContent).join(" ");
  const { x, y } = element.getBoundingClientRect();
  return `${element.tagName} at ${Math.round(x)},${Math.round(y)}: ${(element.ariaLabel ?? "") || label || element.textContent || element.title}`;
}
