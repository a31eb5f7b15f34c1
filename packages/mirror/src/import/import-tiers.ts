import { TILE_PX, type TierWindow, tierCount, tierSize } from "@brainatlas/sdk/image";
import { DamagedError } from "../failures.ts";
import { isHeld, joinWindows } from "../pixels/held-windows.ts";
import type { FoundEntry, NewEntry, StoreEntry } from "../store/entries.ts";
import type { FolderStore } from "../store/folder-store.ts";
import { openPyramid } from "../tiff/open-pyramid.ts";
import { type SparseTier, type SparseTile, writeSparse } from "../tiff/write-sparse.ts";
import { admitContent } from "./admit.ts";
import { type HeldPyramid, heldPyramid, heldTiles, isIntact } from "./held-pyramid.ts";
import { inTurn } from "./in-turn.ts";
import { type OpenPart, rowsOf } from "./open-part.ts";
import { type OpenTier, windowsOf, withTiers } from "./open-tiers.ts";
import { type ImportSummary, importError } from "./source.ts";
import { checkParts, sizeOfPart, type TierPart } from "./tier-parts.ts";

/** Parts of a stored file that were downloaded, tier by tier. */
export interface ImportTiersRequest {
  /** Path of the server, as records have it: what the picture is found under. */
  readonly path: string;
  /** Size of the whole file at full resolution, in pixels. */
  readonly width: number;
  readonly height: number;
  /** At least one of each tier from the finest to the last. What several hold is taken of the first. */
  readonly parts: readonly TierPart[];
  /** When the newest of them last changed at its source, ISO 8601. */
  readonly lastModified?: string | undefined;
  /** Where they came from: a URL. */
  readonly source?: string | undefined;
  /**
   * Whether what they show is made up.
   * @default false
   */
  readonly synthetic?: boolean | undefined;
  /**
   * Whether a picture that is held whole is replaced as well, and one of another size or of 16 bits. One that is damaged is replaced in any
   * case.
   * @default false
   */
  readonly refresh?: boolean | undefined;
}

/** How often a picture is merged anew, because another process put it meanwhile. */
const MAX_TRIES = 5;

/**
 * Puts a picture of which parts were downloaded as JPEGs, a few for each tier: a pyramid of the whole file's size that lacks the tiles outside of them.
 *
 * Nothing is lost: JPEGs are cut into tiles without decoding them, those alone excepted that are not baseline 4:2:0; the entry says `isRecoded` then.
 *
 * A picture that is held whole, and as fine as what is given, is left as it is. Otherwise what is held beside the given parts stays: its bytes
 * are read, and not taken if they are not those that were put.
 *
 * @throws {RangeError} If a number is none of its range.
 * @throws {Error} If a part is damaged or does not fit its place; if what is held is of another size or of 16 bits, and not to be replaced, or
 *   was made with other tables; or if what is made up would come beside what is not. Nothing is put then.
 * @example
 * const parts = [{ downsample: 0, left: 256, top: 0, file: "part.jpg" }, { downsample: 1, left: 0, top: 0, file: "small.jpg" }];
 * await importTiers(store, { path: "/external/a.aff", width: 512, height: 512, parts });
 */
export async function importTiers(store: FolderStore, request: ImportTiersRequest): Promise<ImportSummary> {
  const { path, parts, source, synthetic } = request;
  if (path === "") throw new TypeError("Cannot use an empty path; give that of the picture, as its record has it");
  const { width, height } = request;
  checkParts({ width, height }, parts);
  await admitContent(store, { path: source ?? path }, synthetic === true);
  const entry = await inTurn(JSON.stringify([store.directory, path]), () =>
    withTiers(store.entries, { width, height }, parts, (tiers) => put(store, request, tiers)),
  );
  return { entries: [entry], models: {} };
}

/** Puts the picture; what another process puts meanwhile is not lost. */
async function put(store: FolderStore, request: ImportTiersRequest, tiers: readonly OpenTier[]): Promise<StoreEntry> {
  for (let tries = 1; ; tries += 1) {
    const found = await findWell(store, request.path);
    const before = found && whatIsHeld(found, request);
    const finest = tiers[0]?.downsample ?? 0;
    const isFresh = request.refresh !== true && before?.isWhole === true && before.downsample <= finest;
    if (found !== undefined && isFresh) return found.entry;
    // What is replaced altogether may have been made in another way.
    const isReplaced = before?.windows.every((window) => isHeld(windowsOf(tiers), window)) === true;
    const held = before === undefined || isReplaced || !(await isIntact(before)) ? undefined : before;
    let isOvertaken = false;
    const entry = entryOf(request, tiers, held, found?.entry.lastModified);
    try {
      return await store.entries.putWritten(entry, async (to) => {
        await write(to, request, tiers, held);
        const now = await findWell(store, request.path);
        isOvertaken = now?.entry.sha256 !== found?.entry.sha256;
        if (isOvertaken) throw importError(request, "another process puts the same picture; do it again");
      });
    } catch (error) {
      if (!isOvertaken || tries === MAX_TRIES) throw error;
    }
  }
}

