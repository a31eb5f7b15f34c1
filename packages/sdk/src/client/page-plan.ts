import { checkCount } from "../check.ts";
import type { ModelStage, OrderKey } from "../rma/ast.ts";
import type { TypedQuery } from "../rma/builder-stages.ts";
import type { PageAsk, PagePlan } from "./page-ask.ts";
import { planServicePages } from "./service-pages.ts";

/** Rows of a page unless told: what the service once allowed at most, and the institute's own client asks for (reference §3.4). */
export const DEFAULT_PAGE_ROWS = 2000;

/** Models whose rows have no `id`; the schema knows of no other. */
export const MODELS_WITHOUT_ID: readonly string[] = [
  "ApiCamCellMetric",
  "ApiCellTypesSpecimenDetail",
  "ApiConnectivity",
];

/**
 * Plans the pages of a query.
 *
 * @param pageSize Rows of a page, over what the query says.
 * @throws {RangeError} If the page size is no whole number of 1 or more.
 */
export function planPages(query: TypedQuery<unknown>, pageSize: number | undefined): PagePlan {
  const whole = query.toQuery();
  const last = whole.stages.at(-1);
  const size = pageSize === undefined ? undefined : checkCount("pageSize", pageSize, 1);
  const bound = { startRow: 0, maxRows: query.maxRows ?? Number.POSITIVE_INFINITY };
  if (last?.kind !== "model") {
    const other = { ...bound, single: false, counted: false, identified: false, isUncounted: true };
    const pages = last?.kind === "service" ? planServicePages(whole, last, size) : undefined;
    return pages === undefined
      ? { ...other, single: true, pageRows: "all", toQuery: () => whole }
      : { ...other, ...pages };
  }
  const { options } = last;
  const pageRows = size ?? pageRowsOf(options.numRows, query.maxRows);
  const order = options.order ?? orderOf(last, pageRows);
  return {
    ...bound,
    single: false,
    startRow: options.startRow ?? 0,
    pageRows,
    counted: options.count !== false,
    identified: options.tabular === undefined,
    isUncounted: false,
    toQuery: (ask) => ({ stages: [...whole.stages.slice(0, -1), pageStage(last, ask, order)] }),
  };
}

/** A query's own number is the size of its pages, unless it is the one that `limit()` printed. */
function pageRowsOf(numRows: number | "all" | undefined, maxRows: number | undefined): number | "all" {
  return numRows === undefined || numRows === maxRows ? DEFAULT_PAGE_ROWS : numRows;
}

/**
 * The order that keeps pages apart, where the query has none.
 *
 * None is added to tabular rows: they are of several tables, so that `id` may be ambiguous, or, with `distinct`, not among the
 * columns to sort by. Who pages through many of them gives an order. One answer with all rows needs none.
 */
function orderOf({ model, options }: ModelStage, pageRows: number | "all"): readonly OrderKey[] | undefined {
  const needsNone = options.tabular !== undefined || pageRows === "all" || MODELS_WITHOUT_ID.includes(model);
  return needsNone ? undefined : [{ column: "id", descending: false }];
}

function pageStage(
  stage: ModelStage,
  { startRow, numRows, count, ordered }: PageAsk,
  order: readonly OrderKey[] | undefined,
): ModelStage {
  return {
    ...stage,
    options: {
      ...stage.options,
      order: ordered ? order : undefined,
      numRows,
      startRow: startRow === 0 ? undefined : startRow, // The service's default.
      count: count ?? stage.options.count,
    },
  };
}
