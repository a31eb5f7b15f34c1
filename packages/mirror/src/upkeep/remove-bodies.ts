import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { createEntryReader } from "../store/entry-reader.ts";
import type { StoreLayout } from "../store/layout.ts";
import { partName } from "../store/part-file.ts";
import { moveIfThere, putBack } from "../store/take-away.ts";
import { namedBodies } from "./scan.ts";

/** What was removed. */
export interface RemovedFiles {
  readonly files: number;
  readonly freedBytes: number;
}

/**
 * Removes bodies that no entry names.
 *
 * Who puts something writes the body, then the entry, and then looks whether the body is still there; if not, it puts it back. Here
 * the entries are read, the bodies that none names are taken aside, and the entries are read again: a body that was named in between is put back. So
 * whichever of the two comes last sees the other, and no entry is left without its body.
 *
 * @param candidates Bodies by their SHA-256.
 * @throws {Error} If an entry cannot be read, as it may name any body; none is removed then.
 */
export async function removeBodies(
  layout: StoreLayout,
  candidates: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<RemovedFiles> {
  if (candidates.size === 0) return { files: 0, freedBytes: 0 };
  const reader = createEntryReader(Number.POSITIVE_INFINITY);
  const named = await namedBodies(layout, reader);
  signal?.throwIfAborted();
  const aside = new Map<string, string>();
  try {
    for (const sha256 of candidates) {
      if (named.has(sha256)) continue;
      const path = join(layout.objects, partName());
      if (await moveIfThere(layout.body(sha256), path)) aside.set(sha256, path);
    }
    await putBackNamed(layout, aside, await namedBodies(layout, reader));
  } catch (error) {
    await putBackNamed(layout, aside, candidates);
    throw error;
  }
  return await removeAll([...aside.values()]);
}

/** Puts bodies back that are named after all, whatever becomes of one of them; the others stay aside. */
async function putBackNamed(
  layout: StoreLayout,
  aside: Map<string, string>,
  named: ReadonlySet<string>,
): Promise<void> {
  const back = [...aside].filter(([sha256]) => named.has(sha256));
  const done = await Promise.allSettled(
    back.map(async ([sha256, path]) => {
      await putBack(path, layout.body(sha256));
      aside.delete(sha256);
    }),
  );
  for (const each of done) if (each.status === "rejected") throw each.reason;
}

async function removeAll(paths: readonly string[]): Promise<RemovedFiles> {
  let freedBytes = 0;
  for (const path of paths) {
    freedBytes += (await stat(path)).size;
    await rm(path, { force: true });
  }
  return { files: paths.length, freedBytes };
}
