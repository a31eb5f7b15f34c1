// The syntax tree of RMA queries (reference §3.2). `print.ts` and `parse.ts` are its only two readers of text: what the client
// prints is what a mirror parses.

/** A query: stages, of which each may use what the ones before found. */
export interface Query {
  readonly stages: readonly Stage[];
}

export type Stage = ModelStage | ServiceStage | PipeStage;

/** Rows of a model. */
export interface ModelStage {
  readonly kind: "model";
  /** CamelCase and singular, such as `SectionDataSet`. */
  readonly model: string;
  /** What rows must meet; all of it. */
  readonly criteria: readonly Term[];
  /** What is loaded with each row. */
  readonly include: readonly Term[];
  readonly options: Options;
}

/** A connected service, with its parameters as filters. */
export interface ServiceStage {
  readonly kind: "service";
  readonly service: string;
  readonly filters: readonly Filter[];
}

/** A pipe between two stages; `list` binds variables to values found. */
export interface PipeStage {
  readonly kind: "pipe";
  readonly pipe: string;
  readonly filters: readonly Filter[];
}

/** One term of criteria or of an include: filters on the model itself, or an association. */
export type Term = FilterTerm | AssociationTerm;

/** Filters on the model at hand. */
export interface FilterTerm {
  readonly kind: "filters";
  readonly filters: readonly Filter[];
}

/** An association, with filters on its rows and terms below it. */
export interface AssociationTerm {
  readonly kind: "association";
  /** snake_case, such as `plane_of_section`. */
  readonly name: string;
  readonly filters: readonly Filter[];
  readonly terms: readonly Term[];
}

/** One condition in brackets. Without an operator it says that the column has a value. */
export interface Filter {
  /** `column`, or `table.column` with the table's plural name; `*` may stand in it. */
  readonly column: string;
  readonly operator: Operator | undefined;
  /** The values after the operator; empty without one. */
  readonly values: readonly Value[];
}

/** The operators (reference §3.3), without their `$`. */
export const OPERATORS = ["eq", "ne", "lt", "gt", "le", "ge", "li", "il", "in", "is"] as const;
export type Operator = (typeof OPERATORS)[number];

/** A value after an operator. */
export type Value =
  /** Text between single quotes. */
  | { readonly kind: "string"; readonly value: string }
  /** A number as it was written: ids may be larger than a double holds exactly. */
  | { readonly kind: "number"; readonly text: string }
  /** `$name`, bound by a pipe before. */
  | { readonly kind: "variable"; readonly name: string }
  /** A bare word: text without quotes, `true`, `nil`, or a column; the reader's schema decides. */
  | { readonly kind: "word"; readonly text: string };

/** The options of a model stage (reference §3.4), each at most once; `undefined` for those not given. */
export interface Options {
  /** The only columns wanted, by `table.column`. */
  readonly only?: readonly string[] | undefined;
  /** Columns not wanted. */
  readonly except?: readonly string[] | undefined;
  /** Flat rows of these columns. */
  readonly tabular?: readonly TabularColumn[] | undefined;
  readonly order?: readonly OrderKey[] | undefined;
  readonly numRows?: number | "all" | undefined;
  readonly startRow?: number | undefined;
  /** Whether all matches are counted. */
  readonly count?: boolean | undefined;
  readonly debug?: boolean | "preview" | undefined;
}

/** A column of a flat row. */
export interface TabularColumn {
  readonly column: string;
  /** Its name in the answer, where it is another. */
  readonly alias: string | undefined;
  readonly distinct: boolean;
}

/** One key of an order. */
export interface OrderKey {
  readonly column: string;
  readonly descending: boolean;
}
