import { checkPositive } from "../check.ts";
import { DecodeError, UnsupportedError } from "../errors.ts";
import { type ByteSource, inflateExactly, readExactly, readLast } from "./exact-bytes.ts";
import { NRRD, type NrrdHeader, parseNrrdHeader } from "./nrrd-header.ts";
import { findHeaderEnd, MAX_HEADER_BYTES } from "./nrrd-lines.ts";
import { Volume } from "./volume.ts";
import { readVoxelText } from "./voxel-text.ts";
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
  const opened = await openSource(source);
  try {
    return await readOpened(opened, options);
  } finally {
    opened.close();
  }
}

async function readOpened({ head, rest }: OpenedSource, options: ReadVolumeOptions): Promise<Volume> {
  const maxBytes = checkPositive("maxBytes", options.maxBytes ?? MAX_VOLUME_BYTES);
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
  if (encoding === "text") return await readVoxelText(source, header, start);
  const options = { what: NRRD, offset: start, sizeBytes, skipBytes: Math.max(0, byteSkip) };
  if (encoding === "gzip") return viewVoxels(await inflateExactly(source, "gzip", options), type, endian, true);
  const bytes = await (byteSkip < 0 ? readLast : readExactly)(source, options);
  return viewVoxels(bytes, type, endian, !(source instanceof Uint8Array));
}

/** A source whose beginning has been read. */
interface OpenedSource {
  /** The beginning, with the whole header. */
  readonly head: Uint8Array;
  /** What lies behind a byte offset. */
  rest(offset: number): ByteSource;
  /** Lets go of what has not been read. That is not waited for: a source that stands still would keep the result back. */
  close(): void;
}

async function openSource(source: ByteSource): Promise<OpenedSource> {
  if (source instanceof Uint8Array) {
    return { head: source, rest: (offset) => source.subarray(offset), close: () => {} };
  }
  const chunks = source[Symbol.asyncIterator]();
  // One byte more than a header may have tells that it goes on.
  const head = new Uint8Array(MAX_HEADER_BYTES + 1);
  let [filled, end, spill]: [number, number | undefined, Uint8Array] = [0, undefined, head.subarray(0, 0)];
  while (end === undefined && filled < head.length) {
    const { done, value } = await chunks.next();
    if (done === true) break;
    const part = value.subarray(0, head.length - filled);
    head.set(part, filled);
    end = findHeaderEnd(head.subarray(0, filled + part.length), filled);
    filled += part.length;
    spill = value.subarray(part.length);
  }
  const close = (): void => {
    chunks.return?.().catch(() => {
      // What was read is read, or the error that ended it is known.
    });
  };
  return {
    head: head.subarray(0, filled),
    rest: (offset) => following([head.subarray(offset, filled), spill], chunks),
    close,
  };
}

async function* following(
  first: readonly Uint8Array[],
  chunks: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield* first;
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
}

/** What lies behind so many lines, and its byte offset. */
async function skipLines(source: ByteSource, count: number, offset: number): Promise<[ByteSource, number]> {
  if (count === 0) return [source, offset];
  let [line, start] = [0, offset];
  const pass = (chunk: Uint8Array): Uint8Array => {
    let end = 0;
    for (let at = 0; line < count && at >= 0; ) {
      at = chunk.indexOf(10, end);
      end = at < 0 ? chunk.length : at + 1;
      if (at >= 0) line += 1;
    }
    start += end;
    return chunk.subarray(end);
  };
  if (source instanceof Uint8Array) {
    const rest = pass(source);
    if (line === count) return [rest, start];
  } else {
    const chunks = source[Symbol.asyncIterator]();
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
      const rest = pass(next.value);
      if (line === count) return [following([rest], chunks), start];
    }
  }
  throw new DecodeError(NRRD, { at: "line skip", expected: `${count} lines before the voxels`, found: String(line) });
}
