import { AlignedSet } from "@brainatlas/sdk/sync";
import { computed, signal } from "@preact/signals";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { screenMap } from "../model/screen-map.ts";
import { type Series, shownImage } from "../model/series.ts";
import { createPanel, createView, type View, withPanel } from "../model/view.ts";
import type { Session } from "./session.ts";
import type { Stage } from "./stage.ts";
import { createVolumePlace } from "./volume-place.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const FLAT = [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0] as const;
const SIZE = { width: 400, height: 300 };

/** A session of one panel on three sections, 100 µm apart in z, with pixels of 1 µm. */
function openSession() {
  const alignment2d = { tsv: [1, 0, 0, 1, 0, 0], tvs: [1, 0, 0, 1, 0, 0] } as const;
  const aligned = new AlignedSet({
    id: 1,
    thicknessUm: 25,
    referenceSpaceId: 9,
    alignment3d: { tvr: FLAT, trv: FLAT },
    images: [0, 4, 8].map((sectionNumber) => ({ imageId: 100 + sectionNumber, sectionNumber, alignment2d })),
  });
  const images = aligned.sections.map(({ imageId }) => ({ id: imageId, record: { width: 9000, height: 9000 } }));
  const series = { ref: { kind: "dataset", id: 1 }, name: "Series", images, aligned } as unknown as Series; // What is asked of it.
  const panel = createPanel({ kind: "dataset", id: 1 }, { imageId: 100, centre: { x: 1000, y: 800 }, zoom: -2 });
  const view = signal<View>({ ...createView(panel.series), panels: [panel] });
  const map = signal(screenMap({ x: 1000, y: 800 }, -2, 0, SIZE));
  const look = (x: number, y: number): void => {
    map.value = screenMap({ x, y }, -2, 0, SIZE);
  };
  const stagePanel = computed(() => view.value.panels[0] ?? panel);
  const stage = {
    index: 0,
    panel: stagePanel,
    series: signal(series),
    image: computed(() => shownImage(series, stagePanel.value.imageId)),
    map,
    size: signal(SIZE),
    zoom: signal({ goTo: ({ centre }: { centre: { x: number; y: number } }) => look(centre.x, centre.y) }),
  } as unknown as Stage;
  const change = (next: (now: View) => View): void => {
    view.value = next(view.peek());
  };
  return { session: { view, change, stages: signal([stage]) } as unknown as Session, view, change, look };
}

test("createVolumePlace() follows the middle of the active panel", () => {
  const { session, look } = openSession();
  const { point } = createVolumePlace(session);
  expect(point.value).toEqual({ x: 1000, y: 800, z: 0 });
  look(1200, 900);
  expect(point.value).toEqual({ x: 1200, y: 900, z: 0 });
});

test("createVolumePlace() follows the pin where there is one", () => {
  const { session, change, look } = openSession();
  const { point } = createVolumePlace(session);
  change((view) => ({ ...view, pin: { panel: 0, imageId: 104, x: 5, y: 6 } }));
  look(1200, 900);
  expect(point.value).toEqual({ x: 5, y: 6, z: 100 });
});

test("move() takes the panel along, and keeps a place between two sections until the panel is moved", () => {
  const { session, view, look } = openSession();
  const { point, move } = createVolumePlace(session);
  move({ x: 1100, y: 850, z: 60 });
  expect(point.value).toEqual({ x: 1100, y: 850, z: 60 });
  expect(view.value.panels[0]).toMatchObject({ imageId: 104, centre: { x: 1100, y: 850 }, zoom: -2 });
  // The panel arrives.
  look(1100, 850);
  expect(point.value).toEqual({ x: 1100, y: 850, z: 60 });
  look(1300, 850);
  expect(point.value).toEqual({ x: 1300, y: 850, z: 100 });
});

test("move() changes the view at most every 80 ms, and in the end", () => {
  const { session, view } = openSession();
  const { move } = createVolumePlace(session);
  const seen: (number | undefined)[] = [];
  view.subscribe(({ panels }) => void seen.push(panels[0]?.centre?.x));
  for (const x of [1010, 1020, 1030]) move({ x, y: 800, z: 0 });
  expect(seen).toEqual([1000, 1010]);
  vi.advanceTimersByTime(80);
  expect(seen).toEqual([1000, 1010, 1030]);
});

test("move() sets the pin with it, and gives way to a pin that is set elsewhere", () => {
  const { session, view, change } = openSession();
  const { point, move } = createVolumePlace(session);
  change((now) => ({ ...now, pin: { panel: 0, imageId: 100, x: 5, y: 6 } }));
  move({ x: 70, y: 80, z: 110 });
  expect(view.value.pin).toEqual({ panel: 0, imageId: 104, x: 70, y: 80 });
  expect(point.value).toEqual({ x: 70, y: 80, z: 110 });
  change((now) => ({ ...now, pin: { panel: 0, imageId: 108, x: 1, y: 2 } }));
  expect(point.value).toEqual({ x: 1, y: 2, z: 200 });
});

test("move() to where the series has no image leaves the panel alone", () => {
  const { session, view, look } = openSession();
  const { point, move } = createVolumePlace(session);
  const before = view.value;
  move({ x: 1000, y: 800, z: 9000 });
  expect(view.value).toBe(before);
  expect(point.value?.z).toBe(9000);
  look(1001, 800);
  expect(point.value?.z).toBe(9000);
  look(1200, 800);
  expect(point.value).toEqual({ x: 1200, y: 800, z: 0 });
});

test("a place that the panel is sent away from before it arrives gives way", () => {
  const { session, change, look } = openSession();
  const { point, move } = createVolumePlace(session);
  move({ x: 1100, y: 800, z: 110 });
  change((view) => withPanel(view, 0, (panel) => ({ ...panel, imageId: 100, centre: { x: 2000, y: 800 } })));
  look(2000, 800);
  expect(point.value).toEqual({ x: 2000, y: 800, z: 0 });
});
