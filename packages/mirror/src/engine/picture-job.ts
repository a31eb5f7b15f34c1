import type { TierWindow } from "@brainatlas/sdk/image";
import type { PixelFilters } from "../pixels/filters.ts";
import type { PictureSource } from "./picture-source.ts";

/** What is to be made of a picture; it can be sent to another thread. */
export interface PictureJob {
  readonly source: PictureSource;
  /** Lies within its tier. The finest tier that is held counts as it does in the window: 0 is the full resolution of the picture. */
  readonly window: TierWindow;
  /** The finest tier that the source holds. */
  readonly finestDownsample: number;
  /** Quality of a JPEG, 0 to 100; without it that of the stored tiles. */
  readonly quality?: number | undefined;
  readonly filters?: PixelFilters | undefined;
  /** What is done to the pixels of the window; without it they are given as a JPEG as they are. */
  readonly finish?: PictureFinish | undefined;
}

/** What is done to a window's pixels after the filters, in this order (IIIF Image API 3.0 §4: size, rotation, quality, format). */
export interface PictureFinish {
  /** Size after scaling, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Mirrored left to right before it is turned. */
  readonly isMirrored: boolean;
  /** Clockwise, 0 to 360. */
  readonly turnDeg: number;
  readonly tone: "color" | "gray" | "bitonal";
  readonly format: PictureFormat;
  /** Edge of a pixel after scaling, in µm, for formats that say it; without it they say none. */
  readonly pixelUm?: number | undefined;
}

/** Formats that can be given, by the extensions that IIIF has for them. */
export const PICTURE_FORMATS = { jpg: "image/jpeg", png: "image/png", webp: "image/webp", tif: "image/tiff" } as const;
export type PictureFormat = keyof typeof PICTURE_FORMATS;

/**
 * How a picture was made, as a header says it: stored bytes of one tile; tiles joined without decoding; decoded, cropped and encoded
 * again; filtered; decoded and encoded without a filter (16 bits, and a tier that is halved from the last); drawn from SVG; made by the sample; given in another size, form or turn.
 */
export type PicturePath = "tile" | "join" | "recode" | "filter" | "decode" | "draw" | "sample" | "finish";
