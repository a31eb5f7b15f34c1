import { tierCount } from "@brainatlas/sdk/image";
import { numbered, sampleDataSet } from "./data-sets.ts";
import type { PlateRecord, SamplePlate } from "./plate.ts";
import { ATLAS_SPECS, type PlateSpec } from "./plate-table.ts";
import { SECTION_SPECS } from "./section-table.ts";

/** Every image of the sample: plates of the coronal and the sagittal atlas, then sections of experiments. */
export const SAMPLE_PLATES: readonly SamplePlate[] = [...ATLAS_SPECS, ...SECTION_SPECS].map(plateOf);

function plateOf(spec: PlateSpec): SamplePlate {
  return {
    model: spec.alternates === undefined ? "SectionImage" : "AtlasImage",
    record: recordOf(spec),
    alignment2d: alignmentOf(spec),
    alternates: spec.alternates ?? [],
    stain: spec.stain,
  };
}

function recordOf(spec: PlateSpec): PlateRecord {
  const file = spec.file ?? { x: 0, y: 0, width: spec.width, height: spec.height };
  const isBright = spec.stain !== "fluorescence";
  return {
    ...(spec.alternates === undefined ? {} : { alternate_images: spec.alternates.map(alternateOf(spec.id)) }),
    annotated: spec.alternates !== undefined,
    axes: null,
    bits_per_component: isBright ? 8 : 16,
    data_set_id: spec.dataSetId,
    expression: isBright && spec.expressionPath !== undefined,
    expression_path: spec.expressionPath ?? null,
    failed: false,
    height: spec.height,
    id: spec.id,
    image_height: file.height,
    image_type: "Primary",
    image_width: file.width,
    isi_experiment_id: null,
    lims1_id: null,
    number_of_components: 3,
    ophys_experiment_id: null,
    path: spec.path ?? `/external/sample/set_${spec.dataSetId}/${spec.id}/${spec.id}.aff`,
    projection_function: null,
    resolution: spec.resolutionUm,
    section_number: spec.sectionNumber,
    specimen_id: null,
    structure_id: null,
    tier_count: tierCount(file.width, file.height),
    width: spec.width,
    x: file.x,
    y: file.y,
  };
}

function alternateOf(plateId: number): (alternate: { imageType: string; path: string }, index: number) => object {
  return (alternate, index) => ({
    id: alternateId(plateId, index),
    image_type: alternate.imageType,
    path: alternate.path,
  });
}

/**
 * Id of another picture of a plate.
 *
 * @param plateId Plate it belongs to.
 * @param index Which of the plate's alternates, 0-based.
 * @returns AlternateImage id.
 * @example alternateId(100883869, 0) // → 110883869
 */
export function alternateId(plateId: number, index: number): number {
  return plateId + 10_000_000 * (index + 1);
}

/** A turn and a shift that carry the middle of the box to the section's place in the stack of its data set. */
function alignmentOf(spec: PlateSpec): Readonly<Record<string, number>> {
  const angle = (spec.turnDeg * Math.PI) / 180;
  const cos = Math.cos(angle) * spec.resolutionUm;
  const sin = Math.sin(angle) * spec.resolutionUm;
  const [middleX, middleY] = stackPoint(spec);
  const halfX = spec.width / 2;
  const halfY = spec.height / 2;
  const tsv = [cos, -sin, sin, cos, middleX - cos * halfX + sin * halfY, middleY - sin * halfX - cos * halfY];
  return { ...numbered("tsv", tsv), ...numbered("tvs", invert2(tsv)) };
}

function invert2(tsv: readonly number[]): readonly number[] {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = tsv;
  const determinant = a * d - b * c;
  const inverse = [d / determinant, -b / determinant, -c / determinant, a / determinant];
  const [p = 0, q = 0, r = 0, s = 0] = inverse;
  return [...inverse, -(p * e + q * f), -(r * e + s * f)];
}

/** Stack x and y, in µm, of the reference point a plate shows in its middle. */
function stackPoint(spec: PlateSpec): readonly [number, number] {
  const set = sampleDataSet(spec.dataSetId);
  const trv = (i: number): number => set.alignment3d[`trv_${String(i).padStart(2, "0")}`] ?? 0;
  const [across, down] = spec.centreUm;
  const sectionUm = spec.sectionNumber * set.section_thickness;
  // The coordinate along the stack is free: solve for the one that puts the point on this section.
  const axis = set.plane_of_section_id === 1 ? 0 : 2;
  const point = axis === 0 ? [0, down, across] : [across, down, 0];
  const fixed = [0, 1, 2].reduce((sum, i) => sum + trv(6 + i) * (point[i] ?? 0), trv(11));
  point[axis] = (sectionUm - fixed) / trv(6 + axis);
  const row = (r: number): number => [0, 1, 2].reduce((sum, i) => sum + trv(r * 3 + i) * (point[i] ?? 0), trv(9 + r));
  return [row(0), row(1)];
}

/**
 * Plate with an id.
 *
 * @param id AtlasImage or SectionImage id.
 * @returns The plate, undefined when the sample lacks it.
 * @example samplePlate(100883869)?.record.width // → 15504
 */
export function samplePlate(id: number): SamplePlate | undefined {
  return SAMPLE_PLATES.find((plate) => plate.record.id === id);
}
