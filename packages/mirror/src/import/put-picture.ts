import type { NewEntry, StoreEntry } from "../store/entries.ts";
import type { FolderStore } from "../store/folder-store.ts";
import { type PictureFacts, readPictureFacts } from "./picture-facts.ts";
import { importError, type PictureFile } from "./source.ts";
import { writePyramid } from "./write-pyramid.ts";

/** Characters of a decoder's message that are passed on. */
const MAX_REASON_LENGTH = 300;

/** Where a picture is found, and what part of an image it is. */
export interface PicturePlace {
  /** Path of the server, as records have it. */
  readonly path: string;
  /** Size of the image at full resolution, in pixels. */
  readonly width: number;
  readonly height: number;
  /** The tier that the picture holds. */
  readonly downsample: number;
}

/** Reads the header of a picture; the error names the file. */
export async function readFacts(file: PictureFile): Promise<PictureFacts> {
  return await explained(file, () => readPictureFacts(file));
}

/** Puts a picture as a pyramid; nothing is put of one that is damaged or cut off. */
export async function putPicture(
  store: FolderStore,
  file: PictureFile,
  facts: PictureFacts,
  { path, width, height, downsample }: PicturePlace,
): Promise<StoreEntry> {
  const { name, lastModified, contentPath } = file;
  const details = { width, height, downsample, bits: facts.bits };
  const entry: NewEntry = { kind: "picture", name: path, mediaType: "image/tiff", lastModified, source: name, details };
  return await store.entries.putWritten(entry, (to) => explained(file, () => writePyramid(contentPath, facts, to)));
}

/** What the system says of a disk that takes no more. */
const FULL = /no space left|ENOSPC|quota/i;

/** Says of what goes wrong with a picture's content which file it is. */
async function explained<T>(file: PictureFile, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    const reason = shorten(cause instanceof Error ? cause.message : String(cause));
    if (FULL.test(reason)) {
      throw importError(file, `its pyramid cannot be written (${reason}); make room, or give another store`, cause);
    }
    throw importError(file, `it is no whole picture (${reason}); give a JPEG, PNG or TIFF`, cause);
  }
}

/** The decoder says some things once for each strip, a line each. */
function shorten(message: string): string {
  const lines = new Set(message.split("\n").map((line) => line.trim()));
  return [...lines]
    .filter((line) => line !== "")
    .join(": ")
    .slice(0, MAX_REASON_LENGTH);
}
