import { type BandWriter, type WriterTables, writerTables } from "./band-writer.ts";
import { concatBytes } from "./concat-bytes.ts";
import type { JpegCodec } from "./jpeg-codec.ts";
import { MAX_JPEG_PX } from "./jpeg-limits.ts";
import type { PixelInstance } from "./pixel-instance.ts";
import { BAND_ROWS, type BandShape, bandShape } from "./plane-bands.ts";

/** Makes `JpegCodec.encoder`. */
export function createEncoder(
  pixels: PixelInstance,
  begin: (width: number, height: number, tables: WriterTables) => BandWriter,
): JpegCodec["encoder"] {
  return (width, height, quality) => {
    if (![width, height].every((size) => Number.isInteger(size) && size > 0 && size <= MAX_JPEG_PX)) {
      throw new RangeError(`Cannot encode ${width}x${height} pixels as JPEG; give 1 to ${MAX_JPEG_PX}`);
    }
    const writer = begin(width, height, writerTables(quality));
    const shape = bandShape(width);
    const rowBytes = width * 3;
    let row = 0;

    function* write(rgb: Uint8Array): Generator<Uint8Array> {
      for (let at = 0; at < rgb.length; at += rowBytes) {
        takeRow(pixels, rgb.subarray(at, at + rowBytes), width, shape, row, row === height - 1);
        row += 1;
        if (row % BAND_ROWS !== 0 && row !== height) continue;
        const rows = ((row - 1) % BAND_ROWS) + 1;
        padBand(pixels, shape, rows);
        yield* writer.write(pixels.drawn, shape, rows);
      }
    }

    return {
      write(rgb) {
        if (rgb.length % rowBytes !== 0 || row + rgb.length / rowBytes > height) {
          throw new RangeError(
            `Cannot encode ${rgb.length} bytes; give whole rows of ${rowBytes}, ${height - row} more at most`,
          );
        }
        return concatBytes([...write(rgb)]);
      },
      end() {
        if (row !== height) throw new RangeError(`Cannot end a JPEG after ${row} rows; give all ${height}`);
        return writer.end();
      },
    };
  };
}

/** Takes a row of RGB; of each two it makes samples. The last one of an odd number is its own neighbour. */
function takeRow(
  { run, bytes, rgbRows, drawn }: PixelInstance,
  rgb: Uint8Array,
  width: number,
  { padded, stride, colourStride }: BandShape,
  row: number,
  isLast: boolean,
): void {
  const lower = rgbRows + padded * 3 + 64;
  const isUpper = row % 2 === 0;
  const at = isUpper ? rgbRows : lower;
  bytes().set(rgb, at);
  run.padPixels(at, width, padded);
  if (isUpper && !isLast) return;
  const pair = Math.floor((row % BAND_ROWS) / 2);
  const colour = pair * colourStride;
  const luma = drawn.luma + pair * 2 * stride;
  run.fromRgb(rgbRows, at, padded, luma, stride, drawn.blue + colour, drawn.red + colour);
}

/** Repeats the last rows of a band that has fewer. */
function padBand({ run, drawn }: PixelInstance, { stride, colourStride }: BandShape, rows: number): void {
  const pairs = Math.ceil(rows / 2);
  run.padColumns(drawn.luma, stride, pairs * 2, BAND_ROWS);
  for (const plane of [drawn.blue, drawn.red]) run.padColumns(plane, colourStride, pairs, BAND_ROWS / 2);
}
