import type { ModelRow } from "../../records/model-row.ts";
import { SAMPLE_DATA_SETS } from "../data-sets.ts";
import { axonLevel } from "../fluorescence.ts";
import { MIDLINE_Z_UM } from "../model.ts";
import { idOf, SAMPLE_STRUCTURES } from "../structures.ts";
import { addToAncestors, halfExtents } from "./anatomy.ts";
import { placeOf } from "./connectivity.ts";
import { TRACINGS, type Tracing } from "./connectivity-table.ts";
import { unit } from "./random.ts";
import { record } from "./record.ts";

const LEFT = 1;
const RIGHT = 2;
const BOTH = 3;

/** Volume that one pixel stands for: 0.35 µm a side, a section every 100 µm. */
const PIXEL_MM3 = 0.35 * 0.35 * 100 * 1e-9;
const UM3_IN_MM3 = 1e9;

/** Share of a structure that axons cover where they are densest, and the share in the injection site. */
const FULL_DENSITY = 0.35;
const INJECTION_DENSITY = 0.9;
/** The side without the injection has this much of the label, as on the sample's pictures. */
const CONTRALATERAL = 0.3;

const FIRST_UNIONIZE_ID = 960_000_001;

/** Sums over one hemisphere, inside or outside the injection site: one value a structure. */
interface Sums {
  readonly pixels: Float64Array;
  readonly projecting: Float64Array;
  readonly intensity: Float64Array;
  readonly projectingIntensity: Float64Array;
}

/** One record to be. */
interface Place {
  readonly tracing: Tracing;
  readonly hemisphere: number;
  readonly isInjection: boolean;
}

/** Projections of the tracer experiments; the injection lies in the right half. */
export function* projectionRecords(): Generator<ModelRow> {
  let id = FIRST_UNIONIZE_ID;
  for (const tracing of TRACINGS) {
    for (const isInjection of [false, true]) {
      const left = withDescendants(ownSums({ tracing, hemisphere: LEFT, isInjection }));
      const right = withDescendants(ownSums({ tracing, hemisphere: RIGHT, isInjection }));
      const sides = [left, right, added(left, right)];
      for (const [index, sums] of sides.entries()) {
        const place = { tracing, hemisphere: index + 1, isInjection };
        for (let i = 0; i < SAMPLE_STRUCTURES.length; i++) {
          if ((sums.pixels[i] ?? 0) > 0) yield unionize(id++, place, i, sums);
        }
      }
    }
  }
}

/** Distance over which the label falls to a third, in µm, in experiments without pictures. */
const REACH_UM = 2200;

/**
 * Density of labelled axons in a structure on the injected side: as it is drawn where the experiment has pictures, else less with
 * the distance from the injection, and more in some structures than in others.
 *
 * @param index Of the structure in `SAMPLE_STRUCTURES`.
 * @returns 0 to 1.
 */
function levelOf(tracing: Tracing, index: number): number {
  const drawn = axonLevel(SAMPLE_STRUCTURES[index]?.id ?? 0);
  // Where no picture shows any, as in the ventricles, there is none.
  if (drawn === 0 || SAMPLE_DATA_SETS.some(({ id }) => id === tracing.id)) return drawn;
  const extent = halfExtents()[index];
  const [x, y, z] = placeOf(tracing);
  const aside = MIDLINE_Z_UM + (extent?.lateral ?? 0) - z;
  const farUm = Math.hypot((extent?.x ?? 0) - x, (extent?.y ?? 0) - y, aside);
  return Math.exp(-farUm / REACH_UM) * (0.1 + 0.9 * unit(tracing.id, index, 332) ** 2);
}

/** Label in one structure of one half, without those below it. */
export interface StructureProjection {
  /** Share of the area that labelled axons cover. */
  readonly density: number;
  /** Mean intensity of a labelled pixel. */
  readonly intensity: number;
}

/** What an injection site is filled with. */
export const INJECTION_SITE: StructureProjection = { density: INJECTION_DENSITY, intensity: 1150 };

