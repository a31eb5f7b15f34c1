import { tierSize } from "@brainatlas/sdk/image";
import type { SeriesImage } from "../model/series.ts";
import { lastTier } from "../model/tile-grid.ts";

/** A size in which a plate can be had. */
export interface PlateSize {
  /** How often the full resolution is halved. */
  readonly downsample: number;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** What it is good for, such as "a slide". */
  readonly use: string;
  /** Why it cannot be had; `undefined` for one that can. */
  readonly refused: string | undefined;
}

/** Shortest long edge of a size, in pixels. */
const LEAST_PX = 64;

/** Longest edge of a JPEG, in pixels. */
const MOST_PX = 65_535;

/** What pictures are good for, by their long edge in pixels. */
const USES = [
  { upTo: 400, use: "a thumbnail" },
  { upTo: 1100, use: "a message or a page" },
  { upTo: 2800, use: "a slide or a screen" },
  { upTo: 7000, use: "print" },
  { upTo: Number.POSITIVE_INFINITY, use: "measuring" },
] as const;

/** The sizes of an image, the largest first. */
export function plateSizes(record: SeriesImage["record"]): PlateSize[] {
  const tiers = Array.from({ length: lastTier(record) + 1 }, (_, downsample) => sizeAt(record, downsample));
  return tiers.filter(({ downsample, width, height }) => downsample === 0 || Math.max(width, height) >= LEAST_PX);
}

/** The size to begin with: the largest for a screen. */
export function usualSize(sizes: readonly PlateSize[]): PlateSize | undefined {
  return sizes.find(({ width, height }) => Math.max(width, height) <= 2800) ?? sizes.at(-1);
}

function sizeAt({ width: fullWidth, height: fullHeight }: SeriesImage["record"], downsample: number): PlateSize {
  const [width, height] = [tierSize(fullWidth, downsample), tierSize(fullHeight, downsample)];
  const edge = Math.max(width, height);
  const use = USES.find(({ upTo }) => edge <= upTo)?.use ?? "";
  const refused =
    edge > MOST_PX
      ? `A JPEG has at most ${MOST_PX} pixels an edge; the command line takes it with --in-regions`
      : undefined;
  return { downsample, width, height, use: downsample === 0 ? `full resolution, for ${use}` : use, refused };
}
