// What is under the pointer, what is selected, and where it is: by the pointer and by the tree.
import type { Drawing } from "@brainatlas/sdk/drawing";
import type { StructureTree } from "@brainatlas/sdk/ontology";
import { beforeAll, describe, expect, test } from "vitest";
import { type Colour, POLL, type Tab, useViewer } from "../support/viewer-page.ts";
import { knownPoints, PLATE, PLATE_ID, placeOf, pointsOf } from "../support/viewer-points.ts";

const kit = useViewer();
let drawing: Drawing;
let tree: StructureTree;
beforeAll(async () => {
  [drawing, tree] = await Promise.all([kit.api.drawing(PLATE_ID), kit.api.structureTree(1)]);
});

const isSome = (id: number | undefined): boolean => id !== undefined;
const far = ([r, g, b]: Colour, [r2, g2, b2]: Colour): number =>
  Math.max(Math.abs(r - r2), Math.abs(g - g2), Math.abs(b - b2));

/** What the card beside the pointer says; nothing while it is not there. */
async function cardText(tab: Tab): Promise<string> {
  const card = tab.panel().locator(".hover-card");
  return (await card.isVisible()) ? ((await card.textContent()) ?? "") : "";
}

/** A point of the colour picture of a structure's region that is seen. */
async function colourOf(tab: Tab, at: { readonly window: { x: number; y: number } }): Promise<Colour> {
  const [colour = [0, 0, 0] as const] = await tab.coloursAt([at.window]);
  return colour;
}

describe("hover", () => {
  test("names the structure that the SDK finds there, with its path", async () => {
    const tab = await kit.open(PLATE);
    await tab.whole();
    for (const { window, structureId } of await knownPoints(tab, drawing, 20)) {
      await tab.page.mouse.move(window.x, window.y);
      const structure = tree.get(structureId ?? 0);
      const words = structure === undefined ? "" : `${structure.acronym.trim()} ${structure.name?.trim()}`;
      await expect.poll(() => cardText(tab), POLL)[words === "" ? "toBe" : "toContain"](words);
    }
    const [seen] = await knownPoints(tab, drawing, 1, { isWanted: isSome, seed: 7 });
    await tab.page.mouse.move(seen?.window.x ?? 0, seen?.window.y ?? 0);
    await expect.poll(() => cardText(tab), POLL).not.toBe("");
    await tab.shot("hover");
    await tab.page.mouse.move(5, 5);
    await expect.poll(() => cardText(tab), POLL).toBe("");
  });

  test("outlines all parts of the structure, and nothing else", async () => {
    const tab = await kit.open(`${PLATE}&picture=none`);
    await tab.whole();
    const points = await pointsOf(tab);
    // One that has several parts, of which one is seen well.
    const [at] = await knownPoints(tab, drawing, 1, {
      isWanted: (id) => id !== undefined && drawing.regionsOf(id).length > 1,
    });
    const parts = drawing.regionsOf(at?.structureId ?? 0);
    const edges = parts.flatMap(({ box }) => box ?? []);
    await tab.page.mouse.move(5, 5);
    const elsewhere = await knownPoints(tab, drawing, 10, { seed: 3, isWanted: (id) => id !== at?.structureId });
    const before = await tab.coloursAt(elsewhere.map(({ window }) => window));
    const beforeEdges = await tab.picture();
    await tab.page.mouse.move(at?.window.x ?? 0, at?.window.y ?? 0);
    await expect.poll(() => cardText(tab), POLL).not.toBe("");
    const after = await tab.picture();
    for (const bounds of edges) {
      const [from, to] = [
        points.toWindow({ x: bounds.left, y: bounds.top }),
        points.toWindow({ x: bounds.right, y: bounds.bottom }),
      ];
      expect(beforeEdges.changes(after, from, to)).toBeGreaterThan(3);
    }
    const card = await tab.panel().locator(".hover-card").boundingBox();
    const isCovered = ({ x, y }: { x: number; y: number }): boolean =>
      card !== null &&
      x > card.x - 20 &&
      x < card.x + card.width + 20 &&
      y > card.y - 20 &&
      y < card.y + card.height + 20;
    const now = await tab.coloursAt(elsewhere.map(({ window }) => window));
    const changed = elsewhere.filter(
      ({ window }, index) => !isCovered(window) && far(before[index] ?? [0, 0, 0], now[index] ?? [0, 0, 0]) > 2,
    );
    expect(changed).toEqual([]);
  });
});

