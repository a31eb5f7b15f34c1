// A link reopens what it was made of; Back and Forward go through it; the institute's permalinks are understood.
import { expect, test } from "vitest";
import { POLL, useViewer } from "../support/viewer-page.ts";
import { PLATE, PLATE_ID } from "../support/viewer-points.ts";

const kit = useViewer();

test.each([
  `${PLATE}&rotate=45&picture=annotated&structure=385,382&opacity=0.6&outlines=on&pin=1,100960224,5000,3000`,
  "atlas=1&plate=100960224&atlas2=2&dataset3=71587929&panel=2&link=off&drawing=off",
  "dataset=100141599&range=0,1000,0,2000,0,3000&share=0.3&over=projection&volume=on",
])("a link says after a reload what it said before: %s", async (hash) => {
  const tab = await kit.open(hash);
  await tab.whole();
  await tab.settled();
  const before = Object.fromEntries(tab.link());
  for (const [key, value] of new URLSearchParams(hash)) expect({ [key]: before[key] }).toEqual({ [key]: value });
  const seen = await tab.picture();
  await tab.page.reload();
  await tab.whole();
  await tab.settled();
  expect(Object.fromEntries(tab.link())).toEqual(before);
  const { box } = { box: await tab.panel().boundingBox() };
  if (box === null) throw new Error("There is no panel");
  const [from, to] = [
    { x: box.x + 60, y: box.y + 60 },
    { x: box.x + box.width - 60, y: box.y + box.height - 60 },
  ];
  await expect
    .poll(async () => seen.changes(await tab.picture(), from, to) / ((to.x - from.x) * (to.y - from.y)), POLL)
    .toBeLessThan(0.01);
});

test("Back and Forward go through plates and selections, not through movements", async () => {
  const tab = await kit.open(PLATE);
  await tab.whole();
  await tab.page.keyboard.press("ArrowRight");
  await tab.linked("plate", /^(?!100960224)/);
  const next = tab.link().get("plate") ?? "";
  await tab.page.keyboard.press("+");
  await tab.linked("zoom", "-3.5");
  await tab.page.keyboard.press("o");
  await tab.linked("outlines", "on");
  await tab.page.goBack();
  await expect.poll(() => tab.link().has("outlines"), POLL).toBe(false);
  expect(tab.link().get("plate")).toBe(next);
  await tab.page.goBack();
  await tab.linked("plate", String(PLATE_ID));
  await tab.page.getByRole("region", { name: /, plate 16$/ }).waitFor();
  await tab.page.goForward();
  await tab.linked("plate", next);
  await tab.page.goForward();
  await tab.linked("outlines", "on");
});

test("a permalink of the institute's viewer opens the same place", async () => {
  const tab = await kit.open("", {
    query: "atlas=1&plate=100960224&structure=385&x=5280&y=3776&zoom=-3&resolution=11.97&z=3",
  });
  await tab.whole();
  await tab.linked("structure", "385");
  await expect.poll(() => tab.link().get("plate"), POLL).toBe("100960224");
  expect(Object.fromEntries(tab.link())).toMatchObject({ atlas: "1", x: "5280", y: "3776", zoom: "-3" });
  expect(tab.asked.length).toBeGreaterThan(3);
});

test("a plate alone is found in its atlas, and an acronym is selected", async () => {
  const tab = await kit.open("plate=100883869&structure=VISp");
  await tab.linked("atlas", "2");
  await tab.linked("structure", "385");
  await tab.whole();
});

test("the link is copied with the plate that is shown", async () => {
  const tab = await kit.open("");
  await tab.whole();
  await tab.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await tab.page.getByRole("button", { name: "Copy link" }).click();
  await tab.page.getByText("Link copied").waitFor();
  const copied = await tab.page.evaluate(() =>
    (
      globalThis as unknown as { navigator: { clipboard: { readText(): Promise<string> } } }
    ).navigator.clipboard.readText(),
  );
  expect(copied).toContain(`${kit.mirror.url}/view/#atlas=1&plate=`);
});
