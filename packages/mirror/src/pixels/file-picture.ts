import { type TierWindow, tierSize } from "@brainatlas/sdk/image";
import sharp from "sharp";
import type { Picture, RawPicture } from "./picture.ts";

/** An encoded picture that holds one tier of a file. */
export interface FilePictureSource {
  /** Width of the full resolution, in pixels. */
  readonly width: number;
  /** Height of the full resolution, in pixels. */
  readonly height: number;
  /** The tier that the bytes hold. */
  readonly downsample: number;
  readonly lastModified: Date;
  readonly tag: string;
  bytes(): Promise<Uint8Array>;
}

/** A picture read from an encoded file, decoded anew for each window. */
export function filePicture(source: FilePictureSource): Picture {
  return {
    width: source.width,
    height: source.height,
    finestDownsample: source.downsample,
    lastModified: source.lastModified,
    tag: source.tag,
    read: async (window) => await readWindow(source, window),
  };
}

async function readWindow(source: FilePictureSource, window: TierWindow): Promise<RawPicture> {
  const factor = 2 ** (window.downsample - source.downsample);
  const fileWidth = tierSize(source.width, source.downsample);
  const fileHeight = tierSize(source.height, source.downsample);
  const left = window.left * factor;
  const top = window.top * factor;
  const { data, info } = await sharp(await source.bytes(), { limitInputPixels: false, sequentialRead: true })
    .extract({
      left,
      top,
      width: Math.min(window.width * factor, fileWidth - left),
      height: Math.min(window.height * factor, fileHeight - top),
    })
    .resize(window.width, window.height, { fit: "fill", kernel: "cubic" })
    .flatten({ background: "white" })
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