describe("selection", () => {
  test("a click selects, with Ctrl one more, and again one less; Escape clears", async () => {
    const tab = await kit.open(PLATE);
    await tab.whole();
    const [one] = await knownPoints(tab, drawing, 1, { isWanted: isSome });
    const [two] = await knownPoints(tab, drawing, 1, {
      isWanted: (id) => isSome(id) && id !== one?.structureId,
      seed: 2,
    });
    if (one === undefined || two === undefined) throw new Error("There are no points");
    await tab.page.mouse.click(one.window.x, one.window.y);
    await tab.linked("structure", String(one.structureId));
    const row = tab.page.getByRole("treeitem", { selected: true });
    await expect.poll(() => row.first().getAttribute("id"), POLL).toBe(`structure-row-${one.structureId}`);
    await tab.page.keyboard.down("Control");
    await tab.page.mouse.click(two.window.x, two.window.y);
    await tab.linked("structure", `${one.structureId},${two.structureId}`);
    await tab.shot("selection");
    await tab.page.mouse.click(one.window.x, one.window.y);
    await tab.page.keyboard.up("Control");
    await tab.linked("structure", String(two.structureId));
    await tab.page.keyboard.press("Escape");
    await tab.page.keyboard.press("Escape");
    await expect.poll(() => tab.link().has("structure"), POLL).toBe(false);
  });

  test("what is selected keeps its colours, with all that lies in it; the others fade", async () => {
    const hash = `${PLATE}&picture=none&opacity=1`;
    const isCortex = (id: number | undefined): boolean => id !== undefined && tree.isDescendant(id, 315);
    const plain = await kit.open(hash);
    await plain.whole();
    const inside = await knownPoints(plain, drawing, 6, { isWanted: isCortex });
    const outside = await knownPoints(plain, drawing, 6, { isWanted: (id) => isSome(id) && !isCortex(id) });
    const windows = [...inside, ...outside].map(({ window }) => window);
    const usual = await plain.coloursAt(windows);
    // Without a selection every region has the colour of the ontology.
    for (const [index, { structureId }] of [...inside, ...outside].entries())
      expect(
        far(usual[index] ?? [0, 0, 0], (tree.rgb(structureId ?? 0) ?? [-99, -99, -99]) as unknown as Colour),
      ).toBeLessThan(6);
    const chosen = await kit.open(`${hash}&structure=315`);
    await chosen.whole();
    await expect
      .poll(
        async () => far(await colourOf(chosen, outside[0] ?? { window: { x: 0, y: 0 } }), usual[6] ?? [0, 0, 0]),
        POLL,
      )
      .toBeGreaterThan(8);
    const now = await chosen.coloursAt(windows);
    for (const [index] of inside.entries())
      expect(far(now[index] ?? [0, 0, 0], usual[index] ?? [0, 0, 0])).toBeLessThan(12);
    for (const [index] of outside.entries())
      expect(far(now[index + 6] ?? [0, 0, 0], usual[index + 6] ?? [0, 0, 0])).toBeGreaterThan(8);
  });
});

