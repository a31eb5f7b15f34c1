import type { DownloadedFile } from "@brainatlas/sdk/node";
import type { PullPicture } from "./plan.ts";
import type { PullItem } from "./pull-item.ts";

/** A stored file of pictures whose parts are under way: several images may lie in one. */
export interface PictureJob {
  /** One of its images: they say the same of the file. */
  readonly picture: PullPicture;
  /** Names of the parts that are not there yet. */
  readonly missing: Set<string>;
  /** The parts that are. */
  readonly parts: DownloadedFile<PullItem>[];
}

/** The jobs of a pull by the path of their stored files. */
export function pictureJobs(items: readonly PullItem[]): Map<string, PictureJob> {
  const jobs = new Map<string, PictureJob>();
  for (const { thing, name } of items) {
    if (thing.kind !== "picture") continue;
    const job = jobs.get(thing.path) ?? { picture: thing, missing: new Set(), parts: [] };
    job.missing.add(name);
    jobs.set(thing.path, job);
  }
  return jobs;
}

/** When the newest of some files last changed at its source, ISO 8601; `undefined` where none says so. */
export function newestOf(files: readonly Pick<DownloadedFile, "lastModified">[]): string | undefined {
  const times = files.flatMap(({ lastModified }) => instantOf(lastModified) ?? []);
  return times.length === 0 ? undefined : new Date(Math.max(...times)).toISOString();
}

/** An instant as a header field has it, in ms; `undefined` where it has none. */
function instantOf(lastModified: string | undefined): number | undefined {
  const ms = Date.parse(lastModified ?? "");
  return Number.isNaN(ms) ? undefined : ms;
}
