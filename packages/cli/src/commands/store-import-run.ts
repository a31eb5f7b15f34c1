import { resolve } from "node:path";
import type { FolderStore, ImportOptions, StoreEntry } from "@brainatlas/mirror";
import type { Context } from "../context.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exit.ts";
import { describeFailure } from "../failure.ts";
import { printEntries } from "../output/entries.ts";
import { printable } from "../output/notes.ts";
import { printCount } from "../output/quantities.ts";
import { storePlace } from "../store-directory.ts";

/** Options of `brainatlas store import`. */
export interface StoreImportOptions extends ImportOptions {
  readonly files: readonly string[];
  readonly store?: string | undefined;
  readonly json?: boolean | undefined;
  readonly verbose?: boolean | undefined;
}

/** What became of a file. */
type Outcome =
  | { readonly file: string; readonly entries: readonly StoreEntry[] }
  | { readonly file: string; readonly error: string };

/** Imports the files one after the other; a bad one is reported and passed over. Returns the exit code. */
export async function run(context: Context, options: StoreImportOptions): Promise<number> {
  const { files, store: option, json, verbose: _, ...importOptions } = options;
  checkOptions(options);
  const { openStore } = await context.load.mirror();
  const store = await openStore(storePlace(context, option).directory, { create: true });
  const outcomes: Outcome[] = [];
  for (const file of files) {
    // Between files only: what has begun is finished, and what was done is told.
    if (context.signal.aborted) break;
    const outcome = await importOne(context, store, file, importOptions);
    if ("error" in outcome) context.stderr.write(`error: ${printable(outcome.error)}\n`);
    outcomes.push(outcome);
  }
  const imported = outcomes.filter((outcome) => "entries" in outcome);
  const failed = outcomes.filter((outcome) => "error" in outcome);
  if (json === true) {
    context.stdout.write(`${JSON.stringify({ directory: store.directory, imported, failed }, undefined, 2)}\n`);
  } else {
    if (imported.length > 0) context.stdout.write(printEntries(imported.flatMap((outcome) => outcome.entries)));
    const failures = failed.length === 0 ? "" : `, ${failed.length} not`;
    context.stderr.write(
      `${printCount(imported.length, "file", "files")} imported into ${printable(store.directory)}${failures}\n`,
    );
  }
  context.signal.throwIfAborted();
  return failed.length === 0 ? EXIT.done : EXIT.failed;
}

async function importOne(context: Context, store: FolderStore, file: string, options: ImportOptions): Promise<Outcome> {
  const { importFile } = await context.load.mirror();
  try {
    return { file, entries: await importFile(store, resolve(context.cwd, file), options) };
  } catch (error) {
    return { file, error: describeFailure(error) };
  }
}

function checkOptions({ files, id, downsample = 0 }: StoreImportOptions): void {
  if (id !== undefined && id < 1) throw new UsageError(`Cannot use --id ${id}; give a whole number of 1 or more`);
  if (id !== undefined && files.length > 1) {
    throw new UsageError(`Cannot use one --id for ${files.length} files; import them one by one`);
  }
  if (downsample < 0 || downsample > 16) {
    throw new UsageError(`Cannot use --downsample ${downsample}; give a whole number from 0 to 16`);
  }
}
