import type { HttpEvent } from "../http/event.ts";

/** What reading the rows of a query has to say, once, when it came to its end. */
export type RowsEvent =
  /**
   * Fewer rows came than the service promised, in its own count: it gave up on the way, or its `total_rows` counts more than the
   * matches, as it does for some queries with joins (reference §3.6).
   */
  | { readonly type: "shortfall"; readonly query: string; readonly promised: number; readonly received: number }
  /**
   * Rows that came again, and were left out: the service's data changed between two pages, it does not keep an order, or it gave a page
   * that it had given before.
   */
  | { readonly type: "duplicates"; readonly query: string; readonly rows: number };

/** One step of a request, or what reading rows has to say, as given to `onEvent`. */
export type AtlasEvent = HttpEvent | RowsEvent;
