import sharp from "sharp";
import { expect, test } from "vitest";
import { qualityTables } from "./quality-tables.ts";
import { MARKER, readJpegSegments } from "./read-segments.ts";
import { STANDARD_AC, STANDARD_DC } from "./standard-codes.ts";

async function segmentsOf(quality: number, marker: number): Promise<Uint8Array[]> {
  const picture = sharp({ create: { width: 16, height: 16, channels: 3, background: "#456" } });
  const jpeg = await picture.jpeg({ quality, optimiseCoding: false, chromaSubsampling: "4:2:0" }).toBuffer();
  const segments = readJpegSegments("a JPEG", jpeg).filter((segment) => segment.marker === marker);
  return segments.map(({ bytes }) => bytes);
}

test("qualityTables() gives the steps that libjpeg has", async () => {
  for (const quality of [1, 2, 9, 25, 49, 50, 51, 75, 85, 90, 99, 100]) {
    const expected = (await segmentsOf(quality, MARKER.DQT)).map((bytes) => Array.from(bytes.subarray(1)));
    expect(qualityTables(quality).map((steps) => Array.from(steps))).toEqual(expected);
  }
});

test("qualityTables() takes 0 as 1, and nothing beyond 0 to 100", () => {
  expect(qualityTables(0)).toEqual(qualityTables(1));
  for (const quality of [-1, 101, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => qualityTables(quality)).toThrow(RangeError);
  }
});

test("STANDARD_DC and STANDARD_AC are the tables that libjpeg has", async () => {
  const tables = [STANDARD_DC[0], STANDARD_AC[0], STANDARD_DC[1], STANDARD_AC[1]];
  const expected = (await segmentsOf(85, MARKER.DHT)).map((bytes) => Array.from(bytes.subarray(1)));
  expect(tables.map((table) => [...(table?.counts ?? []), ...(table?.symbols ?? [])])).toEqual(expected);
});
