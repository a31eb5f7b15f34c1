import { countRows } from "../records/count-rows.ts";
import type { FolderStore } from "../store/folder-store.ts";
import { isSynthetic } from "../store/marker.ts";
import { importError, type NamedSource } from "./source.ts";

/**
 * Lets content into a store, or refuses it: what is made up goes only into an empty store, which is marked before anything is put, or into one
 * that is marked; what is real never goes into a marked one. To be called before the first thing is put.
 *
 * @param source What the words name: a file, or a URL.
 * @param isMadeUp Whether the content is synthetic.
 * @throws {Error} If the store holds the other kind; nothing is put or marked then.
 * @example await admitContent(store, { path: "http://127.0.0.1:4096" }, answer.headers.get("x-brainatlas-atlas") === "synthetic")
 */
export async function admitContent(store: FolderStore, source: NamedSource, isMadeUp: boolean): Promise<void> {
  await checkContent(store, source, isMadeUp);
  if (isMadeUp) await store.markSynthetic();
}

/**
 * Refuses what {@link admitContent} does, and marks nothing: for what is looked at further before it is put.
 *
 * @throws {Error} If the store holds the other kind.
 */
export async function checkContent(store: FolderStore, source: NamedSource, isMadeUp: boolean): Promise<void> {
  // Another process may have marked it since it was opened.
  const isMarked = store.synthetic === true || (await isSynthetic(store.directory));
  if (isMadeUp) {
    // What was put since by another process that marked it first is no other data.
    if (!isMarked && !(await isEmpty(store)) && !(await isSynthetic(store.directory))) {
      const reason = `it is synthetic, and the store "${store.directory}" holds other data; give a new store (--store)`;
      throw importError(source, reason);
    }
    return;
  }
  if (!isMarked) return;
  const reason = `the store "${store.directory}" is synthetic, and all in it is said to be; give another store (--store)`;
  throw importError(source, reason);
}

/** Whether a store holds neither entries nor records. */
export async function isEmpty(store: FolderStore): Promise<boolean> {
  for await (const _ of store.list()) return false;
  return Object.keys(await countRows(await store.records())).length === 0;
}
