import type { BrainAtlas } from "@brainatlas/sdk";
import { printImageServicePath, type SubImageRecord } from "@brainatlas/sdk/image";
import type { PictureLayer } from "../model/picture-layers.ts";
import { type ScreenMap, scaleOf } from "../model/screen-map.ts";
import type { Size } from "../model/size.ts";
import { tileRegion, VIEW_TILE_PX } from "../model/tile-grid.ts";
import { fetchTile } from "../zoom/fetch-tile.ts";
import { seeThroughTile } from "../zoom/see-through-tile.ts";
import { createCanvas } from "./canvas.ts";
import { type PictureTiles, pictureTiles } from "./picture-tiles.ts";
import { visibleBox } from "./visible-box.ts";

/** What a panel shows, as it is to be drawn. */
export interface PictureShot {
  readonly record: SubImageRecord;
  readonly layers: readonly PictureLayer[];
  /** To CSS pixels of the panel. */
  readonly map: ScreenMap;
  readonly size: Size;
  /** Pixels of the drawn picture a CSS pixel. */
  readonly pixelRatio: number;
}

/** How composing may be followed and ended. */
export interface ComposeOptions {
  readonly signal: AbortSignal;
  /** Called with the number of tiles that have come, and of all. */
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Puts the pictures of a panel together from tiles: as the panel shows them, but as sharp as is wanted, and not before all have come.
 *
 * @throws {AtlasError} If a tile does not come.
 */
export async function composePicture(
  api: BrainAtlas,
  shot: PictureShot,
  { signal, onProgress }: ComposeOptions,
): Promise<HTMLCanvasElement> {
  const { record, layers, map, size, pixelRatio } = shot;
  const { canvas, context } = createCanvas(size.width * pixelRatio, size.height * pixelRatio);
  const box = visibleBox(map, size, record);
  if (box === undefined) return canvas;
  const wanted = pictureTiles(record, box, scaleOf(map) * pixelRatio);
  let done = 0;
  const count = (): void => onProgress(++done, wanted.tiles.length * layers.length);
  // One that fails ends the others.
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const sheets = layers.map((layer) => composeSheet(api, { layer, record, wanted }, either, count));
  try {
    for (const [index, sheet] of (await Promise.all(sheets)).entries()) {
      drawLayer(context, shot, layers[index], wanted, sheet);
    }
  } catch (error) {
    failed.abort();
    throw error;
  }
  return canvas;
}

interface SheetParts {
  readonly layer: PictureLayer;
  readonly record: SubImageRecord;
  readonly wanted: PictureTiles;
}

/** All tiles of a layer side by side, pixel by pixel, so that no seams are drawn between them. */
async function composeSheet(
  api: BrainAtlas,
  { layer, record, wanted }: SheetParts,
  signal: AbortSignal,
  onTile: () => void,
): Promise<HTMLCanvasElement> {
  const { canvas, context } = createCanvas(wanted.width, wanted.height);
  await Promise.all(
    wanted.tiles.map(async (tile) => {
      const path = printImageServicePath(layer.path, tileRegion(record, tile), layer.extras);
      const fetched = await fetchTile(api, path, signal);
      const bitmap = layer.isSeenThrough ? seeThroughTile(fetched) : fetched;
      context.drawImage(bitmap, (tile.column - wanted.column) * VIEW_TILE_PX, (tile.row - wanted.row) * VIEW_TILE_PX);
      bitmap.close();
      onTile();
    }),
  );
  return canvas;
}

function drawLayer(
  context: CanvasRenderingContext2D,
  { record, map, size, pixelRatio }: PictureShot,
  layer: PictureLayer | undefined,
  wanted: PictureTiles,
  sheet: HTMLCanvasElement,
): void {
  const { opacity = 1, swipe = { from: 0, to: 1 } } = layer ?? {};
  const tierPx = 2 ** wanted.downsample;
  const edge = VIEW_TILE_PX * tierPx;
  context.save();
  context.scale(pixelRatio, pixelRatio);
  clip(context, swipe.from * size.width, 0, (swipe.to - swipe.from) * size.width, size.height);
  context.transform(map.a, map.b, map.c, map.d, map.e, map.f);
  clip(context, 0, 0, record.width, record.height);
  context.globalAlpha = opacity;
  context.imageSmoothingQuality = "high";
  const [left, top] = [wanted.column * edge - record.x, wanted.row * edge - record.y];
  context.drawImage(sheet, left, top, sheet.width * tierPx, sheet.height * tierPx);
  context.restore();
}

function clip(context: CanvasRenderingContext2D, x: number, y: number, width: number, height: number): void {
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
}
