import { closeSync, openSync, readSync } from "node:fs";
import type { ImageSize, TierWindow } from "@brainatlas/sdk/image";
import { type CutHeaders, readCutHeaders } from "../jpeg/cut-headers.ts";
import { cutJpeg } from "../jpeg/cut-jpeg.ts";
import type { ReadAt } from "../tiff/pyramid.ts";
import { openPicture, readPictureFacts } from "./picture-facts.ts";
import { importError } from "./source.ts";
import { sizeOfPart, type TierPart, windowOfPart } from "./tier-parts.ts";

/** A part that can be cut, and the window that it fills. */
export interface OpenPart {
  readonly part: TierPart;
  readonly headers: CutHeaders;
  readonly window: TierWindow;
  /** Path of the JPEG that is cut: that of the part, or what was made of it. */
  readonly path: string;
}

/** Quality that is given to what cannot be cut: above that of the service, since it is lost a second time. */
const RECODED_QUALITY = 90;

/**
 * Opens a part.
 *
 * @returns `undefined` for a JPEG of a form that is not cut.
 * @throws {Error} If it is damaged, or does not fit its place.
 */
export async function openPart(
  size: ImageSize,
  part: TierPart,
  path: string = part.file,
): Promise<OpenPart | undefined> {
  const sizeBytes = await sizeOfPart({ ...part, file: path });
  const headers = withFile(path, (read) => explained(part, () => readCutHeaders(read, sizeBytes)));
  if ("uncut" in headers) return undefined;
  return { part, headers, window: windowOfPart(size, part, headers), path };
}

/** Rows of tiles of a part, from the top. */
export function* rowsOf({ part, headers, path }: OpenPart, sizeBytes: number): Generator<Uint8Array[], void> {
  const fd = openSync(path, "r");
  try {
    const rows = cutJpeg(headers, readerOf(fd), sizeBytes);
    for (let next = explained(part, () => rows.next()); next.done !== true; next = explained(part, () => rows.next())) {
      yield next.value;
    }
  } finally {
    closeSync(fd);
  }
}

/**
 * Decodes a part and encodes it in the form that is cut. Pixels pass by in stripes, unless it is progressive.
 *
 * @param to Path of what is made.
 * @throws {Error} If it is damaged or no picture.
 */
export async function recodePart(size: ImageSize, part: TierPart, to: string): Promise<OpenPart> {
  const { file: path } = part;
  try {
    const facts = await readPictureFacts({ path, contentPath: path, name: path, lastModified: "" });
    windowOfPart(size, part, facts);
    const picture = (await openPicture(path)).flatten({ background: "white" }).toColourspace("srgb");
    await picture.jpeg({ quality: RECODED_QUALITY, chromaSubsampling: "4:2:0" }).toFile(to);
  } catch (cause) {
    throw failed(part, cause);
  }
  const made = await openPart(size, part, to);
  if (made === undefined) throw importError({ path }, "it cannot be made a JPEG that tiles are cut from");
  return made;
}

function withFile<T>(path: string, use: (read: ReadAt) => T): T {
  const fd = openSync(path, "r");
  try {
    return use(readerOf(fd));
  } finally {
    closeSync(fd);
  }
}

function readerOf(fd: number): ReadAt {
  return (offset, length) => {
    const bytes = new Uint8Array(Math.max(0, length));
    return bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, offset));
  };
}

function explained<T>(part: TierPart, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw failed(part, cause);
  }
}

/** Says of what goes wrong with a part which file it is. */
function failed({ file }: TierPart, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (reason.startsWith("Cannot import")) return cause as Error; // Has said so.
  return importError({ path: file }, `it is no whole picture (${reason.slice(0, 300)}); fetch it again`, cause);
}
