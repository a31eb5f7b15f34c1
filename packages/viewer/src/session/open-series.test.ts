import { AlignedSet } from "@brainatlas/sdk/sync";
import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import { follow } from "../model/follow.ts";
import { screenMap } from "../model/screen-map.ts";
import type { Series } from "../model/series.ts";
import { createPanel, createView, type SeriesRef, type View, withPanel } from "../model/view.ts";
import { addPanel, openHere, startAt, switchSeries } from "./open-series.ts";
import type { ChangeKind, ChangeListener, Session } from "./session.ts";
import type { Stage } from "./stage.ts";

const FLAT = [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0] as const;
const SIZE = { width: 400, height: 300 };
const [FIRST, SECOND, FAILING, SLOW] = [1, 2, 3, 4].map((id): SeriesRef => ({ kind: "dataset", id })) as [
  SeriesRef,
  SeriesRef,
  SeriesRef,
  SeriesRef,
];

/** A series of one section, with pixels of an edge in µm. */
function makeSeries({ id, kind }: SeriesRef, edgeUm: number): Series {
  const alignment2d = { tsv: [edgeUm, 0, 0, edgeUm, 0, 0], tvs: [1 / edgeUm, 0, 0, 1 / edgeUm, 0, 0] } as const;
  const aligned = new AlignedSet({
    id,
    thicknessUm: 25,
    referenceSpaceId: 9,
    alignment3d: { tvr: FLAT, trv: FLAT },
    images: [{ imageId: id * 100, sectionNumber: 4, alignment2d }],
  });
  const images = [{ id: id * 100, record: { width: 4000, height: 4000, resolution: edgeUm } }];
  return { ref: { kind, id }, name: `Series ${id}`, images, aligned } as unknown as Series; // What following asks of it.
}

const ONE = makeSeries(FIRST, 1);
const TWO = makeSeries(SECOND, 2);

/** A session of one panel that looks at 1000, 800 of the first series. */
function openSession(...others: readonly SeriesRef[]) {
  const panels = [FIRST, ...others].map((series) => createPanel(series));
  const view = signal<View>({ ...createView(FIRST), panels });
  const map = signal(screenMap({ x: 1000, y: 800 }, -2, 0, SIZE));
  const image = signal(ONE.images[0]);
  const stage = { index: 0, map, size: signal(SIZE), series: signal(ONE), image } as unknown as Stage;
  const slow: (() => void)[] = [];
  const series = {
    release: () => {},
    peek: ({ id }: SeriesRef) => (id === 2 ? TWO : undefined),
    wait: async ({ id }: SeriesRef, signal?: AbortSignal) => {
      if (id === 3) throw new Error("it does not come");
      if (id !== 4) return TWO;
      return await new Promise<Series>((resolve, reject) => {
        slow.push(() => resolve(TWO));
        signal?.addEventListener("abort", () => reject(signal.reason));
      });
    },
  };
  const come = (): void => {
    for (const resolve of slow) resolve();
  };
  const listeners = new Set<ChangeListener>();
  const change = (next: (now: View) => View, kind: ChangeKind = "step"): void => {
    view.value = next(view.peek());
    for (const listener of listeners) listener(view.peek(), kind);
  };
  const onChange = (listener: ChangeListener): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const coming = signal([]);
  const session = { view, change, onChange, coming, stages: signal([stage]), series } as unknown as Session;
  return { session, view, come };
}

const THERE = { imageId: 200, centre: { x: 500, y: 400 }, zoom: -1 };

test("addPanel() starts where the active panel is, at the same size", () => {
  const { session, view } = openSession();
  addPanel(session, SECOND);
  expect(view.value.panels[1]).toMatchObject({ series: SECOND, ...THERE });
});

test("addPanel() lets a series that has not come start by itself", () => {
  const { session, view } = openSession();
  addPanel(session, FAILING);
  expect(view.value.panels[1]).toEqual(createPanel(FAILING));
});

test("switchSeries() keeps the place of the panel", async () => {
  const { session, view } = openSession();
  await switchSeries(session, 0, SECOND);
  expect(view.value.panels[0]).toMatchObject({ series: SECOND, ...THERE });
});

test("switchSeries() shows a series that fails, too", async () => {
  const { session, view } = openSession();
  await switchSeries(session, 0, FAILING);
  expect(view.value.panels[0]).toEqual(createPanel(FAILING));
});

test("switchSeries() shows what was chosen last, in whatever order they come", async () => {
  const { session, view, come } = openSession();
  const first = switchSeries(session, 0, SLOW);
  expect(session.coming.peek().map(({ index }) => index)).toEqual([0]);
  await switchSeries(session, 0, SECOND);
  come();
  await first;
  expect([view.value.panels[0]?.series, session.coming.peek()]).toEqual([SECOND, []]);
});

test("switchSeries() with a place gives up what was chosen before it", async () => {
  const { session, view, come } = openSession();
  const first = switchSeries(session, 0, SLOW);
  await switchSeries(session, 0, FIRST, { imageId: 100 });
  come();
  await first;
  expect(view.value.panels[0]).toMatchObject({ series: FIRST, imageId: 100 });
});

test.each<[string, ChangeKind, (view: View) => View]>([
  ["the panel is closed", "step", (view) => ({ ...view, panels: view.panels.slice(1) })],
  ["the user goes back", "restore", (view) => ({ ...view, structures: [7] })],
])("switchSeries() leaves the panels alone where %s meanwhile", async (_, kind, next) => {
  const { session, view, come } = openSession(SECOND);
  const chosen = switchSeries(session, 0, SLOW);
  session.change(next, kind);
  const before = view.peek();
  come();
  await chosen;
  expect([view.peek() === before, session.coming.peek()]).toEqual([true, []]);
});

test("switchSeries() of one panel goes on when another one is moved or chosen for", async () => {
  const { session, view, come } = openSession(SECOND);
  const chosen = switchSeries(session, 0, SLOW);
  session.change((now) => withPanel(now, 1, (panel) => ({ ...panel, zoom: 0 })), "move");
  come();
  await chosen;
  expect(view.value.panels.map(({ series }) => series.id)).toEqual([4, 2]);
});

test("openHere() adds a panel, or takes the last one that is not active", () => {
  const { session, view } = openSession();
  openHere(session, SECOND, THERE);
  expect(view.value.panels.map(({ series }) => series.id)).toEqual([1, 2]);
  const full = openSession(SECOND, SECOND, SECOND);
  openHere(full.session, FAILING, THERE);
  expect(full.view.value.panels.map(({ series }) => series.id)).toEqual([1, 2, 2, 3]);
  full.session.change((now) => ({ ...now, active: 3 }));
  openHere(full.session, FIRST, THERE);
  expect(full.view.value.panels.map(({ series }) => series.id)).toEqual([1, 2, 1, 3]);
});

test("startAt() says nothing of a place that was not found", () => {
  const spot = { series: ONE, imageId: 100, point: { x: 1000, y: 800 }, zoom: -2 };
  expect(startAt(spot, follow(spot, TWO), TWO)).toEqual(THERE);
  expect(startAt(spot, { state: "outside" }, TWO)).toEqual({});
  expect(startAt({ ...spot, zoom: undefined }, follow(spot, TWO), TWO).zoom).toBeUndefined();
});
