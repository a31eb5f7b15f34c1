import { rm, utimes } from "node:fs/promises";
import { basename, dirname } from "node:path";
import type { FolderStore, NewEntry } from "@brainatlas/mirror";
import type { DownloadedFile } from "@brainatlas/sdk/node";
import { parseExpressionGridPath } from "@brainatlas/sdk/volume";
import type { Context } from "../context.ts";
import { newestOf, type PictureJob, pictureJobs } from "./picture-jobs.ts";
import type { PullAsset, PullDrawing } from "./plan.ts";
import { type ItemOptions, type PullItem, pictureSource } from "./pull-item.ts";
import { createTurns } from "./turns.ts";

/** Puts files into a store as they come. */
export interface Intake {
  /** Takes a complete file; resolves when it is put, or kept for the picture that it is a part of. */
  take(file: DownloadedFile<PullItem>): Promise<void>;
  /** Waits for what is being put. */
  idle(): Promise<void>;
}

/** What is known of all that comes. */
export interface IntakeOptions extends ItemOptions {
  readonly items: readonly PullItem[];
  readonly isSynthetic: boolean;
  /** Whether what is held of a picture is replaced by what comes. */
  readonly isRefresh: boolean;
}

/**
 * Puts drawings and files at once, and a picture when all of its parts are there, one after the other: large pictures take memory. The working
 * files go when they are put.
 */
export async function createIntake(
  { load }: Pick<Context, "load">,
  store: FolderStore,
  options: IntakeOptions,
): Promise<Intake> {
  const mirror = await load.mirror();
  const turns = createTurns();
  const jobs = pictureJobs(options.items);
  const synthetic = options.isSynthetic;

  async function putPicture({ picture, parts }: PictureJob): Promise<void> {
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
      source: pictureSource(picture, options),
      synthetic,
      refresh: options.isRefresh,
    });
    for (const { path } of parts) await rm(path, { force: true });
    for (const folder of new Set(parts.map(({ path }) => dirname(path))))
      await rm(folder, { recursive: true, force: true });
  }

  async function putDrawing({ imageId }: PullDrawing, file: DownloadedFile<PullItem>): Promise<void> {
    const { path, item } = file;
    await mirror.importWholeDrawing(store, {
      imageId,
      path,
      source: item.url,
      lastModified: newestOf([file]),
      synthetic,
    });
  }

  async function putAsset({ url, urlPath }: PullAsset, file: DownloadedFile<PullItem>): Promise<void> {
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

  async function put(file: DownloadedFile<PullItem>): Promise<void> {
    const { thing } = file.item;
    if (thing.kind === "drawing") await putDrawing(thing, file);
    else if (thing.kind === "asset") await putAsset(thing, file);
    await rm(file.path, { force: true });
  }

  return {
    async take(file) {
      const { thing, name } = file.item;
      if (thing.kind !== "picture") return await turns.take(() => put(file));
      const job = jobs.get(thing.path);
      if (job?.missing.delete(name) !== true) return;
      job.parts.push(file);
      if (job.missing.size === 0) await turns.take(() => putPicture(job));
    },
    idle: () => turns.idle(),
  };
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
