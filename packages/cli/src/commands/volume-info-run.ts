import type { Volume } from "@brainatlas/sdk/volume";
import type { Context } from "../context.ts";
import { EXIT } from "../exit.ts";
import { printBytes, printNumber } from "../output/quantities.ts";
import { printFacts } from "../output/table.ts";
import { sayCredit } from "../rows.ts";
import { type OpenedVolume, openVolume, type VolumeOptions } from "../volumes.ts";

/** Options of `brainatlas volume info`. */
export interface VolumeInfoOptions extends VolumeOptions {
  readonly json?: boolean | undefined;
}

/** Prints what is known of a volume. Returns the exit code. */
export async function run(context: Context, options: VolumeInfoOptions): Promise<number> {
  const opened = await openVolume(context, options);
  const facts = measure(opened);
  context.stdout.write(
    options.json === true ? `${JSON.stringify(facts, undefined, 2)}\n` : printVolume(opened.title, facts),
  );
  if (opened.api !== undefined) sayCredit(context, opened.api);
  return EXIT.done;
}

/** What is known of a volume. */
export interface VolumeFacts {
  readonly type: string;
  readonly size: readonly number[];
  readonly spacingUm: readonly number[];
  readonly originUm: readonly number[];
  readonly extentUm: readonly number[];
  readonly space: string | null;
  readonly sizeBytes: number;
  readonly labels?: number;
  readonly labelledVoxels?: number;
  readonly min?: number | null;
  readonly max?: number | null;
  readonly mean?: number | null;
  readonly dataVoxels?: number;
}

/** Measures a volume: labels by their number, values by their range. */
export function measure({ volume, isAnnotation, noData }: Omit<OpenedVolume, "title" | "api">): VolumeFacts {
  const { type, size, spacingUm, originUm, space, data } = volume;
  const extentUm = size.map((count, axis) => count * (spacingUm[axis] ?? 0));
  const shape = { type, size, spacingUm, originUm, extentUm, space: space ?? null, sizeBytes: data.byteLength };
  return isAnnotation ? { ...shape, ...measureLabels(volume) } : { ...shape, ...measureValues(volume, noData) };
}

function measureLabels(volume: Volume): Pick<VolumeFacts, "labels" | "labelledVoxels"> {
  const counts = volume.countVoxels();
  const empty = counts.get(0) ?? 0;
  return { labels: counts.size - (counts.has(0) ? 1 : 0), labelledVoxels: volume.data.length - empty };
}

function measureValues(
  volume: Volume,
  noData: number | undefined,
): Pick<VolumeFacts, "min" | "max" | "mean" | "dataVoxels"> {
  const { min, max, mean, count } = volume.range({ noData });
  return count === 0 ? { min: null, max: null, mean: null, dataVoxels: 0 } : { min, max, mean, dataVoxels: count };
}

/** The facts for a reader. */
export function printVolume(title: string, facts: VolumeFacts): string {
  const { size, labels, labelledVoxels, min, max, mean, dataVoxels } = facts;
  const voxels = size.reduce((product, count) => product * count, 1);
  return printFacts(title, [
    ["size", `${size.join(" × ")}, ${printNumber(voxels)} voxels`],
    ["spacing", `${facts.spacingUm.join(" × ")} µm`],
    ["extent", `${facts.extentUm.join(" × ")} µm`],
    ["origin", facts.originUm.some((value) => value !== 0) ? `${facts.originUm.join(", ")} µm` : undefined],
    ["type", `${facts.type}, ${printBytes(facts.sizeBytes)}`],
    ["space", facts.space === null ? undefined : `${facts.space}, says the file`],
    [
      "labels",
      labels === undefined ? undefined : `${printNumber(labels)}, in ${printNumber(labelledVoxels ?? 0)} voxels`,
    ],
    [
      "range",
      min === undefined ? undefined : min === null ? "no data" : `${printValue(min)} to ${printValue(max ?? 0)}`,
    ],
    ["mean", mean === undefined || mean === null ? undefined : printValue(mean)],
    ["data", dataVoxels === undefined || dataVoxels === voxels ? undefined : `in ${printNumber(dataVoxels)} voxels`],
  ]);
}

/** A value with as many digits as a reader wants. */
export function printValue(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}
