import type { ImageSize, TierWindow } from "@brainatlas/sdk/image";
import { cutTables } from "../jpeg/cut-tables.ts";
import type { EntryStore } from "../store/entries.ts";
import { type OpenPart, openPart, recodePart } from "./open-part.ts";
import type { TierPart } from "./tier-parts.ts";

/** The parts of a tier, which can be cut and share their tables. */
export interface OpenTier {
  readonly downsample: number;
  readonly parts: readonly OpenPart[];
  readonly tables: Uint8Array;
  /** Whether its pixels were decoded and encoded again. */
  readonly isRecoded: boolean;
}

/** The windows of all parts. */
export function windowsOf(tiers: readonly OpenTier[]): TierWindow[] {
  return tiers.flatMap(({ parts }) => parts.map(({ window }) => window));
}

/**
 * Opens parts for as long as something is done with them, the finest tier first. A tier of which a part is of a form that is not cut, or whose
 * parts differ in quantisation, is decoded and encoded again.
 *
 * @param use Its end is that of the files that were made.
 * @throws {Error} If a part is damaged, or does not fit its place.
 */
export async function withTiers<T>(
  entries: EntryStore,
  size: ImageSize,
  parts: readonly TierPart[],
  use: (tiers: readonly OpenTier[]) => Promise<T>,
): Promise<T> {
  const order = [...new Set(parts.map(({ downsample }) => downsample))].sort((a, b) => a - b);
  const open = async (tiers: readonly OpenTier[]): Promise<T> => {
    const downsample = order[tiers.length];
    if (downsample === undefined) return await use(tiers);
    const own = parts.filter((part) => part.downsample === downsample);
    const cut: OpenPart[] = [];
    for (const part of own) {
      const opened = await openPart(size, part);
      if (opened !== undefined) cut.push(opened);
    }
    if (cut.length === own.length && shareTables(cut)) return await open([...tiers, tierOf(downsample, cut, false)]);
    return await withRecoded(entries, size, own, [], (made) => open([...tiers, tierOf(downsample, made, true)]));
  };
  return await open([]);
}

function tierOf(downsample: number, parts: readonly OpenPart[], isRecoded: boolean): OpenTier {
  const [first] = parts;
  return { downsample, parts, tables: first === undefined ? new Uint8Array() : cutTables(first.headers), isRecoded };
}

function shareTables(parts: readonly OpenPart[]): boolean {
  const [first, ...others] = parts.map(({ headers }) => cutTables(headers));
  return first === undefined || others.every((tables) => Buffer.compare(tables, first) === 0);
}

/** Makes files of parts, one after the other, which go when all is done. */
async function withRecoded<T>(
  entries: EntryStore,
  size: ImageSize,
  parts: readonly TierPart[],
  made: readonly OpenPart[],
  use: (made: readonly OpenPart[]) => Promise<T>,
): Promise<T> {
  const [part, ...others] = parts;
  if (part === undefined) return await use(made);
  return await entries.aside(async (path) => {
    const own = await recodePart(size, part, path);
    return await withRecoded(entries, size, others, [...made, own], use);
  });
}
