import type { ImageBox, TierWindow } from "@brainatlas/sdk/image";
import sharp from "sharp";
import { RequestError } from "../failures.ts";
import type { Picture, RawPicture } from "./picture.ts";
import { readSvgRoot } from "./svg-root.ts";

/** Longest edge that the renderer's surfaces have. */
const MAX_EDGE_PX = 32_000;

/** A drawing and the box in its file that it covers. */
export interface DrawingSource {
  /** @param signal Ends the wait for one that is made only now. */
  svg(signal?: AbortSignal): Promise<string>;
  /** Where the drawing's origin lies in the file, and how large both are at full resolution. */
  readonly box: ImageBox;
  readonly lastModified: Date;
  readonly tag: string;
  /** SVG drawn on top, in full-resolution pixels of the box. */
  readonly overlay?: string | undefined;
}

/**
 * A picture rasterised from an SVG drawing, at the tier that is asked for and only the window of it, on white.
 *
 * A drawing's coordinates are full-resolution pixels of the section's box, times the scale of its own document
 * (reference §2.1).
 */
export function drawnPicture(source: DrawingSource): Picture {
  return {
    width: source.box.image_width,
    height: source.box.image_height,
    finestDownsample: 0,
    lastModified: source.lastModified,
    tag: source.tag,
    read: async (window, signal) => await rasterise(source, window, signal),
  };
}

async function rasterise(
  { svg, box, overlay }: DrawingSource,
  window: TierWindow,
  signal: AbortSignal | undefined,
): Promise<RawPicture> {
  if (Math.max(window.width, window.height) > MAX_EDGE_PX) {
    throw new RequestError(
      `Cannot draw ${window.width} × ${window.height} pixels at once; give edges of at most ${MAX_EDGE_PX}`,
    );
  }
  const root = readSvgRoot(await svg(signal));
  // Documents are scaled by powers of two; their printed sizes have lost the fraction.
  const documentScale = 2 ** Math.round(Math.log2(root.width / box.width));
  const scale = 2 ** window.downsample;
  const view = [
    (window.left * scale - box.x) * documentScale,
    (window.top * scale - box.y) * documentScale,
    window.width * scale * documentScale,
    window.height * scale * documentScale,
  ];
  const onTop = overlay === undefined ? "" : `<g transform="scale(${documentScale})">${overlay}</g>`;
  const framed = `<svg xmlns="http://www.w3.org/2000/svg" width="${window.width}" height="${window.height}" viewBox="${view.join(" ")}" preserveAspectRatio="none">${root.content}${onTop}</svg>`;
  const { data, info } = await sharp(Buffer.from(framed), { limitInputPixels: false, unlimited: true })
    .flatten({ background: "white" })
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
