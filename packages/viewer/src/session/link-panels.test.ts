import { AlignedSet } from "@brainatlas/sdk/sync";
import { batch, computed, type Signal, signal } from "@preact/signals";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withoutPanel } from "../model/panels.ts";
import { type ScreenMap, screenMap } from "../model/screen-map.ts";
import { type Series, shownImage } from "../model/series.ts";
import type { Size } from "../model/size.ts";
import { createPanel, createView, type View, withPanel } from "../model/view.ts";
import type { DeepZoom } from "../zoom/deep-zoom.ts";
import { linkPanels } from "./link-panels.ts";
import { restedView } from "./rested-view.ts";
import type { ChangeKind, ChangeListener, Session } from "./session.ts";
import type { Stage } from "./stage.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Lets run what waits for the end of a change. */
const frame = (): Promise<void> => Promise.resolve();

const FLAT = [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0] as const;
const SIZE = { width: 400, height: 300 };

/** A series of three sections, 100 µm apart, with pixels of an edge in µm. */
function makeSeries(id: number, edgeUm: number): Series {
  const alignment2d = { tsv: [edgeUm, 0, 0, edgeUm, 0, 0], tvs: [1 / edgeUm, 0, 0, 1 / edgeUm, 0, 0] } as const;
  const aligned = new AlignedSet({
    id,
    thicknessUm: 25,
    referenceSpaceId: 9,
    alignment3d: { tvr: FLAT, trv: FLAT },
    images: [0, 4, 8].map((sectionNumber) => ({ imageId: id * 100 + sectionNumber, sectionNumber, alignment2d })),
  });
  const record = { width: 4000, height: 4000, resolution: edgeUm };
  const images = aligned.sections.map(({ imageId }) => ({ id: imageId, record }));
  return { ref: { kind: "dataset", id }, name: `Series ${id}`, images, aligned } as unknown as Series; // What following asks of it.
}

