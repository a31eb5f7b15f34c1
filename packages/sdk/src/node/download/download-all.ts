import type { DownloadItem, DownloadOptions, DownloadSummary } from "./types.ts";

/**
 * Downloads files in parallel, each of which has its name only when it is complete and checked.
 *
 * What a run before has left in the directory is gone on with: files that are as `manifest.ndjson` says are kept, large ones that broke off go on where
 * they did, if the server can. An item that fails is reported at the end, and stops no other. Files that are not ours are never overwritten.
 *
 * @param items What is to be had; taken one by one, as there is room.
 * @throws {TypeError | RangeError} If an option is of no use.
 * @throws {Error} If the directory cannot be used, another run is at work there, or the source of the items fails; an abort rejects with the signal's reason.
 * @example
 * const { failures } = await downloadAll([{ url: plate.url, name: "100883869.jpg" }], { directory: "plates" });
 */
export async function downloadAll<Item extends DownloadItem>(
  items: Iterable<Item> | AsyncIterable<Item>,
  options: DownloadOptions<Item>,
): Promise<DownloadSummary<Item>> {
  // Loaded when it is needed: a mirror, and what else only writes files, does without connections.
  const { downloadWith } = await import("./download-with.ts");
  return await downloadWith(items, options);
}
