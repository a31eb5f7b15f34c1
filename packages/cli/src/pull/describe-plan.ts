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
  /** Rows by model. */
  readonly rows: Readonly<Record<string, number>>;
}

/** Counts what a plan brings. */
export function sizeOf({ things, records }: PullPlan, downsample: number): PlanSize {
  const count = (kind: PullThing["kind"]): number => things.filter((thing) => thing.kind === kind).length;
  const rows: Record<string, number> = {};
  for (const each of records) rows[each.model] = (rows[each.model] ?? 0) + each.rows.length;
  return {
    pictures: count("picture"),
    drawings: count("drawing"),
    assets: count("asset"),
    pixels: things.reduce((sum, thing) => sum + (thing.kind === "picture" ? pixelsOf(thing, downsample) : 0), 0),
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

/** A drawn plate of the adult mouse: those of simple ones have less. */
const DRAWING_BYTES = 300_000;

/** What a plan is, for the reader. */
export function describePlan(plan: PullPlan, target: Target, options: DescribeOptions): string {
  const { downsample, missing } = options;
  const { pictures, drawings, assets, rows } = sizeOf(plan, downsample);
  const pictureFiles = options.items + options.held - drawings - assets;
  const inFiles = pictureFiles === pictures ? "" : ` (${printCount(pictureFiles, "file", "files")})`;
  const rest = sizeOf({ ...plan, things: [...missing] }, downsample);
  const tiers = target.kind === "store" ? `from tier ${downsample} on` : `tier ${downsample}`;
  return printFacts(plan.title, [
    ["pictures", pictures === 0 ? undefined : `${printNumber(pictures)}${inFiles}, ${tiers}`],
    ["drawings", drawings === 0 ? undefined : printNumber(drawings)],
    ["files", plan.things.length === 0 ? undefined : describeFiles(options)],
    ...wrapRows(rows),
    ["size", describeSize(rest, target)],
    [target.kind === "store" ? "store" : "folder", target.directory],
    ["synthetic", plan.isSynthetic ? "yes: made up, not data of the Allen Institute" : undefined],
  ]);
}

/** What else there is to say of a plan. */
export interface DescribeOptions {
  /** The finest tier that is taken. */
  readonly downsample: number;
  /** Files that are looked at; in a store, a picture has one a tier, and a large tier several. */
  readonly items: number;
  /** Files of what a store holds already. */
  readonly held: number;
  /** Files that a folder has already, of those that are looked at. */
  readonly there: number;
  /** The things that are to be fetched. */
  readonly missing: ReadonlySet<PullThing>;
}

/** How many files there are to fetch, and how many are there. */
function describeFiles({ items, held, there }: DescribeOptions): string {
  const parts = [`${printNumber(items - there)} to fetch`];
  if (there > 0) parts.push(`${printNumber(there)} there already`);
  if (held > 0) parts.push(`${printNumber(held)} held already`);
  return parts.join(", ");
}

/** Characters of a line of records, beside their heading. */
const LINE = 68;

/** Rows by model, in lines that a terminal takes. */
function wrapRows(rows: Readonly<Record<string, number>>): [string, string][] {
  const lines: string[] = [];
  for (const part of partsOf(rows)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + part.length + 2 > LINE) lines.push(part);
    else lines[lines.length - 1] = `${last}, ${part}`;
  }
  return lines.map((line, index) => [index === 0 ? "records" : "", index < lines.length - 1 ? `${line},` : line]);
}

function partsOf(rows: Readonly<Record<string, number>>): string[] {
  return Object.entries(rows).map(([model, count]) => `${model} ${printNumber(count)}`);
}

/** Rows by model, in words. */
export function describeRows(rows: Readonly<Record<string, number>>): string | undefined {
  const parts = partsOf(rows);
  return parts.length === 0 ? undefined : parts.join(", ");
}

/** Bytes as far as they can be estimated: the API says the length of nothing before it gives it. */
function describeSize({ assets, drawings, pixels }: PlanSize, { kind }: Target): string | undefined {
  const guess = Math.round(pixels * BYTES_A_PIXEL * (kind === "store" ? ALL_TIERS : 1));
  const parts = [
    assets === 0 ? undefined : `${printCount(assets, "file", "files")} of unknown length`,
    pixels === 0 ? undefined : `pictures perhaps ${printBytes(guess)} (${printPixelCount(pixels)}, length unknown)`,
    drawings === 0 ? undefined : `drawings perhaps ${printBytes(drawings * DRAWING_BYTES)}`,
  ];
  return parts.filter((part) => part !== undefined).join(", ") || undefined;
}

function printPixelCount(pixels: number): string {
  return pixels >= 1e9 ? `${(pixels / 1e9).toFixed(1)} gigapixels` : `${(pixels / 1e6).toFixed(1)} megapixels`;
}
