import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeFileWhole } from "@brainatlas/sdk/node";

/** The file of a folder that says whose its content is. */
export const TERMS_FILE = "ATTRIBUTION.txt";

const REAL = `Data of the Allen Brain Atlas: Allen Institute for Brain Science.
Use is subject to its Terms of Use, https://alleninstitute.org/legal/terms-use/:
research and other non-commercial use, with citation,
https://alleninstitute.org/legal/citation-policy/.
`;
const MADE_UP = `Synthetic sample of brainatlas: computed, not photographed.
These are not data of the Allen Institute, and say nothing about a brain.
`;

/**
 * Checks that a folder has no content of the other kind: what is made up cannot be told from the rest once both are in it.
 *
 * @throws {Error} If its file says so.
 */
export async function checkTerms(directory: string, isSynthetic: boolean): Promise<void> {
  const held = await readFile(join(directory, TERMS_FILE), "utf8").catch(() => undefined);
  if (held !== textOf(!isSynthetic)) return;
  const [has, comes] = isSynthetic ? ["real", "synthetic"] : ["synthetic", "real"];
  throw new Error(
    `Cannot pull into "${directory}": it holds ${has} data (${TERMS_FILE}), and what comes is ${comes}; give another folder`,
  );
}

/** Says in a folder whose its content is. A file of this name that says something else is left as it is. */
export async function writeTerms(directory: string, isSynthetic: boolean): Promise<void> {
  const path = join(directory, TERMS_FILE);
  const held = await readFile(path, "utf8").catch(() => undefined);
  if (held !== undefined) return;
  await mkdir(directory, { recursive: true });
  await writeFileWhole(path, textOf(isSynthetic));
}

function textOf(isSynthetic: boolean): string {
  return isSynthetic ? MADE_UP : REAL;
}
