import { createMirror, sampleStore } from "@brainatlas/mirror";
import { BrainAtlas } from "@brainatlas/sdk";
import { structures } from "@brainatlas/sdk/queries";
import { imageToReference } from "@brainatlas/sdk/sync";
import { expect, test } from "vitest";
import { loadSeries } from "./series.ts";
import { loadCentre } from "./structure-centre.ts";

const { fetch } = createMirror({ store: sampleStore() });
const api = new BrainAtlas({
  baseUrl: "http://mirror.test",
  fetch: (url, init) => fetch(new Request(url, init)),
});
const { signal } = new AbortController();
const CA1 = 382;

test("loadCentre() finds the section at the centre of a structure, and the pixel in it", async () => {
  const series = await loadSeries(api, { kind: "dataset", id: 126_862_385 }, [], signal);
  const place = await loadCentre(api, CA1, series, signal);
  const section = series.aligned?.section(place?.imageId ?? 0);
  if (place === undefined || section === undefined) throw new Error("the sample has its centre");
  const space = section.referenceSpaceId;
  const centre = await api.rows(structures.centers(CA1, { referenceSpaceId: space ?? 0 })).first();
  const { y, z } = imageToReference(section, place.point.x, place.point.y);
  // Along the stack the point is that of the section.
  expect([y, z]).toEqual([expect.closeTo(centre?.y ?? 0, -1), expect.closeTo(centre?.z ?? 0, -1)]);
});

test("loadCentre() finds nothing of a structure whose centre is not known, or in a series that is elsewhere or not aligned", async () => {
  const series = await loadSeries(api, { kind: "dataset", id: 69_782_969 }, [], signal);
  expect(await loadCentre(api, 4711, series, signal)).toBeUndefined();
  expect(await loadCentre(api, CA1, series, signal)).toBeUndefined();
  expect(await loadCentre(api, CA1, { ...series, aligned: undefined }, signal)).toBeUndefined();
});
