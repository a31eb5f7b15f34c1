import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { ImageBox, SubImageRecord } from "@brainatlas/sdk/image";
import { reshapeSvg } from "../drawing/reshape-svg.ts";
import type { Picture } from "../pixels/picture.ts";
import { countRows } from "../records/count-rows.ts";
import { RecordDatabase } from "../records/record-database.ts";
import { isFull } from "../records/writer.ts";
import { marginText } from "../sample/margin-text.ts";
import { canonicalTarget } from "./answer-key.ts";
import type { AtlasStore, StoredAnswer } from "./atlas-store.ts";
import type { StoredDrawing } from "./drawing.ts";
import { type EntryKind, type EntryStore, type FoundEntry, lastModifiedOf, type StoreEntry } from "./entries.ts";
import { readAsset } from "./folder-assets.ts";
import { openFolderEntries } from "./folder-entries.ts";
import { readImageRecord } from "./image-records.ts";
import { readKept } from "./kept.ts";
import { layOutStore, RECORDS_FILE, RECORDS_LOG } from "./layout.ts";
import { readVersion } from "./marker.ts";
import { createSyntheticMark } from "./synthetic-mark.ts";

/** What a store holds, in numbers. */
export interface StoreInfo {
  readonly directory: string;
  readonly version: number;
  /** Whether its content is made up. */
  readonly synthetic: boolean;
  readonly entries: Readonly<Record<EntryKind, number>>;
  /** Rows by model; a model without rows is not named. */
  readonly records: Readonly<Record<string, number>>;
  /** Sum of the bodies of entries, those that several share counted once, and of the files of the records. */
  readonly sizeBytes: number;
}

/** A store in a folder: it survives a restart, and several processes may read while one writes. */
export interface FolderStore extends AtlasStore {
  readonly directory: string;
  /** The entries as they lie in the folder, for import and inspection. */
  readonly entries: EntryStore;
  list(kind?: EntryKind): AsyncIterable<StoreEntry>;
  info(): Promise<StoreInfo>;
  /** Marks the store as synthetic for good: what is made up cannot be told from the rest once both are in it. */
  markSynthetic(): Promise<void>;
}

/** How a folder is opened. */
export interface OpenStoreOptions {
  /**
   * Whether to make a store of a folder that is missing or empty.
   * @default false
   */
  create?: boolean | undefined;
}

/**
 * Opens a store.
 *
 * @throws {Error} If the folder is no store, or one of a version that this program does not know; it is left as it is.
 */
export async function openStore(directory: string, { create = false }: OpenStoreOptions = {}): Promise<FolderStore> {
  const entries = await openFolderEntries(directory, create);
  const mark = createSyntheticMark(directory);
  const { entry: entryPath } = layOutStore(directory);
  const records = openRecords(directory);
  return {
    directory,
    get synthetic() {
      return mark.isSet();
    },
    markSynthetic: () => mark.set(),
    entries,
    records: async () => records,
    list: (kind) => entries.list(kind),
    info: async () => ({ ...(await describe(directory, entries, records)), synthetic: mark.isSet() }),
    record: (id) => readImageRecord(records, id),
    picture: (path) => readPicture({ entries, records, isSynthetic: mark.isSet() }, path),
    drawing: (imageId) => readDrawing(entries, imageId),
    answer: (target) => readAnswer(entries, target),
    holdsAnswers: (target) =>
      existsSync(
        target === undefined ? join(directory, "entries", "answer") : entryPath("answer", canonicalTarget(target)),
      ),
    asset: (kind, name, signal) => readAsset(entries, kind, name, signal),
    close: () => records.close(),
  };
}

/** µm a pixel of most images, for one whose record does not say it. */
const COMMON_RESOLUTION = 1;

function openRecords(directory: string): RecordDatabase {
  try {
    return RecordDatabase.open(join(directory, RECORDS_FILE));
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    const reason = isFull(cause) ? "the disk is full; make room, and try again" : `${found}; give another folder`;
    throw new Error(`Cannot open the records of the store "${directory}": ${reason}`, { cause });
  }
}

/** What pictures are read from. */
interface PicturePlaces {
  readonly entries: EntryStore;
  readonly records: RecordDatabase;
  readonly isSynthetic: boolean;
}

