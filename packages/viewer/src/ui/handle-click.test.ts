import { type Drawing, parseDrawing } from "@brainatlas/sdk/drawing";
import type { ImagePoint } from "@brainatlas/sdk/sync";
import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import { Shelf } from "../load/shelf.ts";
import type { Series, SeriesImage } from "../model/series.ts";
import { createView, DEFAULT_DRAWING, type View } from "../model/view.ts";
import type { Session } from "../session/session.ts";
import type { Stage } from "../session/stage.ts";
import { handleClick } from "./handle-click.ts";

const DRAWING = parseDrawing(`<svg width="20" height="20">
  <g id="1" order="1" graphic_group_label_id="28" graphic_group_label="A"><path id="2" order="0" structure_id="7" d="M0,0h9v9h-9z" style="fill:#bfdae3"/></g>
  <g id="3" order="2" graphic_group_label_id="99" graphic_group_label="B"><path id="4" order="0" structure_id="2" d="M0,0h4v4h-4z" style="fill:#bfdae3"/></g></svg>`);

/** As much of a session and a panel as a press needs. */
function page(
  given: { view?: Partial<View>; isDrawn?: boolean; load?: () => Promise<Drawing>; pointer?: ImagePoint } = {},
) {
  const { view: first = {}, isDrawn = true, load = async () => DRAWING, pointer } = given;
  const view = signal<View>({ ...createView({ kind: "atlas", id: 1 }), ...first });
  const drawings = new Shelf<number, Drawing>({ load, capacity: 9 });
  const session = {
    view,
    drawings,
    hover: signal(undefined),
    change: (next: (view: View) => View) => {
      view.value = next(view.peek());
    },
  } as unknown as Session;
  const stage = {
    index: 0,
    image: signal({ id: 5 } as SeriesImage),
    pointer: signal(pointer),
    series: signal({ isDrawn } as Series),
  } as unknown as Stage;
  return { session, stage, drawings };
}

test("handleClick() selects what is drawn there, and puts the pin and the hover there", async () => {
  const { session, stage, drawings } = page();
  await drawings.wait(5);
  handleClick(session, stage, { x: 6, y: 6 }, false);
  expect(session.view.peek()).toMatchObject({ structures: [7], pin: { panel: 0, imageId: 5, x: 6, y: 6 } });
  expect(session.hover.peek()).toMatchObject({ imageId: 5, structureId: 7 });
  handleClick(session, stage, { x: 2, y: 2 }, true);
  expect(session.view.peek().structures).toEqual([7, 2]);
});

test("handleClick() beside all structures clears the selection, but with a modifier", async () => {
  const { session, stage, drawings } = page({ view: { structures: [7] } });
  await drawings.wait(5);
  handleClick(session, stage, { x: 15, y: 15 }, true);
  expect(session.view.peek().structures).toEqual([7]);
  handleClick(session, stage, { x: 15, y: 15 }, false);
  expect(session.view.peek().structures).toEqual([]);
});

test("handleClick() works where the drawing is hidden, and not through groups that are", async () => {
  const { session, stage, drawings } = page({
    view: { drawing: { ...DEFAULT_DRAWING, shown: false, hiddenGroups: [99] } },
  });
  await drawings.wait(5);
  handleClick(session, stage, { x: 2, y: 2 }, false);
  expect(session.view.peek().structures).toEqual([7]);
});

test("handleClick() keeps the selection where nothing is drawn at all", () => {
  const { session, stage } = page({ view: { structures: [7] }, isDrawn: false });
  handleClick(session, stage, { x: 2, y: 2 }, false);
  expect(session.view.peek()).toMatchObject({ structures: [7], pin: { x: 2, y: 2 } });
});

test("handleClick() selects once the drawing has come, unless there was another press since", async () => {
  let come = (_: Drawing): void => {};
  const coming = new Promise<Drawing>((resolve) => {
    come = resolve;
  });
  const { session, stage } = page({ load: () => coming });
  handleClick(session, stage, { x: 2, y: 2 }, false);
  handleClick(session, stage, { x: 6, y: 6 }, false);
  expect(session.view.peek().structures).toEqual([]);
  come(DRAWING);
  await new Promise<void>((done) => {
    session.view.subscribe(({ structures }) => structures.length > 0 && done());
  });
  expect(session.view.peek().structures).toEqual([7]);
});

test.each([
  ["shows what is under a finger", undefined, { imageId: 5, structureId: 2 }],
  ["leaves it to the pointer, which may be elsewhere by now, what is under it", { x: 2, y: 2 }, undefined],
])("handleClick() of a drawing that comes later %s", async (_, pointer, hovered) => {
  const { session, stage, drawings } = page(pointer === undefined ? {} : { pointer });
  handleClick(session, stage, { x: 2, y: 2 }, false);
  await drawings.wait(5);
  await new Promise((resolve) => setImmediate(resolve));
  expect(session.view.peek().structures).toEqual([2]);
  if (hovered === undefined) expect(session.hover.peek()).toBeUndefined();
  else expect(session.hover.peek()).toMatchObject(hovered);
});

test("handleClick() selects though the plate is left before the drawing has come, and comes back", async () => {
  let come = (_: Drawing): void => {};
  const coming = new Promise<Drawing>((resolve) => {
    come = resolve;
  });
  const { session, stage, drawings } = page({ load: () => coming });
  handleClick(session, stage, { x: 2, y: 2 }, false);
  drawings.release(5);
  come(DRAWING);
  await drawings.wait(5);
  await new Promise((resolve) => setImmediate(resolve));
  expect(session.view.peek().structures).toEqual([2]);
});

test("handleClick() leaves the selection alone where the drawing fails", async () => {
  const { session, stage, drawings } = page({
    view: { structures: [7] },
    load: () => Promise.reject(new Error("no")),
  });
  handleClick(session, stage, { x: 2, y: 2 }, false);
  await drawings.wait(5).catch(() => undefined);
  expect(session.view.peek()).toMatchObject({ structures: [7], pin: { x: 2, y: 2 } });
});
