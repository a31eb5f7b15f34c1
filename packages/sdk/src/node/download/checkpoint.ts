import { readFile } from "node:fs/promises";
import type { Disk } from "./disk.ts";

/** What tells that the bytes that follow are of the same file. */
export interface Validator {
  /** As it came, weak ones too. */
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
  /** What `If-Range` takes; `undefined` when the answer gave nothing strong enough. */
  readonly ifRange: string | undefined;
}

/** How far a part file is that can be gone on with. */
export interface Checkpoint {
  readonly name: string;
  readonly url: string;
  readonly validator: Validator;
  /** Bytes of the whole file. */
  readonly totalBytes: number;
  /** Bytes that are on the disk. */
  readonly syncedBytes: number;
  /** Of those bytes, hexadecimal. */
  readonly sha256: string;
}

/** Writes it so that a reader sees the old one or the new one. */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint, disk: Disk): Promise<void> {
  const aside = `${path}.new`;
  const file = await disk.open(aside, "w");
  try {
    await disk.write(file, Buffer.from(`${JSON.stringify(checkpoint)}\n`), 0);
    await disk.syncData(file);
  } finally {
    await disk.close(file);
  }
  await disk.rename(aside, path);
}

/** `undefined` when there is none, or it is of no use. */
export async function readCheckpoint(path: string): Promise<Checkpoint | undefined> {
  try {
    // What is found is checked.
    const value = JSON.parse(await readFile(path, "utf8")) as Partial<Checkpoint> | null;
    const sizes = [value?.totalBytes, value?.syncedBytes];
    const isWhole =
      typeof value?.url === "string" &&
      typeof value.name === "string" &&
      typeof value.sha256 === "string" &&
      typeof value.validator?.ifRange === "string" &&
      sizes.every((size) => Number.isSafeInteger(size) && Number(size) >= 0);
    return isWhole ? (value as Checkpoint) : undefined;
  } catch {
    return undefined;
  }
}
