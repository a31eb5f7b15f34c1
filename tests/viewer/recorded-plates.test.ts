// The real drawings of the mouse's coronal atlas, all of them: shown, pointed at, and selected across plates.
import { createMirror, type FolderStore } from "@brainatlas/mirror";
import { parseDrawing } from "@brainatlas/sdk/drawing";
import { parseStructureGraph, type StructureTree } from "@brainatlas/sdk/ontology";
import { afterAll, expect, test } from "vitest";
import {
  type RecordedPlate,
  recordedAtlasStore,
  recordedDrawing,
  recordedPlates,
  tintOf,
} from "../support/recorded-atlas.ts";
import { graphDocument } from "../support/recorded-graphs.ts";
import { describeRecorded } from "../support/recordings.ts";
import { openFolder } from "../support/temporary.ts";
import { viewerFolder } from "../support/viewer-build.ts";
import { POLL, type Tab, useViewer } from "../support/viewer-page.ts";
import { knownPoints } from "../support/viewer-points.ts";

const IS_LONG = process.env.BRAINATLAS_LONG !== undefined;
/** Points of each plate that are pointed at; fewer on most of them, where there is no time. */
const POINTS = 20;
const FEW_POINTS = 3;
const EVERY = 11;

describeRecorded("the recorded atlas", () => {
  const folder = openFolder();
  let store: FolderStore;
  let plates: readonly RecordedPlate[];
  let tree: StructureTree;
  const kit = useViewer(async () => {
    store = await recordedAtlasStore(folder.path);
    plates = recordedPlates();
    tree = parseStructureGraph(graphDocument(1).msg);
    return createMirror({ store, viewer: await viewerFolder(), images: { threads: 0 } });
  });
  afterAll(() => store?.close());

  /** Where a panel shows most of every plate, and no zoom is too far off for the smallest. */
  const hash = (plate: number): string => `atlas=1&plate=${plates[plate]?.id}&x=4100&y=3600&zoom=-3.5&picture=none`;

  /** What the card beside the pointer says, at a point of a plate. */
  async function said(tab: Tab, at: object): Promise<object> {
    const card = tab.panel().locator(".hover-card");
    const words = (await card.isVisible()) ? ((await card.locator("b").textContent()) ?? "") : "nothing";
    return { ...at, words };
  }

  async function expectHover(tab: Tab, plate: RecordedPlate, count: number): Promise<void> {
    const drawing = parseDrawing(recordedDrawing(plate.id));
    for (const { window, image, structureId } of await knownPoints(tab, drawing, count, { seed: plate.id })) {
      await tab.page.mouse.move(window.x, window.y);
      const at = { plate: plate.number, window, image };
      const words = tree.get(structureId ?? 0)?.acronym.trim() ?? "nothing";
      await expect.poll(() => said(tab, at), { ...POLL, interval: 5 }).toEqual({ ...at, words });
    }
  }

  test("all plates are gone through; what is under the pointer is what the SDK finds", async () => {
    const tab = await kit.open(hash(0));
    for (const [index, plate] of plates.entries()) {
      const { id, number } = plate;
      await tab.linked("plate", String(id));
      await tab.page.getByRole("region", { name: new RegExp(`, plate ${number}$`) }).waitFor();
      await tab.whole();
      await expectHover(tab, plate, IS_LONG || index % EVERY === 0 ? POINTS : FEW_POINTS);
      if (number === 66) await tab.shot("recorded-plate");
      await tab.page.mouse.move(5, 5);
      await tab.page.keyboard.press("ArrowRight");
    }
    await tab.linked("plate", String(plates.at(-1)?.id));
  }, 600_000);

  test("the tree has all structures, of which few are on the page", async () => {
    const tab = await kit.open(hash(60));
    await tab.whole();
    await tab.page.getByRole("button", { name: "Expand all" }).click();
    const box = tab.page.getByRole("tree", { name: "Structures" });
    await expect
      .poll(() => box.evaluate((element) => (element as unknown as { scrollHeight: number }).scrollHeight), POLL)
      .toBe(28 * tree.size);
    expect(tree.size).toBe(1327);
    await box.focus();
    await tab.page.keyboard.press("End");
    await expect.poll(() => tab.page.getByRole("treeitem").count(), POLL).toBeGreaterThan(5);
    expect(await tab.page.getByRole("treeitem").count()).toBeLessThan(120);
    const last = tab.page.locator(`[id="${await box.getAttribute("aria-activedescendant")}"]`);
    await expect.poll(() => last.isVisible(), POLL).toBe(true);
  });

  test("a selection is kept across plates, and is gone to from where it is not", async () => {
    const tab = await kit.open(`${hash(2)}`);
    await tab.whole();
    await tab.page.keyboard.press("/");
    await tab.page.keyboard.type("CA1");
    await tab.page.getByRole("listbox", { name: "Results" }).getByRole("option").first().waitFor();
    await tab.page.keyboard.press("Enter");
    await tab.linked("structure", "382");
    const within = new Set(tree.descendants(382, { self: true }).map(({ id }) => id));
    const on = plates.flatMap(({ id }, index) =>
      parseDrawing(recordedDrawing(id)).regions.some(({ structureId }) => within.has(structureId ?? 0)) ? index : [],
    );
    await tab.linked("plate", String(plates[on[0] ?? 0]?.id));
    await tab.whole();
    await tab.page.keyboard.press("n");
    await tab.linked("plate", String(plates[on[1] ?? 0]?.id));
    expect(tab.link().get("structure")).toBe("382");
    // A mirror refuses rows that its store has none of: genes, and the regions of drawings, which are read instead.
    tab.forgive(/query\.json\?criteria=model::(Gene|GraphicObject).*404|status of 404/);
  });

  test("a picture lies under a drawing, to the pixel", async () => {
    const tab = await kit.open(`atlas=1&plate=${plates[1]?.id}&x=2200&y=2000&zoom=-3.5`);
    await tab.whole();
    const drawing = parseDrawing(recordedDrawing(plates[1]?.id ?? 0));
    const points = await knownPoints(tab, drawing, 5, { isWanted: (id) => id !== undefined });
    await expect
      .poll(async () => {
        const colours = await tab.coloursAt(points.map(({ window }) => window));
        return points.filter(({ structureId }, index) => {
          const over = tree.rgb(structureId ?? 0) ?? [0, 0, 0];
          const mixed = tintOf(2).map((under, channel) => under * 0.65 + (over[channel] ?? 0) * 0.35);
          return mixed.some((value, channel) => Math.abs(value - (colours[index]?.[channel] ?? -99)) > 8);
        }).length;
      }, POLL)
      .toBe(0);
  });
});
