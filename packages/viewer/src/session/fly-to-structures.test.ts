import { createMirror, sampleStore } from "@brainatlas/mirror";
import { signal } from "@preact/signals";
import { beforeEach, expect, test, vi } from "vitest";
import { screenMap } from "../model/screen-map.ts";
import type { SeriesImage } from "../model/series.ts";
import { createView, type SeriesRef, withImage } from "../model/view.ts";
import { flyToStructures, stepToSelected } from "./fly-to-structures.ts";
import { createSession, type Session } from "./session.ts";
import type { Stage } from "./stage.ts";

const mirror = createMirror({ store: sampleStore() });
const CA1 = 382;
/** In none of the sample's drawings, and in no tree. */
const UNKNOWN = 4711;

beforeEach(() => {
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => mirror.fetch(new Request(url, init)));
});

/** A session whose series and tree have come, with a panel of 800 × 600. */
async function open(ref: SeriesRef): Promise<{ session: Session; images: readonly SeriesImage[] }> {
  const session = createSession("http://mirror.test", createView(ref));
  const { images, graphId } = await session.series.wait(ref);
  await session.trees.wait(graphId ?? 0);
  const size = signal({ width: 800, height: 600 });
  // The parts of a panel that are read here.
  const stage = {
    index: 0,
    size,
    map: signal(undefined),
    image: session.active.image,
    zoom: signal(undefined),
  } as unknown as Stage;
  session.stages.value = [stage];
  return { session, images };
}

const atlas = { kind: "atlas", id: 1 } as const;
const shown = (session: Session): number | undefined => session.active.image.peek()?.id;

/** Numbers of the plates on which structures are drawn. */
async function drawnOn(session: Session, images: readonly SeriesImage[], id: number): Promise<number[]> {
  const drawings = await Promise.all(images.map((image) => session.drawings.wait(image.id)));
  return images.filter((_, index) => drawings[index]?.regionsOf(id).length).map(({ number }) => number);
}

function go(session: Session, image: SeriesImage | undefined): void {
  session.change((view) => withImage(view, 0, image?.id ?? 0));
}

test("flyToStructures() goes to the nearest plate that shows the structure, and to its place there", async () => {
  const { session, images } = await open(atlas);
  const numbers = await drawnOn(session, images, CA1);
  go(session, images[0]);
  await flyToStructures(session, [CA1], "move");
  const [panel] = session.view.peek().panels;
  expect(session.active.image.peek()?.number).toBe(Math.min(...numbers));
  const boxes = session.drawings.peek(shown(session) ?? 0)?.regionsOf(CA1) ?? [];
  expect(panel?.centre?.x).toBeGreaterThan(Math.min(...boxes.map(({ box }) => box?.left ?? 0)));
  expect(panel?.centre?.x).toBeLessThan(Math.max(...boxes.map(({ box }) => box?.right ?? 0)));
  expect(panel?.zoom).toBeLessThanOrEqual(-1.5);
  expect([session.flight.peek(), session.notice.peek()]).toEqual([undefined, undefined]);
});

test("flyToStructures() stays on a plate that shows the structure, and where it is seen well", async () => {
  const { session, images } = await open(atlas);
  const [number = 1] = await drawnOn(session, images, CA1);
  const image = images[number - 1];
  go(session, image);
  const { width = 1, height = 1 } = image?.record ?? {};
  const whole = screenMap({ x: width / 2, y: height / 2 }, Math.log2(600 / height), 0, { width: 800, height: 600 });
  session.stages.value = session.stages.peek().map((stage) => ({ ...stage, map: signal(whole) }));
  const before = session.view.peek();
  // All of the brain is on the screen, and most of it.
  await flyToStructures(session, [997], "move");
  expect(session.view.peek().panels[0]?.centre).toBe(before.panels[0]?.centre);
  expect(shown(session)).toBe(image?.id);
});

test("flyToStructures() waits for the tree, which knows what lies in a structure", async () => {
  const session = createSession("http://mirror.test", createView(atlas));
  const { images } = await session.series.wait(atlas);
  const size = signal({ width: 800, height: 600 });
  session.stages.value = [
    {
      index: 0,
      size,
      map: signal(undefined),
      image: session.active.image,
      zoom: signal(undefined),
    } as unknown as Stage,
  ];
  go(session, images[0]);
  // The whole brain is drawn in parts alone.
  await flyToStructures(session, [997], "step");
  expect(session.notice.peek()).toBeUndefined();
  expect(session.view.peek().panels[0]?.centre).toBeDefined();
});

