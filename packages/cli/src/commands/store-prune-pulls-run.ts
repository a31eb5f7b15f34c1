import type { Context } from "../context.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exit.ts";
import { note, printable } from "../output/notes.ts";
import { printCount } from "../output/quantities.ts";
import { listWorkFolders, removeWorkFolders } from "../pull/work-folders.ts";
import { useStore } from "../use-store.ts";
import type { StorePruneOptions } from "./store-prune-run.ts";

/** Removes the working files of pulls that were given up. Returns the exit code. */
export async function run(context: Context, options: StorePruneOptions): Promise<number> {
  const { olderThan, maxSize, atlas, kind, orphans, dryRun, json } = options;
  if ([olderThan, maxSize, atlas, kind, orphans].some((each) => each !== undefined)) {
    throw new UsageError("Cannot use --pulls with other criteria: working files are no entries; give it alone");
  }
  const found = await useStore(context, options.store, ({ directory }) =>
    dryRun === true ? listWorkFolders(directory) : removeWorkFolders(directory),
  );
  if (json === true) {
    context.stdout.write(`${JSON.stringify({ pulls: found, dryRun: dryRun === true }, undefined, 2)}\n`);
    return EXIT.done;
  }
  if (dryRun === true) for (const { path } of found) context.stdout.write(`${printable(path)}\n`);
  for (const { path, reason } of found) if (reason !== undefined) note(context, `${path} stays: ${reason}`);
  const gone = found.filter(({ reason }) => reason === undefined).length;
  const verb = dryRun === true ? "found" : "removed";
  context.stderr.write(`working files of ${printCount(gone, "pull", "pulls")} ${verb}\n`);
  return EXIT.done;
}
