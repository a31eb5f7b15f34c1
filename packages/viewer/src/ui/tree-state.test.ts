import { createMirror, sampleStore } from "@brainatlas/mirror";
import { beforeEach, expect, test, vi } from "vitest";
import { createView, withImage } from "../model/view.ts";
import { createSession, type Session } from "../session/session.ts";
import { createTreeState, type TreeState } from "./tree-state.ts";

const mirror = createMirror({ store: sampleStore() });
const [ROOT, HPF, CA1] = [997, 1089, 382];

beforeEach(() => {
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => mirror.fetch(new Request(url, init)));
});

async function open(): Promise<{ session: Session; state: TreeState }> {
  const session = createSession("http://mirror.test", createView({ kind: "atlas", id: 1 }));
  const { graphId } = await session.series.wait({ kind: "atlas", id: 1 });
  await session.trees.wait(graphId ?? 0);
  await session.drawings.wait(session.active.image.value?.id ?? 0);
  return { session, state: createTreeState(session) };
}

const ids = (state: TreeState): number[] => state.rows.value.map(({ id }) => id);

test("rows begin with the root and some levels, and reveal() opens the way to a structure", async () => {
  const { state } = await open();
  expect(ids(state)[0]).toBe(ROOT);
  expect(ids(state).length).toBeLessThan(30);
  expect(ids(state)).not.toContain(CA1);
  state.reveal(CA1);
  expect(ids(state)).toContain(CA1);
  expect([state.activeId.value, state.wantedId.value]).toEqual([CA1, CA1]);
});

test("reveal() of what a filter found leaves it in view when the filter ends", async () => {
  const { state } = await open();
  state.setFilter("field");
  state.reveal(CA1);
  state.wantedId.value = undefined;
  state.setFilter("");
  expect(ids(state)).toContain(CA1);
  expect(state.wantedId.value).toBe(CA1);
});

test("setOpen() opens and closes all, or some", async () => {
  const { session, state } = await open();
  state.setOpen(true);
  expect(ids(state).length).toBe(session.active.tree.value?.size);
  state.setOpen(false, [HPF]);
  expect(ids(state)).not.toContain(CA1);
  state.setOpen(false);
  expect(ids(state)).toEqual([ROOT]);
});

test("setFilter() shows what is found with what it lies in, and gives the tree back as it was", async () => {
  const { state } = await open();
  const before = ids(state);
  state.setFilter("field ca");
  expect(ids(state)).toEqual(expect.arrayContaining([ROOT, HPF, CA1]));
  expect(state.found.value?.matches.has(CA1)).toBe(true);
  state.setOpen(false, [HPF]);
  expect(ids(state)).not.toContain(CA1);
  state.setFilter("field ca1");
  expect(ids(state)).toContain(CA1);
  state.setFilter("");
  expect(ids(state)).toEqual(before);
});

test("isPlateOnly leaves what the plate shows, and what it lies in", async () => {
  const { session, state } = await open();
  state.isPlateOnly.value = true;
  state.setOpen(true);
  const drawn = session.active.drawing.value?.regions.flatMap(({ structureId }) => structureId ?? []) ?? [];
  const tree = session.active.tree.value;
  const wanted = new Set(drawn.filter((id) => tree?.has(id)).flatMap((id) => tree?.path(id) ?? []));
  expect(new Set(ids(state))).toEqual(wanted);
  state.setFilter("ca1");
  expect(ids(state).every((id) => wanted.has(id))).toBe(true);
});

test("drawn stays that of the last plate until the next one's drawing has come", async () => {
  const { session, state } = await open();
  const before = state.drawn.value;
  const other = session.active.series.value?.images[0];
  session.change((view) => withImage(view, 0, other?.id ?? 0));
  expect(state.drawn.value).toBe(before);
  await session.drawings.wait(other?.id ?? 0);
  expect(state.drawn.value).not.toEqual(before);
});

test("drawn is nothing of a plate whose drawing fails, and not that of the plate before", async () => {
  const { session, state } = await open();
  expect(state.drawn.value?.size).toBeGreaterThan(0);
  const other = session.active.series.value?.images[0]?.id ?? 0;
  vi.stubGlobal("fetch", async () => new Response("", { status: 404 }));
  session.change((view) => withImage(view, 0, other));
  const before = state.drawn.value;
  await session.drawings.wait(other).catch(() => undefined);
  expect([before?.size === 0, state.drawn.value]).toEqual([false, undefined]);
  state.isPlateOnly.value = true;
  state.setOpen(true);
  expect(ids(state).length).toBe(session.active.tree.value?.size);
});

test("hintedId is the nearest line to what is under the pointer", async () => {
  const { session, state } = await open();
  const hover = { panel: 0, imageId: 1, point: { x: 0, y: 0 } };
  session.hover.value = { ...hover, structureId: CA1 };
  const tree = session.active.tree.value;
  const nearest = [...(tree?.path(CA1) ?? [])].reverse().find((id) => ids(state).includes(id));
  expect(state.hintedId.value).toBe(nearest);
  state.reveal(CA1);
  expect(state.hintedId.value).toBe(CA1);
  session.hover.value = { ...hover, structureId: 4711 };
  expect(state.hintedId.value).toBeUndefined();
  session.hover.value = undefined;
  expect(state.hintedId.value).toBeUndefined();
});
