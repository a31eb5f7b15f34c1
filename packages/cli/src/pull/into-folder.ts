import { mkdir } from "node:fs/promises";
import { writeRecords } from "./folder-records.ts";
import type { Prepared, Pull } from "./pull.ts";
import { folderItem } from "./pull-item.ts";
import { checkTerms, writeTerms } from "./terms-file.ts";

/**
 * Prepares a pull of plain files. The records are written first: they are small, and an interrupted pull has them by then.
 *
 * @throws {Error} If the folder holds content of the other kind, made up or not; nothing is written then.
 */
export async function intoFolder({ api, options, plan, target, downsample }: Pull): Promise<Prepared> {
  const { directory } = target;
  const { baseUrl } = api.client;
  const items = plan.things.map((thing) => folderItem(thing, { baseUrl, downsample, quality: options.quality }));
  await checkTerms(directory, plan.isSynthetic);
  return {
    items,
    held: 0,
    directory,
    async begin() {
      await mkdir(directory, { recursive: true });
      await writeTerms(directory, plan.isSynthetic);
      await writeRecords(directory, plan.records);
    },
    onFile: async () => {},
    end: async () => {},
    close: async () => {},
  };
}
