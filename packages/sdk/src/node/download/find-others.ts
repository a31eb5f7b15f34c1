import { opendir } from "node:fs/promises";
import { join } from "node:path";
import { MANIFEST_NAME, OWN_PREFIX } from "./check-name.ts";

/** What lies in a directory beside its downloads: paths below it, with slashes, in order. */
export interface OtherFiles {
  /** What runs left that did not come to their end. */
  readonly unfinished: readonly string[];
  readonly foreign: readonly string[];
}

/**
 * Looks through a directory and all folders in it; links are not followed.
 *
 * @param isKnown Whether a path is that of a download.
 */
export async function findOthers(
  root: string,
  isKnown: (name: string) => boolean,
  signal: AbortSignal | undefined,
): Promise<OtherFiles> {
  const [unfinished, foreign]: [string[], string[]] = [[], []];
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for await (const entry of await opendir(join(root, folder))) {
      signal?.throwIfAborted();
      const name = `${folder}${entry.name}`;
      if (entry.isDirectory()) folders.push(`${name}/`);
      else if (entry.name.startsWith(OWN_PREFIX)) unfinished.push(name);
      else if (name !== MANIFEST_NAME && !isKnown(name)) foreign.push(name);
    }
  }
  return { unfinished: unfinished.sort(), foreign: foreign.sort() };
}
