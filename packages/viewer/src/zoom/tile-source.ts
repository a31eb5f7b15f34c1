import { type ImageBox, printImageServicePath } from "@brainatlas/sdk/image";
import OpenSeadragon from "openseadragon";
import type { PictureLayer } from "../model/picture-layers.ts";
import { coarseTier, gridSize, lastTier, tileRegion, VIEW_TILE_PX } from "../model/tile-grid.ts";
import { BITMAP } from "./bitmap-drawer.ts";
import { seeThroughTile } from "./see-through-tile.ts";

/** Fetches and decodes a tile. */
export type FetchTile = (path: string, signal: AbortSignal) => Promise<ImageBitmap>;

/** A stored file as the library asks for its tiles; its level 0 is the coarsest tier. */
export function createTileSource(layer: PictureLayer, box: ImageBox, fetchTile: FetchTile): OpenSeadragon.TileSource {
  const last = lastTier(box);
  const under = new Set<AbortController>();
  const source = new OpenSeadragon.TileSource({
    width: box.image_width,
    height: box.image_height,
    tileSize: VIEW_TILE_PX,
    tileOverlap: 0,
    minLevel: last - coarseTier(box),
    maxLevel: last,
    // The types ask for what only other sources need.
  } as OpenSeadragon.TileSourceOptions);
  return Object.assign(source, {
    ...gridOf(layer, box, last),
    getClosestLevel: () => source.minLevel,
    hasTransparency: () => layer.isSeenThrough,
    getTileHashKey: (_level: number, _column: number, _row: number, url: string) =>
      layer.isSeenThrough ? `${url} see-through` : url,
    downloadTileStart: (job: OpenSeadragon.ImageJob) => startTile(job, fetchOf(layer, fetchTile), under),
    downloadTileAbort: (job: OpenSeadragon.ImageJob) => job.userData.controller?.abort(),
    destroy: () => {
      for (const controller of under) controller.abort();
    },
  });
}

/** Fetches the tiles of a layer; of one that is seen through, their black as nothing. */
function fetchOf({ isSeenThrough }: PictureLayer, fetchTile: FetchTile): FetchTile {
  return isSeenThrough ? async (path, signal) => seeThroughTile(await fetchTile(path, signal)) : fetchTile;
}

/** Where the tiles are. The library itself would take the sizes of tiers with their fractions, and ask for tiles that have no pixel. */
function gridOf({ path, extras }: PictureLayer, box: ImageBox, last: number): object {
  const sizeOf = (level: number): OpenSeadragon.Point => {
    const { columns, rows } = gridSize(box, last - level);
    return new OpenSeadragon.Point(columns, rows);
  };
  const regionOf = (level: number, column: number, row: number) =>
    tileRegion(box, { downsample: last - level, column, row });
  return {
    getNumTiles: sizeOf,
    getTileAtPoint(level: number, { x, y }: OpenSeadragon.Point) {
      const [most, edge] = [sizeOf(level), (VIEW_TILE_PX * 2 ** (last - level)) / box.image_width];
      return new OpenSeadragon.Point(
        Math.min(most.x - 1, Math.floor(x / edge)),
        Math.min(most.y - 1, Math.floor(y / edge)),
      );
    },
    getTileBounds(level: number, column: number, row: number, isSource = false) {
      const { left, top, width, height } = regionOf(level, column, row);
      if (isSource) return new OpenSeadragon.Rect(0, 0, width, height);
      const tierPx = 2 ** (last - level);
      return new OpenSeadragon.Rect(left, top, width * tierPx, height * tierPx).times(1 / box.image_width);
    },
    getTileUrl: (level: number, column: number, row: number) =>
      printImageServicePath(path, regionOf(level, column, row), extras),
  };
}

/** The job has an id until it has ended; one that was given up in between hears nothing more. */
function startTile(job: OpenSeadragon.ImageJob, fetchTile: FetchTile, under: Set<AbortController>): void {
  const controller = new AbortController();
  job.userData.controller = controller;
  under.add(controller);
  fetchTile(job.src, controller.signal)
    .then(
      (bitmap) => (job.jobId === null ? bitmap.close() : job.finish(bitmap, null, BITMAP)),
      (error: unknown) => {
        if (job.jobId !== null) job.fail(String(error), null);
      },
    )
    .finally(() => under.delete(controller));
}
