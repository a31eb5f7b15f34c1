import { resolve } from "node:path";
import { type VerifySummary, verifyDownloads } from "@brainatlas/sdk/node";
import type { Context } from "../context.ts";
import { EXIT } from "../exit.ts";
import { hint, note, printable } from "../output/notes.ts";
import { printBytes, printCount, printNumber } from "../output/quantities.ts";
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
  // What a pull writes beside the files has no line of its own.
  const foreign = found.foreign.filter((name) => name !== TERMS_FILE && !/^records\/[^/]+\.(csv|json)$/.test(name));
  const isWell = found.faults.length === 0 && found.failed === 0;
  const code = isWell ? EXIT.done : EXIT.failed;
  if (json === true) {
    context.stdout.write(`${JSON.stringify({ directory, ...found, foreign }, undefined, 2)}\n`);
    return code;
  }
  sayFaults(context, found);
  if (found.unfinished.length > 0) note(context, `${printCount(found.unfinished.length, "file", "files")} half done`);
  if (foreign.length > 0) {
    note(context, `not of the manifest, and not looked at: ${printCount(foreign.length, "file", "files")}`);
  }
  if (!isWell) hint(context, "pull into the folder again, with the same command: what is right is not fetched again");
  const files = `${printNumber(found.ok)} ${found.ok === 1 ? "file" : "files"}`;
  const verb = found.ok === 1 ? "is as it was" : "are as they were";
  context.stdout.write(`${files} of ${printable(directory)} ${verb} pulled, ${printBytes(found.okBytes)}\n`);
  return code;
}

function sayFaults(context: Context, { faults, failed, damagedLines }: VerifySummary): void {
  for (const { name, status, reason } of faults.slice(0, NAMED)) {
    context.stderr.write(`error: ${printable(`${name}: ${reason ?? status}`)}\n`);
  }
  if (faults.length > NAMED) {
    note(
      context,
      `${printCount(faults.length - NAMED, "more file", "more files")} not as pulled; --json names them all`,
    );
  }
  if (failed > 0) note(context, `${printCount(failed, "file was", "files were")} never had`);
  if (damagedLines > 0) note(context, `${printCount(damagedLines, "line", "lines")} of the manifest cannot be read`);
}
