import type { ImageBox } from "@brainatlas/sdk/image";
import type { PictureKind } from "../sample/stains.ts";

/** Where the pixels of a picture come from; it can be sent to another thread. */
export type PictureSource = PyramidSource | SampleSource | DrawingSource;

/** A stored pyramid. */
export interface PyramidSource {
  readonly kind: "pyramid";
  /** Path of the file on this machine. Its content never changes: another content has another path. */
  readonly file: string;
}

/** A picture of the sample atlas, made as it is asked for. */
export interface SampleSource {
  readonly kind: "sample";
  /** Id of the plate. */
  readonly plate: number;
  readonly picture: PictureKind;
}

/** A picture that is drawn from an SVG document, on white. */
export interface DrawingSource {
  readonly kind: "drawing";
  readonly svg: string;
  /** Changes when the document does; what was made of it is kept under this. */
  readonly tag: string;
  /** Where the drawing's origin lies in the file, and how large both are at full resolution. */
  readonly box: ImageBox;
  /** SVG drawn on top, in full-resolution pixels of the box. */
  readonly overlay?: string | undefined;
}
