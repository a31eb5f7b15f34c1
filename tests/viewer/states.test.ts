// What the page says where something is missing, fails or is elsewhere; and what it says of whose data it shows.
import { join } from "node:path";
import { createMirror, createViewer, importRecords, listen, openStore, sampleStore } from "@brainatlas/mirror";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../support/temporary.ts";
import { viewerFolder } from "../support/viewer-build.ts";
import { POLL, useViewer } from "../support/viewer-page.ts";
import { PLATE } from "../support/viewer-points.ts";

const kit = useViewer();

/** A mirror of a store of its own. */
async function serveStore(
  fill: (store: Awaited<ReturnType<typeof openStore>>) => Promise<unknown> = async () => {},
): Promise<string> {
  const store = await openStore(join(await temporaryFolder(), "store"), { create: true });
  await fill(store);
  const mirror = createMirror({ store, viewer: await viewerFolder(), images: { threads: 0 } });
  const { url, close } = await listen(mirror);
  onTestFinished(async () => {
    await close();
    await mirror.close();
    store.close();
  });
  return url;
}

test("an empty store says how to fill it, and looks again", async () => {
  const origin = await serveStore();
  const tab = await kit.open("", { origin, api: origin });
  await tab.page.getByRole("heading", { name: "Nothing to look at yet" }).waitFor();
  await tab.page.getByText("brainatlas pull atlas 1", { exact: true }).waitFor();
  await tab.shot("empty-store");
  await tab.page.getByRole("button", { name: "Look again" }).click();
  await tab.page.getByRole("heading", { name: "Nothing to look at yet" }).waitFor();
  // A mirror refuses what it does not hold.
  tab.forgive(/404/);
});

test("an API that is down is said to be, and comes by itself or by Try again", async () => {
  let isDown = true;
  const tab = await kit.open(PLATE, {
    prepare: (page) =>
      page.route(/\/api\/v2\/|\/cgi-bin\//, (route) => (isDown ? route.abort("connectionrefused") : route.continue())),
  });
  await tab.page.getByRole("heading", { name: "No connection to the API" }).waitFor({ timeout: 60_000 });
  await tab.shot("api-down");
  tab.expectTrouble(/ERR_CONNECTION_REFUSED/);
  isDown = false;
  await tab.page.getByRole("button", { name: "Try again" }).click();
  await tab.whole();
  tab.forgive(/ERR_CONNECTION_REFUSED/);
});

test("a tile that fails is asked for again, then marked, and comes by Try again", async () => {
  let isBroken = true;
  let asked = 0;
  const tab = await kit.open(PLATE, {
    prepare: (page) =>
      page.route(/imageservice.*left=0&top=0&.*downsample=[0-4]\b/, (route) => {
        asked += 1;
        return isBroken ? route.fulfill({ status: 500, body: "broken" }) : route.continue();
      }),
  });
  await tab.page
    .getByText(/did not come/)
    .first()
    .waitFor({ timeout: 60_000 });
  expect(asked).toBeGreaterThan(1);
  await tab.shot("failed-tile");
  tab.expectTrouble(/500/);
  isBroken = false;
  await tab.panel().getByRole("button", { name: "Try again" }).click();
  await expect.poll(() => tab.page.getByText(/of the picture did not come/).count(), POLL).toBe(0);
  await tab.whole();
});

test("an atlas without drawings says so, and one without images how to pull them", async () => {
  const box = { x: 0, y: 0, width: 300, height: 300, image_width: 300, image_height: 300 };
  const origin = await serveStore(async (store) => {
    const plates = [{ id: 11, data_set_id: 100, path: "/plates/11.aff", annotated: false, section_number: 1, ...box }];
    const rows = [
      { id: 1, name: "Plain atlas", atlas_data_sets: [{ id: 100, sub_images: plates }] },
      { id: 2, name: "Bare atlas" },
    ];
    await importRecords(store, { model: "Atlas", rows, source: "made" });
    await importRecords(store, { model: "AtlasImage", rows: plates, source: "made" });
  });
  const tab = await kit.open("atlas=1&picture=none", { origin, api: origin });
  await tab.page.getByText(/This atlas has no drawings/).waitFor();
  await tab.page.locator(".credits").getByText("Allen Institute for Brain Science").waitFor();
  const bare = await kit.open("atlas=2", { origin, api: origin });
  await bare.page.getByRole("heading", { name: /No images of Bare atlas here/ }).waitFor();
  await bare.page.getByText("brainatlas pull atlas 2").waitFor();
  for (const each of [tab, bare]) each.forgive(/404/);
});

test("an unknown plate and an unknown atlas are said to be", async () => {
  const tab = await kit.open("plate=999999999");
  await tab.page.getByText(/no plate 999999999 here/).waitFor();
  await tab.whole();
  const atlas = await kit.open("atlas=99");
  await atlas.page.getByRole("heading", { name: "Not held here" }).waitFor();
  await atlas.page.getByText(/There is no atlas 99 here/).waitFor();
  await atlas.page.getByRole("link", { name: "Go to the first view" }).click();
  await atlas.whole();
});

test("the page lies on one origin and asks another, which its address names", async () => {
  const page = await listen(createViewer(await viewerFolder()));
  onTestFinished(() => page.close());
  const api = await listen(createMirror({ store: sampleStore(), images: { threads: 0 } }));
  onTestFinished(() => api.close());
  const tab = await kit.open(PLATE, { origin: page.url, api: api.url, query: `api=${encodeURIComponent(api.url)}` });
  await tab.whole();
  expect(tab.asked.length).toBeGreaterThan(4);
  expect(tab.page.url()).toContain(`?api=${encodeURIComponent(api.url)}#`);
  await tab.page.getByRole("button", { name: "Export", exact: true }).click();
  await expect.poll(() => tab.page.locator(".export-code").first().textContent(), POLL).toContain(`--api ${api.url}`);
});

test("whose data these are stands in a corner", async () => {
  const tab = await kit.open(PLATE);
  await tab.page.getByText("Synthetic sample – computed, not measured").waitFor();
  await tab.whole();
});
