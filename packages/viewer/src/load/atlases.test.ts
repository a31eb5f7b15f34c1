import { BrainAtlas } from "@brainatlas/sdk";
import { expect, test } from "vitest";
import { dataSetName, isProjection } from "../model/data-set-name.ts";
import { listed, loadAtlases } from "./atlases.ts";

const { signal } = new AbortController();

/** A client of an API that gives these rows, whatever it is asked for. */
function clientOf(rows: readonly unknown[]): BrainAtlas {
  const answer = { success: true, id: 0, start_row: 0, num_rows: rows.length, total_rows: rows.length, msg: rows };
  return new BrainAtlas({ baseUrl: "http://mirror.test", fetch: async () => Response.json(answer) });
}

test("loadAtlases() makes do with rows that lack their groups, and leaves out what is no row", async () => {
  const groups = [null, { id: 28, name: "Atlas" }];
  const api = clientOf([
    { id: 1, name: "One", graphic_group_labels: null },
    null,
    { id: 2, graphic_group_labels: groups },
  ]);
  expect(await loadAtlases(api, signal)).toMatchObject([
    { id: 1, name: "One", groups: [] },
    { id: 2, name: "Atlas 2", groups: [{ id: 28, name: "Atlas" }] },
  ]);
});

test("listed() takes what is no list for an empty one", () => {
  for (const given of [undefined, null, "rows", { 0: {} }]) expect(listed(given as unknown as object[])).toEqual([]);
});

test("dataSetName() does without genes and products", () => {
  expect(dataSetName({ id: 5 }, undefined)).toBe("Data set, 5");
  expect(isProjection({ id: 5, genes: null, products: [null] })).toBe(false);
});
