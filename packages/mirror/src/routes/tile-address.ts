import { IMAGE_SERVICE_PATH, parseImageServiceRequest, TILE_PX } from "@brainatlas/sdk/image";
import { DEFAULT_QUALITY } from "../jpeg/jpeg-limits.ts";
import { dispositionOf } from "./disposition.ts";

/** A square of tile size, as a URL asks for it. */
export interface TileAddress {
  /** How the picture is named: what `PictureAddress.name` has. */
  readonly name: string;
  /** In full-resolution pixels from the origin that the address has. */
  readonly left: number;
  readonly top: number;
  readonly downsample: number;
  /** Headers that this way of asking adds. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Region of whole numbers, a size, no turn, default quality, JPEG: what viewers ask for. */
const IIIF_TILE =
  /^\/iiif\/([23]\/[^/?]{1,200})\/(\d{1,9}),(\d{1,9}),(\d{1,9}),(\d{1,9})\/256,(256)?\/0\/default\.jpg$/;
const NONE: Readonly<Record<string, string>> = {};

/** The name of a picture in addresses of IIIF, by the version and the identifier as they stand in the path. */
export function iiifName(version: number, identifier: string): string {
  return `${version}/${identifier}`;
}

/**
 * Reads a request for a square of tile size that nothing is done to, in any of the ways that URLs have for it; `undefined` for any other.
 *
 * @param target Path and query.
 * @example readTileAddress("/iiif/3/7/0,512,512,512/256,256/0/default.jpg")?.downsample // → 1
 */
export function readTileAddress(target: string): TileAddress | undefined {
  if (target.startsWith("/iiif/")) return readIiif(target);
  return target.startsWith(`${IMAGE_SERVICE_PATH}?`) ? readImageService(target) : undefined;
}

function readIiif(target: string): TileAddress | undefined {
  const [, name, left, top, width, height] = IIIF_TILE.exec(target) ?? [];
  if (name === undefined || width !== height) return undefined;
  const downsample = Math.log2(Number(width) / TILE_PX);
  if (!Number.isInteger(downsample) || downsample < 0) return undefined;
  return { name, left: Number(left), top: Number(top), downsample, headers: NONE };
}

function readImageService(target: string): TileAddress | undefined {
  try {
    const asked = parseImageServiceRequest(new URLSearchParams(target.slice(IMAGE_SERVICE_PATH.length + 1)));
    const { path, left = 0, top = 0, downsample = 0, width, height, quality = DEFAULT_QUALITY } = asked;
    const isTile = width === TILE_PX && height === TILE_PX && quality === DEFAULT_QUALITY && asked.zoom === undefined;
    const isPlain = [asked.filter, asked.filterVals, asked.colormap, asked.rgb, asked.contrast].every(
      (value) => value === undefined,
    );
    if (!isTile || !isPlain) return undefined;
    return { name: path, left, top, downsample, headers: dispositionOf(asked) };
  } catch {
    return undefined; // The route says what is wrong.
  }
}
