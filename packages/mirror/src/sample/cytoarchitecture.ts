import { smoothStep } from "./numeric.ts";
import { idOf, isWithin, SAMPLE_STRUCTURES } from "./structures.ts";

/** How a structure's cells are arranged. */
export type Arrangement =
  | "sensory"
  | "motor"
  | "olfactory"
  | "hippocampus"
  | "bulb"
  | "cerebellum"
  | "striatum"
  | "white"
  | "fluid"
  | "nuclear";

/** Cells of one structure. */
export interface Cytoarchitecture {
  readonly id: number;
  readonly arrangement: Arrangement;
  /** Share of places that hold a cell where the structure has no layers, 0 to 1. */
  readonly density: number;
  /** Radius of a typical cell body, in µm. */
  readonly radiusUm: number;
}

/** What {@link cellsAt} writes. */
export interface CellField {
  /** Share of places that hold a cell, 0 to 1. */
  density: number;
  /** Radius of a cell body, in µm. */
  radiusUm: number;
  /** Stain between the cells: packed layers are dark all over, 0 to 1. */
  ground: number;
}

/** Densities that differ from the rule of the structure's region. */
const DENSITIES: readonly (readonly [acronym: string, density: number, radiusUm: number])[] = [
  ["CP", 0.56, 5.2],
  ["ACB", 0.58, 5],
  ["LS", 0.5, 5],
  ["MS", 0.36, 6],
  ["GPe", 0.22, 6.5],
  ["GPi", 0.2, 7],
  ["SI", 0.34, 6],
  ["BLA", 0.52, 6],
  ["CEA", 0.54, 5],
  ["MEA", 0.6, 5],
  ["BMA", 0.5, 5.5],
  ["CLA", 0.6, 5.5],
  ["EP", 0.66, 5.5],
  ["MH", 0.95, 4.6],
  ["LH", 0.5, 5],
  ["AV", 0.62, 5.6],
  ["MD", 0.54, 5.6],
  ["VPM", 0.46, 5.8],
  ["VPL", 0.36, 6],
  ["VAL", 0.38, 6],
  ["VM", 0.3, 6],
  ["PO", 0.36, 5.8],
  ["LP", 0.44, 5.6],
  ["LGd", 0.56, 5.2],
  ["RE", 0.56, 5.2],
  ["ZI", 0.3, 5.8],
  ["AHN", 0.46, 5],
  ["PH", 0.32, 5.4],
  ["MBO", 0.64, 5],
  ["SCm", 0.3, 6],
  ["APN", 0.34, 5.8],
  ["PB", 0.36, 5.4],
  ["TRN", 0.3, 6],
  ["PSV", 0.3, 6],
  ["PCG", 0.4, 5.2],
  ["SPVC", 0.42, 4.8],
  ["SPVI", 0.28, 5.6],
  ["SPVO", 0.26, 5.6],
  ["MV", 0.42, 5.2],
  ["PARN", 0.26, 5.8],
  ["IRN", 0.2, 6.4],
  ["RT", 0.42, 6],
  ["VMH", 0.66, 5],
  ["DMH", 0.55, 5],
  ["PVH", 0.78, 5],
  ["LHA", 0.28, 5.6],
  ["MPO", 0.52, 5],
  ["SCs", 0.62, 4.8],
  ["IC", 0.52, 5.4],
  ["PAG", 0.44, 5.2],
  ["MRN", 0.22, 6.5],
  ["RN", 0.2, 9.5],
  ["SNr", 0.2, 6.5],
  ["VTA", 0.4, 5.6],
  ["PG", 0.62, 5.6],
  ["IO", 0.66, 5.6],
  ["GRN", 0.16, 8.5],
  ["PRNc", 0.17, 8.5],
  ["PRNr", 0.18, 8],
  ["MDRN", 0.22, 7],
  ["NTS", 0.5, 4.8],
  ["FN", 0.26, 8],
  ["IP", 0.26, 8],
  ["DN", 0.28, 8],
];

const REGIONS: readonly (readonly [acronym: string, arrangement: Arrangement, density: number, radiusUm: number])[] = [
  ["fiber tracts", "white", 0.13, 3.4],
  ["VS", "fluid", 0, 4],
  ["MOB", "bulb", 0.4, 4.5],
  ["OLF", "olfactory", 0.4, 5.2],
  ["ENT", "motor", 0.4, 5.6],
  ["HIP", "hippocampus", 0.1, 4.5],
  ["SUB", "hippocampus", 0.32, 5.4],
  ["SS", "sensory", 0.42, 5.4],
  ["VIS", "sensory", 0.44, 5.2],
  ["AUD", "sensory", 0.42, 5.4],
  ["Isocortex", "motor", 0.4, 5.6],
  ["OT", "olfactory", 0.5, 5],
  ["STRd", "striatum", 0.52, 5.2],
  ["STRv", "striatum", 0.52, 5.2],
  ["STR", "nuclear", 0.5, 5.2],
  ["PAL", "nuclear", 0.3, 6],
  ["TH", "nuclear", 0.42, 5.8],
  ["HY", "nuclear", 0.38, 5.4],
  ["MB", "nuclear", 0.27, 5.8],
  ["P", "nuclear", 0.23, 6],
  ["MY", "nuclear", 0.23, 6.2],
  ["CBX", "cerebellum", 0.4, 4],
  ["CB", "nuclear", 0.3, 6],
  ["grey", "nuclear", 0.35, 5.6],
  ["root", "nuclear", 0.3, 5.6],
];

