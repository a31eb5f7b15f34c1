import { DecodeError } from "@brainatlas/sdk";

/** Markers of JPEG (ITU-T T.81, table B.1), the byte behind FF. */
export const MARKER = {
  SOF0: 0xc0,
  DHT: 0xc4,
  SOI: 0xd8,
  EOI: 0xd9,
  SOS: 0xda,
  DQT: 0xdb,
  DRI: 0xdd,
  APP0: 0xe0,
} as const;

/** A marker and what follows it, without the two bytes of its length. */
export interface JpegSegment {
  readonly marker: number;
  readonly bytes: Uint8Array;
  /** Where the marker and the next one lie in the stream, in bytes. */
  readonly start: number;
  readonly end: number;
}

/**
 * Reads the segments of a JPEG stream up to and with the first scan's header, or to the end.
 *
 * @throws {DecodeError} If the stream does not begin as a JPEG does, or a segment is cut off.
 */
export function readJpegSegments(what: string, stream: Uint8Array): JpegSegment[] {
  expectMarker(what, stream, 0, MARKER.SOI);
  const segments: JpegSegment[] = [];
  for (let at = 2; stream[at] !== 0xff || stream[at + 1] !== MARKER.EOI; ) {
    expectMarker(what, stream, at);
    // Any number of FF may stand before a marker.
    if (stream[at + 1] === 0xff) {
      at += 1;
      continue;
    }
    const length = ((stream[at + 2] ?? 0) << 8) | (stream[at + 3] ?? 0);
    const end = at + 2 + length;
    if (length < 2 || end > stream.length) {
      const found = `a segment of ${length} bytes, where ${Math.max(0, stream.length - at - 2)} are left`;
      throw new DecodeError(what, { at, expected: "a whole segment", found });
    }
    const marker = stream[at + 1] ?? 0;
    segments.push({ marker, bytes: stream.subarray(at + 4, end), start: at, end });
    if (marker === MARKER.SOS) break;
    at = end;
  }
  return segments;
}

function expectMarker(what: string, stream: Uint8Array, at: number, marker?: number): void {
  const [first, second] = [stream[at], stream[at + 1]];
  if (first === 0xff && second !== undefined && (marker === undefined ? second !== 0 : second === marker)) return;
  const found = first === undefined ? "the end" : `bytes ${first} ${second ?? ""}`.trimEnd();
  throw new DecodeError(what, { at, expected: `marker ${marker === undefined ? "" : hex(marker)}`.trimEnd(), found });
}

/** A marker as documents have it. */
export function hex(marker: number): string {
  return `FF ${marker.toString(16).toUpperCase().padStart(2, "0")}`;
}
