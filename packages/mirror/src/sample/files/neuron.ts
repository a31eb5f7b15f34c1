import type { SampleCell } from "../records/cell-table.ts";
import { unit } from "../records/random.ts";

/** A node as a line of SWC has it. */
interface Node {
  readonly type: number;
  readonly place: readonly [x: number, y: number, z: number];
  readonly radius: number;
  /** Number of the parent, from 1; −1 for the soma. */
  readonly parent: number;
}

/** A branch that has yet to grow. */
interface Bud {
  readonly type: number;
  readonly from: number;
  /** Where it points to, a vector of length 1 or so. */
  readonly heading: readonly [number, number, number];
}

const SOMA = 1;
const AXON = 2;
const BASAL = 3;
const APICAL = 4;

/** Where the soma lies in the stack of pictures, in µm. */
const SOMA_UM = [240, 360, 20] as const;
const SOMA_RADIUS_UM = 7.2;
const STEMS = 5;
const STEP_UM = 2.4;
const SHORTEST_STEPS = 14;
const MORE_STEPS = 26;

/**
 * A made-up neuron of a cell as SWC: a soma, an axon, and dendrites that fork as often as the cell's number says; an apical one if it is
 * spiny.
 *
 * @example neuronSwc(CELLS[0]).startsWith("# brainatlas sample atlas (synthetic)") // → true
 */
export function neuronSwc(cell: SampleCell): string {
  const nodes = grow(cell);
  const lines = nodes.map(({ type, place, radius, parent }, index) =>
    [index + 1, type, ...place.map((um) => um.toFixed(3)), radius.toFixed(3), parent].join(" "),
  );
  const title = `# brainatlas sample atlas (synthetic): specimen ${cell.id}, grown by a program; µm\n# id type x y z radius parent`;
  return `${title}\n${lines.join("\n")}\n`;
}

function grow(cell: SampleCell): Node[] {
  const nodes: Node[] = [{ type: SOMA, place: SOMA_UM, radius: SOMA_RADIUS_UM, parent: -1 }];
  const buds: Bud[] = Array.from({ length: STEMS }, (_, stem) => stemOf(cell, stem));
  let forks = 8 + Math.floor(22 * unit(cell.id, 0, 381));
  // Oldest first, so that all parts fork about as often.
  for (let bud = buds.shift(); bud !== undefined; bud = buds.shift()) {
    const end = extend(cell, nodes, bud);
    if (forks === 0) continue;
    forks -= 1;
    for (const side of [-1, 1])
      buds.push({ type: bud.type, from: end, heading: turned(bud.heading, 0.55 * side, cell.id, end) });
  }
  return nodes;
}

function stemOf(cell: SampleCell, stem: number): Bud {
  const angle = (2 * Math.PI * stem) / STEMS - Math.PI / 2;
  const isUpper = stem === 0;
  const type = stem === 2 ? AXON : isUpper && cell.dendrite === "spiny" ? APICAL : BASAL;
  return { type, from: 1, heading: [Math.cos(angle), Math.sin(angle), unit(cell.id, stem, 382) - 0.5] };
}

/** Grows a branch to its end; gives the number of its last node. */
function extend(cell: SampleCell, nodes: Node[], { type, from, heading }: Bud): number {
  const steps = SHORTEST_STEPS + Math.floor(MORE_STEPS * unit(cell.id, nodes.length, 383)) * (type === APICAL ? 2 : 1);
  let parent = from;
  let way = heading;
  for (let step = 0; step < steps; step++) {
    const [x, y, z] = nodes[parent - 1]?.place ?? SOMA_UM;
    way = turned(way, 0.5 * (unit(cell.id, nodes.length, 384) - 0.5), cell.id, nodes.length);
    const radius = Math.max(0.12, 0.9 * 0.93 ** step * (type === AXON ? 0.4 : 1));
    const [dx, dy, dz] = way;
    nodes.push({ type, place: [x + dx * STEP_UM, y + dy * STEP_UM, z + dz * STEP_UM * 0.4], radius, parent });
    parent = nodes.length;
  }
  return parent;
}

/** A heading turned in the plane of the pictures, and swayed a little across it. */
function turned(heading: Bud["heading"], angle: number, a: number, b: number): Bud["heading"] {
  const [x, y, z] = heading;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [x * cos - y * sin, x * sin + y * cos, Math.max(-0.6, Math.min(0.6, z + 0.2 * (unit(a, b, 385) - 0.5)))];
}
