import type { DownloadedFile } from "@brainatlas/sdk/node";
import type { PullPicture } from "./plan.ts";
import type { PullItem } from "./pull-item.ts";

/** A picture whose parts are under way. Others may lie in the same stored file: each is put by itself, beside what is held of that. */
export interface PictureJob {
  readonly picture: PullPicture;
  /** Names of the parts that are not there yet. */
  readonly missing: Set<string>;
  /** The parts that are. */
  readonly parts: DownloadedFile<PullItem>[];
}

/** The jobs of a pull by the names of their pictures. */
export function pictureJobs(items: readonly PullItem[]): Map<string, PictureJob> {
  const jobs = new Map<string, PictureJob>();
  for (const { thing, name } of items) {
    if (thing.kind !== "picture") continue;
    const job = jobs.get(thing.name) ?? { picture: thing, missing: new Set(), parts: [] };
    job.missing.add(name);
    jobs.set(thing.name, job);
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
