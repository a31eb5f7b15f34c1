import type { ImageModel } from "../store/atlas-store.ts";

/** What a file does not say of itself. */
export interface ImportOptions {
  /** Id of the image that a picture or drawing shows; by default the digits that its file name starts with. */
  id?: number | undefined;
  /** Class of the image: by default that of its held record, else AtlasImage. */
  model?: ImageModel | undefined;
  /**
   * The tier that a picture holds: how often the full resolution was halved.
   * @default 0
   */
  downsample?: number | undefined;
  /**
   * Whether a picture is the drawn and coloured plate, not the bare stain.
   * @default false
   */
  annotation?: boolean | undefined;
  /** µm a full-resolution pixel, for a record made on the way. */
  resolution?: number | undefined;
  /** Kind of the coloured plate, such as `Atlas - Adult Mouse`; a drawing says its own. */
  imageType?: string | undefined;
}

/** One file on its way into a store. */
export interface ImportSource {
  readonly name: string;
  readonly path: string;
  readonly bytes: Buffer<ArrayBuffer>;
  readonly lastModified: string;
}

/**
 * The id that is meant for a file.
 *
 * @param own The id that the file's content names, where it does.
 */
export function imageIdOf(source: ImportSource, options: ImportOptions, own?: number): number {
  const named = /^\d+/.exec(source.name)?.[0];
  const id = options.id ?? own ?? (named === undefined ? undefined : Number(named));
  if (id !== undefined && Number.isSafeInteger(id) && id > 0) return id;
  throw new Error(
    `Cannot import "${source.path}": it does not say which image it shows; begin its name with the id, as in 100960224.jpg, or give the id (--id), a whole number above 0`,
  );
}
