import { DecodeError } from "@brainatlas/sdk";
import type { ImageSize } from "@brainatlas/sdk/image";
import type { ReadAt } from "../tiff/pyramid.ts";
import { hex, type JpegSegment, MARKER } from "./read-segments.ts";
import { type HuffmanTable, readJpegTables } from "./read-tables.ts";

/** What the headers of a JPEG say that can be cut into tiles. */
export interface CutHeaders extends ImageSize {
  /** Steps of luminance, blue and red, 64 each, in the order in which coefficients are coded. */
  readonly steps: readonly [Uint8Array, Uint8Array, Uint8Array];
  /** Huffman tables of luminance and of colour. */
  readonly dc: readonly [HuffmanTable, HuffmanTable];
  readonly ac: readonly [HuffmanTable, HuffmanTable];
  /** Squares of 16 × 16 pixels between restarts; 0 for none. */
  readonly interval: number;
  /** Where the coded bytes begin. */
  readonly dataStart: number;
}

/** A JPEG of a form that is not cut: its pixels have to be decoded. */
export interface UncutForm {
  readonly uncut: string;
}

export const WHAT = "a JPEG";
/** Bytes of all that comes before the coded bytes, embedded previews and profiles among them. */
const MAX_HEADER_BYTES = 2 ** 24;
const MAX_SEGMENTS = 4096;
const SAMPLING = "2x2,1x1,1x1";
const TABLES: readonly number[] = [MARKER.DQT, MARKER.DHT];
const ADOBE = 0xee;

/**
 * Reads the headers of a JPEG and tells whether it can be cut: baseline of 8 bits, Huffman, YCbCr with halved colour (4:2:0), in one scan.
 *
 * @throws {DecodeError} If they are damaged or cut off.
 */
export function readCutHeaders(read: ReadAt, sizeBytes: number): CutHeaders | UncutForm {
  const segments = readSegments(read, sizeBytes);
  const frame = segments.find(({ marker }) => isFrame(marker));
  const scan = segments.at(-1);
  if (frame === undefined || scan?.marker !== MARKER.SOS) {
    throw new DecodeError(WHAT, { at: scan?.end ?? 0, expected: "a frame and a scan", found: "none" });
  }
  const uncut = whyUncut(frame, scan, segments);
  if (uncut !== undefined) return { uncut };
  const [, high = 0, low = 0, wide = 0, narrow = 0, , ...listed] = frame.bytes;
  const [height, width] = [(high << 8) | low, (wide << 8) | narrow];
  if (width === 0 || height === 0) {
    throw new DecodeError(WHAT, { at: frame.start, expected: "a size", found: `${width}x${height} pixels` });
  }
  const tables = readJpegTables(tableStream(segments));
  const steps = [listed[2], listed[5], listed[8]].map((number) => named(tables.quantisation, number, "DQT"));
  const [luma = 0, blue = 0] = [scan.bytes[2], scan.bytes[4]];
  return {
    width,
    height,
    steps: steps as unknown as CutHeaders["steps"], // Three.
    dc: [named(tables.dc, luma >> 4, "DHT"), named(tables.dc, blue >> 4, "DHT")],
    ac: [named(tables.ac, luma & 15, "DHT"), named(tables.ac, blue & 15, "DHT")],
    interval: intervalOf(segments),
    dataStart: scan.end,
  };
}

/** Segments up to and with the first scan's header. What is an application's own is stepped over, but for what tells of colours. */
function readSegments(read: ReadAt, sizeBytes: number): JpegSegment[] {
  const segments: JpegSegment[] = [];
  const start = read(0, 2);
  if (start[0] !== 0xff || start[1] !== MARKER.SOI) throw strange(0, `marker ${hex(MARKER.SOI)}`, start);
  for (let at = 2; ; ) {
    const head = read(at, 4);
    if (head[0] !== 0xff || head.length < 4 || head[1] === 0) throw strange(at, "a marker", head);
    // Any number of FF may stand before a marker.
    if (head[1] === 0xff) {
      at += 1;
      if (at > MAX_HEADER_BYTES) throw strange(at, "a marker", head);
      continue;
    }
    const [, marker = 0, high = 0, low = 0] = head;
    const end = at + 2 + ((high << 8) | low);
    const bytes = end <= sizeBytes && end >= at + 4 ? read(at + 4, end - at - 4) : undefined;
    if (bytes?.length !== end - at - 4 || end > MAX_HEADER_BYTES || segments.length === MAX_SEGMENTS) {
      const found = `${end - at - 2} bytes of ${segments.length} segments before, where ${sizeBytes - at - 2} are left`;
      throw new DecodeError(WHAT, { at, expected: "a whole segment", found });
    }
    const isKept = marker < MARKER.APP0 || marker === MARKER.APP0 || marker === ADOBE;
    if (isKept) segments.push({ marker, bytes: bytes.slice(), start: at, end });
    if (marker === MARKER.SOS) return segments;
    if (marker === MARKER.EOI) throw strange(at, "a scan", head);
    at = end;
  }
}

