import { show } from "../check.ts";
import { DecodeError } from "../errors.ts";
import { Morphology } from "./morphology.ts";

const WHAT = "the SWC reconstruction";
/** A number as these files have it. */
export const NUMBER: RegExp = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const MAX_ID = 2 ** 31 - 1;
const FIELDS = "seven numbers: id, type, x, y, z, radius and parent";

/** One line. */
interface Node {
  readonly line: number;
  readonly values: readonly number[];
}

/**
 * Reads a reconstruction in the SWC format, as the files of type `3DNeuronReconstruction` are (reference §7).
 *
 * A parent may stand after its children; −1 is none. What follows the seven numbers of a line is left out.
 *
 * @throws {DecodeError} If no node is there; with the line, from 1, if one is no node, an id is there twice, a parent is not there, or
 *   a node is its own ancestor.
 * @example parseSwc("# by hand\n2 3 0 3 4 1 1\n1 1 0 0 0 5 -1").roots // → [1]
 */
export function parseSwc(text: string): Morphology {
  const nodes = readNodes(text);
  if (nodes.length === 0) throw new DecodeError(WHAT, { at: "the file", expected: "a node", found: "none" });
  const indexOf = new Map<number, number>();
  for (const [index, { line, values }] of nodes.entries()) {
    const [id = 0] = values;
    if (indexOf.has(id)) throw fault(line, "an id that no other line has", `id ${id} again`);
    indexOf.set(id, index);
  }
  const parent = Int32Array.from(nodes, ({ line, values }) => {
    const id = values[6] ?? -1;
    if (id === -1) return -1;
    const index = indexOf.get(id);
    if (index !== undefined) return index;
    throw fault(line, "a parent that another line has, or -1", `parent ${id}`);
  });
  checkNoCycle(parent, nodes);
  const whole = (field: number): Int32Array => Int32Array.from(nodes, ({ values }) => values[field] ?? 0);
  const real = (field: number): Float64Array => Float64Array.from(nodes, ({ values }) => values[field] ?? 0);
  return new Morphology({
    id: whole(0),
    type: whole(1),
    x: real(2),
    y: real(3),
    z: real(4),
    radius: real(5),
    parent,
  });
}

function readNodes(text: string): Node[] {
  const nodes: Node[] = [];
  let line = 0;
  for (const raw of text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/)) {
    line += 1;
    const [content = ""] = raw.split("#", 1);
    const words = content.trim().split(/[\s,]+/);
    if (words[0] === "") continue;
    const values = words.slice(0, 7).map((word) => (NUMBER.test(word) ? Number(word) : Number.NaN));
    if (values.length < 7 || !values.every(Number.isFinite)) throw fault(line, FIELDS, content.trim());
    checkWhole(line, values);
    nodes.push({ line, values });
  }
  return nodes;
}

function checkWhole(line: number, [id = 0, type = 0, , , , radius = 0, parent = 0]: readonly number[]): void {
  const isWhole = (value: number, min: number): boolean => Number.isInteger(value) && value >= min && value <= MAX_ID;
  if (!isWhole(id, 0)) throw fault(line, "an id that is a whole number of 0 or more", String(id));
  if (!isWhole(type, 0)) throw fault(line, "a type that is a whole number of 0 or more", String(type));
  if (!isWhole(parent, -1)) throw fault(line, "a parent that is a whole number of -1 or more", String(parent));
  if (radius < 0) throw fault(line, "a radius of 0 or more", String(radius));
}

/** Follows every chain of parents once, up to where a former walk has been. */
function checkNoCycle(parent: Int32Array, nodes: readonly Node[]): void {
  const walkOf = new Int32Array(parent.length);
  for (let start = 0; start < parent.length; start++) {
    let node = start;
    while (node >= 0 && walkOf[node] === 0) {
      walkOf[node] = start + 1;
      node = parent[node] ?? -1;
    }
    if (node < 0 || walkOf[node] !== start + 1) continue;
    const { line = 0, values = [] } = nodes[node] ?? {};
    throw fault(line, "a node that is not its own ancestor", `id ${values[0]} below itself`);
  }
}

function fault(line: number, expected: string, found: string): DecodeError {
  return new DecodeError(WHAT, { at: `line ${line}`, expected, found: show(found) });
}
