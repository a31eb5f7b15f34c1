import { parseSwc } from "@brainatlas/sdk/morphology";
import type { SampleCell } from "../records/cell-table.ts";
import { neuronSwc } from "./neuron.ts";

/** Edges of a voxel of the stack of pictures, in µm, as public clients take them. */
const VOXEL_UM = [0.1144, 0.1144, 0.28] as const;
/** What marks a dendrite that was cut, in public clients. */
const CUT_DENDRITE = 10;
const BASAL = 3;

/**
 * The markers beside the neuron of a cell: its first basal tip counts as cut. Places are pixels of the stack, from 1.
 *
 * @example markerFile(CELLS[0]).startsWith("##x,y,z,") // → true
 */
export function markerFile(cell: SampleCell): string {
  const { size, type, x, y, z, ...neuron } = parseSwc(neuronSwc(cell));
  const hasChild = new Set(neuron.parent);
  const tip =
    Array.from({ length: size }, (_, node) => node).find((node) => type[node] === BASAL && !hasChild.has(node)) ?? 0;
  const pixels = [x, y, z].map((axis, i) => ((axis[tip] ?? 0) / (VOXEL_UM[i] ?? 1) + 1).toFixed(2));
  const rows = [
    "##x,y,z,radius,shape,name,comment,color_r,color_g,color_b",
    `${pixels.join(",")},0,1,${CUT_DENDRITE},sample (synthetic),255,0,0`,
  ];
  return rows.map((row) => `${row}\n`).join("");
}
