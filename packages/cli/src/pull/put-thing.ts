import { utimes } from "node:fs/promises";
import { basename } from "node:path";
import type { FolderStore, NewEntry } from "@brainatlas/mirror";
import type { DownloadedFile } from "@brainatlas/sdk/node";
import { parseExpressionGridPath } from "@brainatlas/sdk/volume";
import { newestOf, type PictureJob } from "./picture-jobs.ts";
import type { PullAsset, PullDrawing, PullPicture } from "./plan.ts";
import { type ItemOptions, type PullItem, pictureSource } from "./pull-item.ts";

/** What things are put into, and with. */
export interface PutTools extends ItemOptions {
  readonly mirror: typeof import("@brainatlas/mirror");
  readonly store: FolderStore;
  readonly isSynthetic: boolean;
  /** Whether what is held of a picture is replaced by what comes. */
  readonly isReplaced: (picture: PullPicture) => boolean;
}

/** Puts a picture of which all parts are there. */
export async function putPicture(tools: PutTools, { picture, parts }: PictureJob): Promise<void> {
  const { mirror, store, isSynthetic: synthetic } = tools;
  const { image_width: width, image_height: height } = picture.record;
  await mirror.importTiers(store, {
    path: picture.path,
    width,
    height,
    parts: parts.flatMap(({ item: { region }, path }) => {
      if (region === undefined) return [];
      const { downsample, left, top } = region;
      return [{ downsample, left, top, file: path }];
    }),
    lastModified: newestOf(parts),
    source: pictureSource(picture, tools),
    synthetic,
    refresh: tools.isReplaced(picture),
  });
}

/** Puts a drawing or a file. */
export async function putPlain(tools: PutTools, file: DownloadedFile<PullItem>): Promise<void> {
  const { thing } = file.item;
  if (thing.kind === "drawing") await putDrawing(tools, thing, file);
  else if (thing.kind === "asset") await putAsset(tools, thing, file);
}

async function putDrawing(
  { mirror, store, isSynthetic: synthetic }: PutTools,
  { imageId }: PullDrawing,
  file: DownloadedFile<PullItem>,
): Promise<void> {
  const { path, item } = file;
  const lastModified = newestOf([file]);
  await mirror.importWholeDrawing(store, { imageId, path, source: item.url, lastModified, synthetic });
}

async function putAsset(
  { mirror, store, isSynthetic: synthetic }: PutTools,
  { url, urlPath }: PullAsset,
  file: DownloadedFile<PullItem>,
): Promise<void> {
  const { path } = file;
  const lastModified = newestOf([file]);
  // What is imported says of a file when it last changed.
  if (lastModified !== undefined) await utimes(path, new Date(), new Date(lastModified));
  const known = withFacts(store, { source: url, fileName: fileNameOf(path, urlPath) });
  const grid = parseExpressionGridPath(urlPath);
  // Each of its volumes is answered as well, alone and with others.
  if (grid !== undefined) await mirror.importFile(known, path, { id: grid.dataSetId, synthetic });
  await mirror.importFile(known, path, { urlPath, synthetic });
}

/** The name that a file has at its source: in a folder the id of a well-known file stands before it, so that no two are the same. */
function fileNameOf(path: string, urlPath: string): string {
  const name = basename(path);
  const [, id] = /^\/api\/v2\/well_known_file_download\/(\d+)$/.exec(urlPath) ?? [];
  return id !== undefined && name.startsWith(`${id}_`) ? name.slice(id.length + 1) : name;
}

/** What is known of a file beside its content. */
interface FileFacts {
  /** URL that it came from. */
  readonly source: string;
  readonly fileName: string;
}

/** The same store; what is put into it says what is known of it. */
function withFacts(store: FolderStore, { source, fileName }: FileFacts): FolderStore {
  const { entries } = store;
  const told = (entry: NewEntry): NewEntry => {
    const details = entry.kind === "file" ? { ...entry.details, fileName } : entry.details;
    return { ...entry, source, ...(details !== undefined && { details }) };
  };
  return {
    ...store,
    // A getter, whose value a copy would keep.
    get synthetic() {
      return store.synthetic;
    },
    entries: {
      ...entries,
      put: (entry, body) => entries.put(told(entry), body),
      putChunks: (entry, body) => entries.putChunks(told(entry), body),
      putWritten: (entry, write) => entries.putWritten(told(entry), write),
    },
  };
}
