import type { Content } from "./content.ts";
import { type ContentFault, faultOf } from "./content-fault.ts";

const END_BYTES = 22;
const MAX_COMMENT_BYTES = 0xffff;
const LOCATOR_BYTES = 20;
const [END, END_64, LOCATOR_64, LISTED, LOCAL] = [0x06054b50, 0x06064b50, 0x07064b50, 0x02014b50, 0x04034b50];
/** Fields of 32 bits that are too small for what they should say. */
const TOO_LARGE = 0xffffffff;

/** Says why a file is no complete zip: it begins with a file, ends with its end, and its directory lies before that. Nothing is unpacked. */
export async function checkZip(content: Content, head: Uint8Array): Promise<ContentFault | undefined> {
  const { sizeBytes } = content;
  const from = Math.max(0, sizeBytes - END_BYTES - MAX_COMMENT_BYTES - LOCATOR_BYTES);
  const tail = viewOf(await content.read(from, sizeBytes - from));
  const at = findEnd(tail);
  if (at === undefined) return faultOf(sizeBytes, "the end of a zip", "the end of the body");
  const directory = await readDirectory(content, tail, at, from);
  if (directory === undefined || directory.start + directory.length > from + at) {
    return faultOf(from + at, "a directory that lies before it", "one that does not");
  }
  const isEmpty = directory.length === 0;
  const first = isEmpty ? END : LOCAL;
  if (head.length < 4 || viewOf(head).getUint32(0, true) !== first)
    return faultOf(0, "the start of a zip", "other bytes");
  const entry = viewOf(await content.read(directory.start, 4));
  if (isEmpty || (entry.byteLength === 4 && entry.getUint32(0, true) === LISTED)) return undefined;
  return faultOf(directory.start, "the directory of the zip", "other bytes");
}

/** Where the end begins: its comment reaches the end of the file. */
function findEnd(tail: DataView): number | undefined {
  for (let at = tail.byteLength - END_BYTES; at >= 0; at -= 1) {
    if (tail.getUint32(at, true) !== END) continue;
    if (tail.getUint16(at + 20, true) === tail.byteLength - END_BYTES - at) return at;
  }
  return undefined;
}

interface Directory {
  readonly start: number;
  readonly length: number;
}

async function readDirectory(
  content: Content,
  tail: DataView,
  at: number,
  from: number,
): Promise<Directory | undefined> {
  const [length, start] = [tail.getUint32(at + 12, true), tail.getUint32(at + 16, true)];
  if (length !== TOO_LARGE && start !== TOO_LARGE && tail.getUint16(at + 10, true) !== 0xffff) return { start, length };
  // Zip64: a locator before the end says where the end with wider fields is.
  const locator = at - LOCATOR_BYTES;
  if (locator < 0 || tail.getUint32(locator, true) !== LOCATOR_64) return { start, length };
  const wide = viewOf(await content.read(Number(tail.getBigUint64(locator + 8, true)), 56));
  if (wide.byteLength < 56 || wide.getUint32(0, true) !== END_64) return undefined;
  const directory = { start: Number(wide.getBigUint64(48, true)), length: Number(wide.getBigUint64(40, true)) };
  return directory.start + directory.length <= from + locator ? directory : undefined;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
