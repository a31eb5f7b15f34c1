import type { Query } from "../rma/ast.ts";

/** What is asked of one page. */
export interface PageAsk {
  readonly startRow: number;
  readonly numRows: number | "all";
  /** Whether all matches are counted; `undefined` leaves it to the service, which counts. */
  readonly count: boolean | undefined;
  /** Whether the order matters; `false` drops it. */
  readonly ordered: boolean;
}

/** How the rows of a query are asked for. */
export interface PagePlan {
  /** Whether all rows come as one answer, asked for as the query is written. */
  readonly single: boolean;
  readonly startRow: number;
  /** Bound on the rows of all pages; `Infinity` for none. */
  readonly maxRows: number;
  readonly pageRows: number | "all";
  /** Whether the first page asks for the number of matches. */
  readonly counted: boolean;
  /** Whether equal ids mean equal rows. */
  readonly identified: boolean;
  /** Whether nothing but the rows themselves tells the end, as with a service: no total, and maybe no heed of what was asked. */
  readonly isUncounted: boolean;
  /** The query of one page. */
  toQuery(ask: PageAsk): Query;
}
