import { DecodeError } from "@brainatlas/sdk";
import { hex, type JpegSegment, MARKER, readJpegSegments } from "./read-segments.ts";

/** A Huffman table as JPEG has it (ITU-T T.81, B.2.4.2). */
export interface HuffmanTable {
  /** How many codes have 1 to 16 bits. */
  readonly counts: Uint8Array;
  /** What the codes stand for, the shortest first. */
  readonly symbols: Uint8Array;
}

/** Tables by their numbers. */
export interface JpegTables {
  /** 64 steps each, in the order in which coefficients are coded. */
  readonly quantisation: readonly (Uint8Array | undefined)[];
  readonly dc: readonly (HuffmanTable | undefined)[];
  readonly ac: readonly (HuffmanTable | undefined)[];
}

/** First coefficients differ by at most 11 bits where samples have 8 (T.81, table F.1). */
const MAX_DC_SIZE = 11;
const WHAT = "JPEG tables";

/**
 * Reads the tables that the tiles of a tier share.
 *
 * @throws {DecodeError} If they are damaged, or none that baseline JPEG of 8 bits has.
 */
export function readJpegTables(stream: Uint8Array): JpegTables {
  const tables = { quantisation: [] as Uint8Array[], dc: [] as HuffmanTable[], ac: [] as HuffmanTable[] };
  for (const segment of readJpegSegments(WHAT, stream)) {
    if (segment.marker === MARKER.DQT) addQuantisation(segment, tables.quantisation);
    else if (segment.marker === MARKER.DHT) addHuffman(segment, tables.dc, tables.ac);
    else if (!isIgnored(segment)) throw unexpected(WHAT, segment, "tables only");
  }
  return tables;
}

/** Whether a segment says nothing that decoding needs: a comment, an application's own, or that there are no restarts. */
export function isIgnored({ marker, bytes }: JpegSegment): boolean {
  if (marker === MARKER.DRI) return bytes.length === 2 && bytes[0] === 0 && bytes[1] === 0;
  return marker === 0xfe || (marker >= MARKER.APP0 && marker <= 0xef);
}

/** The error for a segment that is not supported. */
export function unexpected(what: string, { marker, start }: JpegSegment, expected: string): DecodeError {
  const found = marker === MARKER.DRI ? "a restart interval" : `marker ${hex(marker)}`;
  return new DecodeError(what, { at: start, expected, found });
}

function addQuantisation({ bytes, start }: JpegSegment, tables: Uint8Array[]): void {
  for (let at = 0; at < bytes.length; at += 65) {
    const number = bytes[at] ?? 0;
    const steps = bytes.slice(at + 1, at + 65);
    if (number > 3 || steps.length < 64 || steps.includes(0)) {
      const found = `table ${number} of ${steps.length} steps${steps.includes(0) ? ", one of them 0" : ""}`;
      throw new DecodeError(WHAT, { at: start, expected: "quantisation tables of 64 steps of 8 bits", found });
    }
    tables[number] = steps;
  }
}

function addHuffman({ bytes, start }: JpegSegment, dc: HuffmanTable[], ac: HuffmanTable[]): void {
  for (let at = 0; at < bytes.length; ) {
    const head = bytes[at] ?? 0;
    const counts = bytes.slice(at + 1, at + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const symbols = bytes.slice(at + 17, at + 17 + total);
    const isDc = head >> 4 === 0;
    const fits = counts.length === 16 && total <= 256 && symbols.length === total && isPrefixCode(counts);
    if ((head & ~0x11) !== 0 || !fits || (isDc && symbols.some((size) => size > MAX_DC_SIZE))) {
      const found = `table ${head} of ${symbols.length} codes`;
      throw new DecodeError(WHAT, { at: start, expected: "whole Huffman tables 0 and 1 of baseline JPEG", found });
    }
    (isDc ? dc : ac)[head & 1] = { counts, symbols };
    at += 17 + total;
  }
}

/** Whether there can be that many codes of each length, none the beginning of another. */
function isPrefixCode(counts: Uint8Array): boolean {
  let free = 1;
  for (const count of counts) {
    free = free * 2 - count;
    if (free < 0) return false;
  }
  return true;
}
