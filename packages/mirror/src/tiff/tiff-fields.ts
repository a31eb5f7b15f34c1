import { DecodeError } from "@brainatlas/sdk";
import type { ReadAt } from "./pyramid.ts";

/** A directory of a TIFF file: the fields that say what one picture of it is. */
export interface TiffDirectory {
  /** Where it lies in the file, in bytes. */
  readonly offset: number;
  /** Where the next one lies; 0 after the last. */
  readonly next: number;
  has(tag: number): boolean;
  /**
   * The numbers of a field.
   *
   * @param count How many there must be.
   * @throws {DecodeError} If the field is not there, has another number of values, or lies outside of the file.
   */
  numbers(tag: number, count: number): Float64Array;
  /** The bytes of a field, at most `maxBytes`. */
  bytes(tag: number, maxBytes: number): Uint8Array;
}

/** What the first bytes of a TIFF file tell. */
export interface TiffFile {
  readonly isLittleEndian: boolean;
  readonly firstDirectory: number;
  readDirectory(offset: number): TiffDirectory;
}

/** More fields than any picture has: some twenty are usual. */
const MAX_FIELDS = 1000;
/** Bytes of a value, by the number that TIFF 6.0 and BigTIFF give its type: BYTE, SHORT, LONG, UNDEFINED, LONG8. */
const VALUE_BYTES: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 7: 1, 16: 8 };

/** Sizes and places that differ between TIFF and BigTIFF, in bytes. */
interface Layout {
  /** Of an offset, and of the values that lie in the field itself. */
  readonly wordBytes: 4 | 8;
  readonly countBytes: 2 | 8;
  readonly fieldBytes: 12 | 20;
}

const CLASSIC: Layout = { wordBytes: 4, countBytes: 2, fieldBytes: 12 };
const BIG: Layout = { wordBytes: 8, countBytes: 8, fieldBytes: 20 };

interface Field {
  readonly type: number;
  readonly count: number;
  /** Place of its values in the file. */
  readonly offset: number;
}

/**
 * Opens a TIFF or BigTIFF file of either byte order.
 *
 * @throws {DecodeError} If it is none.
 */
export function openTiff(read: ReadAt, sizeBytes: number): TiffFile {
  const head = read(0, Math.min(16, sizeBytes));
  const mark = Buffer.from(head.subarray(0, 4)).toString("hex");
  const isLittleEndian = mark.startsWith("4949");
  const isBig = mark === "49492b00" || mark === "4d4d002b";
  if (!isBig && mark !== "49492a00" && mark !== "4d4d002a") fault(0, "the first bytes of a TIFF file", `"${mark}"`);
  const layout = isBig ? BIG : CLASSIC;
  const { wordBytes, countBytes, fieldBytes } = layout;

  function bytesAt(offset: number, length: number): Uint8Array {
    if (!(offset + length <= sizeBytes)) {
      fault(offset, `${length} bytes within the file`, `${Math.max(0, sizeBytes - offset)} up to its end`);
    }
    const bytes = read(offset, length);
    if (bytes.byteLength < length) fault(offset, `${length} bytes`, `only ${bytes.byteLength}`);
    return bytes;
  }

  function numberAt(view: DataView, at: number, bytes: number): number {
    if (bytes === 1) return view.getUint8(at);
    if (bytes === 2) return view.getUint16(at, isLittleEndian);
    if (bytes === 4) return view.getUint32(at, isLittleEndian);
    // Past 2^53 the last digits are lost, where no file reaches.
    const [high, low] = isLittleEndian ? [at + 4, at] : [at, at + 4];
    return view.getUint32(high, isLittleEndian) * 2 ** 32 + view.getUint32(low, isLittleEndian);
  }

  function readDirectory(offset: number): TiffDirectory {
    const count = numberAt(viewOf(bytesAt(offset, countBytes)), 0, countBytes);
    if (count > MAX_FIELDS) fault(offset, `at most ${MAX_FIELDS} fields`, `${count}`);
    const first = offset + countBytes;
    const view = viewOf(bytesAt(first, count * fieldBytes + wordBytes));
    const fields = new Map<number, Field>();
    for (let at = 0; at < count * fieldBytes; at += fieldBytes) {
      const type = view.getUint16(at + 2, isLittleEndian);
      const values = numberAt(view, at + 4, wordBytes);
      const word = at + 4 + wordBytes;
      const isInside = (VALUE_BYTES[type] ?? Number.POSITIVE_INFINITY) * values <= wordBytes;
      const place = isInside ? first + word : numberAt(view, word, wordBytes);
      fields.set(view.getUint16(at, isLittleEndian), { type, count: values, offset: place });
    }

    function fieldOf(tag: number): Field & { readonly valueBytes: number } {
      const field = fields.get(tag) ?? fault(offset, `a directory with a field ${tag}`, "one without");
      const valueBytes =
        VALUE_BYTES[field.type] ?? fault(offset, `whole numbers in field ${tag}`, `type ${field.type}`);
      return { ...field, valueBytes };
    }

    return {
      offset,
      next: numberAt(view, count * fieldBytes, wordBytes),
      has: (tag) => fields.has(tag),
      numbers(tag, expected) {
        const field = fieldOf(tag);
        if (field.count !== expected) fault(offset, `${expected} values in field ${tag}`, `${field.count}`);
        const { offset: first, valueBytes } = field;
        const view = viewOf(bytesAt(first, expected * valueBytes));
        const values = new Float64Array(expected);
        for (let index = 0; index < expected; index += 1)
          values[index] = numberAt(view, index * valueBytes, valueBytes);
        return values;
      },
      bytes(tag, maxBytes) {
        const field = fieldOf(tag);
        const length = field.count * field.valueBytes;
        if (length > maxBytes) fault(offset, `at most ${maxBytes} bytes in field ${tag}`, `${length}`);
        return bytesAt(field.offset, length);
      },
    };
  }

  const start = viewOf(bytesAt(0, isBig ? 16 : 8));
  if (isBig && (numberAt(start, 4, 2) !== 8 || numberAt(start, 6, 2) !== 0)) {
    fault(4, "offsets of 8 bytes", `${numberAt(start, 4, 2)}`);
  }
  return { isLittleEndian, firstDirectory: numberAt(start, wordBytes, wordBytes), readDirectory };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** @throws {DecodeError} That a file is no pyramid that can be read. */
export function fault(at: number | string, expected: string, found: string): never {
  throw new DecodeError("the picture pyramid", { at, expected, found });
}