/** A session of two panels, as far as following needs one: the second has pixels twice as large. */
function openSession(first: (view: View) => View = (view) => view) {
  const all = new Map([1, 2].map((id) => [id, makeSeries(id, id)]));
  const start: View = {
    ...createView({ kind: "dataset", id: 1 }),
    panels: [
      createPanel({ kind: "dataset", id: 1 }, { imageId: 100, centre: { x: 1000, y: 800 }, zoom: -2 }),
      createPanel({ kind: "dataset", id: 2 }, { imageId: 200, centre: { x: 500, y: 400 }, zoom: -1 }),
    ],
  };
  const view = signal(first(start));
  const listeners = new Set<ChangeListener>();
  const kinds: (ChangeKind | undefined)[] = [];
  const went: { panel: number; place: unknown }[] = [];
  const maps = [0, 1].map((index) => {
    const { centre = { x: 0, y: 0 }, zoom = 0 } = view.peek().panels[index] ?? {};
    return signal(screenMap(centre, zoom, 0, SIZE));
  });
  const stages = maps.map((map, index): Stage => {
    const panel = computed(() => view.value.panels[index] ?? createPanel({ kind: "dataset", id: 1 }));
    const series = computed(() => all.get(panel.value.series.id));
    const zoom = {
      goTo: (place: unknown) => went.push({ panel: index, place }),
      rest: () => undefined,
    } as unknown as DeepZoom;
    return {
      index,
      panel,
      series,
      image: computed(() => series.value && shownImage(series.value, panel.value.imageId)),
      map,
      size: signal(SIZE),
      pointer: signal(undefined),
      progress: signal({ isWhole: true, failedTiles: 0 }),
      zoom: signal(zoom),
    } as unknown as Stage;
  });
  const change = (next: (now: View) => View, kind?: ChangeKind): void => {
    const changed = next(view.peek());
    if (changed === view.peek()) return;
    view.value = changed;
    kinds.push(kind);
    for (const listener of listeners) listener(changed, kind ?? "step");
  };
  const session = {
    view,
    change,
    stages: signal(stages),
    isFollowing: signal(false),
    onChange(listener: ChangeListener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  } as unknown as Session;
  const look = (index: number, x: number, y: number, zoom = -2): void => {
    const map = maps[index];
    if (map !== undefined) map.value = screenMap({ x, y }, zoom, 0, SIZE);
  };
  /** Makes a panel larger, which then shows its image larger. */
  const enlarge = (index: number, zoom: number): void => {
    const size = stages[index]?.size as Signal<Size>;
    batch(() => {
      size.value = { width: 800, height: 600 };
      const { centre = { x: 0, y: 0 } } = view.peek().panels[index] ?? {};
      (maps[index] as Signal<ScreenMap>).value = screenMap(centre, zoom, 0, size.value);
    });
  };
  return { session, view, change, kinds, went, look, enlarge };
}

test("linkPanels() leaves what a link says alone", async () => {
  const { session, kinds, went } = openSession((view) => withPanel(view, 1, (panel) => ({ ...panel, imageId: 208 })));
  linkPanels(session);
  await frame();
  vi.runAllTimers();
  expect([kinds, went]).toEqual([[], []]);
});

test("linkPanels() moves the others with each frame, and the view when all is at rest", async () => {
  const { session, view, kinds, went, look } = openSession();
  linkPanels(session);
  await frame();
  look(0, 1100, 800);
  await frame();
  look(0, 1200, 900, -3);
  await frame();
  expect(went).toEqual([
    { panel: 1, place: { centre: { x: 550, y: 400 }, zoom: -1 } },
    { panel: 1, place: { centre: { x: 600, y: 450 }, zoom: -2 } },
  ]);
  expect(kinds).toEqual([]);
  vi.runAllTimers();
  expect(view.value.panels[1]).toMatchObject({ imageId: 200, centre: { x: 600, y: 450 }, zoom: -2 });
  expect(kinds).toEqual(["move"]);
});

test("linkPanels() changes images at most every 80 ms, and shows the last one", async () => {
  const { session, view, change, look } = openSession();
  const seen: (number | undefined)[] = [];
  linkPanels(session);
  await frame();
  view.subscribe(({ panels }) => void seen.push(panels[1]?.imageId));
  for (const imageId of [104, 100, 104, 108]) {
    change((now) => withPanel(now, 0, (panel) => ({ ...panel, imageId })));
    await frame();
    vi.advanceTimersByTime(10);
  }
  expect(new Set(seen)).toEqual(new Set([200, 204]));
  vi.advanceTimersByTime(80);
  expect(view.value.panels[1]?.imageId).toBe(208);
  look(0, 1000, 800);
  await frame();
  vi.runAllTimers();
  expect(view.value.panels[1]).toMatchObject({ imageId: 208, centre: { x: 500, y: 400 } });
});

test("linkPanels() lets the panel that is activated lead, without moving the others before it moves", async () => {
  const { session, change, kinds, went, look } = openSession();
  linkPanels(session);
  await frame();
  change((view) => ({ ...view, active: 1 }), "move");
  await frame();
  vi.runAllTimers();
  expect([kinds, went]).toEqual([["move"], []]);
  look(1, 600, 400, -1);
  await frame();
  expect(went).toEqual([{ panel: 0, place: { centre: { x: 1200, y: 800 }, zoom: expect.closeTo(0 - 2, 9) } }]);
});

test("linkPanels() leaves what Back says alone", async () => {
  const { session, view, change, look } = openSession();
  linkPanels(session);
  await frame();
  look(0, 1100, 800);
  await frame();
  const before = view.peek();
  change((now) => withPanel(now, 1, (panel) => ({ ...panel, imageId: 208, centre: { x: 7, y: 7 } })), "restore");
  look(0, 1000, 800);
  await frame();
  vi.runAllTimers();
  expect(view.value).toEqual(withPanel(before, 1, (panel) => ({ ...panel, imageId: 208, centre: { x: 7, y: 7 } })));
});

test("linkPanels() moves nothing while panels are not linked, and brings them together when they are", async () => {
  const { session, view, change, went, look } = openSession((now) => ({ ...now, linked: false }));
  linkPanels(session);
  await frame();
  look(0, 2000, 800);
  await frame();
  vi.runAllTimers();
  expect(went).toEqual([]);
  change((now) => ({ ...now, linked: true }));
  await frame();
  expect(view.value.panels[1]?.centre).toEqual({ x: 1000, y: 400 });
});

test("linkPanels() takes a panel of which nothing is said to the others", async () => {
  const { session, view } = openSession((now) => withPanel(now, 1, ({ series }) => createPanel(series)));
  linkPanels(session);
  await frame();
  expect(view.value.panels[1]).toMatchObject({ imageId: 200, centre: { x: 500, y: 400 }, zoom: -1 });
});

test("linkPanels() moves nothing when the active panel shows another series, until that is moved", async () => {
  const { session, change, went, kinds, look } = openSession();
  linkPanels(session);
  await frame();
  look(0, 1004, 800);
  await frame();
  vi.runAllTimers();
  const before = went.length;
  change((view) => {
    const panel = createPanel({ kind: "dataset", id: 2 }, { imageId: 204, centre: { x: 500, y: 400 }, zoom: -1 });
    return { ...view, panels: view.panels.with(0, panel) };
  });
  await frame();
  look(0, 500, 400, -1);
  await frame();
  vi.runAllTimers();
  expect([went.length, kinds]).toEqual([before, ["move", undefined]]);
  look(0, 520, 400, -1);
  await frame();
  expect(went.at(-1)).toEqual({ panel: 1, place: { centre: { x: 520, y: 400 }, zoom: -1 } });
});

test("linkPanels() keeps a panel where the place is outside of it", async () => {
  const { session, view, went, look } = openSession();
  linkPanels(session);
  await frame();
  look(0, 99_999, 800);
  await frame();
  vi.runAllTimers();
  expect(went).toEqual([]);
  expect(view.value.panels[1]?.centre).toEqual({ x: 500, y: 400 });
});

test("linkPanels() moves nothing any more once the links are cut, nor what was to follow", async () => {
  const { session, view, change, look } = openSession();
  linkPanels(session);
  await frame();
  look(0, 1100, 800);
  await frame();
  change((now) => ({ ...now, linked: false }));
  await frame();
  vi.runAllTimers();
  expect(view.value.panels[1]?.centre).toEqual({ x: 500, y: 400 });
});

test("linkPanels() lets no panel that is activated lead where it lags behind another one", async () => {
  const { session, view, change, look } = openSession();
  linkPanels(session);
  await frame();
  for (const imageId of [104, 108]) {
    change((now) => withPanel(now, 0, (panel) => ({ ...panel, imageId })));
    await frame();
  }
  look(0, 1100, 800);
  await frame();
  const before = view.peek().panels;
  change((now) => ({ ...now, active: 1 }), "move");
  vi.runAllTimers();
  await frame();
  vi.runAllTimers();
  expect(view.value.panels).toEqual(before);
});

test("linkPanels() ends with what it returns", async () => {
  const { session, went, kinds, look } = openSession();
  const end = linkPanels(session);
  await frame();
  look(0, 1100, 800);
  await frame();
  end();
  look(0, 1200, 800);
  await frame();
  vi.runAllTimers();
  expect([went.length, kinds.length]).toEqual([1, 0]);
});

test("linkPanels() moves none when a panel is closed, and another one takes its place", async () => {
  const { session, change, kinds, went, look } = openSession((view) => ({
    ...view,
    panels: [...view.panels, createPanel({ kind: "dataset", id: 2 }, { imageId: 208 })],
    active: 1,
  }));
  linkPanels(session);
  await frame();
  change((view) => withoutPanel(view, 1), "step");
  await frame();
  for (const zoom of [-1.5, -2, -2.5]) {
    look(1, 2000, 2000, zoom);
    await frame();
  }
  vi.runAllTimers();
  expect([kinds, went]).toEqual([["step"], []]);
});

test("linkPanels() says that others follow until they are where they belong", async () => {
  const { session, look } = openSession();
  linkPanels(session);
  await frame();
  expect(session.isFollowing.value).toBe(false);
  look(0, 1100, 800);
  await frame();
  expect(session.isFollowing.value).toBe(true);
  vi.runAllTimers();
  expect(session.isFollowing.value).toBe(false);
});

test("restedView() has those that follow where the active panel is headed, once it has begun to move", () => {
  const { session, view } = openSession();
  const rest = { imageId: 100, place: { centre: { x: 1200, y: 900 }, zoom: -3, rotationDeg: 0 } };
  const [lead] = session.stages.peek();
  Object.assign(lead?.zoom.peek() ?? {}, { rest: () => rest, place: () => rest.place });
  expect(restedView(session).panels).toMatchObject([rest.place, { centre: view.value.panels[1]?.centre }]);
  session.isFollowing.value = true;
  expect(restedView(session).panels).toMatchObject([rest.place, { centre: { x: 600, y: 450 }, zoom: -2 }]);
});

test("linkPanels() takes no change of a panel's size for a movement", async () => {
  const { session, kinds, went, enlarge } = openSession();
  linkPanels(session);
  await frame();
  enlarge(0, -1);
  await frame();
  vi.runAllTimers();
  expect([kinds, went]).toEqual([[], []]);
});

test("linkPanels() follows what creeps", async () => {
  const { session, view, look } = openSession();
  linkPanels(session);
  await frame();
  for (let x = 1000; x <= 1040; x += 0.5) {
    look(0, x, 800);
    await frame();
  }
  vi.runAllTimers();
  expect(view.value.panels[1]?.centre?.x).toBeCloseTo(520, 0);
});
