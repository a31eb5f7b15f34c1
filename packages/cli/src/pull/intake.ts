import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { DownloadedFile, FailedDownload } from "@brainatlas/sdk/node";
import { type PictureJob, pictureJobs } from "./picture-jobs.ts";
import type { PullItem } from "./pull-item.ts";
import { type PutTools, putPicture, putPlain } from "./put-thing.ts";
import { refusalsOf } from "./refusals.ts";
import { createTurns } from "./turns.ts";

/** Puts files into a store as they come. */
export interface Intake {
  /**
   * Takes a complete file; resolves when it is put, or kept for the picture that it is a part of.
   *
   * @throws {Error} If a drawing or a file is not put; of a picture `onRefused` is told.
   */
  take(file: DownloadedFile<PullItem>): Promise<void>;
  /** Waits for what is being put. */
  idle(): Promise<void>;
}

/** What comes, and who is told. */
export interface IntakeOptions {
  readonly items: readonly PullItem[];
  /** Once it is aborted, nothing more is put. */
  readonly signal: AbortSignal;
  /** Is told of every part of a picture that is not put. */
  readonly onRefused: (refusal: FailedDownload<PullItem>) => void;
}

/**
 * Puts drawings and files at once, and a picture when all of its parts are there, one after the other: large pictures take memory. Working files
 * go when they are put, and when they are refused, so that they are fetched again; those that the disk did not take stay.
 */
export function createIntake(tools: PutTools, { items, signal, onRefused }: IntakeOptions): Intake {
  const turns = createTurns(signal);
  const jobs = pictureJobs(items);

  async function takePicture(job: PictureJob): Promise<void> {
    try {
      await putAndRemove(job.parts, () => putPicture(tools, job));
    } catch (error) {
      signal.throwIfAborted();
      for (const refusal of refusalsOf(job.parts, error)) onRefused(refusal);
    }
  }

  return {
    async take(file) {
      const { thing, name } = file.item;
      if (thing.kind !== "picture") return await turns.take(() => putAndRemove([file], () => putPlain(tools, file)));
      const job = jobs.get(thing.name);
      if (job?.missing.delete(name) !== true) return;
      job.parts.push(file);
      if (job.missing.size === 0) await turns.take(() => takePicture(job));
    },
    idle: () => turns.idle(),
  };
}

async function putAndRemove(files: readonly DownloadedFile<PullItem>[], put: () => Promise<void>): Promise<void> {
  try {
    await put();
  } catch (error) {
    if (!isOfSystem(error)) await removeFiles(files);
    throw error;
  }
  await removeFiles(files);
}

/** Whether the system refused something, such as room on the disk: the files are not to blame. */
function isOfSystem(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return "syscall" in error || isOfSystem(error.cause);
}

async function removeFiles(files: readonly DownloadedFile<PullItem>[]): Promise<void> {
  for (const { path } of files) await rm(path, { force: true });
  const folders = files.flatMap(({ item, path }) => (item.thing.kind === "picture" ? [dirname(path)] : []));
  for (const folder of new Set(folders)) await rm(folder, { recursive: true, force: true });
}
