import { randomBytes } from "node:crypto";

/** A file that is being written. */
export const PART_FILE: RegExp = /^\.brainatlas-[0-9a-f]+\.part$/;

/** A name for such a file. */
export function partName(): string {
  return `.brainatlas-${randomBytes(8).toString("hex")}.part`;
}
