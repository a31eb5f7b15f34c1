import { createMirror, openStore, sampleStore } from "@brainatlas/mirror";
import { BrainAtlas } from "@brainatlas/sdk";
import { sectionImages } from "@brainatlas/sdk/queries";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { loadAtlases } from "./atlases.ts";
import { findPicturedDataSet, findSeriesOfImage } from "./find-series.ts";

const { signal } = new AbortController();

function clientOf({ fetch }: ReturnType<typeof createMirror>): BrainAtlas {
  return new BrainAtlas({ baseUrl: "http://mirror.test", fetch: (url, init) => fetch(new Request(url, init)) });
}

describe("of the sample", () => {
  const api = clientOf(createMirror({ store: sampleStore() }));

  test("loadAtlases() tells the atlases that have images from those that have a name alone", async () => {
    const atlases = await loadAtlases(api, signal);
    const named = (id: number): unknown => ({ id, name: expect.any(String) });
    expect(atlases.find(({ id }) => id === 1)).toMatchObject({
      id: 1,
      name: "Mouse, P56, Coronal",
      graphId: 1,
      groups: [named(28), named(159226751)],
      hasImages: true,
    });
    expect(atlases.find(({ id }) => id === 138322605)?.hasImages).toBe(false);
  });

  test("findSeriesOfImage() finds the atlas of a plate, the first one where two share it", async () => {
    expect(await findSeriesOfImage(api, 100960224, signal)).toEqual({ kind: "atlas", id: 1 });
    expect(await findSeriesOfImage(api, 100883869, signal)).toEqual({ kind: "atlas", id: 2 });
  });

  test("findSeriesOfImage() finds the experiment of a section", async () => {
    const dataSet = await findPicturedDataSet(api, signal);
    expect(dataSet).toEqual({ kind: "dataset", id: 69782969 });
    const section = await api.rows(sectionImages.ofDataSet(69782969), { signal }).first();
    expect(await findSeriesOfImage(api, section?.id ?? 0, signal)).toEqual(dataSet);
  });

  test("findSeriesOfImage() finds nothing of an id that is unknown", async () => {
    expect(await findSeriesOfImage(api, 7, signal)).toBeUndefined();
  });
});

test("an empty store has no atlases, and no series of anything", async () => {
  const store = await openStore(await temporaryFolder(), { create: true });
  const api = clientOf(createMirror({ store }));
  expect(await loadAtlases(api, signal)).toEqual([]);
  expect(await findSeriesOfImage(api, 100960224, signal)).toBeUndefined();
  expect(await findPicturedDataSet(api, signal)).toBeUndefined();
});

test("loadAtlases() fails where the server does", async () => {
  const api = new BrainAtlas({
    baseUrl: "http://broken.test",
    fetch: async () => new Response("<html>", { headers: { "content-type": "text/html" } }),
  });
  await expect(loadAtlases(api, signal)).rejects.toMatchObject({ code: "ATLAS_DECODE" });
});
