import type { ImagePoint } from "@brainatlas/sdk/sync";
import OpenSeadragon from "openseadragon";
import {
  clampZoom,
  isSamePlace,
  normalRotation,
  type PanelPlace,
  wholePlace,
  within,
  type ZoomPlace,
  zoomLimits,
} from "../model/place.ts";
import { type ScreenMap, screenMap } from "../model/screen-map.ts";
import type { Size } from "../model/size.ts";

/**
 * Moves what is looked at. In the library's world a unit is a full-resolution pixel of the image, counted from its box; so a place needs no image
 * to be found, and stays when images change.
 */
export interface Camera {
  /** Where the image is drawn now. */
  map(): ScreenMap;
  size(): Size;
  /** Where it will be at rest. */
  place(): ZoomPlace;
  /** The same, as a view says it. */
  panelPlace(): PanelPlace;
  /** The size of the image that limits and fits are of; where the whole image is shown, that of the new one is. */
  setImage(image: Size): void;
  goTo(place: Partial<PanelPlace>, smoothly: boolean): void;
  /** Brings what is under a CSS pixel of the panel nearer, by a power of two. */
  zoomAt(pixel: ImagePoint, by: number, smoothly: boolean): void;
  /** The user has taken over. */
  release(): void;
  /** Brings the picture back when the user has moved it too far: its zoom within the limits, and something of it into the middle. */
  settle(): void;
  resize(size: Size): void;
}

/** Makes the camera of a viewer. */
export function createCamera(viewer: OpenSeadragon.Viewer, isCalm: boolean): Camera {
  const { viewport } = viewer;
  let image: Size = { width: 1, height: 1 };
  let isWhole = true;

  const size = (): Size => {
    const { x, y } = viewport.getContainerSize();
    return { width: x, height: y };
  };
  const read = (current: boolean): ZoomPlace => {
    const { x, y } = viewport.getCenter(current);
    const zoom = Math.log2(viewport.getZoom(current) * size().width);
    return { centre: { x, y }, zoom, rotationDeg: normalRotation(viewport.getRotation(current)) };
  };
  const aim = ({ centre, zoom, rotationDeg }: Partial<PanelPlace>): ZoomPlace => {
    const turn = rotationDeg ?? read(false).rotationDeg;
    const whole = wholePlace(image, size(), turn);
    const limits = zoomLimits(image, size(), turn);
    return {
      centre: centre === undefined ? whole.centre : within(centre, image),
      zoom: clampZoom(zoom ?? whole.zoom, limits),
      rotationDeg: turn,
    };
  };

  const camera: Camera = {
    size,
    map() {
      const { centre, zoom, rotationDeg } = read(true);
      return screenMap(centre, zoom, rotationDeg, size());
    },
    place: () => read(false),
    panelPlace() {
      const place = read(false);
      return isWhole ? { centre: undefined, zoom: undefined, rotationDeg: place.rotationDeg } : place;
    },
    setImage(next) {
      image = next;
      if (isWhole) camera.goTo({}, false);
    },
    goTo(place, smoothly) {
      const target = aim(place);
      isWhole = place.centre === undefined && place.zoom === undefined;
      if (!smoothly || isCalm) return jump(viewport, target, size());
      if (!isSamePlace(read(false), target)) fly(viewport, target, size());
    },
    zoomAt(pixel, by, smoothly) {
      const { zoom, rotationDeg } = read(false);
      const level = clampZoom(zoom + by, zoomLimits(image, size(), rotationDeg));
      const fixed = viewport.pointFromPixel(new OpenSeadragon.Point(pixel.x, pixel.y), true);
      isWhole = false;
      viewport.zoomTo(2 ** level / size().width, fixed, !smoothly || isCalm);
    },
    release() {
      isWhole = false;
    },
    settle() {
      const target = aim(read(false));
      if (!isSamePlace(read(false), target)) fly(viewport, target, size());
    },
    resize({ width, height }) {
      const place = camera.panelPlace();
      viewport.resize(new OpenSeadragon.Point(width, height));
      camera.goTo(place, false);
      viewer.forceRedraw();
    },
  };
  // The library calls it at the end of each gesture; its own rules are of its world, and not of the image.
  Object.assign(viewport, {
    applyConstraints() {
      camera.settle();
      return viewport;
    },
  });
  return camera;
}

function jump(viewport: OpenSeadragon.Viewport, { centre, zoom, rotationDeg }: ZoomPlace, { width }: Size): void {
  viewport.zoomTo(2 ** zoom / width, undefined, true);
  viewport.rotateTo(rotationDeg, undefined, true);
  viewport.panTo(new OpenSeadragon.Point(centre.x, centre.y), true);
}

/** Zooming about the one point that both places show at the same pixel leads from one to the other, with no detour. */
function fly(viewport: OpenSeadragon.Viewport, { centre, zoom, rotationDeg }: ZoomPlace, { width }: Size): void {
  const from = viewport.getCenter(true);
  const [nowZoom, nextZoom] = [viewport.getZoom(true), 2 ** zoom / width];
  viewport.panTo(from, true);
  viewport.zoomTo(nowZoom, undefined, true);
  const to = new OpenSeadragon.Point(centre.x, centre.y);
  if (Math.abs(Math.log2(nextZoom / nowZoom)) < 1e-4) {
    viewport.zoomTo(nextZoom, undefined, true);
    viewport.panTo(to, false);
  } else {
    const fixed = to
      .times(nextZoom)
      .minus(from.times(nowZoom))
      .divide(nextZoom - nowZoom);
    viewport.zoomTo(nextZoom, fixed, false);
  }
  viewport.rotateTo(rotationDeg, undefined, false);
}
