// What the schema says its types with.

/** An association to one record at most. */
export interface One<Model extends string> {
  readonly one: Model;
}

/** An association to any number of records. */
export interface Many<Model extends string> {
  readonly many: Model;
}

/** A date and time in ISO 8601, in UTC, as the API writes it: `2017-02-08T21:57:10Z`. A date alone is fine in a query. */
export type DateTime = `${number}-${number}-${string}`;
