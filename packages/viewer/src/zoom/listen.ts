import type { ImagePoint } from "@brainatlas/sdk/sync";
import type OpenSeadragon from "openseadragon";
import { clamp } from "../model/clamp.ts";
import { toImage } from "../model/screen-map.ts";
import type { Camera } from "./camera.ts";
import { CLICK_PX } from "./create-viewer.ts";
import type { DeepZoomEvents } from "./deep-zoom.ts";

/** Powers of two that a turn of the wheel zooms by, for each unit of `WheelEvent.deltaMode`: pixels, lines, pages. */
const WHEEL_STEP = [0.0025, 0.06, 1];

/** How much more a pinch on a trackpad zooms, which browsers tell as a turn of the wheel with Ctrl. */
const PINCH_GAIN = 8;

/** Most that one event zooms by: a wheel that is turned with Ctrl looks like a wild pinch. */
const MOST_STEP = 0.5;

/** A second press so soon, in ms, and so near, in CSS pixels, is a part of a double press. */
const DOUBLE_MS = 350;
const DOUBLE_PX = 20;

/** What a picture hears beside what the library handles. */
export interface Listening {
  /** The picture moved: another pixel may be under the pointer. */
  moved(): void;
  end(): void;
}

/** Hears of wheel, presses and pointer in a picture. */
export function listen(viewer: OpenSeadragon.Viewer, camera: Camera, events: DeepZoomEvents): Listening {
  hearPresses(viewer, camera, events);
  hearDrags(viewer, camera);
  const end = new AbortController();
  const pixelOf = followBox(viewer.element, end.signal);
  hearWheel(viewer.element, camera, pixelOf, end.signal);
  const moved = hearPointer(
    viewer.element,
    (pixel) => events.onPointer(pixel && toImage(camera.map(), pixel)),
    pixelOf,
    end.signal,
  );
  return { moved, end: () => end.abort() };
}

/** Where an event is in an element, in CSS pixels. Where the element is, is looked up once: while the page changes it costs a layout each time. */
function followBox(element: Element, signal: AbortSignal): (event: MouseEvent) => ImagePoint {
  let box: DOMRect | undefined;
  const forget = (): void => {
    box = undefined;
  };
  const observer = new ResizeObserver(forget);
  observer.observe(element);
  signal.addEventListener("abort", () => observer.disconnect());
  for (const type of ["pointerenter", "pointerdown"]) element.addEventListener(type, forget, { capture: true, signal });
  return ({ clientX, clientY }) => {
    box ??= element.getBoundingClientRect();
    return { x: clientX - box.left, y: clientY - box.top };
  };
}

/** Zooms at the pointer. The library knows turns of the wheel up and down alone, twenty a second. */
function hearWheel(
  element: HTMLElement,
  camera: Camera,
  pixelOf: (event: MouseEvent) => ImagePoint,
  signal: AbortSignal,
): void {
  const onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    const isPinch = event.ctrlKey && event.deltaMode === 0;
    const step = -event.deltaY * (WHEEL_STEP[event.deltaMode] ?? 0) * (isPinch ? PINCH_GAIN : 1);
    camera.zoomAt(pixelOf(event), clamp(step, -MOST_STEP, MOST_STEP), !isPinch);
  };
  element.addEventListener("wheel", onWheel, { capture: true, passive: false, signal });
}

/** A press counts at once, not only when it turns out to be no double press; the second of two counts as zoom alone. */
function hearPresses(viewer: OpenSeadragon.Viewer, camera: Camera, { onClick }: DeepZoomEvents): void {
  let last = { at: Number.NEGATIVE_INFINITY, x: 0, y: 0 };
  viewer.addHandler("canvas-click", ({ quick, position, originalEvent }) => {
    if (!quick) return;
    const { x, y } = position;
    const at = performance.now();
    const isSecond = at - last.at < DOUBLE_MS && Math.hypot(x - last.x, y - last.y) < DOUBLE_PX;
    last = isSecond ? { ...last, at: Number.NEGATIVE_INFINITY } : { at, x, y };
    if (isSecond) return;
    // Presses are heard by pointer events.
    const { ctrlKey, metaKey, shiftKey } = originalEvent as PointerEvent;
    onClick(toImage(camera.map(), { x, y }), ctrlKey || metaKey || shiftKey);
  });
}

/** A press that trembles moves nothing; beyond that a drag moves by all of the pointer's way. */
function hearDrags(viewer: OpenSeadragon.Viewer, camera: Camera): void {
  let held = { x: 0, y: 0, isMoving: false };
  viewer.addHandler("canvas-press", () => {
    held = { x: 0, y: 0, isMoving: false };
  });
  viewer.addHandler("canvas-drag", (event) => {
    if (held.isMoving) return;
    held.x += event.delta.x;
    held.y += event.delta.y;
    event.preventDefaultAction = Math.hypot(held.x, held.y) <= CLICK_PX;
    if (event.preventDefaultAction) return;
    held.isMoving = true;
    event.delta.x = held.x;
    event.delta.y = held.y;
    camera.release();
  });
  viewer.addHandler("canvas-pinch", () => camera.release());
  viewer.addHandler("canvas-double-click", () => camera.release());
}

/** Tells where the pointer is, and gives what tells it again; a finger points at nothing. */
function hearPointer(
  element: HTMLElement,
  tell: (pixel: ImagePoint | undefined) => void,
  pixelOf: (event: MouseEvent) => ImagePoint,
  signal: AbortSignal,
): () => void {
  let pixel: ImagePoint | undefined;
  const onMove = (event: PointerEvent): void => {
    if (event.pointerType === "touch") return;
    pixel = pixelOf(event);
    tell(pixel);
  };
  const onLeave = (): void => {
    pixel = undefined;
    tell(pixel);
  };
  element.addEventListener("pointermove", onMove, { signal });
  element.addEventListener("pointerleave", onLeave, { signal });
  return () => {
    if (pixel !== undefined) tell(pixel);
  };
}
