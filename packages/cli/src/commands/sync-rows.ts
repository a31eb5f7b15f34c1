import type { SyncPlace } from "@brainatlas/sdk";
import type { Api } from "../api.ts";
import type { Row } from "../output/fields.ts";
import type { PointBatch, PointOptions } from "../points.ts";
import type { RowOptions } from "../rows.ts";

/** Which service maps points. */
export type SyncService =
  | "image-to-image"
  | "image-to-image-2d"
  | "image-to-atlas"
  | "image-to-reference"
  | "reference-to-image";

/** Options of `brainatlas sync` for points, each as on the command line. */
export interface SyncPointOptions extends RowOptions, PointOptions {
  readonly service: SyncService;
  /** Image that points are of, or reference space. */
  readonly id: number;
  readonly dataSets?: readonly number[] | undefined;
  readonly images?: readonly number[] | undefined;
  readonly atlas?: number | undefined;
  readonly local?: boolean | undefined;
  readonly remote?: boolean | undefined;
}

/** Adds to points what is found for them: one row a point and target. */
export type Mapper = (batch: PointBatch) => Promise<Row[]> | Row[];

/** What is told beside the rows. */
export interface Findings {
  /** Rows for which no image was found, though their targets are there. */
  none: number;
  /** Ids of targets that are not there, or not aligned. */
  readonly missing: Set<number>;
}

const POINT_COLUMNS = ["x_um", "y_um", "z_um"];
const PLACE_COLUMNS = ["section_image_id", "section_number", "x_px", "y_px"];

const ADDED: Readonly<Record<SyncService, readonly string[]>> = {
  "image-to-image": ["section_data_set_id", ...PLACE_COLUMNS],
  "image-to-image-2d": PLACE_COLUMNS,
  "image-to-atlas": PLACE_COLUMNS,
  "image-to-reference": POINT_COLUMNS,
  "reference-to-image": ["section_data_set_id", ...PLACE_COLUMNS],
};

/** Columns that the answer adds. The service does not say which space its points are in; the alignments do. */
export function addedColumns(service: SyncService, isLocal: boolean): readonly string[] {
  const isInSpace = service === "image-to-reference" && isLocal;
  return isInSpace ? [...ADDED[service], "reference_space_id"] : ADDED[service];
}

/** The cells of a place; empty where there is none. */
export function placeColumns(place: SyncPlace | undefined): Record<string, number | null> {
  return {
    section_image_id: place?.imageId ?? null,
    section_number: place?.sectionNumber ?? null,
    x_px: place?.x ?? null,
    y_px: place?.y ?? null,
  };
}

/** The targets of a service, of which commander has seen to it that they are given. */
export function targetsOf({ dataSets = [], images = [], atlas = 0 }: SyncPointOptions): {
  readonly dataSets: readonly number[];
  readonly images: readonly number[];
  readonly atlas: number;
} {
  return { dataSets, images, atlas };
}

/** Ids that a message names. */
const NAMED_IDS = 5;

/** Says that targets are not there, and what is in their place. */
export function describeMissing({ label }: Api, service: SyncService, missing: ReadonlySet<number>): string {
  const [only] = missing;
  const kind = service === "image-to-image-2d" ? "image" : "data set";
  if (missing.size === 1) return `${label} has no ${kind} ${only} with its alignments; its cells are empty`;
  return `${label} has no ${kind}s ${printIds([...missing])} with their alignments; their cells are empty`;
}

/** Ids with commas between them, and not too many. */
export function printIds(ids: readonly number[]): string {
  return `${ids.slice(0, NAMED_IDS).join(", ")}${ids.length > NAMED_IDS ? ", …" : ""}`;
}
