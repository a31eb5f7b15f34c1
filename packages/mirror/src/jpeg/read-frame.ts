import { DecodeError } from "@brainatlas/sdk";
import { type JpegSegment, MARKER, readJpegSegments } from "./read-segments.ts";
import { isIgnored, unexpected } from "./read-tables.ts";

/** A component of a picture, and the numbers of its tables. */
export interface JpegComponent {
  readonly id: number;
  readonly quantisation: number;
  readonly dc: number;
  readonly ac: number;
}

/** What the headers of a tile say. */
export interface JpegFrame {
  readonly width: number;
  readonly height: number;
  /** Luminance, blue and red, which is colour at half resolution both ways. */
  readonly components: readonly [JpegComponent, JpegComponent, JpegComponent];
  /** Where the coded bytes begin. */
  readonly dataStart: number;
}

const WHAT = "a JPEG tile";
/** Horizontal and vertical sampling of the three components: 4:2:0. */
const SAMPLING = [0x22, 0x11, 0x11];

/**
 * Reads the headers of an abbreviated JPEG, which has no tables.
 *
 * @throws {DecodeError} If it is damaged, or other than baseline of 8 bits, three components, 4:2:0, in one scan without restarts; or
 * brings tables of its own.
 */
export function readJpegFrame(stream: Uint8Array): JpegFrame {
  let frame: JpegSegment | undefined;
  for (const segment of readJpegSegments(WHAT, stream)) {
    const { marker, end } = segment;
    if (marker === MARKER.SOS && frame !== undefined) return { ...readComponents(frame, segment), dataStart: end };
    if (marker === MARKER.SOF0 && frame === undefined) frame = segment;
    else if (!isIgnored(segment)) throw unexpected(WHAT, segment, "one baseline frame without tables and restarts");
  }
  throw new DecodeError(WHAT, { at: stream.length, expected: "a frame and a scan", found: "the end" });
}

function readComponents(frame: JpegSegment, scan: JpegSegment): Omit<JpegFrame, "dataStart"> {
  const [precision = 0, high = 0, low = 0, wide = 0, narrow = 0, count = 0, ...listed] = frame.bytes;
  const sampling = [listed[1], listed[4], listed[7]];
  if (
    precision !== 8 ||
    count !== 3 ||
    listed.length !== 9 ||
    sampling.some((each, index) => each !== SAMPLING[index])
  ) {
    const found = `${precision} bits, ${count} components, sampling ${sampling.slice(0, count).map(printSampling)}`;
    throw new DecodeError(WHAT, { at: frame.start, expected: "8 bits, 3 components, sampling 2x2,1x1,1x1", found });
  }
  const components = [0, 1, 2].map((index) => {
    const [id = 0, , quantisation = 0] = listed.slice(index * 3);
    const [scanned, tables = 0] = scan.bytes.subarray(1 + index * 2);
    const isPlain = id === index + 1 && scanned === id && quantisation < 4 && (tables & ~0x11) === 0;
    if (!isPlain || scan.bytes.length !== 10 || scan.bytes[0] !== 3) throw strangeScan(scan);
    return { id, quantisation, dc: tables >> 4, ac: tables & 15 };
  });
  if (components[1]?.dc !== components[2]?.dc || components[1]?.ac !== components[2]?.ac) throw strangeScan(scan);
  const [start, stop, bits] = scan.bytes.subarray(7);
  if (start !== 0 || stop !== 63 || bits !== 0) throw strangeScan(scan);
  // Three are listed.
  return {
    width: (wide << 8) | narrow,
    height: (high << 8) | low,
    components: components as unknown as JpegFrame["components"],
  };
}

function strangeScan({ start, bytes }: JpegSegment): DecodeError {
  const expected = "one scan of components 1, 2 and 3, colour with tables of its own";
  return new DecodeError(WHAT, { at: start, expected, found: [...bytes].map(String).join(" ") });
}

function printSampling(sampling = 0): string {
  return `${sampling >> 4}x${sampling & 15}`;
}
