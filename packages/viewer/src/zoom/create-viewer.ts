import OpenSeadragon from "openseadragon";
import { LEAST_PIXEL } from "../model/tile-grid.ts";
import { BitmapDrawer } from "./bitmap-drawer.ts";

/** Most decoded tiles that a panel keeps, of one MiB each; those that are drawn stay in any case. */
const MAX_TILES = 96;

/** Tiles under way at once; those that wait are given up when the picture moves on. */
const MAX_LOADS = 6;

/** How long a movement takes, in seconds. */
const MOTION_S = 0.6;

/** Furthest that a press may move and still be none, in CSS pixels; how long it may take does not matter. */
export const CLICK_PX = 4;
const CLICK_MS = 60_000;

/** What the library tells of goes into the page where it matters, and is no message to those who look at the console. */
Object.assign(OpenSeadragon, { console: { log() {}, debug() {}, info() {}, warn() {}, error() {}, assert() {} } });

/** Makes a viewer that has no controls and no keys of its own. */
export function createViewer(element: HTMLElement, isCalm: boolean): OpenSeadragon.Viewer {
  const gestures = {
    dragToPan: true,
    scrollToZoom: false,
    clickToZoom: false,
    dblClickToZoom: true,
    dblClickDragToZoom: false,
    pinchToZoom: true,
    pinchRotate: false,
    flickEnabled: true,
    flickMinSpeed: isCalm ? Number.POSITIVE_INFINITY : 150,
    flickMomentum: 0.15,
  };
  return withoutStyles(() =>
    OpenSeadragon({
      element,
      // The types know the library's own drawers alone.
      drawer: [BitmapDrawer as unknown as OpenSeadragon.DrawerConstructor],
      tabIndex: 0,
      showNavigationControl: false,
      keyboardNavEnabled: false,
      autoResize: false,
      preserveViewport: true,
      animationTime: isCalm ? 0 : MOTION_S,
      minPixelRatio: LEAST_PIXEL,
      smoothTileEdgesMinZoom: Number.POSITIVE_INFINITY,
      maxTilesPerFrame: 4,
      maxImageCacheCount: MAX_TILES,
      imageLoaderLimit: MAX_LOADS,
      clickDistThreshold: CLICK_PX,
      clickTimeThreshold: CLICK_MS,
      gestureSettingsMouse: gestures,
      gestureSettingsTouch: gestures,
      gestureSettingsPen: gestures,
      gestureSettingsUnknown: gestures,
      // The SDK has its own limits of time, and asks again.
      timeout: 600_000,
      tileRetryMax: 0,
      // The types lack some of the options.
    } as OpenSeadragon.Options),
  );
}

/** The library adds a style element where it finds none of its own, which the page's policy forbids; so it finds one, of no effect. */
function withoutStyles<T>(make: () => T): T {
  const found = document.createElementNS("urn:brainatlas:none", "style");
  found.setAttribute("data-openseadragon-mobile-css", "");
  document.head.append(found);
  try {
    return make();
  } finally {
    found.remove();
  }
}
