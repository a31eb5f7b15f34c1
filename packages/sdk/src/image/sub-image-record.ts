import { DecodeError } from "../errors.ts";
import type { ImageBox } from "./geometry.ts";

/** Another picture of the same section, such as its coloured drawing (reference §1.5). */
export interface AlternateImage {
  readonly id: number;
  readonly image_type: string;
  readonly path: string;
}

/**
 * A row of the SubImage family (reference §1.5); names and spelling are the API's.
 *
 * Lengths are full-resolution pixels of the stored file, `resolution` is µm a pixel, `section_number` orders the sections of
 * the specimen.
 */
export interface SubImageRecord extends ImageBox {
  readonly id: number;
  readonly path: string | null;
  readonly expression_path?: string | null;
  readonly annotated?: boolean | null;
  readonly axes?: unknown;
  readonly bits_per_component?: number | null;
  readonly data_set_id?: number | null;
  readonly expression?: boolean | null;
  readonly failed?: boolean | null;
  readonly image_type?: string | null;
  readonly isi_experiment_id?: number | null;
  readonly lims1_id?: number | null;
  readonly number_of_components?: number | null;
  readonly ophys_experiment_id?: number | null;
  readonly projection_function?: string | null;
  readonly resolution?: number | null;
  readonly section_number?: number | null;
  readonly specimen_id?: number | null;
  readonly structure_id?: number | null;
  readonly tier_count?: number | null;
  readonly alternate_images?: readonly AlternateImage[];
}

const LENGTHS = ["id", "x", "y", "width", "height", "image_width", "image_height"] as const;

/**
 * Checks a row of the SubImage family: what the arithmetic of regions needs is there and is a whole number. Other columns
 * pass through as they are.
 *
 * @param at Path to the row in its document, for the error.
 * @throws {DecodeError} If a needed column is missing or no whole number.
 */
export function parseSubImageRecord(row: unknown, at: string, url?: string): SubImageRecord {
  const columns = typeof row === "object" && row !== null ? (row as Record<string, unknown>) : undefined;
  for (const name of LENGTHS) {
    const value = columns?.[name];
    if (!Number.isSafeInteger(value)) {
      const found = value === undefined ? "nothing" : JSON.stringify(value);
      throw new DecodeError("the record", { at: `${at}.${name}`, expected: "a whole number", found, url });
    }
  }
  return row as SubImageRecord; // The columns that code relies on are checked; the rest is the server's.
}
