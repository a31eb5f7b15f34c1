// The search: what it finds as one types, in which order, and by which keys.
import type { Locator } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { POLL, type Tab, useViewer } from "../support/viewer-page.ts";
import { PLATE } from "../support/viewer-points.ts";

const kit = useViewer();
let tab: Tab;
beforeAll(async () => {
  // Its rows are asked for once.
  await kit.api.structureTree(1);
});

async function search(text: string): Promise<Tab> {
  tab = await kit.open(PLATE);
  await tab.whole();
  await tab.page.keyboard.press("/");
  await tab.page.keyboard.type(text);
  await results().first().waitFor();
  return tab;
}

/** Options of the list of results. */
function results(options: { name?: RegExp } = {}): Locator {
  return tab.page.getByRole("listbox", { name: "Results" }).getByRole("option", options);
}

/** Titles of the options, in order. */
async function titles(): Promise<string[]> {
  return await tab.page.locator(".search-title").allTextContents();
}

test("an acronym comes first, and is selected by Enter", async () => {
  await search("ca1");
  await tab.shot("search");
  expect((await titles())[0]).toBe("CA1");
  await tab.page.keyboard.press("Enter");
  await tab.linked("structure", "382");
  await expect.poll(() => results().count(), POLL).toBe(0);
  expect(await tab.page.getByRole("combobox", { name: "Search" }).getAttribute("aria-expanded")).toBe("false");
});

test("a name and an id find structures too; arrows choose among them", async () => {
  await search("visual area");
  const combo = tab.page.getByRole("combobox", { name: "Search" });
  const active = (): Promise<string | null> => combo.getAttribute("aria-activedescendant");
  const first = await active();
  await tab.page.keyboard.press("ArrowDown");
  await expect.poll(active, POLL).not.toBe(first);
  await tab.page.keyboard.press("ArrowUp");
  await expect.poll(active, POLL).toBe(first);
  expect(await tab.page.locator(`[id="${first}"]`).getAttribute("aria-selected")).toBe("true");
  await combo.fill("385");
  await results({ name: /VISp/ }).waitFor();
  await tab.page.keyboard.press("Escape");
  expect(await combo.inputValue()).toBe("");
});

test("a gene leads to its experiments, and one of them opens", async () => {
  await search("pdyn");
  await results({ name: /Pdyn/ }).first().waitFor();
  const gene = tab.page.getByRole("group", { name: "Genes" }).getByRole("option", { name: /Pdyn/ }).first();
  await gene.click();
  await tab.page.getByRole("button", { name: "Back to the search" }).waitFor();
  const experiment = results({ name: /71717084|69782969|71587929|coronal|sagittal/i }).first();
  await experiment.click();
  await tab.linked("dataset", /^\d+$/);
  await tab.page.locator(".panel-message, .panel[data-loaded='true']").first().waitFor();
});

test("a data set and an image are found by their ids", async () => {
  await search("71587929");
  await results().first().waitFor();
  await tab.page.keyboard.press("Enter");
  await tab.linked("dataset", "71587929");
  await tab.whole();
  await tab.page.keyboard.press("/");
  await tab.page.keyboard.type("100883869");
  await tab.page
    .getByRole("option", { name: /100883869/ })
    .first()
    .click();
  await tab.linked("plate", "100883869");
  expect(tab.link().get("atlas")).toBe("2");
});

test("nothing found is said in words", async () => {
  tab = await kit.open(PLATE);
  await tab.whole();
  await tab.page.keyboard.press("/");
  await tab.page.keyboard.type("qqqqzzzz");
  await expect.poll(() => tab.page.locator(".search-popup").textContent(), POLL).toMatch(/nothing|no /i);
});
