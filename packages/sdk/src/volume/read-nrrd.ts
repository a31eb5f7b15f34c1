import { checkPositive } from "../check.ts";
import { DecodeError, UnsupportedError } from "../errors.ts";
import { type ByteSource, inflateExactly, readExactly } from "./exact-bytes.ts";
import { NRRD, type NrrdHeader, parseNrrdHeader } from "./nrrd-header.ts";
import { findHeaderEnd, MAX_HEADER_BYTES } from "./nrrd-lines.ts";
import { Volume } from "./volume.ts";
import { parseVoxelText } from "./voxel-text.ts";
import { HOST_ENDIAN, MAX_VOLUME_BYTES, measureVolume, type Triple, viewVoxels } from "./voxels.ts";

/** Finds a file that a header names; the name is without folders that lead elsewhere. */
export type ResolveFile = (name: string) => Promise<Uint8Array>;

/** How a volume is read. */
export interface ReadVolumeOptions {
  /** Gives the file that holds the voxels, where the header names one. */
  readonly resolve?: ResolveFile | undefined;
  /**
   * Bytes of the voxels.
   * @default 8589934592
   */
  readonly maxBytes?: number | undefined;
  /** Edge of a voxel, in µm, for a file that gives none. A file's own counts. */
  readonly spacingUm?: number | Triple | undefined;
}

/**
 * Reads an NRRD volume (NRRD0001 to NRRD0005) of three axes, whole or as it arrives.
 *
 * Encodings raw, gzip and text are read, in either byte order; bzip2, hex and volumes in many files are not. Numbers without a
 * unit are µm, as the institute writes them. A raw volume of this machine's byte order is a view of the bytes given, not a copy.
 *
 * @throws {DecodeError} If the header is wrong, or the voxels are damaged, fewer, or more than it promises.
 * @throws {UnsupportedError} If the volume is written in a way that is not read here.
 * @throws {RangeError} If `maxBytes` is no number above 0.
 * @example (await readNrrd(await readFile("annotation_25.nrrd"))).labelAt([6600, 4000, 5000]);
 */
export async function readNrrd(source: ByteSource, options: ReadVolumeOptions = {}): Promise<Volume> {
  const maxBytes = checkPositive("maxBytes", options.maxBytes ?? MAX_VOLUME_BYTES);
  const opened = await openSource(source);
  try {
    return await readOpened(opened, { ...options, maxBytes });
  } finally {
    await opened.close();
  }
}

async function readOpened(
  { head, rest }: OpenedSource,
  { maxBytes, ...options }: ReadVolumeOptions & { readonly maxBytes: number },
): Promise<Volume> {
  const header = parseNrrdHeader(head);
  const { size, type, originUm, space, properties, dataFile, dataOffset } = header;
  const sizeBytes = measureVolume(NRRD, "sizes", { size, type, maxBytes });
  const spacingUm = header.spacingUm ?? options.spacingUm;
  if (spacingUm === undefined) {
    const expected = "space directions or spacings, or the option spacingUm";
    throw new DecodeError(NRRD, { at: "the header", expected, found: "neither" });
  }
  const body = dataFile === undefined ? rest(dataOffset) : await resolveFile(NRRD, dataFile, options.resolve);
  const data = await readVoxels(header, sizeBytes, dataFile === undefined ? dataOffset : 0, body);
  return new Volume(data, size, { spacingUm, originUm, space, properties });
}

/** The file that a header names. @throws {UnsupportedError} If nobody can give it. */
export async function resolveFile(what: string, name: string, resolve: ResolveFile | undefined): Promise<Uint8Array> {
  if (resolve !== undefined) return await resolve(name);
  throw new UnsupportedError(`${what} whose voxels are in a file of their own`, `give "${name}" by the option resolve`);
}

async function readVoxels(
  header: NrrdHeader,
  sizeBytes: number,
  offset: number,
  body: ByteSource,
): Promise<ReturnType<typeof viewVoxels>> {
  const { type, encoding, endian = HOST_ENDIAN, byteSkip } = header;
  const [source, start] = await skipLines(body, header.lineSkip, offset);
  if (encoding === "text") return parseVoxelText(await gather(source), header, start);
  const common = { what: NRRD, offset: start, sizeBytes };
  if (encoding === "gzip") {
    const bytes = await inflateExactly(source, "gzip", { ...common, skipBytes: byteSkip });
    return viewVoxels(bytes, type, endian, true);
  }
  if (byteSkip >= 0) {
    const bytes = await readExactly(source, { ...common, skipBytes: byteSkip });
    return viewVoxels(bytes, type, endian, !(source instanceof Uint8Array));
  }
  const all = await gather(source);
  const bytes = await readExactly(all.subarray(Math.max(0, all.length - sizeBytes)), common);
  return viewVoxels(bytes, type, endian, false);
}

/** A source whose beginning has been read. */
interface OpenedSource {
  /** The beginning, with the whole header. */
  readonly head: Uint8Array;
  /** What lies behind a byte offset. */
  rest(offset: number): ByteSource;
  /** Lets go of what has not been read. */
  close(): Promise<unknown>;
}

async function openSource(source: ByteSource): Promise<OpenedSource> {
  if (source instanceof Uint8Array) {
    return { head: source, rest: (offset) => source.subarray(offset), close: () => Promise.resolve() };
  }
  const chunks = source[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array(0);
  while (findHeaderEnd(head) === undefined && head.length <= MAX_HEADER_BYTES) {
    const { done, value } = await chunks.next();
    if (done === true) break;
    head = join([head, value]);
  }
  async function* rest(offset: number): AsyncGenerator<Uint8Array> {
    yield head.subarray(offset);
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
  }
  return { head, rest, close: async () => await chunks.return?.() };
}

/** What lies behind so many lines, and its byte offset. */
async function skipLines(source: ByteSource, count: number, offset: number): Promise<[ByteSource, number]> {
  if (count === 0) return [source, offset];
  const bytes = await gather(source);
  let start = 0;
  for (let line = 0; line < count; line += 1) {
    const end = bytes.indexOf(10, start);
    if (end < 0) {
      throw new DecodeError(NRRD, {
        at: "line skip",
        expected: `${count} lines before the voxels`,
        found: String(line),
      });
    }
    start = end + 1;
  }
  return [bytes.subarray(start), offset + start];
}

async function gather(source: ByteSource): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return join(chunks);
}

function join(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
