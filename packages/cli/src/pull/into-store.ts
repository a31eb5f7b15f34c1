import { mkdir } from "node:fs/promises";
import type { FolderStore } from "@brainatlas/mirror";
import { type FailedDownload, removeDownloads } from "@brainatlas/sdk/node";
import type { Context } from "../context.ts";
import { note } from "../output/notes.ts";
import { printCount } from "../output/quantities.ts";
import { emitFailure } from "./events.ts";
import { createBodyCheck, findHeld } from "./held.ts";
import { createIntake, type Intake } from "./intake.ts";
import { nameSome } from "./name-some.ts";
import type { PullThing } from "./plan.ts";
import type { Prepared, Pull } from "./pull.ts";
import { type ItemOptions, type PullItem, storeItems } from "./pull-item.ts";
import { workFolder } from "./work-folders.ts";

/** A pull into a store, and what it asks for. */
interface StorePull extends Pull {
  readonly mirror: typeof import("@brainatlas/mirror");
  readonly itemOptions: ItemOptions;
}

/**
 * Prepares a pull into a store. What the store holds already is left out. The records are put first: pictures and drawings are served by them,
 * so that an interrupted pull answers for what came.
 *
 * @throws {Error} If the folder is no store, or the store holds content of the other kind, made up or not; nothing is made then.
 */
export async function intoStore(given: Pull): Promise<Prepared> {
  const { context, api, options, plan, target, downsample } = given;
  const mirror = await context.load.mirror();
  const itemOptions: ItemOptions = { baseUrl: api.client.baseUrl, downsample, quality: options.quality };
  const pull: StorePull = { ...given, mirror, itemOptions };
  // A dry run makes no store, and neither does one that is refused.
  const store = (await mirror.isStore(target.directory)) ? await mirror.openStore(target.directory) : undefined;
  try {
    if (store !== undefined) await checkKind(context, store, plan.isSynthetic);
    const { missing, damaged } = await missingOf(pull, store);
    const held = plan.things.filter((thing) => !missing.has(thing));
    const itemsOf = (things: Iterable<PullThing>): PullItem[] =>
      [...things].flatMap((thing) => storeItems(thing, itemOptions));
    const items = itemsOf(missing);
    const notes = [...notesOn(pull, held), ...damageNotes(damaged)];
    return { items, held: itemsOf(held).length, there: 0, missing, notes, ...fill(pull, items, damaged) };
  } finally {
    store?.close();
  }
}

/** What is done with the store once it is begun with. */
function fill(
  pull: StorePull,
  items: readonly PullItem[],
  damaged: ReadonlySet<PullThing>,
): Omit<Prepared, "items" | "held" | "there" | "missing" | "notes"> {
  const { context, options, target } = pull;
  const directory = workFolder(target.directory, pull);
  const refused: FailedDownload<PullItem>[] = [];
  const onRefused = (refusal: FailedDownload<PullItem>): void => {
    refused.push(refusal);
    emitFailure(pull.emit, refusal);
  };
  let store: FolderStore | undefined;
  let intake: Intake | undefined;
  return {
    directory,
    refused,
    async begin() {
      store = await beginStore(pull);
      // Files of an earlier pull may be of another time than those that come.
      if (options.refresh === true) await removeDownloads(directory);
      await mkdir(directory, { recursive: true });
      await putRecords(pull, store);
      const tools = { ...pull.itemOptions, mirror: pull.mirror, store, isSynthetic: pull.plan.isSynthetic };
      const isReplaced = (thing: PullThing): boolean => options.refresh === true || damaged.has(thing);
      intake = createIntake({ ...tools, isReplaced }, { items, signal: context.signal, onRefused });
      return [];
    },
    onFile: async (file) => await intake?.take(file),
    async end() {
      await removeDownloads(directory).catch((error: Error) => note(context, `working files stay: ${error.message}`));
    },
    async close() {
      await intake?.idle();
      store?.close();
    },
  };
}

async function beginStore({ mirror, api, plan, target }: StorePull): Promise<FolderStore> {
  const store = await mirror.openStore(target.directory, { create: true });
  try {
    await mirror.admitContent(store, { path: api.client.baseUrl }, plan.isSynthetic);
    return store;
  } catch (error) {
    store.close();
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
  { context, options, plan, itemOptions }: StorePull,
  store: FolderStore | undefined,
): Promise<MissingThings> {
  const damaged = new Set<PullThing>();
  if (store === undefined || options.refresh === true) return { missing: new Set(plan.things), damaged };
  const missing = new Set<PullThing>();
  const isSound = options.verify === "size" ? undefined : createBodyCheck(context.signal);
  for (const thing of plan.things) {
    context.signal.throwIfAborted();
    const found = await findHeld(context, store, thing, itemOptions);
    if (found !== undefined && (await isSound?.(found)) !== false) continue;
    missing.add(thing);
    if (found !== undefined) damaged.add(thing);
  }
  return { missing, damaged };
}

/** What a store has not, as it is wanted. */
interface MissingThings {
  readonly missing: ReadonlySet<PullThing>;
  /** Those of them that it has, and whose bytes are no longer those that were put. */
  readonly damaged: ReadonlySet<PullThing>;
}

function damageNotes(damaged: ReadonlySet<PullThing>): string[] {
  if (damaged.size === 0) return [];
  return [`damaged in the store, and fetched again: ${nameSome(Array.from(damaged, ({ name }) => name))}`];
}

/** A store does not know of what quality its pictures came. */
function notesOn({ options: { quality } }: Pull, held: readonly PullThing[]): string[] {
  const pictures = held.filter(({ kind }) => kind === "picture").length;
  if (quality === undefined || pictures === 0) return [];
  const stay = pictures === 1 ? "stays as it is" : "stay as they are";
  return [
    `--quality is not heeded of what is held: ${printCount(pictures, "picture", "pictures")} ${stay}; --refresh fetches anew`,
  ];
}

async function putRecords({ context, mirror, plan }: StorePull, store: FolderStore): Promise<void> {
  for (const { query, model, rows } of plan.records) {
    context.signal.throwIfAborted();
    await mirror.importRecords(store, { query, model, rows, source: query, synthetic: plan.isSynthetic });
  }
}
