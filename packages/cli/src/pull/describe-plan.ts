import { clampDownsample, tierSize } from "@brainatlas/sdk/image";
import { printBytes, printCount, printNumber } from "../output/quantities.ts";
import { printFacts } from "../output/table.ts";
import type { PullPicture, PullPlan, PullThing } from "./plan.ts";
import type { Target } from "./target.ts";

/** How much a plan is. */
export interface PlanSize {
  readonly pictures: number;
  readonly drawings: number;
  readonly assets: number;
  /** Pixels of the finest tier that is taken, of all pictures. */
  readonly pixels: number;
  /** Bytes of the assets whose length is known. */
  readonly knownBytes: number;
  /** Assets whose length is not known. */
  readonly unknownAssets: number;
  /** Rows by model. */
  readonly rows: Readonly<Record<string, number>>;
}

/** Counts what a plan brings. */
export function sizeOf({ things, records }: PullPlan, downsample: number): PlanSize {
  const count = (kind: PullThing["kind"]): number => things.filter((thing) => thing.kind === kind).length;
  const sizes = things.flatMap((thing) => (thing.kind === "asset" ? [thing.sizeBytes] : []));
  const rows: Record<string, number> = {};
  for (const each of records) rows[each.model] = (rows[each.model] ?? 0) + each.rows.length;
  return {
    pictures: count("picture"),
    drawings: count("drawing"),
    assets: count("asset"),
    pixels: things.reduce((sum, thing) => sum + (thing.kind === "picture" ? pixelsOf(thing, downsample) : 0), 0),
    knownBytes: sizes.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0),
    unknownAssets: sizes.filter((bytes) => bytes === undefined).length,
    rows,
  };
}

function pixelsOf({ record }: PullPicture, downsample: number): number {
  const tier = clampDownsample(downsample, record);
  return tierSize(record.width, tier) * tierSize(record.height, tier);
}

/** Bytes of a pixel of a plate that was recorded: 95,569 for 969 × 489. Stains differ. */
const BYTES_A_PIXEL = 0.2;
/** All coarser tiers together have a third of the finest one's pixels. */
const ALL_TIERS = 4 / 3;

/** What a plan is, for the reader. */
export function describePlan(plan: PullPlan, target: Target, { downsample, items, held }: DescribeOptions): string {
  const size = sizeOf(plan, downsample);
  const { pictures, drawings, assets, rows } = size;
  const tiers = target.kind === "store" ? `from tier ${downsample} on` : `tier ${downsample}`;
  return printFacts(plan.title, [
    ["pictures", pictures === 0 ? undefined : `${printNumber(pictures)}, ${tiers}`],
    ["drawings", drawings === 0 ? undefined : printNumber(drawings)],
    ["files", assets === 0 ? undefined : printNumber(assets)],
    ["records", describeRows(rows)],
    ["size", describeSize(size, target)],
    ["requests", items === 0 ? undefined : `${printNumber(items)}, one a file`],
    ["held", held === 0 ? undefined : `${printNumber(held)} in the store already, not fetched again`],
    [target.kind === "store" ? "store" : "folder", target.directory],
    ["synthetic", plan.isSynthetic ? "yes: made up, not data of the Allen Institute" : undefined],
  ]);
}

/** What else there is to say of a plan. */
export interface DescribeOptions {
  /** The finest tier that is taken. */
  readonly downsample: number;
  /** Files to be fetched; in a store, those of a picture are as many as its tiers. */
  readonly items: number;
  /** Things that a store holds already. */
  readonly held: number;
}

/** Rows by model, in words. */
export function describeRows(rows: Readonly<Record<string, number>>): string | undefined {
  const parts = Object.entries(rows).map(([model, count]) => `${model} ${printNumber(count)}`);
  return parts.length === 0 ? undefined : parts.join(", ");
}

/** Bytes as far as they are known, and said to be estimated where they are. */
function describeSize({ knownBytes, unknownAssets, assets, pixels }: PlanSize, { kind }: Target): string | undefined {
  const known = assets > unknownAssets ? printBytes(knownBytes) : undefined;
  const guess = Math.round(pixels * BYTES_A_PIXEL * (kind === "store" ? ALL_TIERS : 1));
  const parts = [
    known === undefined ? undefined : `${known} of files`,
    unknownAssets === 0 ? undefined : `${printCount(unknownAssets, "file", "files")} of unknown length`,
    pixels === 0 ? undefined : `pictures perhaps ${printBytes(guess)} (${printPixelCount(pixels)}, length unknown)`,
  ];
  return parts.filter((part) => part !== undefined).join(", ") || undefined;
}

function printPixelCount(pixels: number): string {
  return pixels >= 1e9 ? `${(pixels / 1e9).toFixed(1)} gigapixels` : `${(pixels / 1e6).toFixed(1)} megapixels`;
}
