import { createHash } from "node:crypto";
import type { FolderStore, FoundEntry } from "@brainatlas/mirror";
import type { Context } from "../context.ts";
import { type TierRegion, tierRegions } from "./plan/tier-regions.ts";
import type { PullPicture, PullThing } from "./plan.ts";
import { type ItemOptions, storeItems } from "./pull-item.ts";

/** The entry of a thing that a store holds, as it comes from where it is asked for, and as long as its entry says; its bytes are not looked at. */
export async function findHeld(
  context: Pick<Context, "load">,
  store: FolderStore,
  thing: PullThing,
  options: ItemOptions,
): Promise<FoundEntry | undefined> {
  if (thing.kind === "picture") return await findPicture(context, store, thing, options);
  if (thing.kind === "drawing") {
    const [item] = storeItems(thing, options);
    return ofSource(await find(store, "drawing", String(thing.imageId)), item?.url);
  }
  const { entryOfPath } = await context.load.mirror();
  const { kind, name } = entryOfPath(thing.urlPath);
  return ofSource(await find(store, kind, name), thing.url);
}

function ofSource(found: FoundEntry | undefined, url: string | undefined): FoundEntry | undefined {
  return found?.entry.source === url ? found : undefined;
}

/**
 * Makes a check of bodies against the hashes of their entries, each body once: pictures may share one.
 *
 * @throws The signal's reason, once it is aborted.
 */
export function createBodyCheck(signal: AbortSignal): (found: FoundEntry) => Promise<boolean> {
  const checked = new Map<string, Promise<boolean>>();
  return (found) => {
    const { sha256 } = found.entry;
    const known = checked.get(sha256) ?? isWhole(found, signal);
    checked.set(sha256, known);
    return known;
  };
}

async function isWhole({ entry, chunks }: FoundEntry, signal: AbortSignal): Promise<boolean> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of chunks(0, entry.sizeBytes, signal)) hash.update(chunk);
  } catch {
    signal.throwIfAborted();
    return false; // What cannot be read is as good as not there.
  }
  return hash.digest("hex") === entry.sha256;
}

/** The entry of a picture's own file where all tiers that are wanted are held, from wherever they came; one that is drawn is none. */
async function findPicture(
  { load }: Pick<Context, "load">,
  store: FolderStore,
  picture: PullPicture,
  { downsample: finest }: ItemOptions,
): Promise<FoundEntry | undefined> {
  const found = await find(store, "picture", picture.path);
  if (found === undefined || found.entry.details.drawingOf !== undefined) return undefined;
  const [{ isHeld: isWindowHeld }, stored] = await Promise.all([
    load.mirror(),
    store.picture(picture.path).catch(() => undefined),
  ]);
  const { record } = picture;
  if (stored === undefined || stored.width !== record.image_width || stored.height !== record.image_height)
    return undefined;
  const regions = tierRegions(record, { finest });
  const { held, finestDownsample } = stored;
  const isThere = (region: TierRegion): boolean =>
    held === undefined ? region.downsample >= finestDownsample : isWindowHeld(held, region);
  return regions.every(isThere) ? found : undefined;
}

/** An entry whose body is there; what is damaged is as good as not there. */
async function find(store: FolderStore, kind: Kind, name: string): Promise<FoundEntry | undefined> {
  return await store.entries.get(kind, name).catch(() => undefined);
}

type Kind = Parameters<FolderStore["entries"]["get"]>[0];