test("flyToStructures() says that it cannot look where the tree does not come, and asks for it again the next time", async () => {
  const session = createSession("http://mirror.test", createView(atlas));
  const { graphId = 0, images } = await session.series.wait(atlas);
  go(session, images[0]);
  const answer = fetch;
  vi.stubGlobal("fetch", async () => new Response("", { status: 404 }));
  await flyToStructures(session, [CA1], "step");
  expect(session.notice.peek()).toMatch(/^Cannot look for structure 382: /);
  vi.stubGlobal("fetch", answer);
  await flyToStructures(session, [CA1], "step");
  expect(session.trees.peek(graphId)).toBeDefined();
  expect(shown(session)).not.toBe(images[0]?.id);
});

test("flyToStructures() says where a structure is drawn on no plate", async () => {
  const { session } = await open(atlas);
  const before = session.view.peek();
  await flyToStructures(session, [UNKNOWN], "move");
  expect(session.notice.peek()).toBe("structure 4711: not drawn on any plate of Mouse, P56, Coronal");
  expect(session.view.peek()).toBe(before);
});

test("flyToStructures() leaves the panel alone when the user has gone elsewhere meanwhile", async () => {
  const { session, images } = await open(atlas);
  go(session, images[0]);
  const flight = flyToStructures(session, [CA1], "move");
  go(session, images[1]);
  await flight;
  expect(shown(session)).toBe(images[1]?.id);
});

test("flyToStructures() ends the search before it, and can be stopped", async () => {
  const { session, images } = await open(atlas);
  go(session, images[0]);
  const first = flyToStructures(session, [UNKNOWN], "move");
  const second = flyToStructures(session, [CA1], "move");
  session.flight.peek()?.stop();
  await Promise.all([first, second]);
  expect([session.flight.peek(), session.notice.peek(), shown(session)]).toEqual([undefined, undefined, images[0]?.id]);
});

test("flyToStructures() goes to the centre of a structure where nothing is drawn, and puts the pin there", async () => {
  const { session, images } = await open({ kind: "dataset", id: 126_862_385 });
  await flyToStructures(session, [CA1], "move");
  const { panels, pin } = session.view.peek();
  expect(images.map(({ id }) => id)).toContain(pin?.imageId);
  expect(panels[0]?.centre).toEqual({ x: pin?.x, y: pin?.y });
  await flyToStructures(session, [UNKNOWN], "move");
  expect(session.notice.peek()).toContain("The centre of structure 4711 is not known here");
});

test("flyToStructures() says what failed", async () => {
  const { session } = await open(atlas);
  vi.stubGlobal("fetch", async () => new Response("", { status: 404 }));
  await flyToStructures(session, [CA1], "move");
  expect(session.notice.peek()).toBe("Cannot look for CA1: the server answered with status 404");
});

test("stepToSelected() goes through the plates that show the selection, in both directions, to the ends", async () => {
  const { session, images } = await open(atlas);
  const numbers = await drawnOn(session, images, CA1);
  session.change((view) => ({ ...view, structures: [CA1] }));
  go(session, images[0]);
  const seen: number[] = [];
  for (const _ of numbers) {
    await stepToSelected(session, 1);
    seen.push(session.active.image.peek()?.number ?? 0);
  }
  expect(seen).toEqual(numbers);
  await stepToSelected(session, 1);
  expect(session.notice.peek()).toBe("CA1: not drawn on any plate after this one");
  await stepToSelected(session, -1);
  expect(session.active.image.peek()?.number).toBe(numbers.at(-2));
});

test("stepToSelected() says that nothing is selected, and that nothing is drawn", async () => {
  const { session } = await open(atlas);
  await stepToSelected(session, 1);
  expect(session.notice.peek()).toBe("Select a structure first, in the tree or in the picture");
  const other = await open({ kind: "dataset", id: 126_862_385 });
  other.session.change((view) => ({ ...view, structures: [CA1] }));
  await stepToSelected(other.session, 1);
  expect(other.session.notice.peek()).toContain("has no drawings that say which section shows a structure");
});

test("flyToStructures() to another plate is a step where nothing before it was one, and a movement on the same plate", async () => {
  const { session, images } = await open(atlas);
  go(session, images[0]);
  const kinds: unknown[] = [];
  session.onChange((_, kind) => kinds.push(kind));
  await flyToStructures(session, [CA1], "step");
  expect(shown(session)).not.toBe(images[0]?.id);
  go(session, images[0]);
  await flyToStructures(session, [CA1], "move");
  session.change((view) => ({ ...view, panels: view.panels.map((panel) => ({ ...panel, zoom: -9 })) }));
  await flyToStructures(session, [CA1], "step");
  expect(kinds).toEqual(["step", "step", "move", "step", "move"]);
});
