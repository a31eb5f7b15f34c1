import { access, constants, mkdir, realpath, stat, writeFile } from "node:fs/promises";
import { dirname, extname, join, relative, resolve } from "node:path";
import type { FileContent } from "@brainatlas/sdk/node";
import type { Context } from "./context.ts";
import { UsageError } from "./errors.ts";

/** Where a picture goes. */
export type Destination =
  | { readonly kind: "stdout" }
  /** A file of this name. */
  | { readonly kind: "file"; readonly path: string }
  /** A file of the default name in this folder. */
  | { readonly kind: "folder"; readonly path: string };

/** Endings that say what a file is: under a wrong one of these, programs would take it for another. */
const KNOWN_ENDINGS: ReadonlySet<string> = new Set(
  "bmp csv gif gz html jpeg jpg json mha mhd nhdr nii nrrd obj pdf png svg swc tif tiff tsv txt webp xml zip".split(
    " ",
  ),
);

/**
 * Reads `--out`, and checks it before anything is asked for: a download is not to end at a folder that is not there. A path that
 * ends with a slash is a folder, which is made if that above it is there.
 *
 * @param ending What a file ends in that is written, such as `.png`; anything by default.
 * @throws {UsageError} If it is `-` and standard output a terminal, or ends like a file of another kind.
 * @throws {Error} If the folder does not exist, or cannot be written to.
 */
export async function openDestination(
  context: Context,
  out: string | undefined,
  ending?: string,
): Promise<Destination> {
  if (out === "-") {
    if (context.stdout.isTTY !== true) return { kind: "stdout" };
    throw new UsageError("Cannot write a picture's bytes to a terminal; pipe them into a program, or give a file");
  }
  const path = resolve(context.cwd, out ?? ".");
  const existing = await stat(path).catch(() => undefined);
  if (existing?.isDirectory() === true) {
    await checkFolder(context, path);
    return { kind: "folder", path };
  }
  if (existing !== undefined && !existing.isFile()) return { kind: "file", path };
  const isFolder = /[/\\]$/.test(out ?? "");
  if (!isFolder && ending !== undefined) checkEnding(path, ending);
  await checkFolder(context, dirname(path));
  if (!isFolder) return { kind: "file", path };
  await mkdir(path);
  return { kind: "folder", path };
}

function checkEnding(path: string, ending: string): void {
  const given = extname(path).toLowerCase();
  if (given === ending || !KNOWN_ENDINGS.has(given.slice(1))) return;
  throw new UsageError(`Cannot write what is no ${given} to "${path}"; give a file that ends in ${ending}`);
}

async function checkFolder(context: Context, folder: string): Promise<void> {
  const name = JSON.stringify(displayPath(context, folder));
  if ((await stat(folder).catch(() => undefined))?.isDirectory() !== true) {
    throw new Error(`Cannot write to ${name}: there is no such folder; create it first`);
  }
  try {
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw new Error(`Cannot write to ${name}: it takes no files; give another folder`, { cause });
  }
}

/**
 * Writes a file that has its name only when it is complete. A link is followed, and what is no ordinary file, such as
 * `/dev/null` or a named pipe, is written to and not replaced.
 *
 * @param writeWhole Writes an ordinary file in one step.
 */
export async function writePicture(
  path: string,
  content: FileContent,
  writeWhole: (path: string) => Promise<void>,
): Promise<void> {
  const existing = await stat(path).catch(() => undefined);
  if (existing === undefined || existing.isDirectory()) return await writeWhole(path);
  if (existing.isFile()) return await writeWhole(await realpath(path));
  await writeFile(path, content);
}

/** A path as the reader would write it: relative where it is below the working folder. */
export function displayPath(context: Context, path: string): string {
  const short = relative(context.cwd, path);
  return short === "" ? "." : short.startsWith("..") ? path : short;
}

/** The file of a destination, once the picture's default name is known. */
export function fileOf(destination: Exclude<Destination, { kind: "stdout" }>, defaultName: string): string {
  return destination.kind === "folder" ? join(destination.path, defaultName) : destination.path;
}
