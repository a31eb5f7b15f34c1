import { expect, test } from "vitest";
import { MAX_OPENED, type SeriesChoice, withOpened } from "./opened-series.ts";

const experiment = (id: number, name = `Experiment ${id}`): SeriesChoice => ({ ref: { kind: "dataset", id }, name });

test("withOpened() remembers experiments once, by the name that they have got, and no atlases", () => {
  const atlas: SeriesChoice = { ref: { kind: "atlas", id: 1 }, name: "Atlas" };
  const first = withOpened([], [atlas, experiment(1), experiment(1)]);
  expect(first).toEqual([experiment(1)]);
  expect(withOpened(first, [experiment(2), experiment(1, "Pdyn")])).toEqual([experiment(1, "Pdyn"), experiment(2)]);
});

test("withOpened() lets go of those that came first, but of none that is shown", () => {
  const shown = [experiment(0)];
  let opened = withOpened([], shown);
  for (let id = 1; id < 2 * MAX_OPENED; id += 1) opened = withOpened(opened, [...shown, experiment(id)]);
  expect(opened.length).toBe(MAX_OPENED);
  expect([opened[0], opened[1], opened.at(-1)]).toEqual([
    experiment(0),
    experiment(MAX_OPENED + 1),
    experiment(2 * MAX_OPENED - 1),
  ]);
});
