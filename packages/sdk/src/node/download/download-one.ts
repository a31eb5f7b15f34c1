import { DecodeError } from "../../errors.ts";
import { checkContent } from "./check-content.ts";
import type { CheckedItem } from "./check-item.ts";
import { fileContent, heldContent } from "./content.ts";
import type { Disk, Looked } from "./disk.ts";
import { fetchItem, type ItemTools } from "./fetch-item.ts";
import type { Folders } from "./folders.ts";
import type { Journal, JournalEntry } from "./journal.ts";
import { wrongSize } from "./judge-head.ts";
import { PartFile, type PartTools } from "./part-file.ts";
import { type PartPaths, partPaths } from "./part-paths.ts";
import { clash, isFileOf } from "./place-file.ts";
import type { DownloadLimits } from "./settings.ts";
import type { DownloadedFile, DownloadItem, ManifestLine } from "./types.ts";

/** What a run has for each of its items. */
export interface RunTools extends Omit<ItemTools, "onAttempt" | "onHead" | "onRetry" | "check" | "pause"> {
  readonly settings: DownloadLimits;
  readonly disk: Disk;
  readonly journal: Journal;
  readonly folders: Folders;
  readonly partTools: PartTools;
}

/** What is told of one item while it is under way. */
export interface OneTools extends RunTools, Pick<ItemTools, "onAttempt" | "onRetry" | "pause"> {
  /** Requests so far. */
  readonly attempts: () => number;
}

/** A file as it is at the moment, and how it came to be there. */
interface Present {
  readonly paths: PartPaths;
  readonly looked: Looked | undefined;
  /** The line of the manifest that is done, when the file is ours. */
  readonly line: ManifestLine | undefined;
}

/** Sees to it that an item's file is there, complete and checked. */
export async function downloadOne<Item extends DownloadItem>(
  item: CheckedItem<Item>,
  entry: JournalEntry | undefined,
  tools: OneTools,
): Promise<DownloadedFile<Item>> {
  const { disk, settings, journal } = tools;
  const paths = partPaths(settings.directory, item.name);
  const looked = await disk.look(paths.target);
  const isOurs = entry?.line.status === "done" && entry.line.name === item.name;
  const present: Present = { paths, looked, line: isOurs ? entry.line : undefined };
  const kept = (await findKept(item, present, tools)) ?? (await adoptKnown(item, present, tools));
  if (kept !== undefined) {
    journal.mark(item.name);
    return kept;
  }
  await tools.folders.make(paths.folder);
  const part = new PartFile(paths, item.name, item.url, tools.partTools);
  try {
    if (!journal.isNew) await part.recover(tools.signal);
    return await fetchAndPlace(item, present, part, tools);
  } catch (error) {
    await part.keepOrRemove(tools.signal.aborted).catch(() => {
      // The first error says more.
    });
    throw error;
  }
}

/** The file that is there, when it is what the manifest says, and that is what is wanted. */
async function findKept<Item extends DownloadItem>(
  item: CheckedItem<Item>,
  { paths, looked, line }: Present,
  { disk, settings, folders, signal }: OneTools,
): Promise<DownloadedFile<Item> | undefined> {
  const { bytes: sizeBytes, sha256 } = line ?? {};
  if (line?.url !== item.url || sizeBytes === undefined || sha256 === undefined) return undefined;
  if ((item.sizeBytes ?? sizeBytes) !== sizeBytes || (item.sha256 ?? sha256) !== sha256) return undefined;
  // A part beside it may tell that a line was written whose file never came into its place.
  const isSizeEnough = settings.verify === "size" && (await disk.look(paths.part)) === undefined;
  const isGood = isSizeEnough
    ? looked?.isFile === true && looked.sizeBytes === sizeBytes
    : await isFileOf(paths.target, looked, { sizeBytes, sha256 }, disk, signal);
  if (!isGood && !(await finishPart(paths, { sizeBytes, sha256 }, { disk, folders, signal }))) return undefined;
  const { mediaType = "", lastModified } = line;
  return { ...unfetched(item, paths), sizeBytes, sha256, mediaType, lastModified };
}

/** Renames a part file that was complete when its run was killed: its line was written, and it had its name not yet. */
async function finishPart(
  { part, target, folder }: PartPaths,
  expected: { readonly sizeBytes: number; readonly sha256: string },
  { disk, folders, signal }: Pick<OneTools, "disk" | "folders" | "signal">,
): Promise<boolean> {
  if (!(await isFileOf(part, await disk.look(part), expected, disk, signal))) return false;
  await disk.rename(part, target);
  folders.touch(folder);
  return true;
}