async function readPicture(places: PicturePlaces, path: string): Promise<Picture | undefined> {
  const found = await places.entries.get("picture", path);
  if (found === undefined) return undefined;
  const { details } = found.entry;
  if (details.drawingOf !== undefined) return await readDrawn(places, Number(details.drawingOf), found);
  const source = { kind: "pyramid", file: found.path } as const;
  return {
    width: Number(details.width),
    height: Number(details.height),
    finestDownsample: Number(details.downsample),
    bitsPerChannel: details.bits === 16 ? 16 : 8,
    held: details.tiers as Picture["held"], // Written by importTiers(), and checked of entries from elsewhere.
    lastModified: lastModifiedOf(found.entry),
    tag: found.entry.sha256,
    source: async () => source,
  };
}

async function readDrawing(entries: EntryStore, imageId: number): Promise<StoredDrawing | undefined> {
  const found = await entries.get("drawing", String(imageId));
  if (found === undefined) return undefined;
  return {
    svg: async () => new TextDecoder("utf-8", { ignoreBOM: true }).decode(await found.body()),
    lastModified: lastModifiedOf(found.entry),
    tag: found.entry.sha256,
    // Drawings are recorded with all of their groups or with some, and do not say so; those of the sample are whole.
    hasAllGroups: found.entry.details.hasAllGroups === true,
  };
}

/** A picture that is not held itself, and is drawn from its SVG. */
async function readDrawn(
  { entries, records, isSynthetic }: PicturePlaces,
  id: number,
  link: FoundEntry,
): Promise<Picture | undefined> {
  const [drawing, stored] = await Promise.all([readDrawing(entries, id), readImageRecord(records, id)]);
  if (drawing === undefined || stored === undefined) return undefined;
  const { row } = stored;
  const { groups } = link.entry.details;
  const { x, y, width, height, image_width, image_height } = row;
  const overlay = isSynthetic ? syntheticMark(row) : undefined;
  const tag = `${drawing.tag} ${[x, y, width, height, image_width, image_height]} ${groups ?? ""} ${overlay ?? ""}`;
  return {
    width: row.image_width,
    height: row.image_height,
    finestDownsample: 0,
    lastModified: drawing.lastModified,
    tag,
    source: async (signal) => {
      const svg = await drawing.svg(signal);
      const drawn = Array.isArray(groups) ? withGroups(svg, groups, row) : svg;
      return { kind: "drawing", svg: drawn, tag, box: row, overlay };
    },
  };
}

/** What says on a picture that it is made up, as the sample's own do. */
function syntheticMark({ height, resolution }: SubImageRecord): string {
  return marginText({ record: { height, resolution: resolution || COMMON_RESOLUTION } });
}

/** A drawing with some of its groups, where they can be told. */
function withGroups(svg: string, groups: readonly number[], { width, height }: ImageBox): string {
  const cut = reshapeSvg(svg, { groups, downsample: 0, width, height });
  return "svg" in cut ? cut.svg : svg;
}

async function readAnswer(entries: EntryStore, target: string): Promise<StoredAnswer | undefined> {
  const found = await entries.get("answer", canonicalTarget(target));
  if (found === undefined) return undefined;
  const { status, headers, location, etag } = found.entry.details;
  return {
    status: Number(status),
    headers: headers as Readonly<Record<string, string>>, // Written by the importer.
    location: typeof location === "string" ? location : undefined,
    lastModified: found.entry.lastModified === undefined ? undefined : new Date(found.entry.lastModified),
    tag: found.entry.sha256,
    etag: typeof etag === "string" ? etag : undefined,
    freshness: readKept(found.entry.details),
    sizeBytes: found.entry.sizeBytes,
    body: found.body,
    chunks: (signal) => found.chunks(0, found.entry.sizeBytes, signal),
  };
}

async function describe(
  directory: string,
  entries: EntryStore,
  records: RecordDatabase,
): Promise<Omit<StoreInfo, "synthetic">> {
  const counts: Record<EntryKind, number> = { picture: 0, drawing: 0, answer: 0, grid: 0, archive: 0, file: 0 };
  const sizes = new Map<string, number>();
  for await (const entry of entries.list()) {
    counts[entry.kind] += 1;
    sizes.set(entry.sha256, entry.sizeBytes);
  }
  const bodies = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const sizeBytes = bodies + (await recordsSize(directory));
  return {
    directory,
    version: await readVersion(directory),
    entries: counts,
    records: await countRows(records),
    sizeBytes,
  };
}

/** Bytes of the files of the records. */
export async function recordsSize(directory: string): Promise<number> {
  const [file = 0, log = 0] = await Promise.all(
    [RECORDS_FILE, RECORDS_LOG].map((name) => fileSize(join(directory, name))),
  );
  return file + log;
}

/** Bytes of a file; none where there is no such file. */
async function fileSize(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw error;
  }
}
