/** How far a picture that is fetched as regions is. */
export interface RegionsProgress {
  /** Regions that are joined. */
  readonly regions: number;
  /** Regions of the whole picture. */
  readonly totalRegions: number;
  /** Bytes of the regions so far, as they came. */
  readonly receivedBytes: number;
}

/** How a picture is fetched as regions. */
export interface RegionsOptions {
  /**
   * Largest width and height of a region, in pixels of the tier; a multiple of 16.
   * @default 4096
   */
  readonly regionPx?: number | undefined;
  /**
   * Regions that are asked for at once, within the limit of the client.
   * @default 4
   */
  readonly concurrency?: number | undefined;
  /**
   * Quality of a JPEG that is written, 1 to 100.
   * @default 90
   */
  readonly quality?: number | undefined;
  /** Ends the call, which rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Is told of each region that is joined. */
  readonly onProgress?: ((progress: RegionsProgress) => void) | undefined;
}

/** A picture that was fetched as regions. */
export interface JoinedPicture {
  /** Absolute path. */
  readonly path: string;
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** The tier that it is of: the one that was asked for, or the smallest that there is. */
  readonly downsample: number;
  /** Regions that it was fetched as. */
  readonly regions: number;
  /** Bytes of the regions, as they came. */
  readonly receivedBytes: number;
  /** Header fields of the last region's answer, in which a mirror says where it is from. */
  readonly headers: Headers;
}
