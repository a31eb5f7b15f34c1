/** Numbers that BigTIFF gives to types. */
export const FIELD_TYPE = { SHORT: 3, LONG: 4, UNDEFINED: 7, LONG8: 16 } as const;
const VALUE_BYTES: Readonly<Record<number, number>> = { 3: 2, 4: 4, 7: 1, 16: 8 };

/** A field of a directory that is to be written: its tag, the type of its values, and these. */
export type BigField = readonly [tag: number, type: number, values: ArrayLike<number>];

/** Bytes of a field, and of those of its values that stand in it. */
const FIELD_BYTES = 20;
const PLACE_BYTES = 8;

/** The first 16 bytes of a little-endian BigTIFF file, whose first directory lies at an offset. */
export function bigTiffHead(firstDirectory: number): Uint8Array {
  const bytes = new Uint8Array(16);
  bytes.set(Buffer.from("II+\0\u0008\0\0\0", "latin1"));
  new DataView(bytes.buffer).setBigUint64(8, BigInt(firstDirectory), true);
  return bytes;
}

/**
 * Writes a directory of a little-endian BigTIFF file, with the values that do not fit into it behind it.
 *
 * @param fields In the order of their tags.
 * @param offset Where it is to lie in the file.
 * @param isLast Whether no other follows, which would begin where this one ends.
 */
export function bigDirectory(fields: readonly BigField[], offset: number, isLast: boolean): Uint8Array {
  const own = 8 + fields.length * FIELD_BYTES + 8;
  const behind = fields.reduce((sum, field) => sum + (sizeOf(field) > PLACE_BYTES ? sizeOf(field) : 0), 0);
  const bytes = new Uint8Array(own + behind);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(fields.length), true);
  let next = own;
  for (const [index, field] of fields.entries()) {
    const at = 8 + index * FIELD_BYTES;
    const [tag, type, values] = field;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setBigUint64(at + 4, BigInt(values.length), true);
    const isBehind = sizeOf(field) > PLACE_BYTES;
    if (isBehind) view.setBigUint64(at + 12, BigInt(offset + next), true);
    putValues(view, isBehind ? next : at + 12, field);
    if (isBehind) next += sizeOf(field);
  }
  view.setBigUint64(own - 8, BigInt(isLast ? 0 : offset + bytes.length), true);
  return bytes;
}

function sizeOf([, type, values]: BigField): number {
  return (VALUE_BYTES[type] ?? 0) * values.length;
}

function putValues(view: DataView, at: number, [, type, values]: BigField): void {
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? 0;
    if (type === FIELD_TYPE.UNDEFINED) view.setUint8(at + index, value);
    else if (type === FIELD_TYPE.SHORT) view.setUint16(at + index * 2, value, true);
    else if (type === FIELD_TYPE.LONG) view.setUint32(at + index * 4, value, true);
    else view.setBigUint64(at + index * 8, BigInt(value), true);
  }
}