/**
 * Label of an experiment in each structure of one half, outside of the injection site: what its records and its grids are made of.
 *
 * @param isInjectedHalf Whether the half is the right one, which was injected.
 * @returns One a structure, in the order of `SAMPLE_STRUCTURES`.
 * @example structureProjection(TRACINGS[0], true).length === SAMPLE_STRUCTURES.length // → true
 */
export function structureProjection(tracing: Tracing, isInjectedHalf: boolean): StructureProjection[] {
  return SAMPLE_STRUCTURES.map((_, i) => {
    const level = levelOf(tracing, i) * (isInjectedHalf ? 1 : CONTRALATERAL);
    return { density: level * FULL_DENSITY * (0.8 + 0.4 * unit(tracing.id, i, 331)), intensity: 250 + 900 * level };
  });
}

function ownSums({ tracing, hemisphere, isInjection }: Place): Sums {
  const projection = structureProjection(tracing, hemisphere === RIGHT);
  const injected = new Set(tracing.injected.map(idOf));
  const sums = emptySums();
  for (const [i, { ownVolumeUm3 }] of halfExtents().entries()) {
    const structureId = SAMPLE_STRUCTURES[i]?.id ?? 0;
    const whole = Math.round(ownVolumeUm3 / UM3_IN_MM3 / PIXEL_MM3);
    const site = hemisphere === RIGHT && injected.has(structureId) ? sitePixels(tracing, whole) : 0;
    const pixels = isInjection ? site : whole - site;
    const { density, intensity } = (isInjection ? INJECTION_SITE : projection[i]) ?? INJECTION_SITE;
    const projecting = Math.round(pixels * density);
    const signal = Math.round(projecting * intensity);
    sums.pixels[i] = pixels;
    sums.projecting[i] = projecting;
    sums.projectingIntensity[i] = signal;
    sums.intensity[i] = signal + (pixels - projecting) * 40;
  }
  return sums;
}

/** The injection is shared out evenly, and fills no structure by more than half. */
function sitePixels({ volumeMm3, injected }: Tracing, whole: number): number {
  return Math.min(Math.round(volumeMm3 / injected.length / PIXEL_MM3), Math.floor(whole / 2));
}

function emptySums(): Sums {
  const make = (): Float64Array => new Float64Array(SAMPLE_STRUCTURES.length);
  return { pixels: make(), projecting: make(), intensity: make(), projectingIntensity: make() };
}

function withDescendants(sums: Sums): Sums {
  for (const values of Object.values(sums)) addToAncestors(values);
  return sums;
}

function added(left: Sums, right: Sums): Sums {
  const add = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => value + (b[i] ?? 0));
  return {
    pixels: add(left.pixels, right.pixels),
    projecting: add(left.projecting, right.projecting),
    intensity: add(left.intensity, right.intensity),
    projectingIntensity: add(left.projectingIntensity, right.projectingIntensity),
  };
}

function unionize(id: number, { tracing, hemisphere, isInjection }: Place, index: number, sums: Sums): ModelRow {
  const pixels = sums.pixels[index] ?? 0;
  const projecting = sums.projecting[index] ?? 0;
  const signal = sums.projectingIntensity[index] ?? 0;
  return record("ProjectionStructureUnionize", {
    id,
    section_data_set_id: tracing.id,
    structure_id: SAMPLE_STRUCTURES[index]?.id ?? null,
    hemisphere_id: hemisphere === BOTH ? BOTH : hemisphere,
    is_injection: isInjection,
    sum_pixels: pixels,
    sum_pixel_intensity: sums.intensity[index] ?? 0,
    sum_projection_pixels: projecting,
    sum_projection_pixel_intensity: signal,
    projection_density: projecting / pixels,
    projection_energy: signal / pixels,
    projection_intensity: projecting === 0 ? 0 : signal / projecting,
    volume: pixels * PIXEL_MM3,
    projection_volume: projecting * PIXEL_MM3,
    normalized_projection_volume: (projecting * PIXEL_MM3) / tracing.volumeMm3,
    // Those of the densest voxel stay null: they are the grid's, which is not made for a record.
  });
}
