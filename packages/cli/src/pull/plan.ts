import type { ImageService, SubImageRecord } from "@brainatlas/sdk/image";

/** Which picture of an image is meant. */
export type PictureView = "primary" | "annotation" | "expression" | "projection";

/** A picture, of which a store takes all tiers and a folder one. */
export interface PullPicture {
  readonly kind: "picture";
  readonly service: ImageService;
  readonly view: PictureView;
  /** The row of its image: where it lies in its file, and how large that is. */
  readonly record: SubImageRecord;
  /** Path of the stored file at the server; a store has it under this name. */
  readonly path: string;
  /** Id of the atlas whose drawing is meant, where the service has to be told. */
  readonly atlas?: number | undefined;
  /** Name of its file in a folder, without an ending: `plates/0001_100883869`. */
  readonly name: string;
}

/** The drawing of an image. */
export interface PullDrawing {
  readonly kind: "drawing";
  readonly imageId: number;
  /** Name of its file in a folder: `drawings/0001_100883869.svg`. */
  readonly name: string;
}

/** A file that is given out as it is: a grid, a volume, a mesh, a well-known file. */
export interface PullAsset {
  readonly kind: "asset";
  readonly url: string;
  /** Path and query at which a mirror gives it out. */
  readonly urlPath: string;
  /** Name of its file in a folder, whose ending says what it has to be: `grids/69289763.zip`. */
  readonly name: string;
}

/** One thing that a pull brings. */
export type PullThing = PullPicture | PullDrawing | PullAsset;

/** Rows that a pull brings, complete, as the API gave them. */
export interface PullRecords {
  /** The query that they answer, as RMA, without paging. */
  readonly query: string;
  readonly model: string;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Name of their files without folder and ending: `atlas_images`. */
  readonly name: string;
}

/** What a pull brings: made by asking, before anything of it is downloaded. */
export interface PullPlan {
  /** What it is, for the reader: `atlas 1, Mouse, P56, Coronal`. */
  readonly title: string;
  /** Folder of its records, `atlas-1`: another for whatever has other records. */
  readonly name: string;
  readonly things: readonly PullThing[];
  readonly records: readonly PullRecords[];
  /** What there is and is left out, and why: said to the reader before it starts. */
  readonly notes: readonly string[];
  /** What was asked for by its id and is not there, one a line; the rest is pulled all the same. */
  readonly unknown?: readonly string[] | undefined;
  /** Whether what answered says that its content is made up. */
  readonly isSynthetic: boolean;
}
