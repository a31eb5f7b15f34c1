import { realpath, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
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

/**
 * Reads `--out`, and checks it before anything is asked for: a download is not to end at a folder that is not there.
 *
 * @throws {UsageError} If it is `-` and standard output a terminal.
 * @throws {Error} If the folder does not exist.
 */
export async function openDestination(context: Context, out: string | undefined): Promise<Destination> {
  if (out === "-") {
    if (context.stdout.isTTY !== true) return { kind: "stdout" };
    throw new UsageError("Cannot write a picture's bytes to a terminal; pipe them into a program, or give a file");
  }
  const path = resolve(context.cwd, out ?? ".");
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() === true;
  if (isFolder) return { kind: "folder", path };
  const folder = /[/\\]$/.test(out ?? "") ? path : dirname(path);
  if ((await stat(folder).catch(() => undefined))?.isDirectory() !== true) {
    throw new Error(`Cannot write to "${displayPath(context, folder)}": there is no such folder; create it first`);
  }
  return { kind: "file", path };
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
