import { expect, test } from "vitest";
import { withAddedPanel, withoutPanel, withSeries } from "./panels.ts";
import { createPanel, createView, type View } from "./view.ts";

const CORONAL = { kind: "atlas", id: 1 } as const;
const ids = ({ panels }: View): number[] => panels.map(({ series }) => series.id);

function viewOf(...series: readonly number[]): View {
  return { ...createView(CORONAL), panels: series.map((id) => createPanel({ kind: "dataset", id })) };
}

test("withAddedPanel() adds up to four, at the end, and lets the active one lead", () => {
  const three = { ...viewOf(1, 2, 3), active: 1 };
  const four = withAddedPanel(three, CORONAL, { imageId: 7 });
  expect(ids(four)).toEqual([1, 2, 3, 1]);
  expect(four).toMatchObject({ active: 1, panels: { 3: { imageId: 7 } } });
  expect(withAddedPanel(four, CORONAL)).toBe(four);
});

test.each([
  [0, 0, 0],
  [0, 1, 0],
  [1, 0, 0],
  [1, 1, 1],
  [1, 2, 1],
  [2, 0, 1],
  [2, 2, 1],
])("withoutPanel() of active %i without %i makes %i active", (active, index, expected) => {
  expect(withoutPanel({ ...viewOf(1, 2, 3), active }, index).active).toBe(expected);
});

test("withoutPanel() takes the marks of the panel along, and moves those of later ones", () => {
  const pin = { panel: 1, imageId: 5, x: 1, y: 2 };
  const line = { panel: 2, imageId: 5, from: { x: 1, y: 2 }, to: { x: 3, y: 4 } };
  const view = { ...viewOf(1, 2, 3), pin, line };
  expect(withoutPanel(view, 1)).toMatchObject({ pin: undefined, line: { panel: 1 } });
  expect(withoutPanel(view, 2)).toMatchObject({ pin: { panel: 1 }, line: undefined });
  expect(withoutPanel(view, 0)).toMatchObject({ pin: { panel: 0 }, line: { panel: 1 } });
});

test("withoutPanel() keeps the last one", () => {
  const one = viewOf(1);
  expect(withoutPanel(one, 0)).toBe(one);
  const two = viewOf(1, 2);
  expect(withoutPanel(two, 5)).toBe(two);
});

test("withSeries() starts anew, without the marks of the series before", () => {
  const view = { ...viewOf(1, 2), pin: { panel: 1, imageId: 5, x: 1, y: 2 } };
  const next = withSeries(view, 1, CORONAL, { zoom: -2 });
  expect(next.panels[1]).toEqual({ ...createPanel(CORONAL), zoom: -2 });
  expect(next.pin).toBeUndefined();
  expect(withSeries(view, 0, CORONAL).pin).toBe(view.pin);
  expect(withSeries(view, 9, CORONAL)).toBe(view);
});
