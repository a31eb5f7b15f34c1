// Lengths and places on the screen are those of the image's own resolution.
import { imageToReference } from "@brainatlas/sdk/sync";
import { expect, test } from "vitest";
import { POLL, useViewer } from "../support/viewer-page.ts";
import { PLATE, PLATE_ID, placeOf, pointsOf } from "../support/viewer-points.ts";

const kit = useViewer();
const RESOLUTION_UM = 1.047;

test("the scale bar is right at every zoom", async () => {
  const tab = await kit.open(PLATE);
  await tab.whole();
  for (const zoom of [-4, -3.5, -2.5, -1, 0, 2]) {
    await tab.page.evaluate(
      (hash) => {
        (globalThis as unknown as { location: { hash: string } }).location.hash = hash;
      },
      PLATE.replace("zoom=-4", `zoom=${zoom}`),
    );
    await expect.poll(() => placeOf(tab).zoom, POLL).toBe(zoom);
    await tab.settled();
    const bar = tab.panel().locator(".scale-bar");
    const label = ((await bar.textContent()) ?? "").replace("Scale bar: ", "");
    const [, number = "", unit] = /^([\d.]+)\s*(mm|µm)$/.exec(label.replace(/\u00a0|\u202f/g, " ")) ?? [];
    const lengthUm = Number(number) * (unit === "mm" ? 1000 : 1);
    // Its path goes from one end to the other.
    const path = (await bar.locator("path").getAttribute("d")) ?? "";
    const [, left = "", right = ""] = /^M([\d.]+).*H([\d.]+)$/.exec(path) ?? [];
    const lengthPx = Number(right) - Number(left);
    expect({ zoom, label, um: (lengthPx / 2 ** zoom) * RESOLUTION_UM }).toEqual({
      zoom,
      label,
      um: expect.closeTo(lengthUm, 1),
    });
    expect(lengthPx).toBeGreaterThan(50);
  }
});

test("the pointer's place is in pixels of the plate and in µm of the reference space", async () => {
  const tab = await kit.open(PLATE);
  await tab.whole();
  const { box, toImage } = await pointsOf(tab);
  const at = { x: Math.round(box.x + box.width * 0.6), y: Math.round(box.y + box.height * 0.35) };
  await tab.page.mouse.move(at.x, at.y);
  const pixel = toImage(at);
  const section = (await kit.api.sync.alignedAtlas(1)).section(PLATE_ID);
  if (section === undefined) throw new Error("The plate is not aligned");
  const space = imageToReference(section, pixel.x, pixel.y);
  const readout = tab.panel().locator(".cursor-readout");
  await expect.poll(() => readout.textContent(), POLL).toContain(`${Math.round(pixel.x)}, ${Math.round(pixel.y)} px`);
  const text = (await readout.textContent()) ?? "";
  for (const value of [space.x, space.y, space.z]) expect(text).toContain(String(Math.round(value)));
});

test("a measuring line is as long as its ends are apart, and is in the link", async () => {
  const tab = await kit.open(PLATE);
  await tab.whole();
  const { box } = await pointsOf(tab);
  const [x, y] = [Math.round(box.x + box.width * 0.4), Math.round(box.y + box.height * 0.4)];
  await tab.page.keyboard.press("m");
  await tab.page.getByRole("button", { name: "Measure", pressed: true }).waitFor();
  await tab.page.mouse.move(x, y);
  await tab.page.mouse.down();
  await tab.page.mouse.move(x + 120, y + 90, { steps: 4 });
  await tab.page.mouse.up();
  await tab.linked("line", /^1,100960224,/);
  const [, , x1, y1, x2, y2] = (tab.link().get("line") ?? "").split(",").map(Number);
  const lengthPx = Math.hypot((x2 ?? 0) - (x1 ?? 0), (y2 ?? 0) - (y1 ?? 0));
  expect(lengthPx).toBeCloseTo(150 * 16, -1);
  const words = (await tab.panel().locator(".measure-words").textContent()) ?? "";
  const [, mm] = /([\d.]+)\s*mm/.exec(words) ?? [];
  expect(Number(mm)).toBeCloseTo((lengthPx * RESOLUTION_UM) / 1000, 1);
  const end = tab.page.getByRole("slider", { name: "End of the measuring line" });
  await end.focus();
  await tab.page.keyboard.press("ArrowRight");
  await expect.poll(() => Number((tab.link().get("line") ?? "").split(",")[4]), POLL).toBeCloseTo((x2 ?? 0) + 16, 0);
  await tab.shot("measure");
  await tab.page.getByRole("button", { name: "Remove the measuring line" }).click();
  await expect.poll(() => tab.link().has("line"), POLL).toBe(false);
});
