import { checkPositive, show } from "../check.ts";
import { DecodeError, UnsupportedError } from "../errors.ts";
import { crc32 } from "./crc32.ts";
import { inflateExactly, readExactly } from "./exact-bytes.ts";
import { isInnerPath } from "./inner-path.ts";
import { MAX_VOLUME_BYTES } from "./voxels.ts";

/** A file in a zip. */
export interface ZipEntry {
  /** Path inside of the zip: relative, with slashes, and without a way out. */
  readonly name: string;
  /** Bytes when it is unpacked, as the zip's directory says. */
  readonly sizeBytes: number;
  /** Unpacks it. @throws {DecodeError} If it is damaged, or not as long as the directory says. */
  read(): Promise<Uint8Array>;
}

/** How a zip is read. */
export interface ReadZipOptions {
  /**
   * Bytes of all files together when they are unpacked; of a grid, of all voxels too.
   * @default 8589934592
   */
  readonly maxBytes?: number | undefined;
}

const WHAT = "the zip";
const END_BYTES = 22;
const DIRECTORY_BYTES = 46;
const LOCAL_BYTES = 30;
const MAX_COMMENT_BYTES = 0xffff;

/** What the directory says of a file. */
interface Listed {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly sizeBytes: number;
  readonly localOffset: number;
}

/**
 * Lists the files of a zip, of its directory; folders are left out. Nothing is unpacked yet.
 *
 * @throws {DecodeError} If it is no zip, files overlap or have one name, or a name leads out of the zip.
 * @throws {UnsupportedError} If it is encrypted, in parts, in zip64, or compressed other than by deflate.
 * @throws {RangeError} If `maxBytes` is no number above 0.
 * @example readZip(await readFile("69289763.zip")).map(({ name }) => name);
 */
export function readZip(bytes: Uint8Array, options: ReadZipOptions = {}): ZipEntry[] {
  const maxBytes = checkPositive("maxBytes", options.maxBytes ?? MAX_VOLUME_BYTES);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const directory = readEnd(view);
  const listed = readDirectory(bytes, view, directory);
  const total = listed.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (total > maxBytes)
    throw fault(directory.start, `at most ${maxBytes} bytes, the limit maxBytes`, `files of ${total} bytes`);
  const spans = new Map(listed.map((entry) => [entry, spanOf(bytes, view, entry, directory.start)]));
  checkApart([...spans.values()]);
  return listed
    .filter(({ name }) => !name.endsWith("/"))
    .map((entry) => {
      const [start, end] = spans.get(entry) ?? [0, 0];
      return {
        name: entry.name,
        sizeBytes: entry.sizeBytes,
        read: () => unpack(bytes.subarray(start, end), start, entry),
      };
    });
}

/** Where a directory lies, and how many files it lists. */
interface Directory {
  readonly start: number;
  readonly end: number;
  readonly count: number;
}

function readEnd(view: DataView): Directory {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT_BYTES); at -= 1) {
    // A comment may look like an end; the true one's comment reaches the end of the file.
    if (view.getUint32(at, true) !== 0x06054b50 || view.getUint16(at + 20, true) !== last - at) continue;
    const [disk, firstDisk] = [view.getUint16(at + 4, true), view.getUint16(at + 6, true)];
    const [here, count] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
    const [length, start] = [view.getUint32(at + 12, true), view.getUint32(at + 16, true)];
    if (count === 0xffff || length === 0xffffffff || start === 0xffffffff) {
      throw new UnsupportedError("a zip in zip64", "only those below 4 GiB are read");
    }
    if (disk !== 0 || firstDisk !== 0 || here !== count)
      throw new UnsupportedError("a zip in parts", "join them first");
    if (start + length !== at) throw fault(at, `a directory that ends here`, `one of ${length} bytes at ${start}`);
    return { start, end: at, count };
  }
  throw fault(Math.max(0, last), "the end of a zip", "none");
}

