import type { TierWindow } from "../../image/geometry.ts";

/** A row of regions of the same height, from the left edge of the picture to its right one. */
export interface Band {
  /** Rows of pixels. */
  readonly height: number;
  readonly regions: readonly TierWindow[];
}

/** Regions begin on whole blocks of JPEG, so that a server that has such tiles need not encode them anew. */
export const REGION_STEP_PX = 16;
/** A band is held decoded, with three bytes a pixel. */
const MAX_BAND_BYTES = 64 * 1024 * 1024;
const CHANNELS = 3;

/**
 * Cuts a rectangle of a tier into regions on a grid, which begins at the upper left corner of the stored file.
 *
 * Regions are as high as wide, but for those of pictures that are so wide that a band of them would not fit into 64 MB.
 *
 * @param window In pixels of the tier.
 * @param regionPx Largest width and height of a region, in pixels of the tier; a multiple of 16.
 * @returns Bands from top to bottom; their regions, from left to right, cover the rectangle exactly.
 */
export function cutRegions(window: TierWindow, regionPx: number): Band[] {
  const { downsample } = window;
  const columns = cutExtent(window.left, window.width, regionPx);
  return cutExtent(window.top, window.height, bandRows(window.width, regionPx)).map(
    ({ start: top, length: height }) => ({
      height,
      regions: columns.map(({ start: left, length: width }) => ({ left, top, width, height, downsample })),
    }),
  );
}

function bandRows(width: number, regionPx: number): number {
  const rows = Math.floor(MAX_BAND_BYTES / (width * CHANNELS));
  return Math.max(REGION_STEP_PX, Math.min(regionPx, rows - (rows % REGION_STEP_PX)));
}

function cutExtent(start: number, length: number, step: number): { start: number; length: number }[] {
  const cuts: { start: number; length: number }[] = [];
  const end = start + length;
  for (let at = start; at < end; ) {
    const next = Math.min(end, at - (at % step) + step);
    cuts.push({ start: at, length: next - at });
    at = next;
  }
  return cuts;
}