/** A file that is not ours, when its hash is the one that the item has to have. */
async function adoptKnown<Item extends DownloadItem>(
  item: CheckedItem<Item>,
  { paths, looked, line }: Present,
  { disk, journal, signal }: OneTools,
): Promise<DownloadedFile<Item> | undefined> {
  const { sha256 } = item;
  if (line !== undefined || looked === undefined || sha256 === undefined) return undefined;
  const { sizeBytes } = looked;
  if (
    (item.sizeBytes ?? sizeBytes) !== sizeBytes ||
    !(await isFileOf(paths.target, looked, { sizeBytes, sha256 }, disk, signal))
  )
    return undefined;
  const now = new Date().toISOString();
  await journal.append({
    name: item.name,
    url: item.url,
    status: "done",
    bytes: sizeBytes,
    sha256,
    attempts: 0,
    startedAt: now,
    finishedAt: now,
  });
  return { ...unfetched(item, paths), sizeBytes, sha256, mediaType: "", lastModified: undefined };
}

function unfetched<Item extends DownloadItem>(
  { item }: CheckedItem<Item>,
  { target }: PartPaths,
): Pick<DownloadedFile<Item>, "item" | "path" | "headers" | "isKept" | "attempts"> {
  return { item, path: target, headers: undefined, isKept: true, attempts: 0 };
}

async function fetchAndPlace<Item extends DownloadItem>(
  item: CheckedItem<Item>,
  present: Present,
  part: PartFile,
  tools: OneTools,
): Promise<DownloadedFile<Item>> {
  const startedAt = new Date().toISOString();
  const head = await fetchItem(item, part, {
    ...tools,
    onHead: (_head, totalBytes) => refuseClash(item, foreignOf(present), totalBytes),
    check: (complete, { url }) => checkPart(item, complete, url, tools),
  });
  const [sizeBytes, sha256] = [part.receivedBytes, part.digest()];
  const headers = head?.headers;
  const mediaType = headers?.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  const { etag, lastModified: before } = part.source?.validator ?? {};
  const lastModified = headers?.get("last-modified") ?? before;
  await place(present, part, tools, {
    name: item.name,
    url: item.url,
    status: "done",
    bytes: sizeBytes,
    sha256,
    mediaType,
    etag,
    lastModified,
    attempts: tools.attempts(),
    startedAt,
    finishedAt: new Date().toISOString(),
  });
  const path = present.paths.target;
  return {
    item: item.item,
    path,
    sizeBytes,
    sha256,
    mediaType,
    lastModified,
    headers,
    isKept: false,
    attempts: tools.attempts(),
  };
}

/** What is there under the name, and is not ours. */
function foreignOf({ line, looked }: Present): Looked | undefined {
  return line === undefined ? looked : undefined;
}

/** Before a long body is taken in vain. */
function refuseClash({ name }: CheckedItem, foreign: Looked | undefined, totalBytes: number | undefined): void {
  if (foreign === undefined) return;
  if (!foreign.isFile || (totalBytes ?? foreign.sizeBytes) !== foreign.sizeBytes) throw clash(name, foreign);
}

async function checkPart(
  item: CheckedItem,
  part: PartFile,
  url: string,
  { disk, signal }: Pick<OneTools, "disk" | "signal">,
): Promise<void> {
  const sizeBytes = part.receivedBytes;
  if (item.sizeBytes !== undefined && item.sizeBytes !== sizeBytes) throw wrongSize(url, item.sizeBytes, sizeBytes);
  const { held } = part;
  const content = held === undefined ? fileContent(await part.flush(), sizeBytes, disk, signal) : heldContent(held);
  await checkContent(item, content, url);
  const sha256 = part.digest();
  if (item.sha256 === undefined || item.sha256 === sha256) return;
  throw new DecodeError("the file", { at: "its SHA-256", expected: item.sha256, found: sha256, url });
}

/** Brings a complete part file to its name: on the disk, told of in the journal, renamed. */
async function place(
  { paths, line: before }: Present,
  part: PartFile,
  { disk, journal, folders, signal }: OneTools,
  line: ManifestLine,
): Promise<void> {
  const { bytes: sizeBytes = 0, sha256 = "" } = line;
  await disk.sync(await part.flush());
  // Looked at again: others may have made it meanwhile.
  const foreign = before === undefined ? await disk.look(paths.target) : undefined;
  if (foreign !== undefined) {
    if (!(await isFileOf(paths.target, foreign, { sizeBytes, sha256 }, disk, signal))) throw clash(line.name, foreign);
    await journal.append(line);
    return await part.remove();
  }
  await part.close();
  await journal.append(line);
  await part.release();
  await disk.rename(paths.part, paths.target);
  folders.touch(paths.folder);
}
