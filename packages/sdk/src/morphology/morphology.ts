/** Kinds of compartment, by the number that SWC gives them; further numbers are kept as they are. */
export const COMPARTMENTS: Readonly<Record<"soma" | "axon" | "basal" | "apical", number>> = {
  soma: 1,
  axon: 2,
  basal: 3,
  apical: 4,
};

/** Name of a kind of compartment. */
export type CompartmentName = keyof typeof COMPARTMENTS;

/** The columns of a reconstruction: one value a node in each. */
export interface MorphologyColumns {
  /** Numbers of the nodes as the file has them. */
  readonly id: Int32Array;
  /** Kind of compartment; see {@link COMPARTMENTS}. */
  readonly type: Int32Array;
  /** Place of a node, in µm. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  /** In µm. */
  readonly radius: Float64Array;
  /** Index of the parent, 0-based; −1 for a root. */
  readonly parent: Int32Array;
}

/** What a reconstruction measures, counted as the service's NeuronReconstruction rows are (reference §9.3). */
export interface MorphologyMeasures {
  readonly nodes: number;
  /** Branches that begin at a soma, or at a root that is none. */
  readonly stems: number;
  /** Nodes outside of the soma with two children or more. */
  readonly bifurcations: number;
  /** Pieces between stems, bifurcations and tips. */
  readonly branches: number;
  /** Nodes outside of the soma without children. */
  readonly tips: number;
  /** Sum of the distances between nodes outside of the soma and their parents, in µm. */
  readonly totalLengthUm: number;
  /** Largest distance of a node from the first root as the crow flies, in µm. */
  readonly maxEuclideanUm: number;
}

/**
 * A reconstructed neuron: nodes that each hang on a parent, by index from 0 in the order of the file.
 *
 * @example parseSwc("1 1 0 0 0 5 -1\n2 3 8 0 0 1 1").measures().totalLengthUm // → 8
 */
export class Morphology implements MorphologyColumns {
  readonly id: Int32Array;
  readonly type: Int32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  readonly radius: Float64Array;
  readonly parent: Int32Array;
  /** Number of nodes. */
  readonly size: number;
  /** Indices of the nodes without a parent. */
  readonly roots: readonly number[];
  readonly #firstChild: Int32Array;
  readonly #nextSibling: Int32Array;

  /** @internal The columns are of one length, and no node is its own ancestor. */
  constructor(columns: MorphologyColumns) {
    this.id = columns.id;
    this.type = columns.type;
    this.x = columns.x;
    this.y = columns.y;
    this.z = columns.z;
    this.radius = columns.radius;
    this.parent = columns.parent;
    this.size = columns.id.length;
    this.#firstChild = new Int32Array(this.size).fill(-1);
    this.#nextSibling = new Int32Array(this.size).fill(-1);
    const roots: number[] = [];
    for (let node = this.size - 1; node >= 0; node--) {
      const parent = this.parent[node] ?? -1;
      if (parent < 0) roots.push(node);
      else {
        this.#nextSibling[node] = this.#firstChild[parent] ?? -1;
        this.#firstChild[parent] = node;
      }
    }
    this.roots = roots.reverse();
  }

  /** Indices of the nodes that hang on a node, in the order of the file. */
  children(node: number): number[] {
    const found: number[] = [];
    let child = this.#firstChild[node] ?? -1;
    for (; child >= 0; child = this.#nextSibling[child] ?? -1) found.push(child);
    return found;
  }

  /** Indices of the nodes of a kind, in the order of the file. */
  compartment(kind: CompartmentName): number[] {
    const wanted = COMPARTMENTS[kind];
    return Array.from({ length: this.size }, (_, node) => node).filter((node) => this.type[node] === wanted);
  }

  /** Counts and lengths. */
  measures(): MorphologyMeasures {
    const counts = { stems: 0, bifurcations: 0, branches: 0, tips: 0 };
    let totalLengthUm = 0;
    let maxEuclideanUm = 0;
    const root = this.roots[0] ?? 0;
    for (let node = 0; node < this.size; node++) {
      maxEuclideanUm = Math.max(maxEuclideanUm, this.#distance(node, root));
      if (this.type[node] === COMPARTMENTS.soma) continue;
      const parent = this.parent[node] ?? -1;
      const children = this.children(node).length;
      if (parent < 0 || this.type[parent] === COMPARTMENTS.soma) counts.stems += 1;
      if (parent >= 0) totalLengthUm += this.#distance(node, parent);
      if (children === 0) counts.tips += 1;
      if (children > 1) counts.bifurcations += 1;
      if (children > 1) counts.branches += children;
    }
    counts.branches += counts.stems;
    return { nodes: this.size, ...counts, totalLengthUm, maxEuclideanUm };
  }

  /** The smallest box along the axes that holds all nodes' places, in µm; `undefined` without nodes. */
  box():
    | { readonly min: readonly [number, number, number]; readonly max: readonly [number, number, number] }
    | undefined {
    if (this.size === 0) return undefined;
    const low = (values: Float64Array): number => values.reduce((least, value) => Math.min(least, value), Infinity);
    const high = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, value), -Infinity);
    const { x, y, z } = this;
    return { min: [low(x), low(y), low(z)], max: [high(x), high(y), high(z)] };
  }

  #distance(a: number, b: number): number {
    const along = (values: Float64Array): number => (values[a] ?? 0) - (values[b] ?? 0);
    return Math.hypot(along(this.x), along(this.y), along(this.z));
  }
}
