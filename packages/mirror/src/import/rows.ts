import { type SubImageRecord, tierCount } from "@brainatlas/sdk/image";
import { madeUpId } from "./made-up-id.ts";

/** Server folder of pictures whose own path is not known; no path of the real service starts so. */
const INVENTED_FOLDER = "/external/brainatlas";

/** Kind of a coloured plate where neither its drawing nor the caller names it. */
export const DEFAULT_IMAGE_TYPE = "Atlas - Adult Mouse";

/** What is known of an image that came without a record. */
export interface KnownOfImage {
  readonly id: number;
  /** Full-resolution pixels. */
  readonly width: number;
  readonly height: number;
  /** µm a pixel. */
  readonly resolution: number | undefined;
  readonly annotated: boolean;
  /** Of a channel. @default 8 */
  readonly bits?: 8 | 16 | undefined;
}

/** A row for an image that came without one: what is not known is null. */
export function inventRow({ id, width, height, resolution, annotated, bits = 8 }: KnownOfImage): SubImageRecord {
  return {
    annotated,
    axes: null,
    bits_per_component: bits,
    data_set_id: null,
    expression: null,
    expression_path: null,
    failed: false,
    height,
    id,
    image_height: height,
    image_type: "Primary",
    image_width: width,
    isi_experiment_id: null,
    lims1_id: null,
    number_of_components: 3,
    ophys_experiment_id: null,
    path: `${INVENTED_FOLDER}/${id}/${id}.aff`,
    projection_function: null,
    resolution: resolution ?? null,
    section_number: null,
    specimen_id: null,
    structure_id: null,
    tier_count: tierCount(width, height),
    width,
    x: 0,
    y: 0,
  };
}

/** Path of an image's coloured plate, and the row with that plate among its alternates. */
export function withAnnotatedPath(row: SubImageRecord, imageType: string): { path: string; row: SubImageRecord } {
  const alternates = row.alternate_images ?? [];
  const held = alternates.find((alternate) => alternate.image_type === imageType);
  if (held !== undefined) return { path: held.path, row };
  const suffix = alternates.length === 0 ? "" : `_${alternates.length}`;
  const path = `${INVENTED_FOLDER}/${row.id}/${row.id}_annotation${suffix}.aff`;
  const alternate = { id: madeUpId("alternate_images", path), image_type: imageType, path };
  return { path, row: { ...row, annotated: true, alternate_images: [...alternates, alternate] } };
}
