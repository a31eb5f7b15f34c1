import { join } from "node:path";
import { show } from "../../check.ts";
import { createEmitter } from "../../http/emit.ts";
import { checkOptionNames } from "../check-option-names.ts";
import { checkDirectory } from "./check-directory.ts";
import { MANIFEST_NAME, nameFault } from "./check-name.ts";
import { codeOf, DISK } from "./disk.ts";
import { findOthers } from "./find-others.ts";
import { parseLine } from "./manifest-line.ts";
import { NameIndex } from "./name-index.ts";
import { hashFile } from "./place-file.ts";
import { readLines } from "./read-lines.ts";
import type { ManifestLine } from "./types.ts";
import type { VerifiedFile, VerifyDownloadsOptions, VerifySummary } from "./verify-types.ts";

const OPTION_NAMES = Object.keys({
  signal: true,
  onFile: true,
  others: true,
} satisfies Record<keyof VerifyDownloadsOptions, true>);

/** Files that are read at once: the next is opened while one is hashed. */
const AT_ONCE = 4;

/** Compares the files of a directory with its manifest, as `verifyDownloads()` says. */
export async function verifyFolder(directory: string, options: VerifyDownloadsOptions): Promise<VerifySummary> {
  const root = checkDirectory(directory);
  checkOptionNames(options, OPTION_NAMES);
  const { signal, onFile, others = false } = options;
  signal?.throwIfAborted();
  const tell = createEmitter(onFile);
  const index = await indexLines(root, signal);
  let [ok, okBytes, failed] = [0, 0, 0];
  const faults: VerifiedFile[] = [];
  await forEachOf(lastLines(root, index.names, signal), async (line) => {
    const file = await verifyLine(root, line, signal);
    if (file.status === "ok") [ok, okBytes] = [ok + 1, okBytes + (line.bytes ?? 0)];
    else if (file.status === "failed") failed += 1;
    else faults.push(file);
    tell(file);
  });
  const found = others
    ? await findOthers(root, (name) => (index.names.get(name) ?? -1) >= 0, signal)
    : { unfinished: [], foreign: [] };
  return { ok, okBytes, faults, failed, damagedLines: index.damagedLines, ...found };
}

interface LineIndex {
  /** Where the line of a name that counts begins; one that failed, as 1 less than its negative. */
  readonly names: NameIndex;
  readonly damagedLines: number;
}

async function indexLines(root: string, signal: AbortSignal | undefined): Promise<LineIndex> {
  const names = new NameIndex();
  let damagedLines = 0;
  try {
    for await (const { text, offset } of readLines(join(root, MANIFEST_NAME), signal)) {
      const line = parseLine(text);
      if (line?.status === "done") names.set(line.name, offset);
      else if (line === undefined) damagedLines += 1;
      else if ((names.get(line.name) ?? -1) < 0) names.set(line.name, -1 - offset);
    }
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
    throw new Error(`Cannot verify ${show(root)}: it has no ${MANIFEST_NAME}; give a directory of downloads`, {
      cause: error,
    });
  }
  return { names, damagedLines };
}

/** The line of each name that counts. */
async function* lastLines(
  root: string,
  names: NameIndex,
  signal: AbortSignal | undefined,
): AsyncGenerator<ManifestLine, void, undefined> {
  for await (const { text, offset } of readLines(join(root, MANIFEST_NAME), signal)) {
    const line = parseLine(text);
    if (line === undefined) continue;
    const at = names.get(line.name);
    if (at === offset || at === -1 - offset) yield line;
  }
}

async function verifyLine(root: string, line: ManifestLine, signal: AbortSignal | undefined): Promise<VerifiedFile> {
  const { name, url } = line;
  if (line.status === "failed") return { name, url, status: "failed", reason: line.reason };
  const damaged = (reason: string): VerifiedFile => ({ name, url, status: "damaged", reason });
  // A manifest may be other people's: it is not to lead to files elsewhere.
  const fault = nameFault(name);
  if (fault !== undefined) return damaged(`the name is none of a file in the directory: ${fault}`);
  const path = join(root, name);
  try {
    const looked = await DISK.look(path);
    if (looked === undefined)
      return { name, url, status: "missing", reason: "it is not there; run the download again" };
    if (!looked.isFile) return damaged("it is no file");
    if (looked.sizeBytes !== line.bytes) return damaged(`it has ${looked.sizeBytes} bytes instead of ${line.bytes}`);
    const sha256 = await hashFile(path, looked.sizeBytes, DISK, signal);
    return sha256 === line.sha256
      ? { name, url, status: "ok", reason: undefined }
      : damaged(`its SHA-256 is ${sha256} instead of ${line.sha256}`);
  } catch (error) {
    signal?.throwIfAborted();
    return damaged(`it cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Calls it for each, a few at once. */
async function forEachOf<Value>(source: AsyncIterable<Value>, take: (value: Value) => Promise<void>): Promise<void> {
  const active = new Set<Promise<void>>();
  try {
    for await (const value of source) {
      const taken = take(value).finally(() => active.delete(taken));
      active.add(taken);
      if (active.size >= AT_ONCE) await Promise.race(active);
    }
    await Promise.all(active);
  } finally {
    await Promise.allSettled(active);
  }
}
