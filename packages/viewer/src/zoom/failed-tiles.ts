import type { Box } from "@brainatlas/sdk/drawing";
import OpenSeadragon from "openseadragon";
import { paintHatch } from "../draw/paint-hatch.ts";
import type { Size } from "../model/place.ts";
import { type ScreenMap, scaleOf, toImage } from "../model/screen-map.ts";
import { gridSize, lastTier, tierAt, tileRegion } from "../model/tile-grid.ts";
import type { LayerItem } from "./layer-item.ts";

/** Tiles that failed for good. */
export interface FailedTiles {
  add(tile: OpenSeadragon.Tile): void;
  /** Those of what is seen, of the wanted layers, in full-resolution pixels relative to the image's box. */
  seen(layers: readonly LayerItem[], map: ScreenMap, size: Size): readonly Box[];
  /** Hatches them in a panel. */
  mark(viewer: OpenSeadragon.Viewer, boxes: readonly Box[], map: ScreenMap): void;
  /** Lets them be asked for again. */
  retry(layers: readonly LayerItem[]): void;
  /** Forgets those of layers that are not there any more. */
  keep(isThere: (item: OpenSeadragon.TiledImage) => boolean): void;
}

/** Keeps account of the tiles that failed. */
export function createFailedTiles(): FailedTiles {
  const failed = new Map<OpenSeadragon.Tile, OpenSeadragon.TiledImage>();
  return {
    add(tile) {
      if (tile.tiledImage !== null) failed.set(tile, tile.tiledImage);
    },
    seen(layers, map, size) {
      if (failed.size === 0) return [];
      const view = seenBox(map, size);
      return layers.flatMap((layer) => {
        const downsample = tierAt(layer.box, scaleOf(map) * OpenSeadragon.pixelDensityRatio);
        const level = lastTier(layer.box) - downsample;
        const tiles = [...failed].filter(([tile, item]) => item === layer.item && tile.level === level);
        return tiles.flatMap(([{ x, y }]) => meet(tileBox(layer, { downsample, column: x, row: y }), view) ?? []);
      });
    },
    mark(viewer, boxes, map) {
      const { canvas } = viewer.drawer;
      const context = canvas instanceof HTMLCanvasElement ? canvas.getContext("2d") : null;
      const colour = getComputedStyle(viewer.element).getPropertyValue("--danger");
      if (context !== null) paintHatch(context, map, boxes, { colour, density: OpenSeadragon.pixelDensityRatio });
    },
    retry(layers) {
      for (const tile of failed.keys()) tile.exists = true;
      failed.clear();
      // So that the library looks again at what it needs.
      for (const { item } of layers) item?.setClip(item.getClip());
    },
    keep(isThere) {
      for (const [tile, item] of failed) if (!isThere(item)) failed.delete(tile);
    },
  };
}

/** What of the image's box a tile shows. */
function tileBox({ box }: LayerItem, tile: { downsample: number; column: number; row: number }): Box | undefined {
  const { columns, rows } = gridSize(box, tile.downsample);
  if (tile.column >= columns || tile.row >= rows) return undefined;
  const { left, top, width, height } = tileRegion(box, tile);
  const [x, y, pixel] = [left - box.x, top - box.y, 2 ** tile.downsample];
  const whole = { left: 0, top: 0, right: box.width, bottom: box.height };
  return meet({ left: x, top: y, right: x + width * pixel, bottom: y + height * pixel }, whole);
}

function seenBox(map: ScreenMap, { width, height }: Size): Box {
  const corners = [0, width].flatMap((x) => [0, height].map((y) => toImage(map, { x, y })));
  const [across, down] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  return { left: Math.min(...across), top: Math.min(...down), right: Math.max(...across), bottom: Math.max(...down) };
}

function meet(one: Box | undefined, other: Box): Box | undefined {
  if (one === undefined) return undefined;
  const both = {
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  };
  return both.right > both.left && both.bottom > both.top ? both : undefined;
}
