import type { ProjectionVolume } from "@brainatlas/sdk/volume";
import { EXTENT_UM } from "../model.ts";
import { placeOf } from "../records/connectivity.ts";
import type { Tracing } from "../records/connectivity-table.ts";
import { INJECTION_SITE, structureProjection } from "../records/projection.ts";
import { unit } from "../records/random.ts";
import { middleUm, referenceGrid, type VoxelGrid } from "./grid.ts";
import { type HalfLabels, slabOf } from "./half-volume.ts";
import { writeNrrdSlabs } from "./write-nrrd.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Voxels a side that a voxel at the edge of the injection is divided into. */
const PARTS = 4;
/** No section is cut of the first and the last part of the brain's space, in µm. */
const UNCUT_UM = 250;
/** Values are steps of this, as a measurement of so many pixels would be; the files are smaller by it. */
const STEP = 1e-4;

/**
 * A grid of a tracer experiment, float.
 *
 * Outside of the injection site a voxel has the label of its structure, scattered evenly about it, so that the mean of a structure's voxels
 * is what the records of the experiment are made of. The site is a ball of the injection's volume around its place, within the brain; it is
 * labelled all through. The mask is 1 where the series has sections.
 *
 * @param labels Labels of one half of the grid.
 */
export async function projectionVolume(
  tracing: Tracing,
  image: ProjectionVolume,
  spacingUm: number,
  { labels }: HalfLabels,
  signal?: AbortSignal,
): Promise<Bytes> {
  const grid = referenceGrid(spacingUm);
  const fraction = injectionFraction(tracing, grid);
  const projections = [structureProjection(tracing, false), structureProjection(tracing, true)] as const;
  const [nx, ny, nz] = grid.size;
  const slab = new Float32Array(nx * ny);
  const measure = VALUES[image];
  const slabAt = (z: number): Float32Array => {
    const half = slabOf(grid, labels, z);
    const projection = projections[z < nz / 2 ? 0 : 1];
    for (let at = 0; at < slab.length; at++) {
      const label = half[at] ?? 0;
      const x = at % nx;
      const site = label === 0 ? 0 : fraction(x, Math.floor(at / nx), z);
      const { density = 0, intensity = 0 } = projection[label - 1] ?? {};
      const scattered = density * (0.6 + 0.8 * unit(tracing.id, z * slab.length + at, 371));
      const value = measure(site, scattered, intensity) * (image === "data_mask" ? coveredShare(grid, x) : 1);
      slab[at] = Math.round(value / STEP) * STEP;
    }
    return slab;
  };
  return await writeNrrdSlabs(grid, "float", slabAt, signal);
}

const SITE_ENERGY = INJECTION_SITE.density * INJECTION_SITE.intensity;

/** Value of a voxel from the share of it that is injected, and from density and intensity in the rest. */
const VALUES: Readonly<Record<ProjectionVolume, (site: number, density: number, intensity: number) => number>> = {
  projection_density: (site, density) => site * INJECTION_SITE.density + (1 - site) * density,
  projection_energy: (site, density, intensity) => site * SITE_ENERGY + (1 - site) * density * intensity,
  injection_fraction: (site) => site,
  injection_density: (site) => site * INJECTION_SITE.density,
  injection_energy: (site) => site * SITE_ENERGY,
  data_mask: () => 1,
};

/** Share of a voxel that lies in the ball of the injection. */
function injectionFraction(tracing: Tracing, grid: VoxelGrid): (x: number, y: number, z: number) => number {
  const place = placeOf(tracing);
  const radiusUm = Math.cbrt((tracing.volumeMm3 * 1e9 * 3) / (4 * Math.PI));
  const reachUm = (grid.spacingUm * Math.sqrt(3)) / 2;
  return (x, y, z) => {
    const [dx, dy, dz] = [middleUm(grid, x) - place[0], middleUm(grid, y) - place[1], middleUm(grid, z) - place[2]];
    const far = Math.hypot(dx, dy, dz);
    if (far >= radiusUm + reachUm) return 0;
    return far <= radiusUm - reachUm ? 1 : partsInside([dx, dy, dz], grid.spacingUm, radiusUm);
  };
}

function partsInside([dx, dy, dz]: readonly [number, number, number], spacingUm: number, radiusUm: number): number {
  const step = (part: number): number => ((part + 0.5) / PARTS - 0.5) * spacingUm;
  let inside = 0;
  for (let i = 0; i < PARTS; i++) {
    for (let j = 0; j < PARTS; j++) {
      for (let k = 0; k < PARTS; k++)
        inside += Math.hypot(dx + step(i), dy + step(j), dz + step(k)) <= radiusUm ? 1 : 0;
    }
  }
  return inside / PARTS ** 3;
}

/** Share of a voxel that lies between the first and the last section. */
function coveredShare({ spacingUm }: VoxelGrid, x: number): number {
  const from = Math.max(x * spacingUm, UNCUT_UM);
  const to = Math.min((x + 1) * spacingUm, EXTENT_UM[0] - UNCUT_UM);
  return Math.max(0, to - from) / spacingUm;
}
