import { computed, effect, signal } from "@preact/signals";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { SeriesImage } from "../model/series.ts";
import { createView, type View, withImage } from "../model/view.ts";
import type { ChangeKind } from "./session.ts";
import { createPlateSlide, type SlideSession } from "./slide-plates.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A session on plate 1, and what happened to it. */
function openSession() {
  const view = signal<View>(withImage(createView({ kind: "atlas", id: 1 }), 0, 1));
  const changes: [number | undefined, ChangeKind | undefined][] = [];
  const seen: (number | undefined)[] = [];
  const imageId = computed(() => view.value.panels[0]?.imageId);
  effect(() => void seen.push(imageId.value));
  const image = computed(() => ({ id: view.value.panels[0]?.imageId }) as SeriesImage);
  const session = {
    view,
    active: { image },
    change(next: (view: View) => View, kind?: ChangeKind) {
      const changed = next(view.peek());
      if (changed === view.peek()) return;
      view.value = changed;
      changes.push([changed.panels[0]?.imageId, kind]);
    },
  } as unknown as SlideSession; // Only what sliding needs of it.
  return { session, changes, seen };
}

test("createPlateSlide() shows a plate at once", () => {
  const { session, seen } = openSession();
  createPlateSlide(session).pass(2);
  expect(seen).toEqual([1, 2]);
});

test("createPlateSlide() leaves out plates that are only passed by", () => {
  const { session, seen } = openSession();
  const slide = createPlateSlide(session);
  for (let id = 2; id <= 100; id += 1) {
    slide.pass(id);
    vi.advanceTimersByTime(5);
  }
  slide.rest();
  expect(seen.length).toBeLessThan(10);
  expect(seen.at(-1)).toBe(100);
  vi.advanceTimersByTime(1000);
  expect(seen.at(-1)).toBe(100);
});

test("createPlateSlide() shows where the slider stands still, before it is let go", () => {
  const { session, seen } = openSession();
  const slide = createPlateSlide(session);
  slide.pass(2);
  slide.pass(3);
  slide.pass(4);
  expect(seen).toEqual([1, 2]);
  vi.advanceTimersByTime(100);
  expect(seen).toEqual([1, 2, 4]);
});

test("createPlateSlide() is one step of the history from where it began, and shows the beginning to nobody", () => {
  const { session, changes, seen } = openSession();
  const slide = createPlateSlide(session);
  slide.pass(2);
  vi.advanceTimersByTime(100);
  slide.pass(3);
  slide.rest();
  expect(changes).toEqual([
    [2, "move"],
    [3, "move"],
    [1, "move"],
    [3, "step"],
  ]);
  expect(seen).toEqual([1, 2, 3]);
});

test("createPlateSlide() that comes back to its beginning is no step", () => {
  const { session, changes } = openSession();
  const slide = createPlateSlide(session);
  slide.pass(2);
  slide.pass(1);
  slide.rest();
  expect(changes.at(-1)).toEqual([1, "move"]);
  slide.rest();
  expect(changes).toHaveLength(2);
});

test("createPlateSlide() stays with the panel in which it began, and ends with its slider", () => {
  const { session, changes } = openSession();
  const slide = createPlateSlide(session);
  const imageIds = (): (number | undefined)[] => session.view.peek().panels.map((panel) => panel.imageId);
  session.change((view) => ({ ...view, panels: view.panels.flatMap((panel) => [panel, panel]) }));
  slide.pass(2);
  slide.pass(3);
  session.change((view) => ({ ...view, active: 1 }));
  vi.advanceTimersByTime(100);
  expect(imageIds()).toEqual([3, 1]);
  slide.rest();
  expect(imageIds()).toEqual([3, 1]);
  slide.pass(7);
  slide.pass(8);
  const before = changes.length;
  slide.dispose();
  vi.advanceTimersByTime(1000);
  slide.rest();
  expect(changes).toHaveLength(before);
});
