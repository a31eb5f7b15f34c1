import { type CutHeaders, readCutHeaders } from "../../packages/mirror/src/jpeg/cut-headers.ts";
import { cutJpeg } from "../../packages/mirror/src/jpeg/cut-jpeg.ts";
import { cutTables } from "../../packages/mirror/src/jpeg/cut-tables.ts";
import type { ReadAt } from "../../packages/mirror/src/tiff/pyramid.ts";
import type { JpegTier } from "./jpeg-tiers.ts";

/** A reader of bytes in memory. */
export function readerOf(bytes: Uint8Array): ReadAt {
  return (offset, length) => bytes.subarray(offset, offset + length);
}

/** The headers of a JPEG that can be cut. */
export function headersOf(jpeg: Uint8Array): CutHeaders {
  const headers = readCutHeaders(readerOf(jpeg), jpeg.length);
  if ("uncut" in headers) throw new Error(`It is not cut: ${headers.uncut}`);
  return headers;
}

/** A JPEG as a tier of tiles. */
export function cutTier(jpeg: Uint8Array): JpegTier {
  const headers = headersOf(jpeg);
  const tiles = [...cutJpeg(headers, readerOf(jpeg), jpeg.length)];
  return { width: headers.width, height: headers.height, tables: cutTables(headers), tiles };
}
