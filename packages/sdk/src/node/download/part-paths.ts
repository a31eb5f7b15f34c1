import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { OWN_PREFIX } from "./check-name.ts";

/** Where a file and what belongs to it lie. */
export interface PartPaths {
  /** Absolute path of the file. */
  readonly target: string;
  /** Its folder. */
  readonly folder: string;
  /** The file while it is not complete. */
  readonly part: string;
  /** How far that is. */
  readonly checkpoint: string;
}

/** The paths of a name below a directory. The part lies in the folder of the file, so that it is renamed in one step. */
export function partPaths(directory: string, name: string): PartPaths {
  const target = join(directory, name);
  const folder = dirname(target);
  const mark = createHash("sha256").update(name).digest("hex").slice(0, 32);
  const stem = join(folder, `${OWN_PREFIX}${mark}`);
  return { target, folder, part: `${stem}.part`, checkpoint: `${stem}.json` };
}
