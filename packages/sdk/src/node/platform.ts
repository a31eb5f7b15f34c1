import { UnsupportedError } from "../errors.ts";
import type { Pixels } from "../pixels.ts";
import { writeFileWhole } from "./write-file-whole.ts";

/** Decodes with sharp, which the user installs: this package has no dependencies. */
export async function decode(bytes: Uint8Array, _mediaType: string): Promise<Pixels> {
  const { default: sharp } = await loadSharp();
  const { data, info } = await sharp(bytes, { limitInputPixels: false, failOn: "truncated" })
    .toColourspace("srgb")
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength),
    width: info.width,
    height: info.height,
  };
}

/** Writes a file that has its name only when it is complete. */
export function writeFile(path: string, bytes: Uint8Array): Promise<void> {
  return writeFileWhole(path, bytes);
}

async function loadSharp(): Promise<typeof import("sharp")> {
  try {
    return await import("sharp");
  } catch (cause) {
    throw new UnsupportedError(
      "pixels()",
      'the optional package "sharp" is not installed; run "npm install sharp", or give a decoder option',
      { cause },
    );
  }
}
