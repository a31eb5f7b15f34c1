// Whether two servers give the same picture: whoever is fast and wrong is not fast.
import sharp from "sharp";

/**
 * Brightness of a picture.
 *
 * @param {Uint8Array | import("sharp").Sharp} picture An encoded picture, or one that sharp is to make.
 * @returns {Promise<{ data: Buffer, width: number, height: number }>}
 */
export async function brightnessOf(picture) {
  const image = picture instanceof Uint8Array ? sharp(picture, { limitInputPixels: false }) : picture;
  const { data, info } = await image.greyscale().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** A window of a tier of a pyramid file, as sharp reads it. */
export function windowOf(
  /** @type {string} */ pyramid,
  /** @type {import("./image-paths.mjs").Window} */ { tier, ...box },
) {
  return sharp(pyramid, { page: tier, limitInputPixels: false }).extract(box);
}

/**
 * Mean difference of two pictures of a size.
 *
 * @param {Awaited<ReturnType<typeof brightnessOf>>} one
 * @param {Awaited<ReturnType<typeof brightnessOf>>} other
 * @param {number} [shift] Pixels that the other is taken further to the right.
 */
export function differenceOf(one, other, shift = 0) {
  if (one.width !== other.width || one.height !== other.height) {
    throw new Error(
      `Cannot compare pictures of ${one.width} × ${one.height} and ${other.width} × ${other.height} pixels`,
    );
  }
  let sum = 0;
  const columns = one.width - shift;
  for (let row = 0; row < one.height; row += 1) {
    const start = row * one.width;
    for (let column = 0; column < columns; column += 1) {
      sum += Math.abs(one.data[start + column] - other.data[start + column + shift]);
    }
  }
  return sum / (columns * one.height);
}
