import type { TierWindow } from "@brainatlas/sdk/image";
import type { PictureSource } from "../engine/picture-source.ts";

/** A picture of which windows can be given at any tier. All that the routes know of pixels. */
export interface Picture {
  /** Width of the full resolution, in pixels. */
  readonly width: number;
  /** Height of the full resolution, in pixels. */
  readonly height: number;
  /** The finest tier that is held; finer ones are refused rather than blown up. */
  readonly finestDownsample: number;
  /**
   * Bits in which the value of a channel is held. One of 16 is shown through a window; one of 8 has been through it.
   * @default 8
   */
  readonly bitsPerChannel?: 8 | 16 | undefined;
  /**
   * What is held of each tier, in its pixels, where that is a part of the picture. What lies outside is refused.
   * @default all of it
   */
  readonly held?: readonly TierWindow[] | undefined;
  readonly lastModified: Date;
  /** Changes when the pixels do. */
  readonly tag: string;
  /**
   * Where the pixels come from.
   *
   * @param signal Ends the wait for what is made only now.
   */
  source(signal?: AbortSignal): Promise<PictureSource>;
}
