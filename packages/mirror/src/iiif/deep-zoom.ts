import { type ImageSize, TILE_PX } from "@brainatlas/sdk/image";
import type { ResolvedRequest } from "./resolve-request.ts";

/** A tile of a Deep Zoom image: level 0 is one pixel, each next one twice as large. */
export interface DeepZoomTile {
  readonly level: number;
  readonly column: number;
  readonly row: number;
}

/** Level at which an image has its full size. */
export function fullLevel({ width, height }: ImageSize): number {
  return Math.ceil(Math.log2(Math.max(width, height)));
}

/** The descriptor of an image, in the form of 2008. */
export function printDescriptor({ width, height }: ImageSize): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<Image xmlns="http://schemas.microsoft.com/deepzoom/2008" Format="jpg" Overlap="0" TileSize="${TILE_PX}">`,
    `<Size Width="${width}" Height="${height}"/>`,
    "</Image>",
    "",
  ].join("\n");
}

/**
 * Reads the place of a tile: `{level}/{column}_{row}.jpg`.
 *
 * @example parseDeepZoomTile("11", "3_2.jpg") // → { level: 11, column: 3, row: 2 }
 */
export function parseDeepZoomTile(level: string, name: string): DeepZoomTile | undefined {
  const [match, column, row] = /^(\d{1,7})_(\d{1,7})\.jpe?g$/.exec(name) ?? [];
  if (match === undefined || !/^\d{1,2}$/.test(level)) return undefined;
  return { level: Number(level), column: Number(column), row: Number(row) };
}

/**
 * What a tile holds, as a region and its size. Levels are halved and rounded up, where this mirror's tiers drop the fraction.
 *
 * @returns `undefined` for a tile that the image does not have.
 * @example deepZoomRegion({ level: 9, column: 1, row: 0 }, { width: 300, height: 200 })?.width // → 44
 */
export function deepZoomRegion({ level, column, row }: DeepZoomTile, image: ImageSize): ResolvedRequest | undefined {
  const halvings = fullLevel(image) - level;
  if (halvings < 0) return undefined;
  const scale = 2 ** halvings;
  const [x, y] = [column * TILE_PX * scale, row * TILE_PX * scale];
  const width = Math.min(TILE_PX * scale, image.width - x);
  const height = Math.min(TILE_PX * scale, image.height - y);
  if (width <= 0 || height <= 0) return undefined;
  return { region: { x, y, width, height }, width: Math.ceil(width / scale), height: Math.ceil(height / scale) };
}
