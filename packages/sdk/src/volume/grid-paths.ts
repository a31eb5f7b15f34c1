import { checkCount } from "../check.ts";
import {
  checkName,
  checkResolution,
  EXPRESSION_VOLUMES,
  type ExpressionVolume,
  PROJECTION_IMAGES,
  type ProjectionVolume,
  type ResolutionUm,
} from "./volume-names.ts";

/** Which volumes of an expression grid are asked for; none for the service's default, energy with a `data_set.xml`. */
export interface ExpressionGridRequest {
  /** SectionDataSet id. */
  readonly dataSetId: number;
  readonly include: readonly ExpressionVolume[];
}

/** Which volume of a connectivity experiment is asked for. */
export interface ProjectionGridRequest {
  /** SectionDataSet id. */
  readonly dataSetId: number;
  readonly image: ProjectionVolume;
  readonly resolutionUm: ResolutionUm;
}

/** What one volume of a connectivity experiment is asked for by. */
export interface ProjectionGridOptions {
  /** @default "projection_density" */
  readonly image?: ProjectionVolume | undefined;
  /** Edge of a voxel, in µm. @default 100 */
  readonly resolutionUm?: ResolutionUm | undefined;
}

const EXPRESSION = "/grid_data/download/";
const PROJECTION = "/grid_data/download_file/";

/**
 * Path of the zip of an expression grid.
 *
 * @param dataSetId SectionDataSet id.
 * @throws {RangeError} If the id or a name is none.
 * @example printExpressionGridPath(183282970, ["energy", "intensity"]) // → "/grid_data/download/183282970?include=energy,intensity"
 */
export function printExpressionGridPath(dataSetId: number, include: readonly ExpressionVolume[] = []): string {
  const path = EXPRESSION + checkCount("dataSetId", dataSetId, 0);
  const names = include.map((name) => checkName("volume", name, EXPRESSION_VOLUMES));
  return names.length === 0 ? path : `${path}?include=${names.join(",")}`;
}

/**
 * Path of one volume of a connectivity experiment.
 *
 * @param dataSetId SectionDataSet id.
 * @throws {RangeError} If the id, the name or the resolution is none.
 * @example printProjectionGridPath(1, { resolutionUm: 25 }) // → "/grid_data/download_file/1?image=projection_density&resolution=25"
 */
export function printProjectionGridPath(dataSetId: number, options: ProjectionGridOptions = {}): string {
  const { image = PROJECTION_IMAGES[0], resolutionUm = 100 } = options;
  const path = PROJECTION + checkCount("dataSetId", dataSetId, 0);
  return `${path}?image=${checkName("image", image, PROJECTION_IMAGES)}&resolution=${checkResolution(resolutionUm)}`;
}

/**
 * Reads the path of an expression grid, with its query; `undefined` when it is none. Further parameters are passed over; so is an
 * `&include=` without a `?` before it, which the service was seen to ignore (reference §6.1).
 *
 * @throws {RangeError} If a volume that is asked for is none.
 * @example parseExpressionGridPath("/grid_data/download/7?include=energy") // → { dataSetId: 7, include: ["energy"] }
 */
export function parseExpressionGridPath(path: string): ExpressionGridRequest | undefined {
  const [dataSetId, query] = readGridPath(path, EXPRESSION, "(?:&[^?]*)?");
  if (dataSetId === undefined) return undefined;
  const names = (query.get("include") ?? "").split(",").filter((name) => name !== "");
  const include = [...new Set(names)].map((name) => checkName("volume", name, EXPRESSION_VOLUMES));
  return { dataSetId, include };
}

/**
 * Reads the path of a volume of a connectivity experiment, with its query; `undefined` when it is none. Without an image it is
 * `projection_density` (*inferred* in the reference), without a resolution 100 µm.
 *
 * @throws {RangeError} If the image or the resolution is none.
 * @example parseProjectionGridPath("/grid_data/download_file/7")?.image // → "projection_density"
 */
export function parseProjectionGridPath(path: string): ProjectionGridRequest | undefined {
  const [dataSetId, query] = readGridPath(path, PROJECTION);
  if (dataSetId === undefined) return undefined;
  const image = checkName("image", query.get("image") || PROJECTION_IMAGES[0], PROJECTION_IMAGES);
  const resolution = query.get("resolution") || "100";
  // Only plain digits: `Number` would read " 25" and "1e2" too.
  const resolutionUm = checkResolution(/^\d+$/.test(resolution) ? Number(resolution) : resolution);
  return { dataSetId, image, resolutionUm };
}

function readGridPath(path: string, prefix: string, tail = ""): [number | undefined, URLSearchParams] {
  const [, id = "", query = ""] = new RegExp(`^${prefix}(\\d{1,15})${tail}(?:\\?(.*))?$`, "s").exec(path) ?? [];
  return [id === "" ? undefined : Number(id), new URLSearchParams(query)];
}
