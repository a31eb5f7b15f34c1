import { DecodeError } from "@brainatlas/sdk";
import sharp, { type JpegOptions } from "sharp";
import { expect, test } from "vitest";
import { makeJpegTier, paintPixels } from "../../../../tests/support/jpeg-tiers.ts";
import { readJpegFrame } from "./read-frame.ts";
import { readJpegTables } from "./read-tables.ts";

const paint = (x: number, y: number) => x + y;
const pixels = paintPixels(32, 32, paint);

/** A JPEG of another kind, without its tables. */
async function bare(options: JpegOptions): Promise<Buffer> {
  const jpeg = await sharp(pixels, { raw: { width: 32, height: 32, channels: 3 } })
    .jpeg({ chromaSubsampling: "4:2:0", ...options })
    .toBuffer();
  return without(jpeg, 0xc4, 0xdb);
}

function without(jpeg: Buffer, ...markers: number[]): Buffer {
  for (const marker of markers) {
    for (let at = jpeg.indexOf(Buffer.of(0xff, marker)); at >= 0; at = jpeg.indexOf(Buffer.of(0xff, marker))) {
      const end = at + 2 + jpeg.readUInt16BE(at + 2);
      jpeg = Buffer.concat([jpeg.subarray(0, at), jpeg.subarray(end)]);
    }
  }
  return jpeg;
}

/** The stream with another byte behind a marker. */
function changed(stream: Uint8Array, marker: number, offset: number, value: number): Buffer {
  const bytes = Buffer.from(stream);
  bytes[bytes.indexOf(Buffer.of(0xff, marker)) + offset] = value;
  return bytes;
}

test("readJpegFrame() reads size, tables and where the coded bytes begin", async () => {
  const tile = await bare({});
  const frame = readJpegFrame(tile);
  expect(frame).toMatchObject({ width: 32, height: 32 });
  expect(frame.components).toEqual([
    { id: 1, quantisation: 0, dc: 0, ac: 0 },
    { id: 2, quantisation: 1, dc: 1, ac: 1 },
    { id: 3, quantisation: 1, dc: 1, ac: 1 },
  ]);
  expect([...tile.subarray(frame.dataStart - 3, frame.dataStart)]).toEqual([0, 63, 0]);
});

test("readJpegFrame() passes over comments, what applications add, filling bytes, and no restarts", async () => {
  const tile = await bare({});
  const comment = [0xff, 0xff, 0xff, 0xfe, 0, 4, 1, 2];
  const none = [0xff, 0xdd, 0, 4, 0, 0];
  const longer = Buffer.from([0xff, 0xd8, ...comment, ...none, 0xff, 0xe1, 0, 2, ...tile.subarray(2)]);
  const frame = readJpegFrame(tile);
  expect(readJpegFrame(longer)).toEqual({ ...frame, dataStart: frame.dataStart + longer.length - tile.length });
});

test("readJpegFrame() refuses what is not baseline of 4:2:0 in one scan, and says what it is", async () => {
  const plain = await bare({});
  expect(() => readJpegFrame(changed(plain, 0xc0, 1, 0xc2))).toThrow("holds marker FF C2; expected one baseline frame");
  const fine = await bare({ chromaSubsampling: "4:4:4" });
  expect(() => readJpegFrame(fine)).toThrow("8 bits, 3 components, sampling 1x1,1x1,1x1");
  const grey = await sharp(pixels, { raw: { width: 32, height: 32, channels: 3 } })
    .toColourspace("b-w")
    .jpeg()
    .toBuffer();
  expect(() => readJpegFrame(without(grey, 0xc4, 0xdb))).toThrow("8 bits, 1 components, sampling 1x1");
  expect(() => readJpegFrame(changed(plain, 0xc0, 4, 12))).toThrow("12 bits");
  const restarting = Buffer.from([0xff, 0xd8, 0xff, 0xdd, 0, 4, 0, 9, ...plain.subarray(2)]);
  expect(() => readJpegFrame(restarting)).toThrow("byte 2 holds a restart interval; expected one baseline frame");
});

