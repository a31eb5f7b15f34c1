/** A decoded picture. */
export interface Pixels {
  /** Red, green, blue and alpha, 0 to 255, four bytes a pixel, row by row from the upper left. */
  readonly data: Uint8ClampedArray;
  /** Pixels in a row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
}

/** Turns an encoded picture into pixels. What it throws is wrapped in a `DecodeError`. */
export type Decoder = (bytes: Uint8Array, mediaType: string) => Promise<Pixels>;
