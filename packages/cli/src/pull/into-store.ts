import { createHash } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { FolderStore } from "@brainatlas/mirror";
import type { Context } from "../context.ts";
import { isHeld } from "./held.ts";
import { createIntake, type Intake } from "./intake.ts";
import type { PullThing } from "./plan.ts";
import type { Prepared, Pull } from "./pull.ts";
import { type ItemOptions, storeItems } from "./pull-item.ts";

/** Folder of a store in which pulls have their working files; it may be removed whenever none is under way. */
const PULLS = "pulls";

/**
 * Prepares a pull into a store. What the store holds already is left out. The records are put first: pictures and drawings are served by them,
 * so that an interrupted pull answers for what came.
 *
 * @throws {Error} If the folder is no store, or the store holds content of the other kind, made up or not; nothing is made then.
 */
export async function intoStore(pull: Pull): Promise<Prepared> {
  const { context, api, options, plan, target } = pull;
  const mirror = await context.load.mirror();
  const itemOptions: ItemOptions = {
    baseUrl: api.client.baseUrl,
    downsample: pull.downsample,
    quality: options.quality,
  };
  // A dry run makes no store, and neither does one that is refused.
  let store = (await mirror.isStore(target.directory)) ? await mirror.openStore(target.directory) : undefined;
  let intake: Intake | undefined;
  try {
    if (store !== undefined) await checkKind(context, store, plan.isSynthetic);
    const missing = await missingOf(pull, store, itemOptions);
    const items = missing.flatMap((thing) => storeItems(thing, itemOptions));
    const directory = join(target.directory, PULLS, nameOf(pull));
    return {
      items,
      held: plan.things.length - missing.length,
      directory,
      async begin() {
        store?.close();
        store = await mirror.openStore(target.directory, { create: true });
        const { isSynthetic } = plan;
        await mirror.admitContent(store, { path: api.client.baseUrl }, isSynthetic);
        await mkdir(directory, { recursive: true });
        await putRecords(pull, store);
        const isRefresh = options.refresh === true;
        intake = await createIntake(context, store, { ...itemOptions, items, isSynthetic, isRefresh });
      },
      onFile: async (file) => await intake?.take(file),
      end: async () => await rm(directory, { recursive: true, force: true }),
      async close() {
        await intake?.idle();
        store?.close();
      },
    };
  } catch (error) {
    store?.close();
    throw error;
  }
}

/** What is made up cannot be told from the rest once both are in a store. */
async function checkKind({ load }: Pick<Context, "load">, store: FolderStore, isSynthetic: boolean): Promise<void> {
  if (store.synthetic === isSynthetic) return;
  const { entries, records } = await store.info();
  const isEmpty = Object.keys(records).length === 0 && Object.values(entries).every((count) => count === 0);
  if (store.synthetic !== true && isEmpty) return;
  // Another process may have marked it, and put the first into it, since it was opened.
  const now = await (await load.mirror()).openStore(store.directory);
  now.close();
  if (now.synthetic === isSynthetic) return;
  const [has, comes] = isSynthetic ? ["real", "synthetic"] : ["synthetic", "real"];
  throw new Error(
    `Cannot pull into the store "${store.directory}": it holds ${has} data, and what comes is ${comes}; give another --store`,
  );
}

async function missingOf(
  { context, options, plan }: Pull,
  store: FolderStore | undefined,
  itemOptions: ItemOptions,
): Promise<readonly PullThing[]> {
  if (store === undefined || options.refresh === true) return plan.things;
  const missing: PullThing[] = [];
  for (const thing of plan.things) {
    context.signal.throwIfAborted();
    if (!(await isHeld(context, store, thing, itemOptions))) missing.push(thing);
  }
  return missing;
}

async function putRecords({ context, plan }: Pull, store: FolderStore): Promise<void> {
  const { importRecords } = await context.load.mirror();
  for (const { query, model, rows } of plan.records) {
    context.signal.throwIfAborted();
    await importRecords(store, { query, model, rows, source: query, synthetic: plan.isSynthetic });
  }
}

/** Longest name of a folder before its mark. */
const MAX_NAME = 60;

/** Folder of a pull: the same again for the same command, so that it goes on; another for another, so that two run side by side. */
function nameOf({ api, options, plan, request, downsample }: Pull): string {
  const words = plan.title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  const facts = [api.client.baseUrl, request, downsample, options.quality ?? null];
  const mark = createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 8);
  return `${words.slice(0, MAX_NAME)}-${mark}`;
}