const TABLE: ReadonlyMap<number, Cytoarchitecture> = new Map(
  SAMPLE_STRUCTURES.map((row) => [row.id, describe(row.id)]),
);
const DEFAULT: Cytoarchitecture = { id: 0, arrangement: "fluid", density: 0, radiusUm: 5 };

function describe(id: number): Cytoarchitecture {
  const region = REGIONS.find(([acronym]) => isWithin(id, idOf(acronym)));
  const own = DENSITIES.find(([acronym]) => idOf(acronym) === id);
  const arrangement = region?.[1] ?? "nuclear";
  return { id, arrangement, density: own?.[1] ?? region?.[2] ?? 0.3, radiusUm: own?.[2] ?? region?.[3] ?? 5.5 };
}

/**
 * Cells of a structure.
 *
 * @param id Structure id, or 0.
 * @returns Its arrangement; an empty one for ids the sample brain lacks.
 * @example cytoarchitecture(385).arrangement // → "sensory"
 */
export function cytoarchitecture(id: number): Cytoarchitecture {
  return TABLE.get(id) ?? DEFAULT;
}

/**
 * Cells at a point from the structure it belongs to and its distances.
 *
 * @param cells Arrangement of the structure.
 * @param depthUm Depth below the structure's surface, in µm.
 * @param spanUm Thickness of its cortex, in µm.
 * @param bandUm Distance to the nearest packed layer, in µm.
 * @param out Receives the result.
 * @example cellsAt(cytoarchitecture(385), 40, 900, 20000, field) // field.density: few cells in layer 1
 */
export function cellsAt(
  cells: Cytoarchitecture,
  depthUm: number,
  spanUm: number,
  bandUm: number,
  out: CellField,
): void {
  out.density = cells.density;
  out.radiusUm = cells.radiusUm;
  out.ground = 0;
  switch (cells.arrangement) {
    case "sensory":
      cortical(depthUm / Math.max(1, spanUm), 1, out);
      break;
    case "motor":
      cortical(depthUm / Math.max(1, spanUm), 0.25, out);
      break;
    case "olfactory":
      olfactory(depthUm, spanUm, out);
      break;
    case "hippocampus":
      hippocampal(bandUm, out);
      break;
    case "bulb":
      bulbar(depthUm, out);
      break;
    case "cerebellum":
      cerebellar(depthUm, out);
      break;
    default:
  }
}

/** Six layers by relative depth; `granular` is how much of a layer 4 there is. */
function cortical(f: number, granular: number, out: CellField): void {
  const second = smoothStep(0.085, 0.115, f);
  const fourth = smoothStep(0.31, 0.34, f) * (1 - smoothStep(0.42, 0.46, f));
  const fifth = smoothStep(0.42, 0.47, f) * (1 - smoothStep(0.64, 0.7, f));
  const sixth = smoothStep(0.66, 0.71, f);
  const rim = smoothStep(0.085, 0.11, f) * (1 - smoothStep(0.13, 0.18, f));
  out.density = 0.09 + 0.43 * second + 0.14 * rim + 0.3 * fourth * granular - 0.2 * fifth + 0.03 * sixth;
  out.density -= 0.2 * smoothStep(0.93, 1, f) * sixth;
  out.radiusUm = 4.8 - 0.7 * fourth * granular + 2 * fifth + 0.3 * sixth;
  out.ground = 0.05 * second + 0.05 * fourth * granular;
}

/** Three layers: pale outer, narrow packed second, loose third. */
function olfactory(depthUm: number, spanUm: number, out: CellField): void {
  if (spanUm === 0) return;
  const packed = smoothStep(135, 165, depthUm) * (1 - smoothStep(225, 290, depthUm));
  const inner = smoothStep(225, 290, depthUm);
  out.density = 0.07 + 0.85 * packed + 0.33 * inner;
  out.ground = 0.3 * packed;
  out.radiusUm = 5;
}

function hippocampal(bandUm: number, out: CellField): void {
  const packed = 1 - smoothStep(24, 42, bandUm);
  out.density = out.density * (1 - packed) + packed;
  out.ground = 0.72 * packed;
  out.radiusUm += packed * 0.8;
}

/** Nerve, glomeruli, plexiform, mitral line, granule cells. */
function bulbar(depthUm: number, out: CellField): void {
  const glomerular = smoothStep(90, 120, depthUm) * (1 - smoothStep(210, 240, depthUm));
  const mitral = smoothStep(395, 408, depthUm) * (1 - smoothStep(428, 442, depthUm));
  const granular = smoothStep(470, 530, depthUm);
  out.density = 0.14 + 0.38 * glomerular + 0.5 * mitral + 0.7 * granular;
  out.ground = 0.18 * mitral + 0.22 * granular;
  out.radiusUm = 4 + 3 * mitral;
}

/** Molecular, Purkinje, granular. */
function cerebellar(depthUm: number, out: CellField): void {
  const purkinje = smoothStep(122, 130, depthUm) * (1 - smoothStep(142, 150, depthUm));
  const granular = smoothStep(142, 154, depthUm) * (1 - smoothStep(252, 268, depthUm));
  out.density = 0.1 + 0.4 * purkinje + 0.9 * granular;
  out.ground = 0.1 * purkinje + 0.45 * granular;
  out.radiusUm = 3.6 + 5 * purkinje;
}
