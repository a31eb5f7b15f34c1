import sharp from "sharp";

const SQUARE = 16;

/**
 * Encodes pixels as a JPEG with restarts: each interval is a picture of its own, one row of squares high, whose coded bytes are taken.
 *
 * @param rgb Interleaved RGB; both edges are multiples of 16.
 * @param interval Squares between restarts.
 */
export async function makeRestarted(
  rgb: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
  interval: number,
): Promise<Buffer> {
  const columns = width / SQUARE;
  const count = columns * (height / SQUARE);
  const parts: Buffer[] = [];
  let head = Buffer.of();
  for (let first = 0; first < count; first += interval) {
    const squares = Math.min(interval, count - first);
    const strip = Buffer.alloc(squares * SQUARE * SQUARE * 3);
    for (let index = 0; index < squares; index += 1) {
      const [column, row] = [(first + index) % columns, Math.floor((first + index) / columns)];
      for (let y = 0; y < SQUARE; y += 1) {
        const from = ((row * SQUARE + y) * width + column * SQUARE) * 3;
        strip.set(rgb.subarray(from, from + SQUARE * 3), (y * squares + index) * SQUARE * 3);
      }
    }
    const raw = { width: squares * SQUARE, height: SQUARE, channels: 3 } as const;
    const options = { quality: 88, chromaSubsampling: "4:2:0", optimiseCoding: false };
    const jpeg = await sharp(strip, { raw }).jpeg(options).toBuffer();
    const scan = jpeg.indexOf(Buffer.of(0xff, 0xda));
    const start = scan + 2 + jpeg.readUInt16BE(scan + 2);
    if (first === 0) head = Buffer.from(jpeg.subarray(0, start));
    else parts.push(Buffer.of(0xff, 0xd0 + ((first / interval - 1) % 8)));
    parts.push(jpeg.subarray(start, -2));
  }
  const frame = head.indexOf(Buffer.of(0xff, 0xc0));
  head.writeUInt16BE(height, frame + 5);
  head.writeUInt16BE(width, frame + 7);
  const told = Buffer.of(0xff, 0xdd, 0, 4, interval >> 8, interval & 255);
  const scan = head.length - 14;
  return Buffer.concat([head.subarray(0, scan), told, head.subarray(scan), ...parts, Buffer.of(0xff, 0xd9)]);
}
