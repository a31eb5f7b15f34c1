import { countRows } from "../records/count-rows.ts";
import { ENTRY_KINDS, type EntryKind, type StoreEntry } from "../store/entries.ts";
import { type FolderStore, recordsSize } from "../store/folder-store.ts";
import { layOutStore } from "../store/layout.ts";
import { readVersion } from "../store/marker.ts";
import { findGivenUpPulls } from "./given-up-pulls.ts";
import { readImageOwners } from "./image-owners.ts";
import { type FoundFile, scanStore } from "./scan.ts";

/** Entries of one sort, in numbers. */
export interface EntryStats {
  readonly count: number;
  /** Sum of their bodies, each as often as it is named. */
  readonly namedBytes: number;
  /** Sum of their bodies, each counted once. */
  readonly bodyBytes: number;
  /** When the first and the last of them were put, ISO 8601; `undefined` where there is none. */
  readonly oldest: string | undefined;
  readonly newest: string | undefined;
}

/** What a store holds of an atlas or of a data set. */
export interface OwnedStats extends EntryStats {
  readonly id: number;
  /** Of an atlas, where its record tells it. */
  readonly name: string | undefined;
  readonly pictures: number;
  readonly drawings: number;
  readonly grids: number;
}

/** What a store holds, in numbers: the long form of `info()`. */
export interface StoreStats {
  readonly directory: string;
  readonly version: number;
  /** Whether its content is made up. */
  readonly synthetic: boolean;
  readonly kinds: Readonly<Record<EntryKind, EntryStats>>;
  readonly all: EntryStats;
  /** By the atlas that the records say a picture, a drawing or a grid is of; one of several atlases or data sets counts for each. */
  readonly atlases: readonly OwnedStats[];
  /** By data set, those of the atlases too. */
  readonly dataSets: readonly OwnedStats[];
  /** Rows by model; a model without rows is not named. */
  readonly records: Readonly<Record<string, number>>;
  readonly recordsBytes: number;
  /** Bodies that no entry names, and files that are being written or were left behind. */
  readonly orphans: { readonly count: number; readonly sizeBytes: number };
  /** Working folders of pulls that ended before all had come; not those of pulls that are at work. */
  readonly pulls: { readonly count: number; readonly sizeBytes: number };
  /** All files of the store but the entries themselves, and the working files of pulls that are at work. */
  readonly sizeBytes: number;
}

/**
 * Counts what a store holds, by kind, by atlas and by data set.
 *
 * @example (await storeStats(store)).kinds.picture.count // → 132
 */
export async function storeStats(store: FolderStore, signal?: AbortSignal): Promise<StoreStats> {
  const layout = layOutStore(store.directory);
  const database = await store.records();
  const [files, owners] = [await scanStore(layout, signal), await readImageOwners(database)];
  const entries = files.entries.flatMap(({ entry }) => entry ?? []);
  const named = new Set(entries.map(({ sha256 }) => sha256));
  const orphans = [
    ...[...files.bodies].filter(([sha256]) => !named.has(sha256)).map(([, file]) => file),
    ...files.parts,
  ];
  const pulls = await findGivenUpPulls(layout);
  const [orphanBytes, pullBytes] = [sumOf(orphans), sumOf(pulls)];
  const recordsBytes = await recordsSize(store.directory);
  const all = statsOf(entries);
  const byDataSet = groupBy(entries, (entry) => owners.dataSetsWith(entry).map((id) => ({ id, name: undefined })));
  const byAtlas = groupBy(entries, (entry) => owners.dataSetsWith(entry).flatMap((id) => owners.atlasesOf(id)));
  return {
    directory: store.directory,
    version: await readVersion(store.directory),
    synthetic: store.synthetic === true,
    kinds: kindStats(entries),
    all,
    atlases: byAtlas,
    dataSets: byDataSet,
    records: await countRows(database),
    recordsBytes,
    orphans: { count: orphans.length, sizeBytes: orphanBytes },
    pulls: { count: pulls.length, sizeBytes: pullBytes },
    sizeBytes: all.bodyBytes + orphanBytes + pullBytes + recordsBytes,
  };
}

function sumOf(files: readonly FoundFile[]): number {
  return files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

function kindStats(entries: readonly StoreEntry[]): Record<EntryKind, EntryStats> {
  const stats = ENTRY_KINDS.map((kind) => [kind, statsOf(entries.filter((entry) => entry.kind === kind))] as const);
  return Object.fromEntries(stats) as Record<EntryKind, EntryStats>; // All kinds are among them.
}

/** Counts entries, and their bodies once each. */
export function statsOf(entries: readonly StoreEntry[]): EntryStats {
  const bodies = new Map(entries.map(({ sha256, sizeBytes }) => [sha256, sizeBytes]));
  const times = entries.map(({ storedAt }) => storedAt).sort();
  return {
    count: entries.length,
    namedBytes: entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    bodyBytes: [...bodies.values()].reduce((sum, sizeBytes) => sum + sizeBytes, 0),
    oldest: times[0],
    newest: times.at(-1),
  };
}

interface Owner {
  readonly id: number;
  readonly name: string | undefined;
}

function groupBy(entries: readonly StoreEntry[], ownersOf: (entry: StoreEntry) => readonly Owner[]): OwnedStats[] {
  const groups = new Map<number, { owner: Owner; entries: StoreEntry[] }>();
  for (const entry of entries) {
    // Two data sets of one atlas may share a picture, which counts once.
    for (const owner of new Map(ownersOf(entry).map((each) => [each.id, each])).values()) {
      const group = groups.get(owner.id) ?? { owner, entries: [] };
      group.entries.push(entry);
      groups.set(owner.id, group);
    }
  }
  const ofKind = (group: readonly StoreEntry[], kind: EntryKind): number =>
    group.filter((entry) => entry.kind === kind).length;
  return [...groups.values()]
    .map(({ owner, entries: group }) => ({
      ...owner,
      pictures: ofKind(group, "picture"),
      drawings: ofKind(group, "drawing"),
      grids: ofKind(group, "grid"),
      ...statsOf(group),
    }))
    .sort((a, b) => a.id - b.id);
}
