import sharp from "sharp";

/** A made picture with something in it everywhere, as tissue has, and no two places alike; the same each time. As PNG. */
export async function makeTexture(width: number, height: number): Promise<Buffer> {
  const data = new Uint8Array(width * height * 3);
  const [fine, coarse] = [createNoise(3, 1), createNoise(29, 2)];
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 3) {
      const [speck, stain] = [fine(x, y), coarse(x, y)];
      data[at] = 90 + 70 * speck + 90 * stain;
      data[at + 1] = 60 + 90 * speck + (70 * x) / width;
      data[at + 2] = 70 + 60 * speck + 70 * stain + (50 * y) / height;
    }
  }
  return await sharp(data, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/** Values from 0 to 1 that run from one corner of a square to the next. */
function createNoise(edgePx: number, seed: number): (x: number, y: number) => number {
  const corner = (column: number, row: number): number => {
    const mixed = Math.imul(Math.imul(column, 0x9e37) ^ Math.imul(row, 0x79b9) ^ seed, 0x2c1b3c6d);
    return (Math.imul(mixed ^ (mixed >>> 15), 0x297a2d39) >>> 8) / 2 ** 24;
  };
  return (x, y) => {
    const [column, row] = [Math.floor(x / edgePx), Math.floor(y / edgePx)];
    const [right, down] = [(x % edgePx) / edgePx, (y % edgePx) / edgePx];
    const upper = corner(column, row) * (1 - right) + corner(column + 1, row) * right;
    const lower = corner(column, row + 1) * (1 - right) + corner(column + 1, row + 1) * right;
    return upper * (1 - down) + lower * down;
  };
}
