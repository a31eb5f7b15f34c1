import type { Box } from "@brainatlas/sdk/drawing";
import OpenSeadragon from "openseadragon";
import { paintHatch } from "../draw/paint-hatch.ts";
import { overlap, seenBox, wholeBox } from "../model/box.ts";
import { type ScreenMap, scaleOf } from "../model/screen-map.ts";
import type { Size } from "../model/size.ts";
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
        return tiles.flatMap(([{ x, y }]) => {
          const box = tileBox(layer, { downsample, column: x, row: y });
          return (box && overlap(box, view)) ?? [];
        });
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
  return overlap({ left: x, top: y, right: x + width * pixel, bottom: y + height * pixel }, wholeBox(box));
}
