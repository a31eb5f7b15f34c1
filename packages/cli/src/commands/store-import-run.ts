import { resolve } from "node:path";
import type { FolderStore, ImportOptions } from "@brainatlas/mirror";
import type { Context } from "../context.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exit.ts";
import { describeFailure } from "../failure.ts";
import { printEntries, printKinds, printModels } from "../output/entries.ts";
import { note, printable } from "../output/notes.ts";
import { createProgressLine } from "../output/progress-line.ts";
import { printBytes, printCount } from "../output/quantities.ts";
import { roomOf } from "../output/room.ts";
import { type FileFailure, findFailures } from "../readable-files.ts";
import { storePlace } from "../store-directory.ts";
import { useStore } from "../use-store.ts";

/** Options of `brainatlas store import`. */
export interface StoreImportOptions extends Omit<ImportOptions, "urlPath"> {
  readonly files: readonly string[];
  readonly store?: string | undefined;
  readonly json?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  /** Path that the file is served at. */
  readonly path?: string | undefined;
}

/** What was put. */
type ImportSummary = Awaited<ReturnType<typeof import("@brainatlas/mirror")["importFile"]>>;

type Entries = FolderStore["entries"];
type Models = ImportSummary["models"];
type Entry = ImportSummary["entries"][number];

/** What became of a file. */
type Outcome = Imported | FileFailure;

interface Imported extends ImportSummary {
  readonly file: string;
  readonly isExport: boolean;
  readonly replaced: readonly Entry[];
}

/** Imports the files one after the other; a bad one is reported and passed over. Returns the exit code. */
export async function run(context: Context, options: StoreImportOptions): Promise<number> {
  const { files, store: option, json, verbose, path, ...others } = options;
  checkOptions(options);
  const importOptions = { ...others, ...(path !== undefined && { urlPath: path }) };
  const { directory } = storePlace(context, option);
  // No store is made for files that are not there.
  const lacking = await findFailures(context, directory, files);
  for (const { error } of lacking ?? []) reportError(context, error);
  const { outcomes, held } =
    lacking === undefined
      ? await useStore(context, option, (store) => importAll(context, store, files, importOptions), { create: true })
      : { outcomes: lacking, held: {} };
  const imported = outcomes.filter((outcome) => "entries" in outcome);
  const failed = outcomes.filter((outcome) => "error" in outcome);
  if (json === true) {
    context.stdout.write(`${JSON.stringify({ directory, imported, failed }, undefined, 2)}\n`);
  } else {
    context.stdout.write(printSummary(imported, held, { room: roomOf(context), isVerbose: verbose === true }));
    const replaced = imported.flatMap((outcome) => outcome.replaced);
    if (replaced.length > 0) note(context, describeReplaced(replaced));
    if (lacking === undefined) context.stderr.write(countImported(imported.length, failed.length, directory));
  }
  context.signal.throwIfAborted();
  return failed.length === 0 ? EXIT.done : EXIT.failed;
}

function countImported(imported: number, failed: number, directory: string): string {
  const failures = failed === 0 ? "" : `, ${failed} not`;
  return `${printCount(imported, "file", "files")} imported into ${printable(directory)}${failures}\n`;
}

function reportError(context: Context, error: string): void {
  context.stderr.write(`error: ${printable(error)}\n`);
}

async function importAll(
  context: Context,
  store: FolderStore,
  files: readonly string[],
  options: ImportOptions,
): Promise<{ outcomes: readonly Outcome[]; held: Models }> {
  const { isExport } = await context.load.mirror();
  const exports = await Promise.all(files.map((file) => isExport(resolve(context.cwd, file))));
  // An export says itself whether it is synthetic.
  if (store.synthetic === true && !exports.includes(true)) {
    throw new Error(
      `Cannot import into the store "${store.directory}": it is synthetic, and all in it is said to be; give another --store`,
    );
  }
  const outcomes: Outcome[] = [];
  for (const file of files) {
    // Between files only: what has begun is finished, and what was done is told.
    if (context.signal.aborted) break;
    const outcome = await importOne(context, store, file, options);
    if ("error" in outcome) reportError(context, outcome.error);
    outcomes.push(outcome);
  }
  return { outcomes, held: files.length > 1 ? (await store.info()).records : {} };
}

