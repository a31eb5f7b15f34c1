/**
 * A record of a model as the API's JSON has it: columns by name, records of associations nested under the association's name,
 * an object or null for one, an array for many.
 */
export interface ModelRow {
  /** CamelCase and singular, such as `SectionDataSet`. */
  readonly model: string;
  readonly row: Readonly<Record<string, unknown>>;
}
