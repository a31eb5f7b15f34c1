import { resolve } from "node:path";
import { show } from "../../check.ts";

/** The folder as an absolute path. @throws {TypeError} If it is no path. */
export function checkDirectory(directory: unknown): string {
  if (typeof directory === "string" && directory !== "" && !directory.includes("\0")) return resolve(directory);
  throw new TypeError(`Cannot use directory ${show(directory)}; give the path of a folder`);
}