async function importOne(context: Context, store: FolderStore, file: string, options: ImportOptions): Promise<Outcome> {
  const { importExport, importFile, isExport } = await context.load.mirror();
  const replaced: Entry[] = [];
  const line = createProgressLine(context);
  try {
    const watched = { ...store, entries: watch(store.entries, replaced) };
    const path = resolve(context.cwd, file);
    if (!(await isExport(path))) {
      return { file, isExport: false, replaced, ...(await importFile(watched, path, options)) };
    }
    // It is expected to replace what is held; and it may take long.
    const onProgress = (done: number, total: number): void =>
      line.show(() => `imported ${printBytes(done)} of ${printBytes(total)}`);
    const summary = await importExport(store, path, { signal: context.signal, onProgress });
    return { file, isExport: true, replaced, ...summary };
  } catch (error) {
    // Interrupted within an export: what is put is whole.
    return {
      file,
      error: context.signal.aborted ? `Cannot import "${file}" to its end: interrupted` : describeFailure(error),
    };
  } finally {
    line.end();
  }
}

/** The same entries; those that are put in the place of others are kept in a list. */
function watch(entries: Entries, replaced: Entry[]): Entries {
  const around = async ({ kind, name }: Pick<Entry, "kind" | "name">, put: () => Promise<Entry>): Promise<Entry> => {
    // What is damaged is replaced as well.
    const before = await entries.get(kind, name).catch(() => null);
    const after = await put();
    if (before === null || (before !== undefined && before.entry.sha256 !== after.sha256)) replaced.push(after);
    return after;
  };
  return {
    ...entries,
    put: (entry, body) => around(entry, () => entries.put(entry, body)),
    putChunks: (entry, body) => around(entry, () => entries.putChunks(entry, body)),
    putWritten: (entry, write) => around(entry, () => entries.putWritten(entry, write)),
    link: (entry, held) => around(entry, () => entries.link(entry, held)),
  };
}

/** Entries of files, and of exports, that are listed one by one unless all are asked for. */
const LISTED = { ofFiles: 500, ofExports: 20 } as const;
/** Replaced entries that are named. */
const NAMED = 5;

function describeReplaced(replaced: readonly Entry[]): string {
  const names = replaced.slice(0, NAMED).map(({ kind, name }) => `${kind} ${name}`);
  const more = replaced.length > NAMED ? ` and ${replaced.length - NAMED} more` : "";
  return `replaced what the store held as ${names.join(", ")}${more}`;
}

/**
 * What was put: a table of entries, and one of rows by model; each only if there are any.
 *
 * @param held Rows of the store, if there are several files: what two of them brought counts once.
 */
function printSummary(
  imported: readonly Imported[],
  held: Models,
  { room, isVerbose }: { readonly room: number; readonly isVerbose: boolean },
): string {
  const listed = imported.some(({ isExport }) => isExport) ? LISTED.ofExports : LISTED.ofFiles;
  const entries = imported.flatMap((summary) => summary.entries);
  const models = new Map<string, number>();
  for (const [model, count] of imported.flatMap((summary) => Object.entries(summary.models))) {
    models.set(model, Math.min((models.get(model) ?? 0) + count, held[model] ?? Number.POSITIVE_INFINITY));
  }
  const tables = [
    entries.length === 0
      ? ""
      : entries.length > listed && !isVerbose
        ? printKinds(entries)
        : printEntries(entries, room),
    models.size === 0 ? "" : printModels(Object.fromEntries(models)),
  ];
  return tables.filter((table) => table !== "").join("\n");
}

function checkOptions({ files, id, file, path, downsample = 0 }: StoreImportOptions): void {
  if (file !== undefined && path !== undefined) {
    throw new UsageError("Cannot use --file and --path for one file; give one of them");
  }
  if (id !== undefined && id < 1) throw new UsageError(`Cannot use --id ${id}; give a whole number of 1 or more`);
  const single = Object.entries({ id, file, path }).find(([, value]) => value !== undefined)?.[0];
  if (single !== undefined && files.length > 1) {
    throw new UsageError(`Cannot use one --${single} for ${files.length} files; import them one by one`);
  }
  checkDownsample(downsample);
}

/** Refuses a tier that no picture may be put as. */
export function checkDownsample(downsample: number): void {
  if (downsample >= 0 && downsample <= 16) return;
  throw new UsageError(`Cannot use --downsample ${downsample}; give a whole number from 0 to 16`);
}
