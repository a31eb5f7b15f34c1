import { resolve } from "node:path";
import { type VerifySummary, verifyDownloads } from "@brainatlas/sdk/node";
import type { Context } from "../context.ts";
import { EXIT } from "../exit.ts";
import { hint, note, printable } from "../output/notes.ts";
import { printBytes, printCount, printNumber } from "../output/quantities.ts";
import { neverHad, readFolderManifest } from "../pull/folder-manifest.ts";
import { nameSome } from "../pull/name-some.ts";
import { TERMS_FILE } from "../pull/terms-file.ts";

/** Options of `brainatlas pull verify`. */
export interface PullVerifyOptions {
  readonly folder: string;
  readonly json?: boolean | undefined;
}

/** Faults that are named. */
const NAMED = 20;

/** Compares the files of a folder with its manifest. Returns the exit code: whether all are as they were pulled. */
export async function run(context: Context, { folder, json }: PullVerifyOptions): Promise<number> {
  const directory = resolve(context.cwd, folder);
  const found = await verifyDownloads(directory, { signal: context.signal, others: true });
  // It has no line of its own.
  const foreign = found.foreign.filter((name) => name !== TERMS_FILE);
  const never = neverHad(await readFolderManifest(directory, context.signal));
  const isWell = found.faults.length === 0 && never.length === 0;
  const code = isWell ? EXIT.done : EXIT.failed;
  if (json === true) {
    context.stdout.write(`${JSON.stringify({ directory, ...found, never, foreign }, undefined, 2)}\n`);
    return code;
  }
  sayFaults(context, found, never);
  const { unfinished } = found;
  if (unfinished.length > 0) note(context, `${printCount(unfinished.length, "file", "files")} half done`);
  if (foreign.length > 0) {
    const files = printCount(foreign.length, "file", "files");
    note(context, `not of the manifest, and not looked at: ${files}: ${nameSome(foreign)}`);
  }
  if (!isWell) hint(context, "pull into the folder again, with the same command: what is right is not fetched again");
  const files = `${printNumber(found.ok)} ${found.ok === 1 ? "file" : "files"}`;
  const verb = found.ok === 1 ? "is as it was" : "are as they were";
  context.stdout.write(`${files} of ${printable(directory)} ${verb} pulled, ${printBytes(found.okBytes)}\n`);
  return code;
}

function sayFaults(context: Context, { faults, damagedLines }: VerifySummary, never: readonly string[]): void {
  for (const { name, status, reason } of faults.slice(0, NAMED)) {
    context.stderr.write(`error: ${printable(`${name}: ${reason ?? status}`)}\n`);
  }
  if (faults.length > NAMED) {
    note(
      context,
      `${printCount(faults.length - NAMED, "more file", "more files")} not as pulled; --json names them all`,
    );
  }
  if (never.length > 0) {
    const files = `${printCount(never.length, "file was", "files were")} never had: ${nameSome(never)}`;
    context.stderr.write(`error: ${printable(files)}\n`);
  }
  if (damagedLines > 0) note(context, `${printCount(damagedLines, "line", "lines")} of the manifest cannot be read`);
}
