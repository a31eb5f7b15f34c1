/** Everything in a tar lies in blocks of so many bytes. */
export const BLOCK_BYTES = 512;
/** Largest size that a header has room for; more is said in a header before it. */
export const MAX_OCTAL_SIZE: number = 8 ** 11 - 1;
/** Bytes of a path that a header has room for. */
export const MAX_PATH_BYTES = 100;

/** A field of a header: where it begins, and how long it is. */
const FIELD = {
  name: [0, 100],
  mode: [100, 8],
  user: [108, 8],
  group: [116, 8],
  size: [124, 12],
  time: [136, 12],
  checksum: [148, 8],
  type: [156, 1],
  link: [157, 100],
  magic: [257, 8],
  prefix: [345, 155],
} as const;

/** POSIX ustar, version 00. */
const MAGIC = "ustar\u000000";

/** What a header says of what follows it. */
export interface TarHeader {
  readonly path: string;
  readonly sizeBytes: number;
  /** `file`, or `pax`: a header that says more of the one that follows. */
  readonly type: "file" | "pax";
}

const TYPES: Readonly<Record<string, TarHeader["type"]>> = { "0": "file", "\0": "file", x: "pax" };
/** What the other types are, for the words. */
const REFUSED: Readonly<Record<string, string>> = {
  "1": "a link",
  "2": "a link",
  "3": "a device",
  "4": "a device",
  "5": "a folder",
  "6": "a pipe",
};

/** Makes a header. It tells of no user and no time, so that the same content gives the same bytes. */
export function writeHeader({ path, sizeBytes, type }: TarHeader): Uint8Array<ArrayBuffer> {
  const block = Buffer.alloc(BLOCK_BYTES);
  const put = ([start, length]: readonly [number, number], text: string): void =>
    void block.write(text, start, length, "utf8");
  put(FIELD.name, path);
  put(FIELD.mode, "0000644\0");
  put(FIELD.user, "0000000\0");
  put(FIELD.group, "0000000\0");
  put(FIELD.size, `${sizeBytes.toString(8).padStart(11, "0")}\0`);
  put(FIELD.time, "00000000000\0");
  put(FIELD.type, type === "pax" ? "x" : "0");
  put(FIELD.magic, MAGIC);
  put(FIELD.checksum, `${checksumOf(block).toString(8).padStart(6, "0")}\0 `);
  return new Uint8Array(block);
}

/**
 * Reads a header.
 *
 * @throws {Error} If it is none of a file; the message is the reason alone.
 */
export function readHeader(block: Uint8Array): TarHeader {
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
  const text = ([start, length]: readonly [number, number]): string =>
    untilNul(bytes.toString("utf8", start, start + length));
  const octal = (field: readonly [number, number]): number => {
    const digits = text(field).trim();
    return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN;
  };
  if (bytes.toString("latin1", FIELD.magic[0], FIELD.magic[0] + MAGIC.length) !== MAGIC) {
    throw new Error("it has a header that is none of a POSIX tar");
  }
  if (octal(FIELD.checksum) !== checksumOf(block)) throw new Error("it has a header whose checksum is wrong");
  const path = [text(FIELD.prefix), text(FIELD.name)].filter((part) => part !== "").join("/");
  const mark = bytes.toString("latin1", FIELD.type[0], FIELD.type[0] + 1);
  const type = TYPES[mark];
  if (type === undefined)
    throw new Error(`its member ${JSON.stringify(path)} is ${REFUSED[mark] ?? "of another type"}, and no file`);
  const sizeBytes = octal(FIELD.size);
  if (!Number.isSafeInteger(sizeBytes))
    throw new Error(`its member ${JSON.stringify(path)} does not say how long it is`);
  return { path, sizeBytes, type };
}

/** The sum of all bytes, those of the checksum itself taken for blanks. */
function checksumOf(block: Uint8Array): number {
  const [start, length] = FIELD.checksum;
  return block.reduce((sum, byte, index) => sum + (index >= start && index < start + length ? 32 : byte), 0);
}

function untilNul(text: string): string {
  const end = text.indexOf("\0");
  return end < 0 ? text : text.slice(0, end);
}
