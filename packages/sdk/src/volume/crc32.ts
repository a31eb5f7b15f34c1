/** Bytes that are taken at a time; each has a table of its own, of 256 numbers. */
const STEP = 8;
const TABLES = createTables();

function createTables(): Uint32Array {
  const tables = new Uint32Array(STEP * 256);
  for (let index = 0; index < tables.length; index += 1) {
    let value = index < 256 ? index : (tables[index - 256] ?? 0);
    if (index < 256) for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    else value = (value >>> 8) ^ (tables[value & 0xff] ?? 0);
    tables[index] = value;
  }
  return tables;
}

/** The number of a byte in a table. */
function at(table: number, byte: number): number {
  return TABLES[table * 256 + (byte & 0xff)] as number; // Tables have all 256.
}

/**
 * The checksum of zip files (CRC-32).
 *
 * @example crc32(new TextEncoder().encode("123456789")) // → 0xcbf43926
 */
export function crc32(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length - (bytes.length % STEP);
  let crc = 0xffffffff;
  for (let offset = 0; offset < whole; offset += STEP) {
    const low = crc ^ view.getUint32(offset, true);
    const high = view.getUint32(offset + 4, true);
    crc = at(7, low) ^ at(6, low >>> 8) ^ at(5, low >>> 16) ^ at(4, low >>> 24);
    crc ^= at(3, high) ^ at(2, high >>> 8) ^ at(1, high >>> 16) ^ at(0, high >>> 24);
  }
  for (const byte of bytes.subarray(whole)) crc = (crc >>> 8) ^ at(0, crc ^ byte);
  return (crc ^ 0xffffffff) >>> 0;
}