function strange(at: number, expected: string, bytes: Uint8Array): DecodeError {
  const found = bytes.length === 0 ? "the end" : `bytes ${[...bytes.subarray(0, 2)].join(" ")}`;
  return new DecodeError(WHAT, { at, expected, found });
}

/** SOF0 to SOF15 without the numbers between them that mean something else: DHT, JPG and DAC. */
function isFrame(marker: number): boolean {
  return marker >= MARKER.SOF0 && marker <= 0xcf && marker % 4 !== 0 ? true : marker === MARKER.SOF0;
}

/** Why a JPEG is not cut, in words; `undefined` if it is. */
function whyUncut(frame: JpegSegment, scan: JpegSegment, segments: readonly JpegSegment[]): string | undefined {
  if (frame.marker !== MARKER.SOF0) return `frame ${hex(frame.marker)}, not baseline`;
  const { bytes } = frame;
  const [precision = 0, count = 0] = [bytes[0], bytes[5]];
  if (precision !== 8 || count !== 3 || bytes.length !== 15) return `${count} components of ${precision} bits`;
  const sampling = [bytes[7], bytes[10], bytes[13]].map((each = 0) => `${each >> 4}x${each & 15}`).join();
  if (sampling !== SAMPLING) return `sampling ${sampling}`;
  if (isRgb(frame, segments)) return "red, green and blue";
  const [components, ...listed] = scan.bytes;
  const isOrdered = [0, 1, 2].every((index) => listed[index * 2] === bytes[6 + index * 3]);
  const [luma = 0, blue = 0, red = 0] = [listed[1], listed[3], listed[5]];
  const isWhole = listed[6] === 0 && listed[7] === 63 && listed[8] === 0 && listed.length === 9;
  if (components !== 3 || !isOrdered || !isWhole) return "several scans";
  return blue !== red || ((luma | blue) & ~0x11) !== 0 ? "Huffman tables for red of its own" : undefined;
}

/** Whether the three components are said not to be YCbCr, as libjpeg takes it. */
function isRgb({ bytes }: JpegSegment, segments: readonly JpegSegment[]): boolean {
  const says = (marker: number, name: string): JpegSegment | undefined =>
    segments.find(
      (each) => each.marker === marker && Buffer.from(each.bytes.subarray(0, 5)).toString("latin1") === name,
    );
  if (says(MARKER.APP0, "JFIF\0") !== undefined) return false;
  const adobe = says(ADOBE, "Adobe");
  if (adobe !== undefined) return adobe.bytes[11] === 0;
  return bytes[6] !== 1 || bytes[9] !== 2 || bytes[12] !== 3;
}

/** The segments with tables, as a stream of their own. */
function tableStream(segments: readonly JpegSegment[]): Uint8Array {
  const tables = segments.filter(({ marker }) => TABLES.includes(marker));
  const parts = tables.flatMap(({ marker, bytes }) => {
    const length = bytes.length + 2;
    return [Uint8Array.of(0xff, marker, length >> 8, length & 255), bytes];
  });
  return Buffer.concat([Uint8Array.of(0xff, MARKER.SOI), ...parts, Uint8Array.of(0xff, MARKER.EOI)]);
}

function named<T>(tables: readonly (T | undefined)[], number = -1, marker: "DQT" | "DHT"): T {
  const table = tables[number];
  if (table !== undefined) return table;
  throw new DecodeError(WHAT, { at: marker, expected: "the tables that it names", found: `no table ${number}` });
}

function intervalOf(segments: readonly JpegSegment[]): number {
  const told = segments.findLast(({ marker }) => marker === MARKER.DRI);
  if (told === undefined) return 0;
  const [high = 0, low = 0] = told.bytes;
  if (told.bytes.length === 2) return (high << 8) | low;
  const found = `${told.bytes.length} bytes`;
  throw new DecodeError(WHAT, { at: told.start, expected: "a restart interval of 2 bytes", found });
}
