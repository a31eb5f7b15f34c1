import { expect, test } from "vitest";
import { firstAtlas, groupAtlases } from "./first-series.ts";
import type { AtlasEntry } from "./series.ts";

const entry = (id: number, hasImages: boolean): AtlasEntry => ({
  id,
  name: `Atlas ${id}`,
  graphId: 1,
  groups: [],
  imageType: undefined,
  hasImages,
});

test("firstAtlas() prefers the coronal atlas of the adult mouse, where it has images", () => {
  expect(firstAtlas([entry(2, true), entry(1, true)])).toEqual({ kind: "atlas", id: 1 });
  expect(firstAtlas([entry(1, false), entry(3, false), entry(2, true), entry(4, true)])).toEqual({
    kind: "atlas",
    id: 2,
  });
});

test("firstAtlas() finds none where none has images", () => {
  expect([firstAtlas([]), firstAtlas([entry(1, false)])]).toEqual([undefined, undefined]);
});

test("groupAtlases() keeps the order", () => {
  const { pictured, unpictured } = groupAtlases([entry(3, true), entry(2, false), entry(1, true)]);
  expect([pictured.map(({ id }) => id), unpictured.map(({ id }) => id)]).toEqual([[3, 1], [2]]);
});
