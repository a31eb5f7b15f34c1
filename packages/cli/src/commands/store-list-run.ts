import type { EntryKind, StoreEntry } from "@brainatlas/mirror";
import type { Context } from "../context.ts";
import { EXIT } from "../exit.ts";
import { printEntries } from "../output/entries.ts";
import { note } from "../output/notes.ts";
import { roomOf } from "../output/room.ts";
import { storePlace } from "../store-directory.ts";
import { useStore } from "../use-store.ts";

/** Options of `brainatlas store list`. */
export interface StoreListOptions {
  readonly store?: string | undefined;
  readonly kind?: EntryKind | undefined;
  readonly json?: boolean | undefined;
}

/** Lists the entries of a store. Returns the exit code. */
export async function run(context: Context, { store: option, kind, json }: StoreListOptions): Promise<number> {
  const { directory } = storePlace(context, option);
  const entries: StoreEntry[] = [];
  const { readPictureImages } = await context.load.mirror();
  const images = await useStore(context, option, async (store) => {
    for await (const entry of store.list(kind)) {
      context.signal.throwIfAborted();
      entries.push(entry);
    }
    const hasPictures = entries.some((entry) => entry.kind === "picture");
    return hasPictures && json !== true ? await readPictureImages(store) : undefined;
  });
  if (json === true) context.stdout.write(`${JSON.stringify(entries, undefined, 2)}\n`);
  else if (entries.length > 0) context.stdout.write(printEntries(entries, roomOf(context), images));
  else
    note(
      context,
      `the store ${directory} holds no ${kind ?? 'pictures, drawings, answers or files; "brainatlas store info" counts its rows'}`,
    );
  return EXIT.done;
}
