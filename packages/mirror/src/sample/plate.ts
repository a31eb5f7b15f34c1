/** Another picture of a plate: same geometry, other file. */
export interface SampleAlternate {
  readonly imageType: string;
  readonly path: string;
  /** GraphicGroupLabel ids its drawing has. */
  readonly groups: readonly number[];
}

/** Columns of the SubImage family that code reads; the record holds all of them. */
export interface PlateRecord extends Record<string, unknown> {
  id: number;
  path: string;
  /** Section box in the stored file, full-resolution pixels. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** Size of the stored file, full-resolution pixels. */
  image_width: number;
  image_height: number;
  /** µm per full-resolution pixel. */
  resolution: number;
  section_number: number;
  data_set_id: number;
}

/** One image of the sample with everything needed to answer for it. */
export interface SamplePlate {
  readonly model: "AtlasImage" | "SectionImage";
  readonly record: PlateRecord;
  /** `tsv_00`…`tsv_05` (box pixel to stack µm) and `tvs_00`…`tvs_05` (back). */
  readonly alignment2d: Readonly<Record<string, number>>;
  readonly alternates: readonly SampleAlternate[];
  readonly stain: "nissl" | "ish" | "fluorescence";
}

/** Pixel to reference space: rows X, Y, Z in µm of the column (px, py, 1), pixels relative to the section box. */
export interface ReferenceMap {
  readonly matrix: Float64Array;
}
