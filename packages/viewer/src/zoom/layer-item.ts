import type { ImageBox } from "@brainatlas/sdk/image";
import OpenSeadragon from "openseadragon";
import { corners } from "../model/box.ts";
import type { PictureLayer } from "../model/picture-layers.ts";
import type { ZoomPlace } from "../model/place.ts";
import { type ScreenMap, toImage } from "../model/screen-map.ts";
import type { Size } from "../model/size.ts";
import { createTileSource, type FetchTile } from "./tile-source.ts";

/** A layer in the library's world. */
export interface LayerItem {
  readonly key: string;
  readonly box: ImageBox;
  /** How it is shown, as the view says by now. */
  layer: PictureLayer;
  /** `undefined` until the library has made it. */
  item: OpenSeadragon.TiledImage | undefined;
  /** Whether it is drawn; until then its tiles are fetched unseen. */
  isShown: boolean;
  /** Whether a tile of it has come, or failed. */
  hasBegun: boolean;
}

/**
 * Adds a layer to a viewer, unseen, with its image's box at the origin; what is outside of the box is cut off.
 *
 * @param onChange Called when it is there, and when all its tiles have come.
 */
export function addLayer(
  viewer: OpenSeadragon.Viewer,
  { key, box, layer }: Pick<LayerItem, "key" | "box" | "layer">,
  fetchTile: FetchTile,
  onChange: (added: LayerItem) => void,
): LayerItem {
  const added: LayerItem = { key, box, layer, item: undefined, isShown: false, hasBegun: false };
  viewer.addTiledImage({
    tileSource: createTileSource(layer, box, fetchTile),
    x: -box.x,
    y: -box.y,
    width: box.image_width,
    clip: new OpenSeadragon.Rect(box.x, box.y, box.width, box.height),
    opacity: 0,
    preload: true,
    success: ({ item }: { item: OpenSeadragon.TiledImage }) => {
      added.item = item;
      // Its tiles stay for a while after it, within the bounds of the cache: one goes back and forth between plates.
      item.allowZombieCache(true);
      item.addHandler("fully-loaded-change", () => onChange(added));
      onChange(added);
    },
    // The types take the options of a viewer's layer for those of a source of tiles.
  } as unknown as OpenSeadragon.TileSourceSpecifier);
  return added;
}

/** Takes a layer out of a viewer. */
export function dropLayer({ world }: OpenSeadragon.Viewer, { item }: LayerItem): void {
  if (item !== undefined) world.removeItem(item);
}

/**
 * Cuts a swiped layer off at its line, which is upright on the screen however the image is turned.
 *
 * @param size Of the panel, in CSS pixels.
 */
export function cutLayer({ item, layer, box }: LayerItem, map: ScreenMap, { width, height }: Size): void {
  if (item === undefined || layer.swipe === undefined) return;
  const [left, right] = [layer.swipe.from * width, layer.swipe.to * width];
  const strip = corners({ left, top: 0, right, bottom: height }).map((corner) => toImage(map, corner));
  item.setCroppingPolygons([strip.map(({ x, y }) => new OpenSeadragon.Point(x + box.x, y + box.y))]);
}

/** Moves a layer so that it is seen after a jump of the camera where it was before. */
export function carryLayer({ item }: LayerItem, from: ZoomPlace, to: ZoomPlace): void {
  if (item === undefined) return;
  const { x, y, width } = item.getBoundsNoRotate(true);
  const by = 2 ** (from.zoom - to.zoom);
  const moved = { x: (x - from.centre.x) * by + to.centre.x, y: (y - from.centre.y) * by + to.centre.y };
  item.setPosition(new OpenSeadragon.Point(moved.x, moved.y), true);
  item.setWidth(width * by, true);
}

/** Undoes `carryLayer`. */
export function settleLayer({ item, box }: LayerItem): void {
  item?.setPosition(new OpenSeadragon.Point(-box.x, -box.y), true);
  item?.setWidth(box.image_width, true);
}