test("readJpegFrame() refuses tables of a tile's own", async () => {
  const jpeg = await sharp(pixels, { raw: { width: 32, height: 32, channels: 3 } })
    .jpeg()
    .toBuffer();
  expect(() => readJpegFrame(jpeg)).toThrow("marker FF DB; expected one baseline frame without tables and restarts");
  expect(() => readJpegFrame(without(jpeg, 0xdb))).toThrow("marker FF C4");
});

test("readJpegFrame() refuses other components, orders and tables", async () => {
  const plain = await bare({});
  // Number of components, ids, tables, first and last coefficient, bits.
  for (const [offset, value] of [
    [4, 1],
    [5, 2],
    [7, 9],
    [6, 0x02],
    [6, 0x22],
    [8, 0x10],
    [8, 0x01],
    [11, 1],
    [12, 62],
    [13, 1],
  ]) {
    const wrong = changed(plain, 0xda, offset ?? 0, value ?? 0);
    expect(() => readJpegFrame(wrong), `SOS ${offset}`).toThrow("expected one scan of components 1, 2 and 3");
  }
  expect(() => readJpegFrame(changed(plain, 0xc0, 10, 7))).toThrow("expected one scan of components 1, 2 and 3");
  expect(() => readJpegFrame(changed(plain, 0xc0, 12, 4))).toThrow(DecodeError);
});

test("readJpegFrame() refuses what is cut off anywhere", async () => {
  const plain = await bare({});
  const { dataStart } = readJpegFrame(plain);
  for (let length = 0; length < dataStart; length += 1) {
    expect(() => readJpegFrame(plain.subarray(0, length)), String(length)).toThrow(DecodeError);
  }
  expect(() => readJpegFrame(Buffer.of(0xff, 0xd8, 0xff, 0xd9))).toThrow("holds the end; expected a frame and a scan");
  expect(() => readJpegFrame(Buffer.from("no picture"))).toThrow("byte 0 holds bytes 110 111; expected marker FF D8");
});

test("readJpegTables() reads quantisation and Huffman tables", async () => {
  const { tables } = await makeJpegTier(50, 1, paint);
  const { quantisation, dc, ac } = readJpegTables(tables);
  // Quality 50 is the standard's own table (ITU-T T.81, table K.1), in the order in which coefficients are coded.
  expect([...(quantisation[0] ?? [])].slice(0, 8)).toEqual([16, 11, 12, 14, 12, 10, 16, 14]);
  expect([quantisation.length, dc.length, ac.length]).toEqual([2, 2, 2]);
  expect([...(dc[0]?.symbols ?? [])]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(ac.map((table) => table?.symbols.length)).toEqual([162, 162]);
});

test("readJpegTables() refuses tables that are damaged, or none of baseline JPEG", async () => {
  const { tables } = await makeJpegTier(50, 1, paint);
  const wrong = (marker: number, offset: number, value: number) => () =>
    readJpegTables(changed(tables, marker, offset, value));
  expect(wrong(0xdb, 4, 4)).toThrow("table 4 of 64 steps");
  expect(wrong(0xdb, 4, 0x10)).toThrow("expected quantisation tables of 64 steps of 8 bits");
  expect(wrong(0xdb, 20, 0)).toThrow("64 steps, one of them 0");
  expect(wrong(0xdb, 3, 66)).toThrow(DecodeError);
  expect(wrong(0xc4, 4, 2)).toThrow("expected whole Huffman tables 0 and 1 of baseline JPEG");
  expect(wrong(0xc4, 5, 3)).toThrow("expected whole Huffman tables");
  expect(wrong(0xc4, 20, 200)).toThrow("expected whole Huffman tables");
  expect(wrong(0xc4, 25, 12)).toThrow("expected whole Huffman tables");
  expect(wrong(0xc4, 1, 0xc0)).toThrow("holds marker FF C0; expected tables only");
  for (let length = 0; length < tables.length - 1; length += 1) {
    expect(() => readJpegTables(tables.subarray(0, length)), String(length)).toThrow(DecodeError);
  }
});
