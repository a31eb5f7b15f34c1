/** Whether a structure counts among its own relatives. */
export interface SelfOptions {
  /** @default false */
  readonly self?: boolean | undefined;
}

/** How a path is written. */
export interface PathTextOptions {
  /** Text between two structures. @default " > " */
  readonly separator?: string | undefined;
  /** What a structure is called. @default "acronym" */
  readonly label?: "acronym" | "name" | undefined;
}

/** Two structures of which one lies in the other. */
export interface StructureOverlap {
  /** Id of the ancestor. */
  readonly outer: number;
  /** Id of the descendant. */
  readonly inner: number;
}
