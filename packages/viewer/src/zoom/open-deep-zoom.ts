import type { BrainAtlas } from "@brainatlas/sdk";
import OpenSeadragon from "openseadragon";
import type { ScreenMap } from "../model/screen-map.ts";
import type { Size } from "../model/size.ts";
import { createCamera } from "./camera.ts";
import { createViewer } from "./create-viewer.ts";
import type { DeepZoom, DeepZoomEvents, ZoomProgress } from "./deep-zoom.ts";
import { createFailedTiles } from "./failed-tiles.ts";
import { fetchTile } from "./fetch-tile.ts";
import { createLayerStack } from "./layer-stack.ts";
import { listen } from "./listen.ts";
import { tellRests } from "./tell-rests.ts";
import { watchPixelRatio } from "./watch-pixel-ratio.ts";

/** Opens a deep-zoom picture in an element of the page. */
export function openDeepZoom(element: HTMLElement, api: BrainAtlas, events: DeepZoomEvents): DeepZoom {
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const viewer = createViewer(element, isCalm);
  const camera = createCamera(viewer, isCalm);
  const failed = createFailedTiles();
  const [tellFrame, tellProgress] = [onNewFrame(events.onFrame), onNewProgress(events.onProgress)];
  const input = listen(viewer, camera, events);
  let shownId: number | undefined;
  let error: unknown;

  const load = (path: string, signal: AbortSignal): Promise<ImageBitmap> =>
    fetchTile(api, path, signal).catch((reason: unknown) => {
      if (!signal.aborted) error = reason;
      throw reason;
    });
  const update = (): void => {
    layers.update();
    failed.keep((item) => layers.find(item) !== undefined);
    viewer.forceRedraw();
  };
  const layers = createLayerStack(viewer, camera, load, update);
  const begin = (item: OpenSeadragon.TiledImage): void => {
    const layer = layers.find(item);
    if (layer === undefined || layer.isShown) return;
    layer.hasBegun = true;
    update();
  };
  const report = (failedTiles: number): void => {
    const isWhole = layers.wanted().every(({ item, isShown }) => isShown && item?.getFullyLoaded() === true);
    tellProgress({ isWhole, failedTiles, error: failedTiles === 0 ? undefined : error });
  };
  const onDrawn = (): void => {
    if (shownId === undefined) return;
    const [map, size] = [camera.map(), camera.size()];
    const boxes = failed.seen(layers.wanted(), map, size);
    if (boxes.length > 0) failed.mark(viewer, boxes, map);
    report(boxes.length);
    if (tellFrame(map, size)) input.moved();
  };

  viewer.addHandler("viewport-change", () => layers.cut());
  viewer.addHandler("update-viewport", onDrawn);
  const rest = tellRests(viewer, () => {
    if (shownId !== undefined) events.onRest(shownId, camera.panelPlace());
  });
  viewer.addHandler("tile-loaded", ({ tiledImage }) => begin(tiledImage));
  viewer.addHandler("tile-load-failed", ({ tile, tiledImage }) => {
    if (layers.find(tiledImage) === undefined) return;
    failed.add(tile);
    begin(tiledImage);
    viewer.forceRedraw();
  });
  const observer = new ResizeObserver(() =>
    camera.resize({ width: element.clientWidth, height: element.clientHeight }),
  );
  observer.observe(element);
  const stopWatching = watchPixelRatio((ratio) => {
    Object.assign(OpenSeadragon, { pixelDensityRatio: ratio });
    viewer.world.resetItems();
    camera.resize({ width: element.clientWidth, height: element.clientHeight });
  });

  return {
    show(image, wanted) {
      layers.show(image, wanted);
      if (shownId !== image.id) {
        const before = camera.place();
        camera.setImage(image.record);
        if (shownId !== undefined) layers.carry(before, camera.place());
      }
      shownId = image.id;
      report(0);
      viewer.forceRedraw();
    },
    goTo(place, smoothly) {
      camera.goTo(place, smoothly);
      rest.begin();
    },
    place: () => (shownId === undefined ? undefined : camera.place()),
    // Its drawer paints onto a canvas.
    rest: () => (shownId === undefined ? undefined : { imageId: shownId, place: camera.panelPlace() }),
    canvas: () => viewer.drawer.canvas as HTMLCanvasElement,
    describe(name) {
      viewer.canvas.setAttribute("role", "application");
      viewer.canvas.setAttribute("aria-label", name);
    },
    retry() {
      failed.retry(layers.wanted());
      viewer.forceRedraw();
    },
    destroy() {
      observer.disconnect();
      stopWatching();
      rest.end();
      input.end();
      layers.destroy();
      viewer.destroy();
    },
  };
}

/** Tells of a frame that differs from the last one, be it in pixels of the device, and returns whether it did: the library draws anew for each tile too. */
function onNewFrame(tell: DeepZoomEvents["onFrame"]): (map: ScreenMap, size: Size) => boolean {
  let last: readonly number[] = [];
  return (map, size) => {
    const now = [map.a, map.b, map.e, map.f, size.width, size.height, devicePixelRatio];
    if (now.every((each, index) => each === last[index])) return false;
    last = now;
    tell(map, size);
    return true;
  };
}

function onNewProgress(tell: DeepZoomEvents["onProgress"]): (progress: ZoomProgress) => void {
  let last: ZoomProgress | undefined;
  return (progress) => {
    const { isWhole, failedTiles, error } = progress;
    if (last?.isWhole === isWhole && last.failedTiles === failedTiles && last.error === error) return;
    last = progress;
    tell(progress);
  };
}
