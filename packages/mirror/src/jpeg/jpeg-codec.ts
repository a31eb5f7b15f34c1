/** A rectangle of a tier and the tiles that it is cut from. */
export interface TilePlan {
  /** The tables that the tiles share, as `PyramidTier.tables` has them. */
  readonly tables: Uint8Array;
  /** Where the rectangle begins in its first tile, in pixels, 0 to 255. */
  readonly left: number;
  readonly top: number;
  /** Size of the rectangle in pixels. */
  readonly width: number;
  readonly height: number;
}

/** A tile to be read, or taken from those that have been read already. */
export interface TileInput {
  /** Names the tile, for as long as the codec lives. */
  readonly key: string;
  /** The stored bytes, an abbreviated JPEG of 256 × 256 pixels without tables. */
  bytes(): Uint8Array;
}

/** A picture that is being encoded. */
export interface JpegEncoder {
  /** Takes whole rows of interleaved RGB, any number of them, and gives the bytes that are ready, perhaps none. */
  write(rgb: Uint8Array): Uint8Array;
  /** Gives the rest. */
  end(): Uint8Array;
}

/**
 * Works on tiles of stored pyramids in WebAssembly. One piece of work at a time: a generator is read to its end, or ended, before the
 * next begins; only an encoder may take meanwhile what `decode` gives. Memory does not grow with the picture: what is given comes in
 * bands.
 *
 * Tiles come as rows of tiles: all that the rectangle touches in one row of tiles, left to right; rows from the top.
 * All throw a `DecodeError` for a tile that is damaged.
 */
export interface JpegCodec {
  /**
   * Cuts a rectangle out without decoding it: the very coefficients of the tiles as one JPEG. Its left and top are on the grid of 16 pixels.
   */
  join(plan: TilePlan, rows: Iterable<readonly TileInput[]>): Generator<Uint8Array>;
  /**
   * Cuts any rectangle out, exact to the pixel: decoded, cropped and encoded again.
   *
   * Colour stays at half resolution all the way, so that an even offset changes none of its samples.
   *
   * @param quality 0 to 100; without it the tables of the tiles.
   */
  recode(plan: TilePlan, rows: Iterable<readonly TileInput[]>, quality?: number): Generator<Uint8Array>;
  /** Decodes any rectangle to interleaved RGB, in bands of whole rows. A colour sample fills its 2 × 2 pixels. */
  decode(plan: TilePlan, rows: Iterable<readonly TileInput[]>): Generator<Uint8Array>;
  /** @param quality 0 to 100; 0 is encoded as 1, the least that the tables have. */
  encoder(width: number, height: number, quality: number): JpegEncoder;
}
