import type { Filter, Query, ServiceStage } from "../rma/ast.ts";
import { isPagedService, SERVICE_PAGE_ROWS } from "../services/paged-services.ts";
import type { PageAsk, PagePlan } from "./page-ask.ts";

/**
 * Plans the pages of a query that ends with a connected service: it takes their start and size as parameters of its own (reference
 * §8.1).
 *
 * @param size Rows of a page, over what the query says.
 * @returns `undefined` for a service that has no pages, or none that are known, and where the query says them in another way.
 */
export function planServicePages(
  query: Query,
  stage: ServiceStage,
  size: number | undefined,
): Pick<PagePlan, "startRow" | "pageRows" | "toQuery"> | undefined {
  if (!isPagedService(stage.service)) return undefined;
  const startRow = readCount(stage, "start_row", 0);
  const numRows = readCount(stage, "num_rows", SERVICE_PAGE_ROWS);
  if (startRow === undefined || numRows === undefined || numRows === 0) return undefined;
  const filters = stage.filters.filter(({ column }) => column !== "start_row" && column !== "num_rows");
  return {
    startRow,
    pageRows: size ?? numRows,
    toQuery: (ask) => {
      const asked: ServiceStage = { ...stage, filters: [...filters, ...pageFilters(ask)] };
      return { stages: [...query.stages.slice(0, -1), asked] };
    },
  };
}

/** What the service does without being told is left out: it is the query as its user wrote it. */
function pageFilters({ startRow, numRows }: PageAsk): Filter[] {
  const count = (column: string, value: number): Filter => ({
    column,
    operator: "eq",
    values: [{ kind: "number", text: String(value) }],
  });
  return [
    ...(startRow === 0 ? [] : [count("start_row", startRow)]),
    ...(numRows === "all" || numRows === SERVICE_PAGE_ROWS ? [] : [count("num_rows", numRows)]),
  ];
}

/** The one whole number that a parameter has; `undefined` if it has something else. */
function readCount({ filters }: ServiceStage, name: string, otherwise: number): number | undefined {
  const given = filters.filter(({ column }) => column === name);
  if (given.length === 0) return otherwise;
  const [value, ...others] = given.flatMap(({ values }) => values);
  if (value === undefined || others.length > 0 || value.kind === "variable") return undefined;
  const text = value.kind === "string" ? value.value : value.text;
  const count = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(count) ? count : undefined;
}
