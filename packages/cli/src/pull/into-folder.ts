import { mkdir } from "node:fs/promises";
import { checkKinds, checkVariants } from "./folder-conflicts.ts";
import { type FolderManifest, isThere, readFolderManifest } from "./folder-manifest.ts";
import { writeRecords } from "./folder-records.ts";
import type { PullThing } from "./plan.ts";
import type { Prepared, Pull } from "./pull.ts";
import { folderItem, type PullItem } from "./pull-item.ts";
import { checkTerms, writeTerms } from "./terms-file.ts";

/**
 * Prepares a pull of plain files. The records, and what is expected, are written first: they are small, and an interrupted pull has them by then.
 *
 * @throws {UsageError} If the folder has pictures of another tier or quality, and they are not to be replaced.
 * @throws {Error} If the folder holds content of the other kind, made up or not; nothing is written then.
 */
export async function intoFolder({ context, api, options, plan, target, downsample }: Pull): Promise<Prepared> {
  const { directory } = target;
  const { baseUrl } = api.client;
  const items = plan.things.map((thing) => folderItem(thing, { baseUrl, downsample, quality: options.quality }));
  await checkTerms(directory, plan.isSynthetic);
  const manifest = await readFolderManifest(directory, context.signal);
  checkKinds(directory, manifest, plan.isSynthetic);
  if (options.refresh !== true) await checkVariants(directory, manifest, items);
  const missing = await missingOf(directory, manifest, items);
  return {
    items,
    held: 0,
    there: items.length - missing.size,
    missing,
    notes: [],
    directory,
    refused: [],
    async begin() {
      await mkdir(directory, { recursive: true });
      await writeTerms(directory, plan.isSynthetic);
      const files = items.map(({ name }) => name);
      return await writeRecords(plan, { files, directory, baseUrl, signal: context.signal, verify: options.verify });
    },
    onFile: async () => {},
    end: async () => {},
    close: async () => {},
  };
}

/** The things whose file did not come from where it comes from now, or is not there, or not as long as it was. */
async function missingOf(
  directory: string,
  manifest: FolderManifest,
  items: readonly PullItem[],
): Promise<ReadonlySet<PullThing>> {
  const missing = new Set<PullThing>();
  for (const { thing, name, url } of items) {
    const before = manifest.had.get(name);
    if (before?.url !== url || !(await isThere(directory, name, before))) missing.add(thing);
  }
  return missing;
}
