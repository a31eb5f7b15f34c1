import type { FolderStore, FoundEntry } from "@brainatlas/mirror";
import type { Context } from "../context.ts";
import { tierRegions } from "./plan/tier-regions.ts";
import type { PullPicture, PullThing } from "./plan.ts";
import { type ItemOptions, storeItems } from "./pull-item.ts";

/** Whether a store holds a thing, as it comes from where it is asked for, and as whole as its entry says. */
export async function isHeld(
  context: Pick<Context, "load">,
  store: FolderStore,
  thing: PullThing,
  options: ItemOptions,
): Promise<boolean> {
  if (thing.kind === "picture") return await holdsPicture(context, store, thing, options);
  if (thing.kind === "drawing") {
    const [item] = storeItems(thing, options);
    return (await find(store, "drawing", String(thing.imageId)))?.entry.source === item?.url;
  }
  const { entryOfPath } = await context.load.mirror();
  const { kind, name } = entryOfPath(thing.urlPath);
  return (await find(store, kind, name))?.entry.source === thing.url;
}

/** Whether all tiers that are wanted are held of a picture's own file, from wherever they came; one that is drawn is none. */
async function holdsPicture(
  { load }: Pick<Context, "load">,
  store: FolderStore,
  picture: PullPicture,
  { downsample: finest }: ItemOptions,
): Promise<boolean> {
  const found = await find(store, "picture", picture.path);
  if (found === undefined || found.entry.details.drawingOf !== undefined) return false;
  const [{ isHeld: isWindowHeld }, stored] = await Promise.all([load.mirror(), store.picture(picture.path)]);
  const { record } = picture;
  if (stored === undefined || stored.width !== record.image_width || stored.height !== record.image_height)
    return false;
  const regions = tierRegions(record, { finest });
  const { held, finestDownsample } = stored;
  if (held === undefined) return regions.every((region) => region.downsample >= finestDownsample);
  return regions.every((region) => isWindowHeld(held, region));
}

/** An entry whose body is there; what is damaged is as good as not there. */
async function find(store: FolderStore, kind: Kind, name: string): Promise<FoundEntry | undefined> {
  return await store.entries.get(kind, name).catch(() => undefined);
}

type Kind = Parameters<FolderStore["entries"]["get"]>[0];