function readDirectory(bytes: Uint8Array, view: DataView, { start, end, count }: Directory): Listed[] {
  const listed: Listed[] = [];
  const names = new Set<string>();
  let at = start;
  while (listed.length < count) {
    if (at + DIRECTORY_BYTES > end || view.getUint32(at, true) !== 0x02014b50) {
      throw fault(at, `${count} files in the directory`, String(listed.length));
    }
    const next = at + DIRECTORY_BYTES + [28, 30, 32].reduce((sum, field) => sum + view.getUint16(at + field, true), 0);
    if (next > end) throw fault(at, "a whole entry of the directory", "a part of one");
    const entry = readListed(bytes, view, at);
    if (names.has(entry.name)) throw fault(at, "each name once", show(entry.name));
    names.add(entry.name);
    listed.push(entry);
    at = next;
  }
  if (at !== end) throw fault(at, "the end of the directory", "more of it");
  return listed;
}

function readListed(bytes: Uint8Array, view: DataView, at: number): Listed {
  const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
  const [packedBytes, sizeBytes] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
  const nameStart = at + DIRECTORY_BYTES;
  const name = readName(bytes.subarray(nameStart, nameStart + view.getUint16(at + 28, true)), nameStart);
  const localOffset = view.getUint32(at + 42, true);
  if ((flags & 1) !== 0) throw new UnsupportedError(`file ${show(name)} of a zip`, "it is encrypted");
  if (method !== 0 && method !== 8)
    throw new UnsupportedError(`file ${show(name)} of a zip`, "it is neither stored nor deflated");
  if ([packedBytes, sizeBytes, localOffset].includes(0xffffffff)) {
    throw new UnsupportedError("a zip in zip64", "only those below 4 GiB are read");
  }
  return { name, method, crc: view.getUint32(at + 16, true), packedBytes, sizeBytes, localOffset };
}

/** A name as a path inside of the zip. Names are UTF-8 or of the first 128 characters, which both encodings of zips share. */
function readName(bytes: Uint8Array, at: number): string {
  const name = new TextDecoder().decode(bytes);
  if (isInnerPath(name.replace(/\/$/, ""))) return name;
  throw fault(at, "the name of a file inside of the zip", show(name));
}

/** Where the packed bytes of a file lie. */
function spanOf(
  bytes: Uint8Array,
  view: DataView,
  entry: Listed,
  limit: number,
): readonly [start: number, end: number] {
  const { name, localOffset, method, packedBytes } = entry;
  if (localOffset + LOCAL_BYTES > limit || view.getUint32(localOffset, true) !== 0x04034b50) {
    throw fault(localOffset, `file ${show(name)}`, "none");
  }
  const nameStart = localOffset + LOCAL_BYTES;
  const nameEnd = nameStart + view.getUint16(localOffset + 26, true);
  const start = nameEnd + view.getUint16(localOffset + 28, true);
  const isSame =
    view.getUint16(localOffset + 8, true) === method &&
    new TextDecoder().decode(bytes.subarray(nameStart, nameEnd)) === name;
  if (!isSame) throw fault(localOffset, `file ${show(name)}, as the directory says`, "another");
  if (start + packedBytes > limit) throw fault(start, `${packedBytes} bytes`, String(Math.max(0, limit - start)));
  return [start, start + packedBytes];
}

/** Files that share bytes make a small zip unpack to a large one. */
function checkApart(spans: readonly (readonly [number, number])[]): void {
  let end = 0;
  for (const [start, stop] of spans.toSorted(([a], [b]) => a - b)) {
    if (start < end) throw fault(start, "files that share no bytes", "two that do");
    end = stop;
  }
}

async function unpack(
  packed: Uint8Array,
  offset: number,
  { name, method, crc, sizeBytes }: Listed,
): Promise<Uint8Array> {
  const options = { what: `${show(name)} of the zip`, offset, sizeBytes };
  const bytes =
    method === 0 ? await readExactly(packed, options) : await inflateExactly(packed, "deflate-raw", options);
  if (crc32(bytes) === crc) return bytes;
  throw new DecodeError(options.what, { at: offset, expected: "bytes of the promised checksum", found: "others" });
}

function fault(at: number, expected: string, found: string): DecodeError {
  return new DecodeError(WHAT, { at, expected, found });
}
