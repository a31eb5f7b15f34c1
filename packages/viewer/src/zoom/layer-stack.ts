import type OpenSeadragon from "openseadragon";
import type { PictureLayer } from "../model/picture-layers.ts";
import type { ZoomPlace } from "../model/place.ts";
import type { SeriesImage } from "../model/series.ts";
import type { Camera } from "./camera.ts";
import { addLayer, carryLayer, cutLayer, dropLayer, type LayerItem, settleLayer } from "./layer-item.ts";
import type { FetchTile } from "./tile-source.ts";

/** How long the last picture stays while the next one is not whole, in ms; then some of it is enough, and in the end nothing. */
const PATIENCE_MS = 150;
const LAST_PATIENCE_MS = 2500;

/** The pictures of a panel: those that are wanted, and until these can be seen those that were. */
export interface LayerStack {
  show(image: SeriesImage, layers: readonly PictureLayer[]): void;
  /** Shows what is wanted, once it can be seen. */
  update(): void;
  /** Cuts off swiped layers; before each frame is drawn. */
  cut(): void;
  /** Moves what is left of the last image along, where the place of the new one is another. */
  carry(from: ZoomPlace, to: ZoomPlace): void;
  /** Those that are wanted, the lowest first. */
  wanted(): readonly LayerItem[];
  find(item: OpenSeadragon.TiledImage): LayerItem | undefined;
  destroy(): void;
}

/**
 * Makes the pictures of a viewer.
 *
 * @param onChange Called when something about them changed by itself; updates them.
 */
export function createLayerStack(
  viewer: OpenSeadragon.Viewer,
  camera: Camera,
  fetchTile: FetchTile,
  onChange: () => void,
): LayerStack {
  const held = new Map<string, LayerItem>();
  let wanted: readonly LayerItem[] = [];
  let since = 0;
  let timers: ReturnType<typeof setTimeout>[] = [];
  keepOpen(viewer);

  const hear = (added: LayerItem): void => {
    if (held.get(added.key) === added) onChange();
    else dropLayer(viewer, added);
  };
  const hold = (image: SeriesImage, layer: PictureLayer): LayerItem => {
    const key = `${image.id} ${layer.key}`;
    const known = held.get(key);
    if (known !== undefined) {
      settleLayer(known);
      return Object.assign(known, { layer });
    }
    const added = addLayer(viewer, { key, box: image.record, layer }, fetchTile, hear);
    held.set(key, added);
    return added;
  };
  const dropUnless = (isKept: (each: LayerItem) => boolean): void => {
    for (const each of [...held.values()].filter((one) => !isKept(one))) {
      held.delete(each.key);
      dropLayer(viewer, each);
    }
  };
  const stopWaiting = (): void => {
    for (const timer of timers) clearTimeout(timer);
  };
  const wait = (): void => {
    stopWaiting();
    since = performance.now();
    timers = [PATIENCE_MS, LAST_PATIENCE_MS].map((ms) => setTimeout(onChange, ms));
  };
  const stack: LayerStack = {
    show(image, layers) {
      const before = wanted;
      wanted = layers.map((layer) => hold(image, layer));
      dropUnless((each) => each.isShown || wanted.includes(each));
      if (wanted.some((each) => !before.includes(each))) wait();
      stack.update();
    },
    update() {
      const waitedMs = performance.now() - since;
      if (wanted.every((each) => isReady(each, waitedMs))) {
        dropUnless((each) => wanted.includes(each));
        arrange(viewer, wanted);
      }
      for (const { item, isShown, layer } of wanted) {
        if (isShown) item?.setOpacity(layer.opacity);
        if (layer.swipe === undefined) item?.resetCroppingPolygons();
      }
      stack.cut();
    },
    cut() {
      for (const each of wanted) cutLayer(each, camera.map(), camera.size());
    },
    carry(from, to) {
      for (const each of held.values()) if (!wanted.includes(each)) carryLayer(each, from, to);
    },
    wanted: () => wanted,
    find: (item) => [...held.values()].find((each) => each.item === item),
    destroy() {
      stopWaiting();
      dropUnless(() => false);
    },
  };
  return stack;
}

/** The library draws, and so moves, nothing while its world is empty: an item that shows nothing keeps it going. */
function keepOpen(viewer: OpenSeadragon.Viewer): void {
  viewer.addTiledImage({
    tileSource: { width: 1, height: 1, tileSize: 1, minLevel: 0, maxLevel: 0, getTileUrl: () => "" },
    opacity: 0,
    // As in `addLayer()`.
  } as unknown as OpenSeadragon.TileSourceSpecifier);
}

function isReady({ item, isShown, hasBegun }: LayerItem, waitedMs: number): boolean {
  if (isShown || waitedMs >= LAST_PATIENCE_MS) return true;
  return item !== undefined && (item.getFullyLoaded() || (hasBegun && waitedMs >= PATIENCE_MS));
}

/** Shows layers in their order, over the item that keeps the world going. */
function arrange({ world }: OpenSeadragon.Viewer, layers: readonly LayerItem[]): void {
  const there = layers.filter((layer) => layer.item !== undefined);
  for (const [index, layer] of there.entries()) {
    layer.isShown = true;
    if (layer.item !== undefined && world.getItemAt(index + 1) !== layer.item)
      world.setItemIndex(layer.item, index + 1);
  }
}
