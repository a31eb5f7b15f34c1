import { access, realpath, stat } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import type { ExportKind, ExportSummary } from "@brainatlas/mirror";
import { writeFileWhole } from "@brainatlas/sdk/node";
import type { Context } from "../context.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exit.ts";
import { printable } from "../output/notes.ts";
import { createProgressLine } from "../output/progress-line.ts";
import { printBytes, printCount } from "../output/quantities.ts";
import { writeText } from "../output/write-text.ts";
import { storePlace } from "../store-directory.ts";
import { useStore } from "../use-store.ts";

/** Options of `brainatlas store export`. */
export interface StoreExportOptions {
  /** A path, or `-` for standard output. */
  readonly file: string;
  readonly store?: string | undefined;
  readonly atlas?: readonly number[] | undefined;
  readonly kind?: readonly ExportKind[] | undefined;
  readonly force?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** Writes a store, or a part of it, as one file. Returns the exit code. */
export async function run(context: Context, options: StoreExportOptions): Promise<number> {
  const { file, store: option, atlas: atlases, kind: kinds, json } = options;
  const target = file === "-" ? undefined : resolve(context.cwd, file);
  if (target === undefined) checkOutput(context, options);
  else await checkTarget(target, storePlace(context, option).directory, options);
  const { exportStore } = await context.load.mirror();
  const line = createProgressLine(context);
  const write = async (chunks: AsyncIterable<Uint8Array>): Promise<void> => {
    if (target !== undefined) return await writeFileWhole(target, chunks);
    for await (const chunk of chunks) await writeText(context, chunk);
  };
  const onProgress = (done: number, total: number): void =>
    line.show(() => `exported ${printBytes(done)} of ${printBytes(total)}`);
  const summary = await useStore(context, option, (store) =>
    exportStore(store, write, { atlases, kinds, signal: context.signal, onProgress }),
  ).finally(line.end);
  if (json === true) context.stdout.write(`${JSON.stringify({ file: target, ...summary }, undefined, 2)}\n`);
  else context.stderr.write(`${printSummary(summary)}\n`);
  if (json !== true && target !== undefined) context.stdout.write(`${printable(target)}\n`);
  return EXIT.done;
}

function checkOutput({ stdout }: Context, { json }: StoreExportOptions): void {
  if (json === true) throw new UsageError("Cannot print an export and JSON on the same standard output; give a file");
  if (stdout.isTTY !== true) return;
  throw new UsageError("Cannot write an export to a terminal; pipe it into a program, or give a file");
}

/** Before anything is read: what is there is not replaced unasked, and no export lies in the store that it is of. */
async function checkTarget(target: string, directory: string, { file, force }: StoreExportOptions): Promise<void> {
  const folder = await realpath(dirname(target)).catch(() => undefined);
  if (folder === undefined) {
    throw new Error(`Cannot export to "${file}": its folder does not exist; create it first`);
  }
  const store = await realpath(directory).catch(() => directory);
  if (`${folder}${sep}`.startsWith(`${store}${sep}`)) {
    throw new UsageError(`Cannot export to "${file}": it lies in the store itself; give a file elsewhere`);
  }
  const facts = await stat(target).catch(() => undefined);
  if (facts?.isDirectory() === true) throw new UsageError(`Cannot export to "${file}": it is a folder; give a file`);
  if (facts === undefined || force === true) return;
  await access(target);
  throw new Error(`Cannot export to "${file}": there is such a file; give another name, or --force to replace it`);
}

function printSummary({ entries, hasRecords, sizeBytes }: ExportSummary): string {
  const parts = [
    ...(entries > 0 || !hasRecords ? [printCount(entries, "entry", "entries")] : []),
    ...(hasRecords ? ["all records"] : []),
  ];
  return `${parts.join(" and ")} exported, ${printBytes(sizeBytes)}`;
}
