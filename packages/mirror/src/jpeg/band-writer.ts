import { type BandPlaces, OUTPUT_BYTES, type PixelInstance } from "./pixel-instance.ts";
import type { BandShape } from "./plane-bands.ts";
import { qualityTables } from "./quality-tables.ts";
import type { JpegComponent, JpegFrame } from "./read-frame.ts";
import { MARKER } from "./read-segments.ts";
import type { HuffmanTable, JpegTables } from "./read-tables.ts";
import { isComplete, packCodes, STANDARD_AC, STANDARD_DC } from "./standard-codes.ts";
import { writeJpegHeaders } from "./write-headers.ts";

/** Writes a JPEG band by band. */
export interface BandWriter {
  /** Takes the next rows, padded to whole squares of 16, and gives the bytes that are ready. */
  write(places: BandPlaces, shape: BandShape, rows: number): Generator<Uint8Array>;
  /** Gives the rest. */
  end(): Uint8Array;
}

/** Components of a picture and the tables that they name. */
export interface WriterTables {
  readonly components: JpegFrame["components"];
  readonly tables: JpegTables;
}

/** Bytes that are collected before they are given. */
const CHUNK_BYTES = OUTPUT_BYTES / 2;
/** Coefficients arrive with 15 bits behind the point, and 8 times as large. */
const COEFFICIENT_SCALE = 2 ** 18;

/** The tables of a quality, 0 to 100. */
export function writerTables(quality: number): WriterTables {
  const component = (id: number, number: number): JpegComponent => ({
    id,
    quantisation: number,
    dc: number,
    ac: number,
  });
  return {
    components: [component(1, 0), component(2, 1), component(3, 1)],
    tables: { quantisation: qualityTables(quality), dc: STANDARD_DC, ac: STANDARD_AC },
  };
}

/** The tables that tiles have; the standard Huffman tables where theirs lack codes that another picture may need. */
export function tileTables({ components }: JpegFrame, tables: JpegTables): WriterTables {
  const hasCodes = components.every(({ dc, ac }, index) => {
    const [dcTable, acTable] = [tables.dc[dc], tables.ac[ac]];
    const [dcStandard, acStandard] = [STANDARD_DC[Math.min(index, 1)], STANDARD_AC[Math.min(index, 1)]];
    return covers(dcTable, dcStandard) && covers(acTable, acStandard);
  });
  if (hasCodes) return { components, tables };
  const [luma, blue, red] = components;
  return {
    components: [
      { ...luma, dc: 0, ac: 0 },
      { ...blue, dc: 1, ac: 1 },
      { ...red, dc: 1, ac: 1 },
    ],
    tables: { ...tables, dc: STANDARD_DC, ac: STANDARD_AC },
  };
}

function covers(table: HuffmanTable | undefined, standard: HuffmanTable | undefined): boolean {
  return table !== undefined && standard !== undefined && isComplete(table, standard);
}

/** Makes a function that begins a JPEG; the one that was begun before can no longer be written. */
export function createBandWriters(
  pixels: PixelInstance,
): (width: number, height: number, tables: WriterTables) => BandWriter {
  const { run, output } = pixels;
  let turn = 0;

  function take(): Uint8Array {
    const chunk = pixels.bytes().slice(output, run.writtenTo());
    run.writeTo(output);
    return chunk;
  }

  return (width, height, { components, tables }) => {
    turn += 1;
    const own = turn;
    const checkTurn = () => {
      if (own !== turn) throw new Error("Cannot go on with a JPEG: another one has been begun");
    };
    setTables(pixels, components, tables);
    const headers = writeJpegHeaders({ width, height, components }, tables);
    pixels.bytes().set(headers, output);
    run.writeTo(output + headers.length);
    run.openScan();

    return {
      *write({ luma, blue, red }, { padded, stride, colourStride }, rows) {
        const end = padded / 16;
        const halfFrom = Math.ceil((width - 8) / 16);
        const isShort = rows <= 8 ? 1 : 0;
        for (let square = 0; square < end; ) {
          checkTurn();
          const limit = output + OUTPUT_BYTES;
          square = run.encodeSquares(luma, stride, blue, red, colourStride, square, end, halfFrom, isShort, limit);
          if (run.writtenTo() > output + CHUNK_BYTES) yield take();
        }
      },
      end() {
        checkTurn();
        turn += 1;
        run.closeScan();
        pixels.bytes().set([0xff, MARKER.EOI], run.writtenTo());
        run.writeTo(run.writtenTo() + 2);
        return take();
      },
    };
  };
}

function setTables({ run, bytes, positions }: PixelInstance, components: JpegFrame["components"], tables: JpegTables) {
  const { buffer } = bytes();
  for (const [index, { quantisation, dc, ac }] of components.entries()) {
    const factors = new Float32Array(buffer, run.factorsAt() + index * 256, 64);
    const steps = tables.quantisation[quantisation];
    for (const [place, position] of positions.entries()) {
      factors[position] = 1 / (COEFFICIENT_SCALE * (steps?.[place] ?? 1));
    }
    if (index === 2) continue;
    const codes = new Uint32Array(buffer, run.codesAt() + index * 2048, 512);
    for (const [offset, table] of [tables.dc[dc], tables.ac[ac]].entries()) {
      if (table !== undefined) codes.set(packCodes(table), offset * 256);
    }
  }
}
