import { stat } from "node:fs/promises";
import type { ImageModel } from "../store/atlas-store.ts";
import type { StoreEntry } from "../store/entries.ts";

/** What a file does not say of itself. */
export interface ImportOptions {
  /**
   * Id of the image that a picture or drawing shows, of the data set of a grid, of the structure of a mesh, or of a well-known file; by
   * default what the file says, or the digits that its name starts with.
   */
  id?: number | undefined;
  /**
   * Model of the rows in a file, such as `SectionDataSet`, where neither the file nor its columns tell; or class of the image that
   * a picture or drawing shows, by default that of its held record, else AtlasImage.
   */
  model?: string | undefined;
  /** The query that a file of rows answers, as RMA or as a URL: it names the model, and what the columns of flat rows are. */
  query?: string | undefined;
  /** Id of the structure graph in a file; by default what the file says, or the digits that its name starts with. */
  graph?: number | undefined;
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
  /** Id of the well-known file that a file of any kind is. */
  file?: number | undefined;
  /** Path of the API, or of the archive, at which a file of any kind is served, such as `/informatics-archive/…`. */
  urlPath?: string | undefined;
  /**
   * Release of an annotation volume.
   * @default the name of its folder if that is one, else "ccf_2017"
   */
  release?: string | undefined;
  /**
   * Whether the content is made up: it goes only into a store that is empty, which is marked as synthetic then, or that is marked.
   * @default false
   */
  synthetic?: boolean | undefined;
}

/** What was put. */
export interface ImportSummary {
  readonly entries: readonly StoreEntry[];
  /** Rows by model, those in other rows too. */
  readonly models: Readonly<Record<string, number>>;
}

/** What is known of a file before it is read. */
export interface FileFacts {
  /** Name of its content: that of a packed file without the ending. */
  readonly name: string;
  readonly path: string;
  readonly lastModified: string;
}

/** What the words of an error name: a file, or where rows come from. */
export type NamedSource = Pick<FileFacts, "path">;

/** One file on its way into a store. */
export interface ImportSource extends FileFacts {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A picture on its way into a store: it is never in memory as a whole. */
export interface PictureFile extends FileFacts {
  /** Where its pixels are read from: another file if it was packed. */
  readonly contentPath: string;
}

/** A file that is given out as it is, on its way into a store. */
export interface AssetSource {
  readonly path: string;
  readonly name: string;
  /** Name of the folder that it lies in. */
  readonly folder: string;
  readonly sizeBytes: number;
  readonly lastModified: string;
  /** Its first bytes. */
  readonly head: Uint8Array<ArrayBuffer>;
}

/** The error that a file is not put. */
export function importError({ path }: NamedSource, reason: string, cause?: unknown): Error {
  return new Error(`Cannot import "${path}": ${reason}`, { cause });
}

/**
 * What the system says of a file.
 *
 * @throws {Error} If there is none, or it may not be looked at.
 */
export async function statFile(path: string): Promise<{ readonly size: number; readonly mtime: Date }> {
  const facts = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    const isMissing = cause.code === "ENOENT" || cause.code === "ENOTDIR";
    const reason = isMissing ? "there is no such file; check the path" : `the system refuses it (${cause.code})`;
    throw importError({ path }, reason, cause);
  });
  if (!facts.isFile()) throw importError({ path }, "it is no file; name the files in it");
  return facts;
}

/**
 * The id of what a file that is given out as it is belongs to.
 *
 * @param given Counts before what the file says.
 * @param digits What the file says, by its content or its name.
 * @param lacking What to say when neither does.
 * @throws {RangeError} If the one given is none.
 */
export function assetIdOf(
  source: Pick<AssetSource, "path">,
  given: number | undefined,
  digits: string | undefined,
  lacking: string,
): number {
  if (given !== undefined) {
    if (Number.isSafeInteger(given) && given > 0) return given;
    throw new RangeError(`Cannot use id ${given}; give a whole number of 1 or more`);
  }
  if (digits === undefined) throw importError(source, lacking);
  if (Number(digits) > 0) return Number(digits);
  throw importError(source, `it says that its id is ${digits}; give the id that it has, a whole number of 1 or more`);
}

/**
 * The id that is meant for a file.
 *
 * @param own The id that the file's content names, where it does.
 */
export function imageIdOf(source: FileFacts, options: ImportOptions, own?: number): number {
  const named = /^\d+/.exec(source.name)?.[0];
  const id = options.id ?? own ?? (named === undefined ? undefined : Number(named));
  if (id !== undefined && Number.isSafeInteger(id) && id > 0) return id;
  throw importError(
    source,
    "it does not say which image it shows; begin its name with the id, as in 100960224.jpg, or give the id (--id), a whole number above 0",
  );
}

const IMAGE_MODELS: readonly string[] = ["AtlasImage", "SectionImage", "SubImage"] satisfies ImageModel[];

/** Whether a model is one of the classes that pictures are served of. */
export function isImageModel(model: string): model is ImageModel {
  return IMAGE_MODELS.includes(model);
}

/**
 * The class that is given for the image that a file shows.
 *
 * @throws {TypeError} If it is the model of other records.
 */
export function imageModelOf({ model }: ImportOptions): ImageModel | undefined {
  if (model === undefined || isImageModel(model)) return model;
  throw new TypeError(`Cannot use the model "${model}" for an image; give one of ${IMAGE_MODELS.join(", ")}`);
}
