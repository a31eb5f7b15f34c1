import type { EntryKind, StoreEntry } from "../store/entries.ts";
import { type FolderStore, recordsSize } from "../store/folder-store.ts";
import { layOutStore } from "../store/layout.ts";
import { type ImageOwners, readImageOwners } from "./image-owners.ts";
import { LEFT_BEHIND_MS } from "./problem.ts";
import { type FoundFile, type FoundFiles, scanStore } from "./scan.ts";

/** What is to go. Each criterion narrows the others; at least one is needed. */
export interface PruneCriteria {
  /** Entries that were put longer ago than this, in ms. When an entry was last used, no store knows. */
  readonly olderThanMs?: number | undefined;
  /** Entries, the oldest first, until the store has no more bytes than this. */
  readonly maxBytes?: number | undefined;
  /**
   * Pictures, drawings and grids of these atlases, by their ids; with the records of their images, unless other criteria narrow it. What is of
   * other atlases as well stays: several sections may lie in one picture.
   */
  readonly atlases?: readonly number[] | undefined;
  /** Entries of these kinds. */
  readonly kinds?: readonly EntryKind[] | undefined;
  /**
   * Files that belong to nothing, of an hour ago or longer. They go with whatever else is pruned; alone, nothing else goes.
   * @default false
   */
  readonly orphans?: boolean | undefined;
}

/** What a prune would remove; nothing is removed by making it. */
export interface PrunePlan {
  /** The oldest first. */
  readonly entries: readonly StoreEntry[];
  /** Ids of images whose records go. */
  readonly images: readonly number[];
  /** Files that belong to nothing: bodies that no entry names, and such as a process left behind. */
  readonly orphans: readonly FoundFile[];
  /** Bytes that are set free, if nobody names the bodies meanwhile. Records leave room that the database uses again. */
  readonly freedBytes: number;
  /** Bytes of the store as it is: of bodies, of files that belong to nothing, and of the records. */
  readonly sizeBytes: number;
}

/**
 * Says what a prune would remove.
 *
 * @throws {TypeError} If no criterion is given.
 * @throws {RangeError} If an age or a size is none, the records alone are larger than the size, or they tell of no such atlas.
 * @throws {Error} If an entry cannot be read: it may name any body.
 * @example (await planPrune(store, { olderThanMs: 90 * 86_400_000 })).freedBytes // → 123456789
 */
export async function planPrune(store: FolderStore, criteria: PruneCriteria, signal?: AbortSignal): Promise<PrunePlan> {
  checkCriteria(criteria);
  const files = await scanStore(layOutStore(store.directory), signal);
  checkEntries(store, files);
  const owners = await readImageOwners(await store.records());
  const dataSets = criteria.atlases && owners.dataSetsOfAlone(criteria.atlases);
  const all = files.entries.flatMap(({ entry }) => entry ?? []);
  const orphans = orphansOf(files, all);
  const orphanBytes = sumOf(orphans);
  const recordsBytes = await recordsSize(store.directory);
  checkReach(criteria, recordsBytes);
  const sizeBytes = sumOf([...files.bodies.values(), ...files.parts]) + recordsBytes;
  const chosen = all.filter((entry) => isChosen(entry, criteria, owners, dataSets)).sort(byAge);
  const { entries, freedBytes } = takeUntil(chosen, all, sizeBytes - orphanBytes, criteria.maxBytes);
  const { olderThanMs, maxBytes, kinds } = criteria;
  const isWhole = olderThanMs === undefined && maxBytes === undefined && kinds === undefined;
  const images = isWhole ? [...(dataSets ?? [])].flatMap((id) => owners.imagesOf(id)) : [];
  return { entries, images, orphans, freedBytes: freedBytes + orphanBytes, sizeBytes };
}

function checkEntries({ directory }: FolderStore, { entries }: FoundFiles): void {
  const unread = entries.filter(({ entry }) => entry === undefined);
  const [first] = unread;
  if (first === undefined) return;
  const reason = `${unread.length} of its entries cannot be read and may name any body, first "${first.path}" (${first.fault})`;
  const remedy = '"brainatlas store verify --remove-damaged" removes what is damaged';
  throw new Error(`Cannot prune the store "${directory}": ${reason}; ${remedy}`);
}

function checkCriteria({ olderThanMs, maxBytes, atlases, kinds, orphans }: PruneCriteria): void {
  if ([olderThanMs, maxBytes, atlases, kinds].every((each) => each === undefined) && orphans !== true) {
    throw new TypeError("Cannot prune without a criterion; give an age, a size, atlases, kinds, or the orphans alone");
  }
  for (const [name, value] of Object.entries({ olderThanMs, maxBytes })) {
    if (value !== undefined && !(Number.isFinite(value) && value >= 0)) {
      throw new RangeError(`Cannot use ${name} ${value}; give a number of 0 or more`);
    }
  }
}

/** All entries would go for nothing. */
function checkReach({ maxBytes = Number.POSITIVE_INFINITY }: PruneCriteria, recordsBytes: number): void {
  if (recordsBytes <= maxBytes) return;
  const reason = `its records alone have ${recordsBytes}, which a prune makes no fewer`;
  throw new RangeError(`Cannot prune a store to ${maxBytes} bytes: ${reason}; give a larger size, or other criteria`);
}

function isChosen(
  entry: StoreEntry,
  { olderThanMs, maxBytes, kinds }: PruneCriteria,
  owners: ImageOwners,
  dataSets: ReadonlySet<number> | undefined,
): boolean {
  if ([olderThanMs, maxBytes, kinds, dataSets].every((each) => each === undefined)) return false;
  if (olderThanMs !== undefined && Date.now() - Date.parse(entry.storedAt) <= olderThanMs) return false;
  if (kinds !== undefined && !kinds.includes(entry.kind)) return false;
  if (dataSets === undefined) return true;
  const own = owners.dataSetsWith(entry);
  return own.length > 0 && own.every((id) => dataSets.has(id));
}

function byAge(a: StoreEntry, b: StoreEntry): number {
  const age = Date.parse(a.storedAt) - Date.parse(b.storedAt);
  return age !== 0 ? age : a.name < b.name ? -1 : 1;
}

/** The first of the chosen, until the store is as small as it may be: a body goes with the last entry that names it. */
function takeUntil(
  chosen: readonly StoreEntry[],
  all: readonly StoreEntry[],
  sizeBytes: number,
  maxBytes: number | undefined,
): { entries: StoreEntry[]; freedBytes: number } {
  const names = new Map<string, number>();
  for (const { sha256 } of all) names.set(sha256, (names.get(sha256) ?? 0) + 1);
  const entries: StoreEntry[] = [];
  let freedBytes = 0;
  for (const entry of chosen) {
    if (maxBytes !== undefined && sizeBytes - freedBytes <= maxBytes) break;
    entries.push(entry);
    const left = (names.get(entry.sha256) ?? 1) - 1;
    names.set(entry.sha256, left);
    if (left === 0) freedBytes += entry.sizeBytes;
  }
  return { entries, freedBytes };
}

function orphansOf({ bodies, parts }: FoundFiles, entries: readonly StoreEntry[]): FoundFile[] {
  const named = new Set(entries.map(({ sha256 }) => sha256));
  const unnamed = [...bodies].filter(([sha256]) => !named.has(sha256)).map(([, file]) => file);
  // A younger one may be about to be named, or be written to.
  return [...unnamed, ...parts].filter(({ writtenMs }) => Date.now() - writtenMs > LEFT_BEHIND_MS);
}

function sumOf(files: readonly FoundFile[]): number {
  return files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
