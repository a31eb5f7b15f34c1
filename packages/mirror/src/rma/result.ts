import type { AttributeType } from "@brainatlas/sdk/rma/schema";
import type { SqlValue } from "../records/values.ts";

// What the engine gives and the writers of JSON, XML and CSV take: rows as the database has them, and beside them, once for
// all rows, what their values are.

/** What the rows of an answer hold: columns, then what is included. */
export interface RowShape {
  /** The model that was asked for. */
  readonly model: string;
  /** By name, as rows of JSON and XML are; the columns of flat rows as the query lists them. */
  readonly columns: readonly ShapeColumn[];
  /** Indexes of the columns in the order of the service's schema, which CSV without `tabular` has (reference §3.8). */
  readonly schemaOrder: readonly number[];
  readonly includes: readonly ShapeInclude[];
}

export interface ShapeColumn {
  /** Name in the answer: the column's, or its alias. */
  readonly name: string;
  readonly type: AttributeType;
}

export interface ShapeInclude {
  /** Name of the association. */
  readonly name: string;
  readonly isMany: boolean;
  readonly shape: RowShape;
}

/** A row of an answer. */
export interface ResultRow {
  /** Class of the row, such as `NcbiGene` in an answer of `Gene`; `undefined` for flat rows. */
  readonly className: string | undefined;
  /** Values in the order of the shape's columns; there may be more after them. */
  readonly values: readonly SqlValue[];
  /** In the order of the shape's includes: an array where `isMany`, else a row or `null`. */
  readonly includes: readonly (ResultRow | null | readonly ResultRow[])[];
}

/** An answer, whose rows come as they are read: to be walked through once, or closed. */
export interface QueryAnswer {
  readonly startRow: number;
  /** Rows that will come. */
  readonly numRows: number;
  /** Rows that match, on all pages. */
  readonly totalRows: number;
  /** Whether the rows are flat, of a tabular query. */
  readonly isTabular: boolean;
  readonly shape: RowShape;
  /** The query in its canonical form, where it asked for that (`debug`). */
  readonly debug: string | undefined;
  /** Rows in batches of at most some hundreds. */
  readonly batches: AsyncIterable<readonly ResultRow[]>;
}

/** Bounds on one query. */
export interface QueryLimits {
  /**
   * Longest time that the database may compute for one step of an answer, in ms.
   * @default 30000
   */
  readonly timeLimitMs: number;
  /**
   * Most rows that one answer may hold, those of includes not counted.
   * @default 5000000
   */
  readonly maxRows: number;
  /**
   * Most rows that the includes of one batch of rows may hold together.
   * @default 1000000
   */
  readonly maxIncludedRows: number;
  /**
   * Most values in a list after `$in`.
   * @default 20000
   */
  readonly maxListValues: number;
  /**
   * Most associations in one query, in criteria and includes together.
   * @default 40
   */
  readonly maxAssociations: number;
  /**
   * Most filters in one query.
   * @default 200
   */
  readonly maxFilters: number;
  /**
   * Longest time that whoever takes the rows may leave the next batch waiting, in ms; after that the answer is closed, so that
   * slow readers do not keep all connections.
   * @default 60000
   */
  readonly stallLimitMs: number;
}

/** A query that cannot be answered, in words for who asked; the service says so with status 200 (reference §3.6). */
export class QueryError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "QueryError";
  }
}

/** A stage that this mirror does not compute, or not with an association that it names, though the service does. */
export class UnsupportedStageError extends QueryError {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "UnsupportedStageError";
  }
}
