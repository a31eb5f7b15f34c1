import { createMirror, sampleStore } from "@brainatlas/mirror";
import { beforeEach, expect, test, vi } from "vitest";
import type { ZoomPlace } from "../model/place.ts";
import { createPanel, createView, type SeriesRef, withPanel } from "../model/view.ts";
import { createSession, type Session } from "../session/session.ts";
import type { DeepZoom, DeepZoomEvents, ZoomRest } from "../zoom/deep-zoom.ts";
import { createStage } from "./create-stage.ts";

/** The picture without the library that paints it: what is asked of it, and a way to tell of it. */
const picture = vi.hoisted(() => {
  const told: { events?: unknown; rest?: unknown; place?: unknown } = {};
  return { told, shown: [] as number[], went: [] as unknown[] };
});
vi.mock("../zoom/open-deep-zoom.ts", () => ({
  openDeepZoom(_: unknown, __: unknown, events: DeepZoomEvents): Partial<DeepZoom> {
    picture.told.events = events;
    return {
      show: ({ id }) => void picture.shown.push(id),
      goTo: (place, smoothly) => void picture.went.push({ ...place, smoothly }),
      describe: () => {},
      place: () => picture.told.place as ZoomPlace | undefined,
      rest: () => picture.told.rest as ZoomRest | undefined,
      destroy: () => {},
    };
  },
}));
const tell = (): DeepZoomEvents => picture.told.events as DeepZoomEvents; // What the picture above was opened with.

const { fetch } = createMirror({ store: sampleStore() });
const ATLAS: SeriesRef = { kind: "atlas", id: 1 };
const SLOW: SeriesRef = { kind: "dataset", id: 69_782_969 };
const PLACE = { centre: { x: 4938, y: 3768 }, zoom: -3, rotationDeg: 0 };

let come = (): void => {};
beforeEach(() => {
  picture.shown.length = 0;
  picture.went.length = 0;
  picture.told.rest = undefined;
  const held = new Promise<void>((resolve) => {
    come = resolve;
  });
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const request = new Request(url, init);
    if (decodeURIComponent(url + String(init.body ?? "")).includes(String(SLOW.id))) await held;
    return await fetch(request);
  });
});

/** A session with a panel on an atlas that has come. */
async function open(): Promise<Session> {
  const session = createSession("http://mirror.test", createView(ATLAS));
  await session.series.wait(ATLAS);
  createStage(session, 0).mount({} as HTMLElement); // Handed on to the picture, which is none.
  return session;
}

test("createStage() keeps in the view where the picture came to rest", async () => {
  const session = await open();
  const [imageId = 0] = picture.shown;
  tell().onRest(imageId, PLACE);
  expect(session.view.peek().panels[0]).toMatchObject(PLACE);
});

test("createStage() keeps no place of the picture that is still shown while another series comes", async () => {
  const session = await open();
  const [before = 0] = picture.shown;
  session.change((view) => withPanel(view, 0, () => createPanel(SLOW)));
  tell().onRest(before, PLACE);
  expect(session.view.peek().panels[0]).toEqual(createPanel(SLOW));
  come();
  await session.series.wait(SLOW);
  tell().onRest(before, PLACE);
  expect(session.view.peek().panels[0]).toEqual(createPanel(SLOW));
  expect(picture.went.at(-1)).toEqual({ centre: undefined, zoom: undefined, rotationDeg: 0, smoothly: false });
  tell().onRest(picture.shown.at(-1) ?? 0, PLACE);
  expect(session.view.peek().panels[0]).toMatchObject({ series: SLOW, ...PLACE });
});

test("createStage() has a step say first, as a movement, where the picture is headed", async () => {
  const session = await open();
  const [imageId = 0] = picture.shown;
  const told: unknown[] = [];
  session.onChange(({ panels: [panel], structures }, kind) => void told.push([kind, panel?.zoom, structures]));
  picture.told.rest = { imageId, place: PLACE };
  session.change((view) => view);
  session.change((view) => ({ ...view, structures: [7] }));
  session.change((view) => ({ ...view, structures: [] }));
  expect(told).toEqual([
    ["move", PLACE.zoom, []],
    ["step", PLACE.zoom, [7]],
    ["step", PLACE.zoom, []],
  ]);
});

test("createStage() has a step say nothing of a picture of another image", async () => {
  const session = await open();
  picture.told.rest = { imageId: -1, place: PLACE };
  session.change((view) => ({ ...view, structures: [7] }));
  expect(session.view.peek().panels[0]).toEqual(createPanel(ATLAS));
});
