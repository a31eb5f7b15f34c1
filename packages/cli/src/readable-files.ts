import { access, constants, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { Context } from "./context.ts";

/** A file that is not imported. */
export interface FileFailure {
  readonly file: string;
  readonly error: string;
}

/** What is the matter with each file, where there is no store yet and none of them can be read; else `undefined`. */
export async function findFailures(
  context: Context,
  directory: string,
  files: readonly string[],
): Promise<FileFailure[] | undefined> {
  const { isStore } = await context.load.mirror();
  if (await isStore(directory)) return undefined;
  const failures: FileFailure[] = [];
  for (const file of files) {
    const error = await whyUnreadable(resolve(context.cwd, file));
    if (error === undefined) return undefined;
    failures.push({ file, error });
  }
  return failures;
}

async function whyUnreadable(path: string): Promise<string | undefined> {
  const refuse = (reason: string): string => `Cannot import "${path}": ${reason}`;
  try {
    if (!(await stat(path)).isFile()) return refuse("it is no file; name the files in it");
    await access(path, constants.R_OK);
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // Errors of the system carry one.
    const isMissing = code === "ENOENT" || code === "ENOTDIR";
    return refuse(isMissing ? "there is no such file; check the path" : `the system refuses it (${code})`);
  }
}
