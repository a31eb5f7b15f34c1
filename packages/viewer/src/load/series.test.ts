import { createMirror, sampleStore } from "@brainatlas/mirror";
import { BrainAtlas } from "@brainatlas/sdk";
import { describe, expect, test } from "vitest";
import type { Series } from "../model/series.ts";
import type { SeriesRef } from "../model/view.ts";
import { loadAtlases } from "./atlases.ts";
import { loadSeries } from "./series.ts";

const { fetch } = createMirror({ store: sampleStore() });
const { signal } = new AbortController();
const ATLAS: SeriesRef = { kind: "atlas", id: 1 };
const PROJECTION: SeriesRef = { kind: "dataset", id: 126_862_385 };

/** Loads a series of the sample, with other answers to some requests. */
async function load(
  ref: SeriesRef,
  answers: (text: string) => Response | undefined = () => undefined,
): Promise<Series> {
  const api = new BrainAtlas({
    baseUrl: "http://mirror.test",
    retries: 0,
    fetch: async (url, init) => {
      const text = decodeURIComponent(url) + decodeURIComponent(String(init.body ?? ""));
      return answers(text) ?? (await fetch(new Request(url, init)));
    },
  });
  return await loadSeries(api, ref, await loadAtlases(api, signal), signal);
}

const failing = (): Response => new Response("busy", { status: 503 });
const refused = (): Response => Response.json({ success: false, msg: "no such model" });
const isAlignment = (text: string): boolean => text.includes("alignment3d");
const isWindow = (text: string): boolean => text.includes("section_image_download");

describe.each([ATLAS, PROJECTION])("loadSeries() of %o", (ref) => {
  test("says where the images lie", async () => {
    const { aligned, images } = await load(ref);
    expect(aligned?.section(images[0]?.id ?? 0)).toBeDefined();
  });

  test("fails where the alignments could not be asked for, and does not take it for unaligned", async () => {
    await expect(load(ref, (text) => (isAlignment(text) ? failing() : undefined))).rejects.toMatchObject({
      code: "ATLAS_HTTP",
      status: 503,
    });
  });

  test.each([
    ["refuses alignments", refused],
    ["has none", () => Response.json({ success: true, id: 0, start_row: 0, num_rows: 0, total_rows: 0, msg: [] })],
    ["does not know them", () => new Response("gone", { status: 404 })],
  ])("takes it for unaligned where the API %s", async (_, answer) => {
    const { aligned, images } = await load(ref, (text) => (isAlignment(text) ? answer() : undefined));
    expect([aligned, images.length > 0]).toEqual([undefined, true]);
  });
});

test("loadSeries() has the windows of the service, none where it has none, and fails where it could not be asked", async () => {
  const service = "http://mirror.test/cgi-bin/imageservice?mime=1&path=/a.aff&width=9&height=9";
  const location = `${service}&filter=range&filterVals=0,932,0,1279,0,4095`;
  const { serviceRange } = await load(PROJECTION, (text) => {
    if (text.startsWith(service)) return new Response("", { headers: { "content-type": "image/png" } });
    return isWindow(text) ? new Response(null, { status: 302, headers: { location } }) : undefined;
  });
  expect(serviceRange).toEqual([0, 932, 0, 1279, 0, 4095]);
  const missing = await load(PROJECTION, (text) => (isWindow(text) ? new Response("", { status: 404 }) : undefined));
  expect(missing.serviceRange).toBeUndefined();
  await expect(load(PROJECTION, (text) => (isWindow(text) ? failing() : undefined))).rejects.toMatchObject({
    status: 503,
  });
});

test("loadSeries() fails for what is not there", async () => {
  await expect(load({ kind: "atlas", id: 999 })).rejects.toThrow("There is no atlas 999 here");
  await expect(load({ kind: "dataset", id: 999 })).rejects.toThrow("There is no data set 999 here");
});

test.each([ATLAS, PROJECTION])(
  "loadSeries() of %o takes a stack that is mapped to a point for unaligned",
  async (ref) => {
    const api = new BrainAtlas({
      baseUrl: "http://mirror.test",
      fetch: async (url, init) => {
        const text = await (await fetch(new Request(url, init))).text();
        return new Response(text.replace(/("t[rv][rv]_\d\d":)-?[\d.e-]+/g, "$10"));
      },
    });
    const { aligned, images } = await loadSeries(api, ref, await loadAtlases(api, signal), signal);
    expect([aligned, images.length > 0]).toEqual([undefined, true]);
  },
);
