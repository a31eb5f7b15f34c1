/** One tier of a stored pyramid, cut into tiles of 256 × 256 pixels that lie row by row from the upper left. */
export interface PyramidTier {
  /**
   * In pixels of the tier: those of the tier above, halved, without the fraction (reference §1.5), and at least 1. The file of a picture of 8
   * bits is larger than the picture: what lies beyond it, on the right and below, repeats its edge.
   */
  readonly width: number;
  readonly height: number;
  /** How many tiles lie side by side. */
  readonly columns: number;
  readonly rows: number;
  /** Where each tile's bytes begin in the file. All lie within the file: that is checked. 0 for one that is not held. */
  readonly offsets: Float64Array;
  /** How many bytes each tile has; 0 for one that is not held. */
  readonly sizes: Uint32Array;
  /** The JPEG tables that the tiles share, a stream of its own (SOI, DQT, DHT, EOI); empty for tiles that are no JPEG. */
  readonly tables: Uint8Array;
}

/** What a pyramid file holds, in three channels: red, green and blue, or what JPEG makes of them. */
export interface Pyramid {
  /** `jpeg`: 8 bits, baseline, halved colour (4:2:0). `deflate`: 16 bits, interleaved, little-endian, exact. */
  readonly encoding: "jpeg" | "deflate";
  /** For `deflate`: whether each row holds differences to the pixel on the left (TIFF predictor 2). */
  readonly isDifferenced: boolean;
  /**
   * The finest first. The last fits one tile, or is a single pixel wide or high, beyond which the encoder does not halve; it may be one that
   * `tierCount()` counts further tiers behind: 513 × 300 has tiers of 513, 256 and 128 pixels, of which the file has two. Those are to be
   * halved of the last.
   */
  readonly tiers: readonly PyramidTier[];
}

/** Reads bytes of a file; fewer only at its end. */
export type ReadAt = (offset: number, length: number) => Uint8Array;
