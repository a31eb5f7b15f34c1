import type { Query } from "../rma/ast.ts";
import type { TypedQuery } from "../rma/builder-stages.ts";
import { printRma } from "../rma/print.ts";
import { queryRequest } from "./query-request.ts";
import type { CsvRow } from "./read-csv.ts";
import type { Sender, StreamOptions } from "./sender.ts";

/** How CSV is asked for and read. */
export type CsvOptions = Omit<StreamOptions, "throwHttpErrors">;

/**
 * The rows of a query as CSV; each reading asks anew.
 *
 * @throws {TypeError} If the query ends with a service, which gives no CSV (reference §3.5).
 */
export function csvRows(sender: Sender, query: TypedQuery<unknown>, options: CsvOptions): AsyncIterable<CsvRow> {
  const whole = wholeQuery(query.toQuery());
  const request = queryRequest(sender.baseUrl, whole, { format: "csv" });
  return {
    async *[Symbol.asyncIterator]() {
      // What reads CSV is loaded by those alone who ask for it.
      const { readCsv } = await import("./read-csv.ts");
      const stream = await sender.stream(request, { ...options, throwHttpErrors: true });
      yield* readCsv(stream, printRma(whole));
    },
  };
}

/** All rows, as a stream needs no pages; not counted, as CSV has no place for the count. */
function wholeQuery(query: Query): Query {
  const last = query.stages.at(-1);
  if (last?.kind !== "model") {
    throw new TypeError("Cannot ask for CSV: the query ends with a service or a pipe; read its rows() in place of it");
  }
  const options = { ...last.options, numRows: last.options.numRows ?? "all", count: false } as const;
  return { stages: [...query.stages.slice(0, -1), { ...last, options }] };
}
