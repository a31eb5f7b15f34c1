import type { SubImageRecord } from "@brainatlas/sdk/image";
import type { Picture } from "../pixels/picture.ts";
import type { RecordDatabase } from "../records/record-database.ts";
import type { Asset, AssetKind } from "./asset.ts";
import type { StoredDrawing } from "./drawing.ts";
import type { Freshness } from "./kept.ts";

/** Models of the SubImage family that a mirror tells apart; they share one table and one space of ids (reference §1.5). */
export type ImageModel = "AtlasImage" | "SectionImage" | "SubImage";

/** The database row of an image, with the class that the API gives it. */
export interface StoredRecord {
  readonly model: ImageModel;
  readonly row: SubImageRecord;
}

/** An answer of the service as it was recorded: what the same URL is answered with again. */
export interface StoredAnswer {
  readonly status: number;
  /** Header fields to be sent, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where a redirect leads: path and query, without a host. */
  readonly location: string | undefined;
  /** When the content last changed. */
  readonly lastModified: Date | undefined;
  /** Changes when the body does. */
  readonly tag: string;
  /** The entity tag that its source gave it, which then stands for it here too. */
  readonly etag?: string | undefined;
  /** How fresh it is, if it was kept on its way from an upstream. */
  readonly freshness?: Freshness | undefined;
  readonly sizeBytes: number;
  body(): Promise<Uint8Array<ArrayBuffer>>;
  /** The body in pieces, for one that is long. */
  chunks(signal?: AbortSignal): AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** What a mirror answers from: a folder, or the sample atlas. Absence is `undefined`. */
export interface AtlasStore {
  /** Whether its content is made up; every answer says so then. */
  readonly synthetic?: boolean | undefined;
  /** The row of an image. */
  record(id: number): Promise<StoredRecord | undefined>;
  /** The records of all models. */
  records(): Promise<RecordDatabase>;
  /** The picture behind a server path, as the `path` columns have it. Only a key: no path of this machine. */
  picture(path: string): Promise<Picture | undefined>;
  /** The drawing of an image; one without regions where it is known that there are none. */
  drawing(imageId: number): Promise<StoredDrawing | undefined>;
  /** A recorded answer to a path and query. */
  answer(pathAndQuery: string): Promise<StoredAnswer | undefined>;
  /**
   * Whether it may hold recorded answers, which go before what is computed; by default it may not.
   *
   * @param pathAndQuery Then whether it holds one to this.
   */
  holdsAnswers?(pathAndQuery?: string): boolean;
  /**
   * A file that is given out as it is: a grid, a file of the archive or a well-known file, by the name that `assetOfPath()` gives it.
   *
   * @param signal Ends the wait for one that is made only now.
   */
  asset(kind: AssetKind, name: string, signal?: AbortSignal): Promise<Asset | undefined>;
  /** Why there is no such asset, where the store can say more than that it is not held. */
  whyNoAsset?(kind: AssetKind, name: string): string | undefined;
  /** Ends the use of the store: what it holds open is closed, and it answers no more. */
  close(): void;
}