describe("the tree", () => {
  test("filters as one types, and says how many there are", async () => {
    const tab = await kit.open(PLATE);
    await tab.whole();
    const filter = tab.page.getByRole("searchbox", { name: "Filter structures" });
    await filter.pressSequentially("visual area");
    const expected = [...tree].filter(({ acronym, name }) =>
      `${acronym} ${name}`.toLowerCase().includes("visual area"),
    );
    await expect.poll(() => tab.page.getByText(/^\d+ found$/).textContent(), POLL).toBe(`${expected.length} found`);
    await expect.poll(() => tab.page.getByRole("treeitem", { name: /visual area/i }).count(), POLL).toBeGreaterThan(0);
    await filter.press("Escape");
    await expect.poll(() => filter.inputValue(), POLL).toBe("");
  });

  test("is walked by keys, and keeps few lines on the page", async () => {
    const tab = await kit.open(PLATE);
    await tab.whole();
    await tab.page.getByRole("button", { name: "Expand all" }).click();
    const lines = tab.page.getByRole("treeitem");
    await expect.poll(() => lines.count(), POLL).toBeGreaterThan(10);
    expect(await lines.count()).toBeLessThan(120);
    const box = tab.page.getByRole("tree", { name: "Structures" });
    await box.focus();
    const active = async (): Promise<string | null> => await box.getAttribute("aria-activedescendant");
    await tab.page.keyboard.press("End");
    const last = await active();
    await tab.page.keyboard.press("Home");
    expect(await active()).not.toBe(last);
    const ids: (string | null)[] = [];
    for (const key of ["ArrowDown", "ArrowDown", "ArrowUp"]) {
      await tab.page.keyboard.press(key);
      ids.push(await active());
    }
    expect(ids[0]).toBe(ids[2]);
    expect(ids[0]).not.toBe(ids[1]);
    // Left closes the branch, right opens it again.
    const row = tab.page.locator(`#${ids[0]}`);
    await tab.page.keyboard.press("ArrowLeft");
    await expect.poll(() => row.getAttribute("aria-expanded"), POLL).toBe("false");
    await tab.page.keyboard.press("ArrowRight");
    await expect.poll(() => row.getAttribute("aria-expanded"), POLL).toBe("true");
    await tab.page.keyboard.press("Enter");
    await tab.linked("structure", ids[0]?.replace("structure-row-", "") ?? "");
  });

  test("a selection flies to the nearest plate that shows it, and on to the next and the previous one", async () => {
    const series = await kit.plates(1);
    const here = series.findIndex(({ id }) => id === PLATE_ID);
    const drawn = await Promise.all(series.map(({ id }) => kit.api.drawing(id)));
    const shown = drawn.map(({ regions }) => new Set(regions.map(({ structureId }) => structureId)));
    const shows = (index: number, ids: ReadonlySet<number>): boolean =>
      [...ids].some((id) => shown[index]?.has(id) === true);
    // A structure that is drawn, but not on this plate.
    const absent = [...tree].find(({ id }) => {
      const ids = new Set(tree.descendants(id, { self: true }).map((each) => each.id));
      const on = series.flatMap((_, index) => (shows(index, ids) ? index : []));
      return on.length > 2 && !on.includes(here) && tree.children(id).length === 0;
    });
    const ids = new Set([absent?.id ?? 0]);
    const on = series.flatMap((_, index) => (shows(index, ids) ? index : []));
    const tab = await kit.open(PLATE);
    await tab.whole();
    const filter = tab.page.getByRole("searchbox", { name: "Filter structures" });
    await filter.fill(absent?.name ?? "");
    await tab.page
      .getByRole("treeitem", { name: `${absent?.acronym.trim()} ${absent?.name?.trim()}` })
      .first()
      .click();
    await tab.linked("structure", String(absent?.id));
    await expect.poll(() => Number(tab.link().get("plate")), POLL).not.toBe(PLATE_ID);
    const first = series.findIndex(({ id }) => String(id) === tab.link().get("plate"));
    expect(on).toContain(first);
    const gap = (index: number): number => Math.abs((series[index]?.positionUm ?? 0) - (series[here]?.positionUm ?? 0));
    expect(gap(first)).toBe(Math.min(...on.map(gap)));
    // It lies in what is seen.
    await expect.poll(() => tab.link().has("zoom"), POLL).toBe(true);
    await tab.whole();
    const { box, toImage } = await pointsOf(tab);
    const [from, to] = [toImage(box), toImage({ x: box.x + box.width, y: box.y + box.height })];
    const bounds = drawn[first]?.regionsOf(absent?.id ?? 0)[0]?.box;
    expect(bounds?.left).toBeLessThan(to.x);
    expect(bounds?.right).toBeGreaterThan(from.x);
    expect(placeOf(tab).zoom).toBeGreaterThan(-4.5);
    // There and back.
    const next = on.find((index) => index > first);
    const start = next === undefined ? on.at(-2) : next;
    await tab.page
      .getByRole("button", { name: next === undefined ? "Previous plate with it" : "Next plate with it" })
      .click();
    await tab.linked("plate", String(series[start ?? 0]?.id));
    await tab.page
      .getByRole("button", { name: next === undefined ? "Next plate with it" : "Previous plate with it" })
      .click();
    await tab.linked("plate", String(series[first]?.id));
  });
});
