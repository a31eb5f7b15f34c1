// Deep zoom by every means: buttons, keys, wheel, double click, drag, fingers, the overview; rotation and full screen.
import { expect, test } from "vitest";
import { POLL, type Tab, useViewer } from "../support/viewer-page.ts";
import { PLATE, placeOf, pointsOf } from "../support/viewer-points.ts";

const kit = useViewer();

async function zoomed(tab: Tab, expected: number): Promise<void> {
  await expect.poll(() => placeOf(tab).zoom, POLL).toBeCloseTo(expected, 2);
}

async function middle(tab: Tab) {
  const { box } = await pointsOf(tab);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test("buttons and keys zoom in and out, to the whole plate and to actual pixels", async () => {
  const tab = await kit.open(PLATE);
  await tab.whole();
  const press = (name: string): Promise<void> => tab.page.getByRole("button", { name, exact: true }).click();
  await press("Zoom in");
  await zoomed(tab, -3.5);
  await press("Zoom out");
  await tab.page.keyboard.press("-");
  await zoomed(tab, -4.5);
  await tab.page.keyboard.press("+");
  await press("Actual pixels");
  await zoomed(tab, 0);
  expect(placeOf(tab).centre).toEqual({ x: 5280, y: 3776 });
  await tab.page.keyboard.press("0");
  await expect.poll(() => tab.link().has("zoom"), POLL).toBe(false);
  await tab.page.keyboard.press("1");
  await zoomed(tab, 0);
  await press("Whole plate");
  await expect.poll(() => tab.link().has("zoom"), POLL).toBe(false);
  await tab.whole();
});

test("the wheel zooms at the pointer: what is under it stays there", async () => {
  const tab = await kit.open(PLATE);
  await tab.whole();
  const before = await pointsOf(tab);
  const at = {
    x: Math.round(before.box.x + before.box.width * 0.3),
    y: Math.round(before.box.y + before.box.height * 0.4),
  };
  await tab.page.mouse.move(at.x, at.y);
  for (let notch = 0; notch < 3; notch += 1) await tab.page.mouse.wheel(0, -120);
  await expect.poll(() => placeOf(tab).zoom, POLL).toBeGreaterThan(-3.9);
  await tab.whole();
  await tab.settled();
  const after = await pointsOf(tab);
  const [was, is] = [before.toImage(at), after.toImage(at)];
  expect(Math.hypot(was.x - is.x, was.y - is.y)).toBeLessThan(16);
});

test("a double click zooms in, a drag moves the picture with the pointer", async () => {
  const tab = await kit.open(PLATE);
  await tab.whole();
  const { x, y } = await middle(tab);
  await tab.page.mouse.dblclick(x + 40, y + 40);
  await expect.poll(() => placeOf(tab).zoom, POLL).toBeGreaterThan(-3.9);
  await tab.settled();
  const before = placeOf(tab);
  await tab.page.mouse.move(x, y);
  await tab.page.mouse.down();
  await tab.page.mouse.move(x - 100, y - 50, { steps: 4 });
  await tab.page.mouse.up();
  await expect.poll(() => placeOf(tab).centre.x, POLL).not.toBe(before.centre.x);
  await tab.settled();
  const moved = 2 ** -before.zoom;
  const after = placeOf(tab);
  expect(after.centre.x - before.centre.x).toBeCloseTo(100 * moved, -2);
  expect(after.centre.y - before.centre.y).toBeCloseTo(50 * moved, -2);
});

test("fingers drag and pinch", async () => {
  const tab = await kit.open(PLATE, { hasTouch: true });
  await tab.whole();
  const { x, y } = await middle(tab);
  const session = await tab.page.context().newCDPSession(tab.page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...points: number[][]): Promise<unknown> =>
    session.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: points.map(([px = 0, py = 0], id) => ({ x: px, y: py, id })),
    });
  await touch("touchStart", [x, y]);
  for (const step of [20, 40, 60]) await touch("touchMove", [x - step, y]);
  await touch("touchEnd");
  await expect.poll(() => placeOf(tab).centre.x, POLL).toBeGreaterThan(5900);
  await touch("touchStart", [x - 40, y], [x + 40, y]);
  for (const step of [50, 70, 90, 120]) await touch("touchMove", [x - step, y], [x + step, y]);
  await touch("touchEnd");
  await expect.poll(() => placeOf(tab).zoom, POLL).toBeGreaterThan(-3);
});

test("the overview shows what is seen, and leads elsewhere", async () => {
  const tab = await kit.open(PLATE.replace("zoom=-4", "zoom=-2"));
  await tab.whole();
  const inset = await tab.page.locator(".overview-inset").boundingBox();
  if (inset === null) throw new Error("There is no overview");
  await tab.page.mouse.click(inset.x + inset.width * 0.25, inset.y + inset.height * 0.25);
  await expect.poll(() => placeOf(tab).centre.x, POLL).toBeCloseTo(10_560 / 4, -2);
  expect(placeOf(tab).centre.y).toBeCloseTo(7552 / 4, -2);
  await tab.page.getByRole("button", { name: "Hide the overview" }).click();
  expect(await tab.page.locator(".overview-inset").count()).toBe(0);
});

test("a rotated picture is the upright one, turned", async () => {
  const tab = await kit.open(PLATE);
  await tab.whole();
  const { x, y } = await middle(tab);
  const offsets = [60, -60, 110, -110].flatMap((right) => [45, -80].map((down) => ({ right, down })));
  const upright = await tab.coloursAt(offsets.map(({ right, down }) => ({ x: x + right, y: y + down })));
  await tab.page.getByRole("button", { name: "Rotate", exact: true }).click();
  await tab.linked("rotate", "90");
  await tab.whole();
  // Clockwise: what was right is below.
  const turned = await tab.coloursAt(offsets.map(({ right, down }) => ({ x: x - down, y: y + right })));
  const far = upright.map((colour, index) =>
    Math.max(...colour.map((value, channel) => Math.abs(value - (turned[index]?.[channel] ?? -99)))),
  );
  // Textures are sampled anew.
  expect(far.toSorted((a, b) => a - b)[4]).toBeLessThan(40);
  await tab.page.keyboard.press("Shift+R");
  await expect.poll(() => tab.link().has("rotate"), POLL).toBe(false);
});

test("a panel fills the screen, and gives it back", async () => {
  const tab = await kit.open(PLATE);
  await tab.whole();
  const button = tab.page.getByRole("button", { name: "Full screen" });
  const isFull = (): Promise<boolean> =>
    tab.page.evaluate(
      () => (globalThis as unknown as { document: { fullscreenElement: unknown } }).document.fullscreenElement !== null,
    );
  await button.click();
  await expect.poll(isFull, POLL).toBe(true);
  await tab.page.keyboard.press("f");
  await expect.poll(isFull, POLL).toBe(false);
});

test("on a screen of two pixels per CSS pixel the tiles are twice as fine", async () => {
  const [plain, fine] = [await kit.open(PLATE), await kit.open(PLATE, { scale: 2 })];
  await plain.whole();
  await fine.whole();
  const finest = ({ asked }: Tab): number =>
    Math.min(
      ...asked
        .filter((path) => path.includes("imageservice"))
        .map((path) => Number(new URLSearchParams(path.split("?")[1]).get("downsample"))),
    );
  expect(finest(fine)).toBe(finest(plain) - 1);
});
