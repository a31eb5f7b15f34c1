// Pictures and drawing over each other, by the pixels that are seen; and how sections of experiments are asked for.
import type { Drawing } from "@brainatlas/sdk/drawing";
import type { StructureTree } from "@brainatlas/sdk/ontology";
import { beforeAll, describe, expect, test } from "vitest";
import { type Colour, POLL, type Tab, useViewer } from "../support/viewer-page.ts";
import { type KnownPoint, knownPoints, PLATE, PLATE_ID, pointsOf } from "../support/viewer-points.ts";

const kit = useViewer();
let drawing: Drawing;
let tree: StructureTree;
beforeAll(async () => {
  [drawing, tree] = await Promise.all([kit.api.drawing(PLATE_ID), kit.api.structureTree(1)]);
});

const far = (one: Colour | undefined, other: Colour | undefined): number =>
  Math.max(...[0, 1, 2].map((channel) => Math.abs((one?.[channel] ?? -99) - (other?.[channel] ?? 999))));
const rgbOf = ({ structureId }: KnownPoint): Colour =>
  (tree.rgb(structureId ?? 0) ?? [-1, -1, -1]) as unknown as Colour;

/** Opens a plate with a choice of layers, and gives known points in it with what is seen there. */
async function look(more: string, isWanted?: (id: number | undefined) => boolean) {
  const tab = await kit.open(`${PLATE}&${more}`);
  await tab.whole();
  await tab.settled();
  const points = await knownPoints(tab, drawing, 8, { isWanted: isWanted ?? ((id) => id !== undefined) });
  const colours = await tab.coloursAt(points.map(({ window }) => window));
  return { tab, points, colours };
}

async function openLayers(tab: Tab): Promise<void> {
  await tab.panel().getByRole("button", { name: "Layers", exact: true }).click();
}

describe("the drawing", () => {
  test("alone has the colours of the ontology; without colours, or outlined, it has none", async () => {
    const coloured = await look("picture=none");
    for (const [index, point] of coloured.points.entries())
      expect(far(coloured.colours[index], rgbOf(point))).toBeLessThan(6);
    const { tab, points } = coloured;
    await tab.page.keyboard.press("c");
    await tab.linked("colours", "off");
    await tab.settled();
    const plain = await tab.coloursAt(points.map(({ window }) => window));
    for (const colour of plain) expect(far(colour, plain[0])).toBeLessThan(6);
    await tab.page.keyboard.press("c");
    await tab.page.keyboard.press("o");
    await tab.linked("outlines", "on");
    await tab.settled();
    const outlined = await tab.coloursAt(points.map(({ window }) => window));
    for (const colour of outlined) expect(far(colour, outlined[0])).toBeLessThan(6);
  });

  test("is as opaque over the picture as its slider says", async () => {
    const [bare, half, full] = [await look("drawing=off"), await look("opacity=0.5"), await look("opacity=1")];
    for (const [index, point] of bare.points.entries()) {
      const own = rgbOf(point);
      expect(far(full.colours[index], own)).toBeLessThan(8);
      const mixed = own.map((value, channel) => (value + (bare.colours[index]?.[channel] ?? 0)) / 2);
      expect(far(half.colours[index], mixed as unknown as Colour)).toBeLessThan(16);
    }
    await openLayers(half.tab);
    await half.tab.page.getByRole("slider", { name: "Opacity" }).fill("0.8");
    await half.tab.linked("opacity", "0.8");
    await half.tab.page.getByRole("checkbox", { name: "Drawing over the picture" }).uncheck();
    await half.tab.linked("drawing", "off");
    await half.tab.settled();
    const off = await half.tab.coloursAt([half.points.at(-1)?.window ?? { x: 0, y: 0 }]);
    expect(far(off[0], bare.colours.at(-1))).toBeLessThan(6);
  });

  test("leaves out a group of its regions, to the pointer too", async () => {
    const tracts = new Set(
      drawing.groups
        .filter(({ labelId }) => labelId !== 28)
        .flatMap(({ regions }) => regions.map(({ structureId }) => structureId)),
    );
    const { tab, points, colours } = await look("picture=none", (id) => id !== undefined && tracts.has(id));
    for (const [index, point] of points.entries()) expect(far(colours[index], rgbOf(point))).toBeLessThan(6);
    await openLayers(tab);
    await tab.page.getByRole("checkbox", { name: /fiber tracts/i }).uncheck();
    await tab.linked("hide", "159226751");
    await tab.page.keyboard.press("Escape");
    await tab.settled();
    const groups = drawing.groups.filter(({ labelId }) => labelId === 28).map(({ labelId }) => labelId ?? 0);
    const [first] = points;
    if (first === undefined) throw new Error("There are no tracts");
    const under = drawing.structureAt(first.image.x, first.image.y, { groups });
    await tab.page.mouse.move(first.window.x, first.window.y);
    const card = tab.panel().locator(".hover-card");
    if (under === undefined) await expect.poll(() => card.isVisible(), POLL).toBe(false);
    else await expect.poll(() => card.textContent(), POLL).toContain(tree.get(under)?.name?.trim());
  });
});

