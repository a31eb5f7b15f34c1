import { access, constants, readdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Context } from "../context.ts";
import { UsageError } from "../errors.ts";
import { storePlace } from "../store-directory.ts";
import type { PullOptions } from "./pull-options.ts";

/** File that marks a store: here as well as in the mirror, which a pull into a folder is not to load. */
const STORE_MARKER = "brainatlas-store.json";

/** Where a pull puts what it brings. */
export interface Target {
  readonly kind: "folder" | "store";
  /** Absolute path. */
  readonly directory: string;
}

/**
 * The place that is meant, looked at before anything is asked for; nothing is made.
 *
 * @throws {UsageError} If it is a file, or `--to` a store.
 * @throws {Error} If nothing can be written there.
 */
export async function openTarget(context: Context, { to, store }: PullOptions): Promise<Target> {
  const target: Target =
    to === undefined
      ? { kind: "store", directory: storePlace(context, store).directory }
      : { kind: "folder", directory: resolve(context.cwd, to) };
  await checkPlace(target);
  const holdsStore = await stat(join(target.directory, STORE_MARKER)).then(
    () => true,
    () => false,
  );
  if (target.kind === "store") {
    if (!holdsStore) await checkEmpty(target.directory);
    else await checkStore(context, target.directory);
  } else if (holdsStore) {
    throw new UsageError(
      `Cannot pull files into "${target.directory}": it is a store; give it as --store, or another folder`,
    );
  }
  return target;
}

/** A store of another version is refused with words. */
async function checkStore(context: Context, directory: string): Promise<void> {
  const { openStore } = await context.load.mirror();
  (await openStore(directory)).close();
}

/** A store is made of a new or an empty folder alone. */
async function checkEmpty(directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  if (names.every((name) => name.startsWith(".brainatlas-"))) return; // Another program may be making it.
  throw new UsageError(
    `Cannot make a store of "${directory}": the folder holds other files; give an empty one or a new name, or --to for plain files`,
  );
}

/** All folders above that are missing are made later; the first one that is there has to take them. */
async function checkPlace({ kind, directory }: Target): Promise<void> {
  const option = kind === "folder" ? "--to" : "--store";
  for (let path = directory; ; path = dirname(path)) {
    const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
      throw new Error(`Cannot write to "${directory}": the system refuses it (${error.code}); give another ${option}`);
    });
    if (found === undefined && path !== dirname(path)) continue;
    if (found?.isDirectory() !== true) {
      throw new UsageError(`Cannot use ${option} "${directory}": "${path}" is no folder; give another place`);
    }
    return await access(path, constants.W_OK).catch((cause: unknown) => {
      throw new Error(`Cannot write to "${directory}": "${path}" takes no files; give another ${option}`, { cause });
    });
  }
}
