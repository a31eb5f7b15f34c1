/** A row as a file has it. */
export interface GivenRow {
  /** The model that the file names for it. */
  readonly model?: string | undefined;
  readonly row: Readonly<Record<string, unknown>>;
}
