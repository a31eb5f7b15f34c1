import { createHash } from "node:crypto";
import { show } from "../../check.ts";
import { fileContent, readBlocks } from "./content.ts";
import type { Disk, Looked } from "./disk.ts";

/** SHA-256 of a file, hexadecimal. */
export async function hashFile(path: string, sizeBytes: number, disk: Disk, signal?: AbortSignal): Promise<string> {
  const file = await disk.open(path, "r");
  try {
    const hash = createHash("sha256");
    for await (const block of readBlocks(fileContent(file, sizeBytes, disk, signal))) hash.update(block);
    return hash.digest("hex");
  } finally {
    await disk.close(file);
  }
}

/** Whether a file has this length and this hash. */
export async function isFileOf(
  path: string,
  looked: Looked | undefined,
  expected: { readonly sizeBytes: number; readonly sha256: string },
  disk: Disk,
  signal: AbortSignal,
): Promise<boolean> {
  if (looked?.isFile !== true || looked.sizeBytes !== expected.sizeBytes) return false;
  return (await hashFile(path, looked.sizeBytes, disk, signal)) === expected.sha256;
}

/** The error of a name that is taken by something that is not ours. */
export function clash(name: string, looked: Looked): Error {
  const what = looked.isFile
    ? "a file of other bytes, which is not of a download, has that name"
    : "a folder, or what is no file, has that name";
  return new Error(`Cannot download ${show(name)}: name clash: ${what}; move it away, or give another name`);
}
