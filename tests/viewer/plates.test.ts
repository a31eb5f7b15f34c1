// Going through the plates: slider, filmstrip, keys, the field, and what is typed into the search.
import { imageToReference } from "@brainatlas/sdk/sync";
import { beforeAll, expect, test } from "vitest";
import type { SeriesImage } from "../../packages/viewer/src/model/series.ts";
import { POLL, useViewer } from "../support/viewer-page.ts";
import { PLATE, PLATE_ID } from "../support/viewer-points.ts";

const kit = useViewer();
let plates: readonly SeriesImage[];
let here: number;
beforeAll(async () => {
  plates = await kit.plates(1);
  here = plates.findIndex(({ id }) => id === PLATE_ID);
});

const idOf = (index: number): string => String(plates[index]?.id);

test("keys go to the next plate, ten on, the first and the last, and stop at the ends", async () => {
  const tab = await kit.open(PLATE);
  await tab.whole();
  for (const [key, index] of [
    ["ArrowRight", here + 1],
    ["ArrowLeft", here],
    ["PageDown", here + 10],
    ["PageUp", here],
    ["Home", 0],
    ["ArrowLeft", 0],
    ["End", plates.length - 1],
    ["PageDown", plates.length - 1],
  ] as const) {
    await tab.page.keyboard.press(key);
    await tab.linked("plate", idOf(index));
  }
  await tab.whole();
  await tab.page.getByRole("region", { name: `plate ${plates.length}` }).waitFor();
  // The place stays: it is what one compares.
  expect([tab.link().get("x"), tab.link().get("y"), tab.link().get("zoom")]).toEqual(["5280", "3776", "-4"]);
});

test("the slider says which plate and where, and goes by keys and by the pointer", async () => {
  const tab = await kit.open(PLATE);
  await tab.whole();
  const slider = tab.page.getByRole("slider", { name: "Plate", exact: true });
  const section = (await kit.api.sync.alignedAtlas(1)).section(PLATE_ID);
  if (section === undefined) throw new Error("The plate is not aligned");
  const mm = imageToReference(section, 5280, 3776).x / 1000;
  expect(await slider.getAttribute("aria-valuetext")).toBe(
    `Plate ${here + 1} of ${plates.length}, ${mm.toFixed(2)} mm`,
  );
  await slider.focus();
  await tab.page.keyboard.press("ArrowRight");
  await tab.linked("plate", idOf(here + 1));
  const box = await slider.boundingBox();
  if (box === null) throw new Error("There is no slider");
  await tab.page.mouse.click(box.x + box.width - 2, box.y + box.height / 2);
  await tab.linked("plate", idOf(plates.length - 1));
});

test("the filmstrip fetches what comes into view, and shows the plate that is chosen", async () => {
  const tab = await kit.open(PLATE);
  await tab.whole();
  const film = tab.page.getByRole("listbox", { name: "Plates" });
  const options = film.getByRole("option");
  const thumbs = film.locator(".plate-thumb.there");
  await expect.poll(() => thumbs.count(), POLL).toBeGreaterThan(3);
  expect(await options.count()).toBeLessThan(plates.length);
  expect(await film.getByRole("option", { selected: true }).getAttribute("aria-posinset")).toBe(String(here + 1));
  await film.getByRole("option", { name: `Plate ${here + 3} of` }).click();
  await tab.linked("plate", idOf(here + 2));
  expect(await film.getByRole("option", { name: "Plate 1 of" }).count()).toBe(0);
  await film.hover();
  await tab.page.mouse.wheel(-100_000, 0);
  await expect.poll(() => film.getByRole("option", { name: "Plate 1 of" }).locator("img").count(), POLL).toBe(1);
  await film.focus();
  await tab.page.keyboard.press("ArrowLeft");
  await tab.linked("plate", idOf(here + 1));
});

test.each([
  ["plate 5", "Plate 5", 4],
  ["31", "Plate 31", 30],
])("the search goes to “%s”", async (text, title, index) => {
  const tab = await kit.open(PLATE);
  await tab.whole();
  await tab.page.keyboard.press("/");
  await tab.page.keyboard.type(text);
  const option = tab.page.getByRole("listbox", { name: "Results" }).getByRole("option", { name: title }).first();
  await option.waitFor();
  await option.click();
  await tab.linked("plate", idOf(index));
});

test("the search and the field take a position, and go to the nearest plate", async () => {
  const nearest = (um: number): number => {
    const gaps = plates.map(({ positionUm }) => Math.abs(positionUm - um));
    return gaps.indexOf(Math.min(...gaps));
  };
  const tab = await kit.open(PLATE);
  await tab.whole();
  await tab.page.keyboard.press("/");
  await tab.page.keyboard.type("3.2 mm");
  await tab.page
    .getByRole("listbox", { name: "Results" })
    .getByRole("option", { name: `Plate ${nearest(3200) + 1}` })
    .waitFor();
  await tab.page.keyboard.press("Enter");
  await tab.linked("plate", idOf(nearest(3200)));
  const field = tab.page.getByRole("textbox", { name: "Plate number, or position in mm" });
  await field.fill("9.1 mm");
  await field.press("Enter");
  await tab.linked("plate", idOf(nearest(9100)));
  await field.fill("7");
  await field.press("Enter");
  await tab.linked("plate", idOf(6));
  await field.fill("nothing");
  await field.press("Enter");
  await tab.page.getByText("“nothing” is no plate").waitFor();
  expect(tab.link().get("plate")).toBe(idOf(6));
});