describe("pictures", () => {
  test("the annotated one shows the colours of the ontology", async () => {
    const { points, colours, tab } = await look("drawing=off&picture=annotated");
    // It is drawn over the stain, so that its colours are near those of the ontology, and not the same.
    const gaps = points.map((point, index) => far(colours[index], rgbOf(point)));
    expect(gaps.toSorted((a, b) => a - b)[4]).toBeLessThan(90);
    expect(tab.asked.some((path) => path.includes("_annotation.aff"))).toBe(true);
  });

  test("a swipe shows one at the left and the other at the right of its line", async () => {
    const [bare, coloured] = [await look("drawing=off"), await look("drawing=off&picture=annotated")];
    const { tab, points } = await look("drawing=off&over=annotated&mix=swipe&share=0.5");
    await tab.shot("swipe");
    const { box } = await pointsOf(tab);
    const line = box.x + box.width / 2;
    const seen = await tab.coloursAt(points.map(({ window }) => window));
    const expected = points.map(({ window }, index) => (window.x < line ? bare : coloured).colours[index]);
    for (const [index, { window }] of points.entries()) {
      if (Math.abs(window.x - line) > 40) expect(far(seen[index], expected[index])).toBeLessThan(10);
    }
    const handle = tab.page.getByRole("slider", { name: "Swipe line" });
    await handle.focus();
    await tab.page.keyboard.press("End");
    await tab.linked("share", "1");
    await tab.settled();
    const all = await tab.coloursAt(points.map(({ window }) => window));
    for (const [index] of points.entries()) expect(far(all[index], bare.colours[index])).toBeLessThan(10);
  });

  test("a blend is between both", async () => {
    const [bare, coloured] = [await look("drawing=off"), await look("drawing=off&picture=annotated")];
    const { colours, points } = await look("drawing=off&over=annotated&share=0.5");
    for (const [index] of points.entries()) {
      const mixed = bare.colours[index]?.map(
        (value, channel) => (value + (coloured.colours[index]?.[channel] ?? 0)) / 2,
      );
      expect(far(colours[index], mixed as unknown as Colour)).toBeLessThan(12);
    }
  });
});

describe("sections of experiments", () => {
  async function openSection(hash: string): Promise<Tab> {
    const tab = await kit.open(hash);
    await tab.whole();
    await tab.panel().getByRole("button", { name: "Section picture" }).click();
    return tab;
  }
  const last = ({ asked }: Tab, key: string): string | null => {
    const paths = asked.filter(
      (path) => path.includes("imageservice") && new URLSearchParams(path.split("?")[1]).has(key),
    );
    return new URLSearchParams(paths.at(-1)?.split("?")[1]).get(key);
  };

  test("windows of the channels go into the addresses of the tiles", async () => {
    const tab = await openSection("dataset=100141599");
    const field = tab.page.getByRole("spinbutton", { name: "Red to" });
    await field.fill("1234");
    await field.press("Tab");
    await tab.linked("range", /,1234|1234,/);
    await tab.whole();
    await expect.poll(() => last(tab, "filterVals") ?? "", POLL).toContain("1234");
    await tab.page.getByRole("button", { name: "Service's own" }).click();
    await expect.poll(() => tab.link().has("range"), POLL).toBe(false);
  });

  test("an expression mask lies over its section, in the colours that are chosen", async () => {
    const tab = await openSection("dataset=69782969");
    await tab.page.getByRole("checkbox", { name: "Expression mask over the section" }).check();
    await tab.linked("over", "expression");
    await tab.page.getByLabel("Colour map").selectOption({ index: 2 });
    await tab.linked("map", /./);
    await tab.whole();
    await expect.poll(() => last(tab, "filter"), POLL).toBe("colormap");
    await tab.page.getByRole("slider", { name: "Gain" }).fill("0.9");
    await tab.linked("contrast", /^0\.9,/);
    await tab.whole();
    await expect.poll(() => last(tab, "contrast"), POLL).toMatch(/0\.9/);
    await tab.shot("section");
  });
});
