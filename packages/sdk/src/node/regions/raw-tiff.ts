import { Buffer } from "node:buffer";

/** Rows of a strip: what reads the file holds a few of them. */
const STRIP_ROWS = 16;
const CHANNELS = 3;

// Fields of a TIFF, and types of their values.
const SHORT = 3;
const LONG = 4;
const LONG8 = 16;
const FIELD_BYTES = 20;
const DIRECTORY_AT = 16;
/** Photometric interpretation of red, green and blue. */
const RGB = 2;

/**
 * The head of an uncompressed BigTIFF whose pixels follow it, row by row, three bytes each: a form that any amount of pixels can be written in as
 * they come, and be read from as they are needed.
 */
export function rawTiffHead(width: number, height: number): Uint8Array {
  const strips = Math.ceil(height / STRIP_ROWS);
  const stripBytes = width * STRIP_ROWS * CHANNELS;
  const lastBytes = width * (height - (strips - 1) * STRIP_ROWS) * CHANNELS;
  const fields = 10;
  const listsAt = DIRECTORY_AT + 8 + fields * FIELD_BYTES + 8;
  const head = Buffer.alloc(listsAt + (strips > 1 ? strips * 16 : 0));
  const offsets = Array.from({ length: strips }, (_, index) => head.length + index * stripBytes);
  const counts = offsets.map((_, index) => (index === strips - 1 ? lastBytes : stripBytes));

  head.write("II", 0, "latin1");
  head.writeUInt16LE(43, 2); // BigTIFF, with offsets of 8 bytes.
  head.writeUInt16LE(8, 4);
  head.writeBigUInt64LE(BigInt(DIRECTORY_AT), 8);
  head.writeBigUInt64LE(BigInt(fields), DIRECTORY_AT);
  const entries: readonly (readonly [tag: number, type: number, values: readonly number[], listAt?: number])[] = [
    [256, LONG, [width]],
    [257, LONG, [height]],
    [258, SHORT, [8, 8, 8]],
    [259, SHORT, [1]], // Not compressed.
    [262, SHORT, [RGB]],
    [273, LONG8, offsets, listsAt],
    [277, SHORT, [CHANNELS]],
    [278, LONG, [STRIP_ROWS]],
    [279, LONG8, counts, listsAt + strips * 8],
    [284, SHORT, [1]], // Channels side by side.
  ];
  for (const [index, [tag, type, values, listAt]] of entries.entries()) {
    const at = DIRECTORY_AT + 8 + index * FIELD_BYTES;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    head.writeBigUInt64LE(BigInt(values.length), at + 4);
    const isList = listAt !== undefined && values.length > 1;
    if (isList) head.writeBigUInt64LE(BigInt(listAt), at + 12);
    writeValues(head, type, values, isList ? listAt : at + 12);
  }
  return head;
}

function writeValues(head: Buffer, type: number, values: readonly number[], start: number): void {
  for (const [index, value] of values.entries()) {
    if (type === SHORT) head.writeUInt16LE(value, start + index * 2);
    else if (type === LONG) head.writeUInt32LE(value, start + index * 4);
    else head.writeBigUInt64LE(BigInt(value), start + index * 8);
  }
}
