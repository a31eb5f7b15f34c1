/** Where bytes of a pyramid file are changed. */
export type DamageKind = "head" | "tables" | "directories" | "tiles" | "anywhere" | "number" | "cut";

/** A damaged copy of a pyramid file. */
export interface DamagedPyramid {
  readonly kind: DamageKind;
  readonly bytes: Buffer;
}

const KINDS: readonly DamageKind[] = ["head", "tables", "directories", "tiles", "anywhere", "number", "cut"];
/** What a field of a directory is made to say. */
const LIES = [0, 1, 2, 3, 7, 255, 257, 65_535, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];
const HEAD_BYTES = 16;
const FIELD_BYTES = 12;

/**
 * Damages a little-endian TIFF file, a few bytes at a time, in another way for each number; the same each time.
 *
 * @param whole The file, one directory a tier.
 */
export function damagePyramid(whole: Buffer, number: number): DamagedPyramid {
  const random = createRandom(number + 1);
  const kind = KINDS[number % KINDS.length] ?? "anywhere";
  const bytes = Buffer.from(whole);
  const directories = directoriesOf(whole);
  const flip = (from: number, length: number, times: number): void => {
    for (let done = 0; done < times; done += 1) {
      const at = Math.min(bytes.length - 1, from + random(Math.max(1, length)));
      bytes.writeUInt8(random(256), at);
    }
  };
  const [first = { start: 0, end: 0 }] = directories;
  const directory = directories[random(directories.length)] ?? first;
  if (kind === "head") flip(0, HEAD_BYTES, 1);
  if (kind === "tables") flip(...near(whole, Buffer.from([0xff, 0xd8, 0xff, 0xdb])), 1 + random(3));
  if (kind === "directories") flip(directory.start, directory.end - directory.start, 1 + random(3));
  if (kind === "tiles") flip(HEAD_BYTES, first.start - HEAD_BYTES, 1 + random(20));
  if (kind === "anywhere") flip(0, bytes.length, 1 + random(40));
  if (kind === "number") lie(bytes, directory.start, random);
  return { kind, bytes: kind === "cut" ? bytes.subarray(0, random(bytes.length)) : bytes };
}

/** The first table of a file, which is some hundred bytes long. */
function near(bytes: Buffer, mark: Buffer): [number, number] {
  return [Math.max(0, bytes.indexOf(mark)), 600];
}

/** Makes one field say something else: its value, its count or its type. */
function lie(bytes: Buffer, directory: number, random: (below: number) => number): void {
  const fields = bytes.readUInt16LE(directory);
  const field = directory + 2 + random(fields) * FIELD_BYTES;
  const value = LIES[random(LIES.length)] ?? 0;
  const place = random(4);
  if (place === 0) bytes.writeUInt16LE(random(20), field + 2);
  else if (place === 1) bytes.writeUInt32LE(value, field + 4);
  else bytes.writeUInt32LE(place === 2 ? value : random(bytes.length), field + 8);
}

/** Directories of a classic TIFF. */
function directoriesOf(bytes: Buffer): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  let start = bytes.readUInt32LE(4);
  while (start !== 0) {
    const end = start + 2 + bytes.readUInt16LE(start) * FIELD_BYTES;
    found.push({ start, end: end + 4 });
    start = bytes.readUInt32LE(end);
  }
  return found;
}

/** Marsaglia's xorshift with 32 bits. */
function createRandom(seed: number): (below: number) => number {
  let state = Math.imul(seed, 0x9e3779b1) || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.floor(((state >>> 0) / 2 ** 32) * below);
  };
}
