import type { TierWindow } from "@brainatlas/sdk/image";

/** Decoded pixels: red, green and blue, 8 bits each, interleaved, row by row from the upper left. */
export interface RawPicture {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A stored picture of which windows can be read at any tier. All that the routes know of pixels. */
export interface Picture {
  /** Width of the full resolution, in pixels. */
  readonly width: number;
  /** Height of the full resolution, in pixels. */
  readonly height: number;
  /** The finest tier that is held; finer ones are refused rather than blown up. */
  readonly finestDownsample: number;
  readonly lastModified: Date;
  /** Changes when the pixels do. */
  readonly tag: string;
  /**
   * Reads a window that lies within the tier.
   *
   * @param signal Gives up where the work comes in parts; the promise rejects with its reason then.
   */
  read(window: TierWindow, signal?: AbortSignal): Promise<RawPicture>;
}
