/** A series that a panel shows as soon as it has come. */
export interface Coming {
  /** Index of the panel, 0-based. */
  readonly index: number;
  /** Leaves the panel as it is. */
  readonly stop: () => void;
}

/** A way to structures that is being looked for, plate by plate. */
export interface Flight {
  /** The structures, without those that lie in them. */
  readonly ids: readonly number[];
  /** Plates whose drawings have been read so far. */
  readonly read: number;
  /** Plates that may have to be read. */
  readonly plates: number;
  /** Ends the search. */
  readonly stop: () => void;
}
