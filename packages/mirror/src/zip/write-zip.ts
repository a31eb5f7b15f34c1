import { promisify } from "node:util";
import { crc32, deflateRaw } from "node:zlib";

/** Beside the loop: others have their turn meanwhile. */
const deflate = promisify(deflateRaw);

/** A file of an archive. */
export interface ZipFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
/** Version 2.0: deflate. */
const VERSION = 20;
const DEFLATED = 8;
/** Names are in UTF-8. */
const FLAGS = 0x0800;
const MAX_BYTES = 2 ** 32 - 1;

/**
 * A zip archive of some files, deflated; the same bytes for the same files and date. Dates are written as UTC.
 *
 * @throws {RangeError} If it would be larger than the format without its extension holds: 4 GiB.
 * @example (await writeZip([], new Date(0))).byteLength // → 22
 */
export async function writeZip(files: readonly ZipFile[], modified: Date): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const packed = await deflate(bytes);
    const title = Buffer.from(name, "utf8");
    const facts = factsOf(bytes, packed, title, modified);
    parts.push(local(facts), title, packed);
    directory.push(central(facts, offset), title);
    offset += LOCAL_BYTES + title.length + packed.length;
    if (offset > MAX_BYTES || bytes.length > MAX_BYTES) throw new RangeError("Cannot write a zip of more than 4 GiB");
  }
  const index = Buffer.concat(directory);
  return new Uint8Array(Buffer.concat([...parts, index, end(files.length, index.length, offset)]));
}

/** The fields that stand in both headers of a file, from the version on. */
function factsOf(bytes: Uint8Array, packed: Buffer, title: Buffer, modified: Date): Buffer {
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(VERSION, 0);
  facts.writeUInt16LE(FLAGS, 2);
  facts.writeUInt16LE(DEFLATED, 4);
  facts.writeUInt16LE(dosTime(modified), 6);
  facts.writeUInt16LE(dosDate(modified), 8);
  facts.writeUInt32LE(crc32(bytes), 10);
  facts.writeUInt32LE(packed.length, 14);
  facts.writeUInt32LE(bytes.length, 18);
  facts.writeUInt16LE(title.length, 22);
  return facts;
}

function local(facts: Buffer): Buffer {
  const header = Buffer.alloc(LOCAL_BYTES);
  header.writeUInt32LE(LOCAL, 0);
  facts.copy(header, 4);
  return header;
}

function central(facts: Buffer, offset: number): Buffer {
  const header = Buffer.alloc(CENTRAL_BYTES);
  header.writeUInt32LE(CENTRAL, 0);
  header.writeUInt16LE(VERSION, 4);
  facts.copy(header, 6);
  header.writeUInt32LE(offset, 42);
  return header;
}

function end(count: number, indexBytes: number, offset: number): Buffer {
  const record = Buffer.alloc(END_BYTES);
  record.writeUInt32LE(END, 0);
  record.writeUInt16LE(count, 8);
  record.writeUInt16LE(count, 10);
  record.writeUInt32LE(indexBytes, 12);
  record.writeUInt32LE(offset, 16);
  return record;
}

/** Steps of two seconds. */
function dosTime(date: Date): number {
  return (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
}

/** The format knows the years from 1980 to 2107. */
function dosDate(date: Date): number {
  const year = Math.min(127, Math.max(0, date.getUTCFullYear() - 1980));
  return (year << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
}
