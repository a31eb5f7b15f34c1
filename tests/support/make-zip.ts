import { crc32, deflateRawSync } from "node:zlib";

/** A file to be put into a zip. */
export interface ZipPart {
  readonly name: string;
  readonly body: Uint8Array | string;
  /** 0 stored, 8 deflated; others are written as they are. @default 8 */
  readonly method?: number;
  /** What the headers say in place of the truth. */
  readonly flags?: number;
  readonly sizeBytes?: number;
  readonly crc?: number;
  /** Name in the header beside the bytes. @default the name */
  readonly localName?: string;
}

/** A zip of these files, by hand, so that a wrong one can be made too. */
export function makeZip(parts: readonly ZipPart[], comment = ""): Buffer<ArrayBuffer> {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const body = Buffer.from(part.body as Uint8Array);
    const { method = 8, flags = 0, name, localName = name, crc = crc32(body), sizeBytes = body.length } = part;
    const packed = method === 8 ? deflateRawSync(body) : body;
    const facts = Buffer.alloc(26);
    for (const [at, value] of [
      [0, 20],
      [2, flags],
      [4, method],
    ] as const)
      facts.writeUInt16LE(value, at);
    for (const [at, value] of [
      [10, crc],
      [14, packed.length],
      [18, sizeBytes],
    ] as const)
      facts.writeUInt32LE(value, at);
    facts.writeUInt16LE(Buffer.byteLength(localName), 22);
    local.push(Buffer.from("PK\u0003\u0004"), facts, Buffer.from(localName), packed);
    const entry = Buffer.alloc(46);
    entry.write("PK\u0001\u0002");
    facts.copy(entry, 6, 0, 26);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE(offset, 42);
    directory.push(entry, Buffer.from(name));
    offset += 30 + Buffer.byteLength(localName) + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006");
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(Buffer.byteLength(comment), 20);
  return Buffer.from(Buffer.concat([...local, listed, end, Buffer.from(comment)]));
}
