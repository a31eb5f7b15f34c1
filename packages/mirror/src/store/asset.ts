import { webcrypto } from "node:crypto";
import {
  EXPRESSION_VOLUMES,
  type ExpressionGridRequest,
  type ExpressionVolume,
  type ProjectionGridRequest,
  parseExpressionGridPath,
  parseProjectionGridPath,
} from "@brainatlas/sdk/volume";
import type { Freshness } from "./kept.ts";

/** Which file a name means: a grid of an experiment, a file of the archive by its path below it, or a well-known file by its id. */
export const ASSET_KINDS: readonly ["grid", "archive", "file"] = ["grid", "archive", "file"];
export type AssetKind = (typeof ASSET_KINDS)[number];

/** A file that is given out as it is, whole or in parts. */
export interface Asset {
  readonly mediaType: string;
  /** Name for the client's file: no path. */
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly lastModified: Date;
  /** Changes when the bytes do. */
  readonly tag: string;
  /** The entity tag that its source gave it, which then stands for it here too. */
  readonly etag?: string | undefined;
  /** How fresh it is, if it was kept on its way from an upstream. */
  readonly freshness?: Freshness | undefined;
  /** Whether the bytes were made here rather than kept as they came. */
  readonly isComputed: boolean;
  /** Bytes from `start` to before `end`, in chunks; ends what it holds open when the loop is left or the signal aborts. */
  read(start: number, end: number, signal?: AbortSignal): AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** Largest piece that is held at once, in bytes. */
export const CHUNK_BYTES: number = 256 * 1024;

const ARCHIVE_ROOT = "/informatics-archive/";
const FILE_PATH = /^\/api\/v2\/well_known_file_download\/0*(\d{1,15})$/;

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  zip: "application/zip",
  obj: "model/obj",
  json: "application/json",
  xml: "application/xml",
};

/** Media type by the ending of a name; what the service says of NRRD, zip and the others is unknown (reference §10). */
export function assetMediaType(name: string): string {
  return MEDIA_TYPES[name.slice(name.lastIndexOf(".") + 1).toLowerCase()] ?? "application/octet-stream";
}

/** Name of the zip of an expression grid: volumes count in one order, however they are asked for. */
export function expressionGridName({ dataSetId, include }: ExpressionGridRequest): string {
  const volumes = EXPRESSION_VOLUMES.filter((volume) => include.includes(volume));
  return volumes.length === 0 ? `${dataSetId}.zip` : `${dataSetId}-${volumes.join(",")}.zip`;
}

/** The volumes that the name of a zip of an expression grid promises; `undefined` for other names. */
export function parseExpressionGridName(name: string): ExpressionGridRequest | undefined {
  const [, id = "", volumes] = /^(\d+)(?:-([a-z,]+))?\.zip$/.exec(name) ?? [];
  if (id === "") return undefined;
  // Names are made by expressionGridName() alone.
  return { dataSetId: Number(id), include: volumes === undefined ? [] : (volumes.split(",") as ExpressionVolume[]) };
}

/** Name of one volume of a connectivity experiment. */
export function projectionGridName({ dataSetId, image, resolutionUm }: ProjectionGridRequest): string {
  return `${dataSetId}/${image}_${resolutionUm}.nrrd`;
}

/**
 * The asset that a path with its query means; `undefined` when the path is none of an asset. Marks of the path may be encoded, as clients do.
 *
 * @throws {RangeError} If it asks for a volume or a resolution that there is not.
 * @example assetOfPath("/api/v2/well_known_file_download/7") // → { kind: "file", name: "7" }
 */
export function assetOfPath(target: string): { readonly kind: AssetKind; readonly name: string } | undefined {
  const queryStart = target.includes("?") ? target.indexOf("?") : target.length;
  const path = decoded(target.slice(0, queryStart));
  const id = FILE_PATH.exec(path)?.[1];
  if (id !== undefined) return { kind: "file", name: id };
  if (path.startsWith(ARCHIVE_ROOT)) {
    const name = path.slice(ARCHIVE_ROOT.length);
    // A folder is no file.
    return name === "" || name.endsWith("/") ? undefined : { kind: "archive", name };
  }
  // A mark that was encoded begins no query.
  return path.includes("?") ? undefined : gridOfPath(path + target.slice(queryStart));
}

function gridOfPath(target: string): { readonly kind: AssetKind; readonly name: string } | undefined {
  const expression = parseExpressionGridPath(target);
  if (expression !== undefined) return { kind: "grid", name: expressionGridName(expression) };
  const projection = parseProjectionGridPath(target);
  return projection && { kind: "grid", name: projectionGridName(projection) };
}

/** What cannot be decoded is taken as it is. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Bytes that are held whole as an asset; what is read of it are copies. */
export async function assetOfBytes(
  bytes: Uint8Array<ArrayBuffer>,
  { fileName, lastModified }: Pick<Asset, "fileName" | "lastModified">,
): Promise<Asset> {
  return {
    mediaType: assetMediaType(fileName),
    fileName,
    lastModified,
    // Computed beside the loop: others have their turn meanwhile.
    tag: Buffer.from(await webcrypto.subtle.digest("SHA-256", bytes)).toString("hex"),
    sizeBytes: bytes.byteLength,
    isComputed: true,
    async *read(start, end, signal) {
      for (let from = start; from < end; from += CHUNK_BYTES) {
        signal?.throwIfAborted();
        yield bytes.slice(from, Math.min(end, from + CHUNK_BYTES));
      }
    },
  };
}
