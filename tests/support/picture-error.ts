import sharp from "sharp";
import { decodePlain, type PlainPixels } from "./plain-image.ts";

/** Root of the mean squared difference of two pictures of a size, over all channels. */
export function errorOf(one: PlainPixels, other: PlainPixels): number {
  let sum = 0;
  for (let index = 0; index < one.data.length; index += 1) {
    sum += ((one.data[index] ?? 0) - (other.data[index] ?? 0)) ** 2;
  }
  return Math.sqrt(sum / one.data.length);
}

/** The largest difference of two pictures of a size, in any channel. */
export function largestDifference(one: PlainPixels, other: PlainPixels): number {
  let largest = 0;
  for (let index = 0; index < one.data.length; index += 1) {
    largest = Math.max(largest, Math.abs((one.data[index] ?? 0) - (other.data[index] ?? 0)));
  }
  return largest;
}

/** The error that a well-known encoder makes of the same pixels at a quality. */
export async function encodingError(pixels: PlainPixels, quality: number): Promise<number> {
  const { width, height, data } = pixels;
  const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: Math.max(1, quality), chromaSubsampling: "4:2:0", optimiseCoding: false })
    .toBuffer();
  return errorOf(pixels, decodePlain(jpeg));
}

/** Whether a picture is closer to what it should be as it is than when it is shifted by a pixel in any direction. */
export function isUnshifted(expected: PlainPixels, given: PlainPixels): boolean {
  const own = shiftedError(expected, given, 0, 0);
  for (let down = -1; down <= 1; down += 1) {
    for (let right = -1; right <= 1; right += 1) {
      if ((right !== 0 || down !== 0) && shiftedError(expected, given, right, down) <= own) return false;
    }
  }
  return true;
}

/** Whether a picture has so much in it that a shift shows against an error of that size. */
export function showsShifts(pixels: PlainPixels, error: number): boolean {
  if (Math.min(pixels.width, pixels.height) < 16) return false;
  const steps = [shiftedError(pixels, pixels, 1, 0), shiftedError(pixels, pixels, 0, 1)];
  return Math.min(...steps) > 2 * error ** 2;
}

/** Mean squared difference of brightness, where both have a pixel and none is at the edge. */
function shiftedError(expected: PlainPixels, given: PlainPixels, right: number, down: number): number {
  const { width, height } = expected;
  let sum = 0;
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      sum += (brightness(expected, y * width + x) - brightness(given, (y + down) * width + x + right)) ** 2;
    }
  }
  return sum / ((width - 2) * (height - 2));
}

function brightness({ data }: PlainPixels, pixel: number): number {
  return ((data[pixel * 3] ?? 0) + 2 * (data[pixel * 3 + 1] ?? 0) + (data[pixel * 3 + 2] ?? 0)) / 4;
}