/** The entry of a picture; one that is damaged is replaced as if it were not there. */
async function findWell(store: FolderStore, path: string): Promise<FoundEntry | undefined> {
  try {
    return await store.entries.get("picture", path);
  } catch (error) {
    if (error instanceof DamagedError) return undefined;
    throw error;
  }
}

/** What is held that can be merged with; one that is damaged is none. */
function whatIsHeld(found: FoundEntry, request: ImportTiersRequest): HeldPyramid | undefined {
  const misfit = misfitOf(found.entry, request);
  if (misfit !== undefined && request.refresh === true) return undefined;
  if (misfit !== undefined)
    throw importError(request, `${misfit}; have it replaced (--refresh), or give another store (--store)`);
  try {
    return heldPyramid(found, request.width, request.height);
  } catch (error) {
    if (error instanceof DamagedError) return undefined;
    throw error;
  }
}

/** Why no tiles can be put beside what is held; what is drawn is no picture of its own. */
function misfitOf({ details }: StoreEntry, { width, height }: ImportTiersRequest): string | undefined {
  if (details.drawingOf !== undefined) return undefined;
  if (details.bits === 16) return "what is held of it has 16 bits a channel, and what comes has 8";
  if (details.width === width && details.height === height) return undefined;
  return `what is held of it has ${details.width} × ${details.height} pixels, and what comes has ${width} × ${height}`;
}

function entryOf(
  { path, width, height, lastModified, source }: ImportTiersRequest,
  tiers: readonly OpenTier[],
  held: HeldPyramid | undefined,
  heldModified: string | undefined,
): NewEntry {
  const windows = joinWindows([...(held?.windows ?? []), ...windowsOf(tiers)]);
  const downsample = windows[0]?.downsample ?? 0;
  const isRecoded = held?.isRecoded === true || tiers.some((tier) => tier.isRecoded);
  const isWhole = sizesFrom(downsample, { width, height }).every((tier) =>
    isHeld(windows, { left: 0, top: 0, ...tier }),
  );
  const times = [lastModified, held && heldModified].flatMap((time) => (time === undefined ? [] : Date.parse(time)));
  return {
    kind: "picture",
    name: path,
    mediaType: "image/tiff",
    ...(times.length > 0 && { lastModified: new Date(Math.max(...times)).toISOString() }),
    source,
    details: {
      ...{ width, height, downsample, bits: 8 },
      ...(!isWhole && { tiers: windows }),
      ...(isRecoded && { isRecoded }),
    },
  };
}

/** Sizes of the tiers from one on, in pixels. */
function sizesFrom(
  finest: number,
  { width, height }: { readonly width: number; readonly height: number },
): Pick<TierWindow, "width" | "height" | "downsample">[] {
  return Array.from({ length: tierCount(width, height) - finest }, (_, number) => {
    const downsample = finest + number;
    return { width: tierSize(width, downsample), height: tierSize(height, downsample), downsample };
  });
}

async function write(
  to: string,
  request: ImportTiersRequest,
  tiers: readonly OpenTier[],
  held: HeldPyramid | undefined,
): Promise<void> {
  const finest = Math.min(held?.downsample ?? Number.POSITIVE_INFINITY, tiers[0]?.downsample ?? 0);
  const before = held && openPyramid(held.path);
  try {
    const written = sizesFrom(finest, request).map(({ downsample, ...size }): SparseTier => {
      const own = tiers.find((tier) => tier.downsample === downsample)?.tables;
      const others = before?.pyramid.tiers[downsample - (held?.downsample ?? 0)]?.tables;
      if (own !== undefined && others !== undefined && Buffer.compare(own, others) !== 0) {
        const reason = `what is held of it at downsample ${downsample} has other quantisation tables; give another store (--store)`;
        throw importError(request, reason);
      }
      return { ...size, tables: own ?? others ?? new Uint8Array() };
    });
    const sizes = new Map<OpenPart, number>();
    for (const part of tiers.flatMap(({ parts }) => parts)) {
      sizes.set(part, await sizeOfPart({ ...part.part, file: part.path }));
    }
    await writeSparse(to, written, allTiles());

    function* allTiles(): Generator<SparseTile[]> {
      for (const { downsample, parts } of tiers) {
        const done: TierWindow[] = [];
        for (const part of parts) {
          yield* tilesOfPart(part, sizes.get(part) ?? 0, downsample - finest, done);
          done.push(part.window);
        }
      }
      if (held !== undefined && before !== undefined) {
        yield* heldTiles(held, before, windowsOf(tiers), held.downsample - finest);
      }
    }
  } finally {
    before?.close();
  }
  openPyramid(to).close();
}

/** The tiles of a part, without those that others gave. */
function* tilesOfPart(
  part: OpenPart,
  sizeBytes: number,
  tier: number,
  done: readonly TierWindow[],
): Generator<SparseTile[]> {
  const { left, top, downsample } = part.window;
  let row = top / TILE_PX;
  for (const tiles of rowsOf(part, sizeBytes)) {
    const placed = tiles.map((bytes, index) => ({ tier, column: left / TILE_PX + index, row, bytes }));
    yield placed.filter(({ column }) => {
      const corner = { left: column * TILE_PX, top: row * TILE_PX, width: 1, height: 1, downsample };
      return !isHeld(done, corner);
    });
    row += 1;
  }
}
