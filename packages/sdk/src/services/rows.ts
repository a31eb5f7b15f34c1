// Rows of the connected services. None of this is in the API's schema: names are those of recorded answers and of clients that
// read them (reference §8.2 to §8.4), and what is not sure to be there is optional.

/** A structure of an injection. */
export interface InjectionStructure {
  readonly id?: number;
  readonly abbreviation: string;
  readonly name: string;
  readonly color?: string;
}

/** A connectivity experiment, as the four searches give it. */
export interface ConnectivityRow {
  /** Id of the section data set. */
  readonly id: number;
  readonly name: string;
  readonly "structure-id": number;
  readonly "structure-name": string;
  /** Acronym of the structure of the injection's center. */
  readonly "structure-abbrev": string;
  /** Six hexadecimal digits. */
  readonly "structure-color": string;
  /** `""` for wild type. */
  readonly "transgenic-line": string;
  readonly gender: string;
  readonly strain: string;
  /** In mm³. */
  readonly "injection-volume": number;
  /** In µm of reference space: from anterior, from superior, from left. */
  readonly "injection-coordinates": readonly [x: number, y: number, z: number];
  readonly "injection-structures": readonly InjectionStructure[];
  readonly "num-voxels"?: number;
  readonly sum?: number;
  readonly [field: string]: unknown;
}

/** An experiment of the source search, or of the target search. */
export interface InjectionStructureRow extends ConnectivityRow {
  /** With a target: volume of the projection in it, in mm³. */
  readonly volume?: number;
}

/** An experiment whose projection passes through a point. */
export interface TargetSpatialRow extends ConnectivityRow {
  /** Density of the projection at the point, from 0 to 1. */
  readonly density?: number;
  /** Way from the point to the injection, in µm of reference space. */
  readonly path?: readonly {
    readonly coord: readonly [x: number, y: number, z: number];
    readonly [field: string]: unknown;
  }[];
}

/** An experiment with its distance from a point. */
export interface InjectionCoordinateRow extends ConnectivityRow {
  /** From the point to the injection, in µm. */
  readonly distance?: number;
}

/** An experiment that projects as another does. The coefficient's own name is unknown. */
export interface ConnectivityCorrelationRow extends ConnectivityRow {
  readonly correlation?: number;
}

/** A gene, or a probe of one, by how much more it is expressed in one place than in another. */
export interface DifferentialRow {
  /** Id of the section data set, or of the probe. */
  readonly id: number;
  readonly "gene-symbol": string;
  readonly "entrez-id"?: number | null;
  readonly "fold-change": number;
  readonly "p-value"?: number;
  readonly [field: string]: unknown;
}

/** A gene, or a probe of one, by how much its expression is like another's. Which fields there are is unknown, but for these. */
export interface CorrelationRow {
  /** Id of the section data set, or of the probe. */
  readonly id: number;
  readonly "gene-symbol"?: string;
  /** Pearson's coefficient, from -1 to 1. */
  readonly r?: number;
  readonly [field: string]: unknown;
}

/** A row of which nothing is known. */
export type UnknownRow = Readonly<Record<string, unknown>>;

/** A probe with its values, as text, one for each sample of the answer. */
export interface ExpressionProbe {
  readonly id: number;
  readonly name: string;
  readonly "gene-id"?: number;
  readonly "gene-symbol"?: string;
  readonly "gene-name"?: string;
  readonly "entrez-id"?: number | null;
  readonly chromosome?: string | null;
  readonly expression_level: readonly string[];
  readonly "z-score"?: readonly string[];
  readonly [field: string]: unknown;
}

/** A sample of tissue. */
export interface ExpressionSample {
  readonly donor: { readonly id: number; readonly name: string; readonly age?: string; readonly color?: string };
  /** `mri` is its place in the donor's scan, in voxels. */
  readonly sample: { readonly well?: number; readonly polygon?: number; readonly mri?: readonly number[] };
  readonly structure: {
    readonly id: number;
    readonly name: string;
    readonly abbreviation: string;
    readonly color?: string;
  };
  readonly [field: string]: unknown;
}

/**
 * What a service for expression answers: one object. Seen of `human_microarray_expression`, and taken to hold for the others of
 * its family.
 */
export interface ExpressionAnswer {
  readonly probes: readonly ExpressionProbe[];
  readonly samples: readonly ExpressionSample[];
}
