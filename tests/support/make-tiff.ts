/** A field of a made TIFF file. */
export interface MadeField {
  readonly tag: number;
  /** Type as TIFF numbers it: 1 BYTE, 3 SHORT, 4 LONG, 7 UNDEFINED, 16 LONG8. */
  readonly type: number;
  readonly values: readonly number[];
  /** What the field says that its number of values is, where that is a lie. */
  readonly count?: number;
  /** Where it says that its values lie, where that is a lie. */
  readonly place?: number;
}

/** How a TIFF file is made. */
export interface MadeTiff {
  readonly isBig?: boolean;
  readonly isLittleEndian?: boolean;
  /** Bytes from the 16th of the file on: what fields point at. */
  readonly data?: Uint8Array;
  readonly directories: readonly (readonly MadeField[])[];
  /** The directory that follows the last, by its index. */
  readonly loopTo?: number;
}

const TYPE_BYTES: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 7: 1, 16: 8 };

/** Makes a TIFF or BigTIFF file: header, data, then each directory with the values that do not fit into it behind it. */
export function makeTiff(made: MadeTiff): Uint8Array {
  const { isBig = false, isLittleEndian = true, data = new Uint8Array(0), directories, loopTo } = made;
  const word = isBig ? 8 : 4;
  const countBytes = isBig ? 8 : 2;
  const fieldBytes = 4 + 2 * word;
  const blockBytes = (fields: readonly MadeField[]): number =>
    fields.reduce((sum, field) => sum + fieldBytes + (bytesOf(field) > word ? bytesOf(field) : 0), countBytes + word);
  const starts: number[] = [];
  let end = 16 + data.length;
  for (const fields of directories) {
    starts.push(end);
    end += blockBytes(fields);
  }
  const file = new Uint8Array(end);
  const view = new DataView(file.buffer);
  const put = (at: number, value: number, bytes: number): void => {
    for (let index = 0; index < bytes; index += 1) {
      const place = isLittleEndian ? index : bytes - 1 - index;
      view.setUint8(at + place, Math.floor(value / 256 ** index) % 256);
    }
  };
  file.set(Buffer.from(isLittleEndian ? "II" : "MM"));
  put(2, isBig ? 43 : 42, 2);
  if (isBig) put(4, 8, 2);
  put(word, starts[0] ?? 0, word);
  file.set(data, 16);
  for (const [index, fields] of directories.entries()) {
    const start = starts[index] ?? 0;
    put(start, fields.length, countBytes);
    let at = start + countBytes;
    let behind = at + fields.length * fieldBytes + word;
    for (const field of fields) {
      const { tag, type, values, count = values.length, place } = field;
      put(at, tag, 2);
      put(at + 2, type, 2);
      put(at + 4, count, word);
      const isInside = bytesOf(field) <= word;
      let to = isInside ? at + 4 + word : behind;
      if (!isInside) {
        put(at + 4 + word, place ?? behind, word);
        behind += bytesOf(field);
      }
      for (const value of values) {
        put(to, value, TYPE_BYTES[type] ?? 1);
        to += TYPE_BYTES[type] ?? 1;
      }
      if (isInside && place !== undefined) put(at + 4 + word, place, word);
      at += fieldBytes;
    }
    put(at, starts[index + 1] ?? (loopTo === undefined ? 0 : (starts[loopTo] ?? 0)), word);
  }
  return file;
}

function bytesOf({ type, values }: MadeField): number {
  return values.length * (TYPE_BYTES[type] ?? 1);
}
