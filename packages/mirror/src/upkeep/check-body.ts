import { BLOCK_PX, TILE_PX, type TierWindow, tierSize } from "@brainatlas/sdk/image";
import { parseHeld } from "../pixels/held-windows.ts";
import type { StoreEntry } from "../store/entries.ts";
import { type OpenPyramid, openPyramid } from "../tiff/open-pyramid.ts";
import type { PyramidTier } from "../tiff/pyramid.ts";
import { countAbsent } from "./count-absent.ts";

/** Whether an entry is a picture whose body is a pyramid, and not one that is drawn. */
export function isPyramid({ kind, details }: StoreEntry): boolean {
  return kind === "picture" && details.drawingOf === undefined;
}

/** What is wrong with a stored pyramid's tables, or with its tiles; `undefined` if nothing is. */
export function pyramidFault(path: string, isFull: boolean): string | undefined {
  return usePyramid(path, (file) => (isFull ? tilesFault(file) : undefined));
}

/** What an entry says of its picture that the tables of its pyramid do not bear out; `undefined` if all fits. */
export function pictureMisfit(path: string, { details }: StoreEntry): string | undefined {
  return usePyramid(path, ({ pyramid: { encoding, tiers } }) => {
    if ((details.bits === 16) !== (encoding === "deflate")) {
      return `the entry says ${details.bits === 16 ? 16 : 8} bits a channel, and its tiles are encoded as ${encoding}`;
    }
    const finest = Number(details.downsample);
    const sizeOf = (downsample: number) => ({
      width: tierSize(Number(details.width), downsample),
      height: tierSize(Number(details.height), downsample),
    });
    const [first] = tiers;
    const size = sizeOf(finest);
    if (first === undefined || !isFilled(size, first)) {
      return `the entry says ${size.width} × ${size.height} pixels at downsample ${finest}, and it has ${first?.width} × ${first?.height}`;
    }
    const all = tiers.map((_, index) => ({ left: 0, top: 0, ...sizeOf(finest + index), downsample: finest + index }));
    return windowsFault(parseHeld(details.tiers) ?? all, all, tiers);
  });
}

/** Whether a pyramid is of a picture: it may be enlarged by less than as much again, so that its tiers end on whole squares. */
function isFilled(size: Pick<TierWindow, "width" | "height">, tier: PyramidTier): boolean {
  const fits = (own: number, edge: number): boolean => edge >= own && edge < Math.max(2 * own, BLOCK_PX + 1);
  return fits(size.width, tier.width) && fits(size.height, tier.height);
}

/** What of the windows that are said to be held lies in no tier, or on tiles that are absent. */
function windowsFault(
  held: readonly TierWindow[],
  all: readonly TierWindow[],
  tiers: readonly PyramidTier[],
): string | undefined {
  const absent = tiers.map(countAbsent);
  for (const { left, top, width, height, downsample } of held) {
    const index = all.findIndex((tier) => tier.downsample === downsample);
    const tier = all[index];
    const [right, bottom] = [left + width, top + height];
    const what = `the entry says that ${width} × ${height} pixels at ${left}, ${top} of downsample ${downsample} are held, and`;
    if (tier === undefined || right > tier.width || bottom > tier.height) return `${what} they lie outside`;
    const start = { column: Math.floor(left / TILE_PX), row: Math.floor(top / TILE_PX) };
    const end = { column: Math.ceil(right / TILE_PX), row: Math.ceil(bottom / TILE_PX) };
    const missing = absent[index]?.(start, end) ?? 0;
    if (missing > 0) return `${what} ${missing} of their tiles are absent`;
  }
  return undefined;
}

function usePyramid(path: string, use: (file: OpenPyramid) => string | undefined): string | undefined {
  try {
    const file = openPyramid(path);
    try {
      return use(file);
    } finally {
      file.close();
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function tilesFault({ pyramid: { encoding, tiers }, readTile }: OpenPyramid): string | undefined {
  if (encoding !== "jpeg") return undefined;
  for (const [tier, { offsets }] of tiers.entries()) {
    for (let index = 0; index < offsets.length; index += 1) {
      const fault = offsets[index] === 0 ? undefined : tileFault(readTile(tier, index));
      if (fault !== undefined) return `tile ${index} of its tier ${tier} ${fault}`;
    }
  }
  return undefined;
}

/** A JPEG begins and ends with its markers. */
function tileFault(tile: Uint8Array): string | undefined {
  if (tile[0] !== 0xff || tile[1] !== 0xd8) return "is no JPEG";
  return tile.at(-2) === 0xff && tile.at(-1) === 0xd9 ? undefined : "is cut off";
}
