// Panels that stay at the same place of the brain, the pin, and the slices of the volume, by the SDK's own arithmetic.
import {
  type AlignedSet,
  applyAffine3d,
  type ImagePoint,
  imageToReference,
  type SpacePoint,
  spaceTransform,
} from "@brainatlas/sdk/sync";
import { describe, expect, test } from "vitest";
import { POLL, type Tab, useViewer } from "../support/viewer-page.ts";
import { PLATE, PLATE_ID, placeOf, pointsOf } from "../support/viewer-points.ts";

const kit = useViewer();

/** How far a panel that follows may be off, in CSS pixels: less is not seen, and not followed. */
const STILL_PX = 0.3;

function spaceOf(set: AlignedSet, imageId: number, { x, y }: ImagePoint): SpacePoint {
  const section = set.section(imageId);
  if (section === undefined) throw new Error(`Image ${imageId} is not aligned`);
  return imageToReference(section, x, y);
}

/** Image and pixel of one set at a point of another one's space. */
function followed(from: AlignedSet, point: SpacePoint, to: AlignedSet) {
  const map = spaceTransform(from.referenceSpaceId, to.referenceSpaceId);
  if (map === undefined) throw new Error("There is no map between the spaces");
  const { x, y, z } = applyAffine3d(map, point.x, point.y, point.z);
  return to.referenceToImage(x, y, z);
}

/** Expects each further panel at the place of the first. */
async function expectTogether(tab: Tab, sets: readonly AlignedSet[]): Promise<void> {
  const [own] = sets;
  if (own === undefined) throw new Error("There are no sets");
  for (const [index, set] of sets.entries()) {
    if (index === 0) continue;
    const suffix = String(index + 1);
    await expect
      .poll(() => {
        const lead = spaceOf(own, Number(tab.link().get("plate")), placeOf(tab).centre);
        const there = followed(own, lead, set);
        if (!tab.link().has(`x${suffix}`)) return "no place yet";
        const { centre, zoom } = placeOf(tab, index);
        const far = 2 ** zoom * Math.max(Math.abs(centre.x - there.x), Math.abs(centre.y - there.y));
        return far <= STILL_PX && tab.link().get(`plate${suffix}`) === String(there.imageId)
          ? "there"
          : `${far} px off on ${tab.link().get(`plate${suffix}`)} for ${there.imageId}`;
      }, POLL)
      .toBe("there");
  }
}

describe("panels", () => {
  test("two stay at the same place while the first one moves, and not when they are apart", async () => {
    const tab = await kit.open(`${PLATE}&dataset2=71587929`);
    await tab.whole();
    const sets = await Promise.all([kit.api.sync.alignedAtlas(1), kit.api.sync.alignedSet(71587929)]);
    await expectTogether(tab, sets);
    const { box } = await pointsOf(tab);
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await tab.page.mouse.move(middle.x, middle.y);
    await tab.page.mouse.down();
    await tab.page.mouse.move(middle.x - 80, middle.y + 30, { steps: 5 });
    await tab.page.mouse.up();
    await expect.poll(() => placeOf(tab).centre.x, POLL).toBeGreaterThan(6000);
    await expectTogether(tab, sets);
    await tab.page.keyboard.press("ArrowRight");
    await expectTogether(tab, sets);
    await tab.page.keyboard.press("l");
    await tab.linked("link", "off");
    const before = tab.link().get("x2");
    await tab.page.mouse.wheel(0, -300);
    await expect.poll(() => placeOf(tab).zoom, POLL).toBeGreaterThan(-3.9);
    expect(tab.link().get("x2")).toBe(before);
  });

  test("four, of other planes and of experiments, are at one place", async () => {
    const tab = await kit.open(`${PLATE}&atlas2=2&dataset3=71587929&dataset4=100141599`);
    await tab.whole();
    const sets = await Promise.all([
      kit.api.sync.alignedAtlas(1),
      kit.api.sync.alignedAtlas(2),
      kit.api.sync.alignedSet(71587929),
      kit.api.sync.alignedSet(100141599),
    ]);
    await tab.page.mouse.move(400, 200);
    await tab.page.mouse.wheel(0, -100);
    await expect.poll(() => placeOf(tab).zoom, POLL).toBeGreaterThan(-4);
    await expectTogether(tab, sets);
    await tab.whole();
    await tab.shot("four-panels");
  });

  test("are added and closed by the menu", async () => {
    const tab = await kit.open(PLATE);
    await tab.whole();
    await tab.page.getByRole("button", { name: "Panels", exact: true }).click();
    await tab.page
      .getByRole("region", { name: "Add a panel" })
      .getByRole("button", { name: /Sagittal/ })
      .first()
      .click();
    await tab.linked("atlas2", "2");
    expect(await tab.page.locator(".panel").count()).toBe(2);
    await tab.page.getByRole("button", { name: "Close panel 2" }).first().click();
    await expect.poll(() => tab.page.locator(".panel").count(), POLL).toBe(1);
  });
});

describe("the pin", () => {
  test("says the coordinates that the SDK computes, the structure, and images of other series", async () => {
    const tab = await kit.open(PLATE);
    await tab.whole();
    const set = await kit.api.sync.alignedAtlas(1);
    const [drawing, tree, { box, toImage }] = await Promise.all([
      kit.api.drawing(PLATE_ID),
      kit.api.structureTree(1),
      pointsOf(tab),
    ]);
    const at = { x: Math.round(box.x + box.width * 0.6), y: Math.round(box.y + box.height * 0.3) };
    await tab.page.mouse.click(at.x, at.y);
    await tab.linked("pin", /^1,100960224,/);
    const pixel = toImage(at);
    const [, , x, y] = (tab.link().get("pin") ?? "").split(",").map(Number);
    expect(Math.abs((x ?? 0) - pixel.x) + Math.abs((y ?? 0) - pixel.y)).toBeLessThan(20);
    const card = tab.page.getByRole("complementary", { name: "Place" });
    const space = spaceOf(set, PLATE_ID, { x: x ?? 0, y: y ?? 0 });
    const words = await card.textContent();
    for (const value of [space.x, space.y, space.z]) expect(words).toContain(String(Math.round(value)));
    expect(words).toContain(tree.get(drawing.structureAt(pixel.x, pixel.y) ?? 0)?.name?.trim());
    const other = card.getByRole("listitem").filter({ hasText: "Sagittal" });
    await other.getByRole("button", { name: "Open here" }).first().click();
    await expect.poll(() => tab.page.locator(".panel").count(), POLL).toBe(2);
    const sagittal = await kit.api.sync.alignedAtlas(2);
    const there = followed(set, space, sagittal);
    await tab.linked("plate2", String(there.imageId));
    await tab.whole();
    await tab.shot("place");
  });
});
