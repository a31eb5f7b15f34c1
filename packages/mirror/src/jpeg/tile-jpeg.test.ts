import { DecodeError } from "@brainatlas/sdk";
import sharp from "sharp";
import { expect, test } from "vitest";
import { makeJpegTiers } from "../../../../tests/support/jpeg-tiers.ts";
import { tileHead, tileJpeg } from "./tile-jpeg.ts";

test("tileJpeg() gives a tile's own bytes with the tables before them, as a JFIF file", async () => {
  const [tier] = await makeJpegTiers(300, 280, 85, (x, y, channel) => (x * y * (channel + 1)) / 256);
  const [tables, tile] = [tier?.tables ?? Buffer.of(), tier?.tiles[0]?.[0] ?? Buffer.of()];
  const jpeg = tileJpeg(tables, tile);
  expect(Buffer.compare(jpeg.subarray(-tile.length + 2), tile.subarray(2))).toBe(0);
  expect(Buffer.compare(jpeg.subarray(0, -tile.length + 2), tileHead(tables))).toBe(0);
  const about = await sharp(jpeg, { failOn: "warning" }).metadata();
  expect(about).toMatchObject({ width: 256, height: 256, channels: 3, chromaSubsampling: "4:2:0", space: "srgb" });
  expect(Buffer.from(jpeg.subarray(6, 11)).toString("latin1")).toBe("JFIF\0");
  expect((await sharp(jpeg, { failOn: "warning" }).raw().toBuffer()).length).toBe(256 * 256 * 3);
});

test("tileJpeg() refuses tables and tiles that do not begin and end as JPEG does", () => {
  const stream = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);
  expect(() => tileJpeg(Uint8Array.of(), stream)).toThrow(DecodeError);
  expect(() => tileJpeg(stream.subarray(0, 3), stream)).toThrow("byte 1 holds bytes 216 255; expected FF D9");
  expect(() => tileJpeg(stream.subarray(0, 1), stream)).toThrow(DecodeError);
  expect(() => tileJpeg(stream, stream.subarray(2))).toThrow("byte 0 holds bytes 255 217; expected FF D8");
  expect(() => tileJpeg(stream, Uint8Array.of())).toThrow("byte 0 holds bytes beyond the end; expected FF D8");
  expect(tileJpeg(stream, stream)).toHaveLength(22);
});
